"""What became of sampled cases, in the groups from which outcome rates are computed.

The groups and their codes are those of AAPOR (2016), *Standard Definitions*, 9th edition: "Final
disposition codes", tables 1 to 5, and the letters under "Calculating rates from response
distributions". The 10th edition (2023) keeps both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias, get_args

from socialpoll.errors import Problem, nearest
from socialpoll.schema.keys import key_of

__all__ = [
    "INTERVIEWS",
    "LETTERS",
    "OUTCOMES",
    "Outcome",
    "Outcomes",
    "aapor_outcome",
    "outcome_of",
    "outcome_problems",
    "pairs_of",
    "undeclared",
    "well_formed",
]

Outcome: TypeAlias = Literal[
    "interview",
    "partial",
    "refusal",
    "noncontact",
    "other",
    "unknown_household",
    "unknown_other",
    "ineligible",
]
Outcomes: TypeAlias = tuple[tuple[str | int, Outcome], ...] | Literal["aapor"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""Every outcome, in the order that numbers them."""

LETTERS = ("I", "P", "R", "NC", "O", "UH", "UO", "NE")
"""What the formulas of AAPOR call each outcome."""

INTERVIEWS: tuple[Outcome, ...] = ("interview", "partial")
"""The outcomes that are interviews where nothing else is said."""

_CODE = re.compile(r"([1-4])(?:\.(\d{1,4})|(\d{2,4}))?")
_GROUPS: Mapping[str, Outcome] = {
    "1.1": "interview",
    "1.2": "partial",
    "2.0": "other",
    "2.1": "refusal",
    "2.2": "noncontact",
    "2.3": "other",
    "3.1": "unknown_household",
}
_WHOLE_GROUPS: Mapping[str, Outcome] = {"3": "unknown_other", "4": "ineligible"}


def aapor_outcome(code: object) -> Outcome | None:
    """Return the outcome that a final disposition code of AAPOR stands for.

    Parameters
    ----------
    code : str or number
        With its point (``1.1``, ``"2.111"``), or without it in three digits or more (``"110"``,
        ``2111``).

    Returns
    -------
    str or None
        By the first two digits: 1.1 ``interview``; 1.2 ``partial``; 2.1 ``refusal`` (and
        break-off); 2.2 ``noncontact``; 2.0 and 2.3 ``other``; 3.1 ``unknown_household``; any other
        3 ``unknown_other``; 4 ``ineligible``. None for anything else, also for 1.0, which does not
        say whether the interview is complete.

    Examples
    --------
    >>> [aapor_outcome(one) for one in (1.1, "110", "2.111", 2.2, "3.10", "390", "4.7", "5.1")]
    ['interview', 'interview', 'refusal', 'noncontact', 'unknown_household', 'unknown_other', 'ineligible', None]
    """  # noqa: E501
    found = _CODE.fullmatch(str(key_of(code, "string")))
    if found is None:
        return None
    group, digits = found[1], found[2] or found[3] or "0"
    return _GROUPS.get(f"{group}.{digits[0]}", _WHOLE_GROUPS.get(group))


def outcome_of(disposition: object, outcomes: Outcomes) -> Outcome | None:
    """Return the declared outcome of a disposition; None where there is none.

    Examples
    --------
    >>> outcome_of(1, (("1", "interview"),)), outcome_of("2.1", "aapor"), outcome_of("x", ())
    ('interview', 'refusal', None)
    """
    if outcomes == "aapor":
        return aapor_outcome(disposition)
    wanted = key_of(disposition, "string")
    return next((made for one, made in outcomes if key_of(one, "string") == wanted), None)


def pairs_of(outcomes: object) -> object:
    """Return outcomes as they are kept: a mapping as pairs, in the order of declaration."""
    if isinstance(outcomes, Mapping):
        return tuple(outcomes.items())
    if isinstance(outcomes, list | tuple):
        return tuple(tuple(one) if isinstance(one, list) else one for one in outcomes)
    return outcomes


def well_formed(outcomes: object) -> bool:
    """Say whether outcomes are pairs of disposition and outcome, or the name of a scheme."""
    if isinstance(outcomes, str):
        return outcomes == "aapor"
    return isinstance(outcomes, tuple) and all(
        isinstance(one, tuple)
        and len(one) == 2  # noqa: PLR2004
        and isinstance(one[0], str | int | float)
        and isinstance(one[1], str)
        for one in outcomes
    )


def outcome_problems(outcomes: Outcomes, interviewed: Iterable[str | int]) -> Iterator[Problem]:
    """Tell what is wrong with declared outcomes, whatever the data."""
    if not well_formed(outcomes):
        what = "outcomes has no such choice"
        allowed = "a table of dispositions and their outcomes, or 'aapor'"
        yield Problem(what, "outcomes", repr(outcomes), allowed)
        return
    if outcomes != "aapor":
        yield from _wrong_outcomes(outcomes)
    for one in interviewed:
        outcome = outcome_of(one, outcomes)
        if outcome is None:
            yield undeclared(one, outcomes, "interviewed")
        elif outcome in OUTCOMES and outcome not in INTERVIEWS:
            yield Problem(
                f"disposition {one!r} is among the interviews, but its outcome is {outcome!r}",
                "interviewed",
                repr(one),
                advice="leave it out of interviewed, or give it another outcome",
            )


def undeclared(disposition: object, outcomes: Outcomes, where: str, found: str = "") -> Problem:
    """Return the problem that a disposition has no outcome."""
    what = f"disposition {disposition!r} has no outcome"
    if outcomes == "aapor":
        allowed = "a final disposition code of AAPOR, such as 1.1, 2.11 or 320"
        advice = "for any other scheme declare a table of dispositions and their outcomes"
        return Problem(what, where, found, allowed, advice)
    declared = [one for one, _ in outcomes]
    return Problem(what, where, found, nearest(disposition, declared), "declare it in outcomes")


def _wrong_outcomes(outcomes: tuple[tuple[str | int, Outcome], ...]) -> Iterator[Problem]:
    seen: dict[object, Outcome] = {}
    for disposition, outcome in outcomes:
        where = f"outcomes, {disposition!r}"
        if outcome not in OUTCOMES:
            yield Problem(
                "there is no such outcome", where, repr(outcome), nearest(outcome, OUTCOMES)
            )
        first = seen.setdefault(key_of(disposition, "string"), outcome)
        if first != outcome:
            yield Problem("a disposition of two outcomes", where, f"{first!r} and {outcome!r}")
