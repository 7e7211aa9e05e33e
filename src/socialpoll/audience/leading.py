"""What comes first for an audience, and what is not told apart from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from socialpoll.audience.planned import Leading, Preferred
from socialpoll.audience.reading import NOTHING, Figure, Told
from socialpoll.indicators.choices import LINE
from socialpoll.schema import categories_of

if TYPE_CHECKING:
    from socialpoll.schema import Questionnaire

__all__ = ["leading", "leading_by_item", "no_answers"]


def no_answers(questionnaire: Questionnaire, question: str) -> frozenset[str]:
    """Return the codes that never come first: missing ones, and "none of these"."""
    codes, missing = categories_of(questionnaire, question)
    exclusive = (one.code for one in codes if one.exclusive)
    return frozenset(map(str, (*exclusive, *(one.code for one in missing))))


def leading(told: Told, aside: frozenset[str], minimum: int) -> Leading | None:
    """Return what comes first for an audience.

    Parameters
    ----------
    told : Told
        Of an indicator of shares; of a grid, of one of its items.
    aside : frozenset of str
        Codes that never come first.
    minimum : int
        Respondents below which nothing is said.

    Returns
    -------
    Leading or None
        None where nothing may be shown, too few answered, the largest share is of low reliability
        or nobody chose anything. It is tested where all answers are shown and compared: what is
        hidden might be as large.
    """
    answers = [one for one in told.figures if one.line.code not in aside]
    shown = [one for one in answers if one.estimate is not None]
    if not shown:
        return None
    first = _first(told, shown)
    if not first.estimate or first.unreliable or first.base is None or first.base < minimum:
        return None
    others = sorted((one for one in shown if one is not first), key=_falling)
    alike = {one.line: one.alike for one in told.of(LINE) if one.against == first.line}
    tested = bool(others) and all(alike.get(one.line) is not None for one in others)
    tested = tested and not any(one.hidden for one in answers)
    return Leading(
        first=_preferred(first),
        beside=tuple(_preferred(one) for one in others if tested and alike[one.line]),
        behind=tuple(_preferred(one) for one in others if not (tested and alike[one.line])),
        tested=tested,
        base=first.base,
    )


def leading_by_item(told: Told, aside: frozenset[str], minimum: int) -> Mapping[str, Leading]:
    """Return what comes first for each item of a grid of which something may be said."""
    found = {item: leading(one, aside, minimum) for item, one in told.by_item().items()}
    return {item: one for item, one in found.items() if one is not None}


def _first(told: Told, shown: list[Figure]) -> Figure:
    """Return the figure that the choices put first; where none are told, the largest shown."""
    named = {one.line for one in told.of(LINE) if one.against == NOTHING}
    return next((one for one in shown if one.line in named), min(shown, key=_falling))


def _falling(figure: Figure) -> float:
    return -(figure.estimate or 0.0)


def _preferred(figure: Figure) -> Preferred:
    return Preferred(
        code=figure.line.code, share=figure.estimate or 0.0, low=figure.low, high=figure.high
    )
