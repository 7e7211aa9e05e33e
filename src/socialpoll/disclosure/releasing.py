"""From estimates to a release: rules, policy, rounding, and the cut from the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.disclosure.comparing import without_hidden
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.released import Release
from socialpoll.disclosure.rounding import OTHER_DECIMALS, SHARE_DECIMALS
from socialpoll.disclosure.rules import MinBase, ReliabilityRule
from socialpoll.disclosure.screening import (
    judged,
    minimum_of,
    rounded,
    stripped,
    with_prose,
)
from socialpoll.disclosure.status import LOW_RELIABILITY, SITUATIONS, SUPPRESSED
from socialpoll.disclosure.suppressing import suppression_of
from socialpoll.errors import ReleaseError
from socialpoll.indicators import (
    COLUMNS,
    COMPARISON_COLUMNS,
    KEYS,
    Estimates,
    joint_precision,
)
from socialpoll.schema import Derived, Fact, FactValue, Methodology

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from socialpoll.schema import Questionnaire

__all__ = ["release"]

LISTED = 5
FOR_OTHERS = SITUATIONS["suppressed_secondary"].conf_status
ROUNDING = 1e-9
"""Relative difference that the order of a sum may make between two values of one figure."""


def release(
    estimates: Estimates | Sequence[Estimates],
    *rules: ReliabilityRule,
    policy: Policy | None = None,
) -> Release:
    """Decide what may be shown, round it once, and cut the line to the answers.

    Give everything that is to be published at once: what touches a hidden figure goes with it.

    Parameters
    ----------
    estimates : Estimates or sequence of Estimates
        All of one questionnaire.
    *rules : ReliabilityRule
        Callables of one row with a ``name``; the strictest verdict holds. ``MinBase(30, 100)``
        where none is given. Figures fixed by weighting are not judged.
    policy : Policy, optional
        How respondents are protected: ``base``, under which a domain of fewer respondents than
        its minimum is suppressed with all its rows, or ``cells``, which also hides what others
        could be worked out from. :func:`socialpoll.audit` tells what is hidden, and why.

    Returns
    -------
    Release
        Suppressed rows keep their keys and status and nothing else; comparisons with them are
        gone. Shares, ratios and concentrations are rounded to 3 decimals, other figures to 1,
        counts and times of day to whole numbers, half away from zero, unless the policy asks for
        full precision. The column ``estimate_prose`` holds what sentences print: shares in whole
        per cent.

    Raises
    ------
    ReleaseError
        Nothing to release; estimates of different questionnaires; one figure with two values;
        questions marked ``sensitive``, which the policy ``base`` cannot protect; a rule that is
        none.
    """
    chosen = rules or (MinBase(),)
    several, figures = gathered(estimates, chosen)
    terms = policy if policy is not None else Policy()
    questionnaire = several[0].questionnaire
    if not terms.complementary:
        _refuse_sensitive(several, questionnaire)
    sides = ("domain_a", "domain_b", "wave_b", "against", "test")
    comparisons = _together([one.comparisons for one in several], COMPARISON_COLUMNS, *sides)
    shown = with_prose(stripped(figures, _situations(several, figures, chosen, terms)))
    kept = without_hidden(comparisons, shown)
    fact = _fact(shown, len(comparisons) - len(kept), chosen, terms)
    return Release(
        questionnaire=questionnaire,
        methodology=_methodology(several).adding(fact),
        figures=shown if terms.full_precision else rounded(shown),
        comparisons=kept if terms.full_precision else rounded(kept),
        hashes=_hashes(several),
        titles={name: title for one in several for name, title in one.titles.items()},
    )


def gathered(
    estimates: Estimates | Sequence[Estimates], rules: Sequence[object]
) -> tuple[tuple[Estimates, ...], pd.DataFrame]:
    """Return all estimates, of one questionnaire, and their figures together, each once."""
    several = _several(estimates)
    _check_rules(rules)
    _require_one_questionnaire(several)
    return several, _together([one.frame for one in several], COLUMNS, "domain")


def _situations(
    several: Sequence[Estimates],
    figures: pd.DataFrame,
    rules: Sequence[ReliabilityRule],
    policy: Policy,
) -> list[str]:
    if policy.complementary:
        return suppression_of(several, figures, rules, policy).situations
    return judged(figures, rules, policy)


def _several(estimates: Estimates | Sequence[Estimates]) -> tuple[Estimates, ...]:
    several: tuple[object, ...] = (
        (estimates,) if isinstance(estimates, Estimates) else tuple(estimates)
    )
    strangers = [type(one).__name__ for one in several if not isinstance(one, Estimates)]
    if strangers or not several:
        raise ReleaseError(
            "there is nothing to release",
            where="estimates",
            found=", ".join(strangers) or "an empty sequence",
            allowed="Estimates, or several of them",
        )
    return tuple(one for one in several if isinstance(one, Estimates))


def _check_rules(rules: Sequence[object]) -> None:
    for rule in rules:
        if not callable(rule) or not isinstance(getattr(rule, "name", None), str):
            raise ReleaseError(
                "this is not a reliability rule",
                where="rules",
                found=repr(rule),
                allowed="a callable of one row, with a name, such as MinBase(30)",
            )


def _require_one_questionnaire(several: Sequence[Estimates]) -> None:
    first = several[0].questionnaire
    for number, one in enumerate(several[1:], start=2):
        if one.questionnaire != first:
            raise ReleaseError(
                "estimates of different questionnaires cannot be released together",
                where=f"estimates {number}",
                found=repr(dict(one.questionnaire.title)),
                allowed=repr(dict(first.title)),
                advice="release each questionnaire on its own",
            )


def _refuse_sensitive(several: Sequence[Estimates], questionnaire: Questionnaire) -> None:
    used = frozenset[str]().union(*(one.variables for one in several))
    known = [questionnaire[name] for name in questionnaire.names if name in used]
    asked = {one.of if isinstance(one, Derived) else one.name for one in known}
    sensitive = [one.name for one in questionnaire.asked if one.sensitive and one.name in asked]
    if sensitive:
        raise ReleaseError(
            "the disclosure policy 'base' cannot protect questions marked sensitive",
            where="policy",
            found=", ".join(sensitive),
            allowed="questions that are not sensitive",
            advice="release under Policy(name='cells'), or leave these questions out",
        )


def _together(
    frames: Sequence[pd.DataFrame], columns: tuple[str, ...], *sides: str
) -> pd.DataFrame:
    """Stack frames; a figure that is there twice must be the same figure."""
    import pandas as pd

    filled = [one for one in frames if len(one)] or list(frames[:1])
    stacked = pd.concat(filled, ignore_index=True)
    stacked = stacked.reindex(
        columns=[*columns, *stacked.columns.difference(list(columns), sort=False)]
    )
    keys = [*KEYS[:-1], *sides]
    again = stacked.duplicated(keys)
    once, others = stacked[~again].reset_index(drop=True), stacked[again]
    twice = others[~_as_before(others, once, keys)]
    if len(twice):
        named = ["/".join(map(str, row)) for row in twice[keys].itertuples(index=False)]
        raise ReleaseError(
            "one figure has two values",
            where="estimates",
            found="; ".join(named[:LISTED]) + (" …" if len(named) > LISTED else ""),
            advice="give one of the indicators another name, or estimate them together",
        )
    return once


def _as_before(others: pd.DataFrame, once: pd.DataFrame, keys: list[str]) -> npt.NDArray[np.bool_]:
    """Say which rows are those of the same keys in ``once``, up to the order of a sum."""
    import pandas as pd

    numbers = list(others.select_dtypes("number"))
    words = [name for name in others.columns if name not in {*keys, *numbers}]
    before = others[keys].merge(once, on=keys, how="left")
    said, said_before = (one[words].astype(object).to_numpy() for one in (others, before))
    same = (said == said_before) | (pd.isna(said) & pd.isna(said_before))
    found, found_before = (one[numbers].to_numpy(np.float64) for one in (others, before))
    near = np.isclose(found, found_before, rtol=ROUNDING, atol=ROUNDING, equal_nan=True)
    return np.asarray(same.all(axis=1) & near.all(axis=1))


def _methodology(several: Sequence[Estimates]) -> Methodology:
    """Join the accounts of all estimates; what they have in common in precision is told once."""
    made = several[0].methodology
    for one in several[1:]:
        made = made.adding(*(fact for fact in one.methodology.facts if fact not in made.facts))
    joint = joint_precision(several)
    return made if joint is None else made.adding(joint)


def _hashes(several: Sequence[Estimates]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one in several:
        for name, digest in {**one.digests, "weights": one.weights_id}.items():
            listed = found.setdefault(name, [])
            if digest not in listed:
                listed.append(digest)
    return {name: " ".join(listed) for name, listed in found.items()}


def _fact(
    shown: pd.DataFrame, removed: int, rules: Sequence[ReliabilityRule], policy: Policy
) -> Fact:
    by_base = [one for one in rules if isinstance(one, MinBase)]
    values: dict[str, FactValue] = {
        "policy": policy.name,
        "rules": tuple(one.name for one in rules),
        "minimum_base": minimum_of(rules, policy),
        "flag_below": max((one.flag_below for one in by_base), default=None),
        "rows": len(shown),
        "suppressed": int((shown["flag"] == SUPPRESSED).sum()),
        "flagged": int((shown["flag"] == LOW_RELIABILITY).sum()),
        "comparisons_removed": removed,
        "complementary": policy.complementary,
        "rounding": "none" if policy.full_precision else "half away from zero",
        "share_decimals": None if policy.full_precision else SHARE_DECIMALS,
        "other_decimals": None if policy.full_precision else OTHER_DECIMALS,
    }
    if policy.complementary:
        values |= {
            "threshold": policy.threshold,
            "zeros": policy.zeros,
            "harm": policy.harm,
            "suppressed_for_others": int((shown["conf_status"] == FOR_OTHERS).sum()),
            "already_published": len(policy.already_published),
        }
    return Fact("disclosure", "policy", values)
