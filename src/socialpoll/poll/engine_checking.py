"""What a poll cannot ask of answers that an engine counts where they lie: single cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from socialpoll.indicators import Quantile
from socialpoll.indicators.ranking import RANKED
from socialpoll.poll.draft import Draft
from socialpoll.poll.engine_reading import ENGINE
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.waves import Wave
from socialpoll.responses import SampleDesign
from socialpoll.responses.checks.rules import OF_READING, RULES
from socialpoll.responses.staging import beyond_the_first_stage
from socialpoll.weighting import Calibrate, Recipe

__all__ = ["check_engine"]

IN_MEMORY = f"leave {ENGINE!r} out, for the answers to be read into memory"


def check_engine(
    draft: Draft,
    recipe: Recipe,
    waves: Sequence[Wave],
    written: Mapping[str, Any],
    notes: Notebook,
) -> None:
    """Note everything in a poll file that needs single cases, where an engine counts answers.

    Parameters
    ----------
    draft : Draft
    recipe : Recipe
        The steps of weighting.
    waves : sequence of Wave
        As far as they could be read.
    written : mapping
        The poll file as TOML read it.
    notes : Notebook
        Takes the problems.
    """
    if ENGINE not in written:
        return
    _check_reader(written, "", notes)
    if draft.design is not None:
        _check_design(draft.design, "design", notes)
    _check_checks(written.get("checks"), notes)
    _check_steps(recipe, "weighting", notes)
    _check_replicates(written.get("weighting"), notes)
    _check_quantiles(draft, notes)
    _check_waves(draft, recipe, waves, written, notes)


def _check_reader(table: Mapping[str, Any], where: str, notes: Notebook) -> None:
    if "reader" in table:
        what = "an engine reads the answers by itself"
        advice = f"leave 'reader' out, or {IN_MEMORY}"
        notes.note(f"{where}reader", what, found=repr(table["reader"]), advice=advice)


def _check_waves(
    draft: Draft,
    recipe: Recipe,
    waves: Sequence[Wave],
    written: Mapping[str, Any],
    notes: Notebook,
) -> None:
    """Note what waves have of their own that needs single cases."""
    if "respondent_id" in written:
        what = "respondents are told apart by what combinations of answers do not hold"
        advice = f"leave it out, for waves to be independent samples, or {IN_MEMORY}"
        found = repr(written["respondent_id"])
        notes.note("respondent_id", what, found=found, advice=advice)
    tables = written.get("waves", [])
    for number, table in enumerate(tables if isinstance(tables, list) else [], start=1):
        if isinstance(table, Mapping):
            _check_reader(table, f"waves[{number}].", notes)
    for number, wave in enumerate(waves, start=1):
        if wave.design != draft.design and "respondent_id" not in written:
            _check_design(wave.design, f"waves[{number}].design", notes)
        if wave.recipe is not recipe:
            _check_steps(wave.recipe, f"waves[{number}].weighting", notes)


def _check_design(design: SampleDesign, where: str, notes: Notebook) -> None:
    """Note a design that an engine does not keep; what contradicts itself is noted already."""
    if notes.knows(where):
        return
    for one in beyond_the_first_stage(design):
        place, advice = f"{where}.{one.where}", f"leave out those of later stages, or {IN_MEMORY}"
        notes.note(place, one.what, found=one.found, allowed=one.allowed, advice=advice)


def _check_checks(written: object, notes: Notebook) -> None:
    """Note checks of interviews; what reading finds is found wherever answers lie."""
    if not isinstance(written, Mapping):
        return
    for key in written:
        if key != "severity":
            what = "this is checked of interviews one by one"
            notes.note(f"checks.{key}", what, advice=f"leave it out, or {IN_MEMORY}")
    severity = written.get("severity")
    for rule, chosen in severity.items() if isinstance(severity, Mapping) else ():
        if rule in RULES and rule not in OF_READING and chosen != "off":
            notes.note(
                f"checks.severity.{rule}",
                "this rule looks at interviews one by one",
                found=repr(chosen),
                allowed=f"rules of reading: {', '.join(OF_READING)}",
                advice=f"set it to 'off', or {IN_MEMORY}",
            )


def _check_steps(recipe: Recipe, where: str, notes: Notebook) -> None:
    for number, step in enumerate(recipe.steps, start=1):
        if isinstance(step, Calibrate) and step.equal_within is not None:
            notes.note(
                f"{where}.steps[{number}].equal_within",
                "households are groups of single cases, and those that agree are counted together",
                found=repr(step.equal_within),
                advice=f"leave it out, or {IN_MEMORY}",
            )


def _check_replicates(written: object, notes: Notebook) -> None:
    if isinstance(written, Mapping) and "replicates" in written:
        what = "replicates are weights of single cases"
        advice = f"leave them out, for standard errors to be linearised, or {IN_MEMORY}"
        notes.note("weighting.replicates", what, advice=advice)


def _check_quantiles(draft: Draft, notes: Notebook) -> None:
    for where, one in draft.wanted.items():
        if isinstance(one.indicator, Quantile) and one.indicator.rule in RANKED:
            notes.note(
                f"{where}.rule",
                "this rule reads a quantile off between single cases, each with its weight",
                found=repr(one.indicator.rule),
                allowed="'math', 'school'",
                advice=f"take one of these, or {IN_MEMORY}",
            )
