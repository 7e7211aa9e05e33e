"""Audiences of whom so little is known, or may be told, that they get no advice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from socialpoll.audience.reading import Figure, Told
from socialpoll.indicators.choices import CHOSEN

if TYPE_CHECKING:
    from socialpoll.audience.planned import Refusal

__all__ = ["base_of", "refusal_of"]


def refusal_of(told: Told, minimum: int) -> Refusal:
    """Say why an audience gets no advice; empty where it does.

    Parameters
    ----------
    told : Told
        Of the reach, for the audience.
    minimum : int
        Respondents below which there is no advice.
    """
    if all(one.hidden for one in told.figures):
        return "suppressed"
    base = base_of(told.figures)
    if base is None or base < minimum:
        return "small base"
    chosen = told.of(CHOSEN)
    if not chosen:
        # What was chosen is not told where it, or what it was compared with, is hidden.
        precise = any(one.precise for one in told.figures)
        return "suppressed" if precise else "no precision"
    figure = told.figure(chosen[0].line)
    if figure is None:
        return "suppressed"
    if figure.empty:
        return "nobody"
    return "low reliability" if figure.unreliable else ""


def base_of(figures: Sequence[Figure]) -> int | None:
    """Return the respondents behind the figures; None where none of them tells."""
    return next((one.base for one in figures if one.base is not None), None)
