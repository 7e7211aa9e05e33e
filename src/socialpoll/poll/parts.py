"""The parts that a poll and each of its waves have: questionnaire, design and weighting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

from socialpoll.errors import ProblemsError
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.tables import DesignTable, WeightingTable
from socialpoll.responses import SampleDesign
from socialpoll.schema import Questionnaire
from socialpoll.weighting import Recipe, recipe_from

__all__ = ["design_of", "questionnaire_of", "recipe_of", "same_fields", "target_files"]

T = TypeVar("T")
DESIGN, WEIGHTING = "design", "weighting"


def design_of(notes: Notebook, written: object, where: str = DESIGN) -> SampleDesign | None:
    """Read a table of design; None where it has mistakes, which are noted."""
    table = notes.table(DesignTable, written, where)
    if table is None:
        return None
    design = SampleDesign(**same_fields(SampleDesign, table))
    if isinstance(design.strata, tuple):
        # TOML has no word for nothing: a stage without strata is written as an empty string.
        design = replace(design, strata=tuple(one or None for one in design.strata))
    return design


def questionnaire_of(notes: Notebook, file: Path | None) -> Questionnaire | None:
    """Read a questionnaire; None where there is none, or it has mistakes, which are noted."""
    if file is None:
        return None
    try:
        return Questionnaire.load(file)
    except ProblemsError as error:
        notes.problems += error.problems
        return None


def recipe_of(notes: Notebook, folder: Path, written: object, where: str = WEIGHTING) -> Recipe:
    """Read the steps of a table of weighting; none where it has mistakes, which are noted."""
    table = notes.table(WeightingTable, written, where)
    if table is None or not isinstance(written, Mapping):
        return Recipe()
    try:
        # The tables as TOML read them: a date is still a date.
        return recipe_from(written["steps"], folder, where=f"{where}.steps")
    except ProblemsError as error:
        notes.take(error.problems)
        return Recipe()


def target_files(weighting: object) -> list[str]:
    """Return the names of the files of targets that a table of weighting names."""
    steps = weighting.get("steps", []) if isinstance(weighting, Mapping) else []
    names: list[Any] = []
    for step in steps if isinstance(steps, list) else []:
        if isinstance(step, Mapping):
            margins = step.get("margins", [])
            names += [one.get("targets") for one in (step, *margins) if isinstance(one, Mapping)]
    return [one for one in names if isinstance(one, str)]


def same_fields(kind: type[T], table: object) -> dict[str, Any]:
    """Return the fields that a declared class and a table of the file share."""
    return {one.name: getattr(table, one.name) for one in fields(kind)}  # type: ignore[arg-type]
