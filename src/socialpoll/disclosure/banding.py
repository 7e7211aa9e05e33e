"""Numbers that all bands of a question treat alike: of hours, or of options that were chosen."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from socialpoll.schema.derived import Bands
from socialpoll.schema.questions import Multiple, Number

if TYPE_CHECKING:
    from socialpoll.schema import Questionnaire
    from socialpoll.schema.questions import AnyQuestion

__all__ = ["banded", "countable", "kinds_of", "limits_of"]


def banded(questionnaire: Questionnaire, question: str) -> list[Bands]:
    """Return the bands of a question."""
    derived = [one for one in questionnaire.derived if one.of == question]
    return [one for one in derived if isinstance(one, Bands)]


def countable(source: AnyQuestion) -> list[str]:
    """Return the options of a question that are counted: those that are not exclusive."""
    options = source.options if isinstance(source, Multiple) else ()
    return [str(one.code) for one in options if not getattr(one, "exclusive", False)]


def kinds_of(
    questionnaire: Questionnaire, source: AnyQuestion
) -> dict[tuple[str | None, ...], list[float]]:
    """Return numbers by the bands that they are in, of each derived variable one or None.

    How many options were chosen is told apart, whatever the bands: a mean tells of it.
    """
    several = banded(questionnaire, source.name)
    counted = isinstance(source, Multiple)
    made: dict[tuple[str | None, ...], list[float]] = {}
    for at in _told_apart(source, several):
        apart = (f"{at:g}",) if counted else ()
        made.setdefault((*(_band(one, at) for one in several), *apart), []).append(at)
    return made


def limits_of(questionnaire: Questionnaire, source: Number) -> list[tuple[float, float]]:
    """Return between what the numbers of each kind lie, in the order of the kinds."""
    points = _told_apart(source, banded(questionnaire, source.name))
    first = -math.inf if source.minimum is None else float(source.minimum)
    last = math.inf if source.maximum is None else float(source.maximum)
    # Between two limits of bands, and beyond them, stands one number for all that are there.
    limits = [first, *points[1::2], last]
    ends = {
        at: (at, at) if place % 2 else (limits[place // 2], limits[place // 2 + 1])
        for place, at in enumerate(points)
    }
    return [
        (min(ends[at][0] for at in kind), max(ends[at][1] for at in kind))
        for kind in kinds_of(questionnaire, source).values()
    ]


def _told_apart(source: AnyQuestion, several: list[Bands]) -> list[float]:
    """Return numbers of every kind: of options, all that can have been chosen."""
    if isinstance(source, Multiple):
        most = len(countable(source))
        fewest = int(source.blank != "none" and most == len(source.options))
        return [float(one) for one in range(fewest, most + 1)]
    bands = [band for one in several for band in one.bands]
    ends = {one for band in bands for one in (band.minimum, band.maximum) if one is not None}
    limits = sorted(map(float, ends))
    between = [(low + high) / 2 for low, high in pairwise(limits)]
    outside = [limits[0] - 1, limits[-1] + 1] if limits else [0.0]
    return sorted(limits + between + outside)


def _band(bands: Bands, number: float) -> str | None:
    inside = [
        str(one.code)
        for one in bands.bands
        if (one.minimum is None or number >= one.minimum)
        and (one.maximum is None or number <= one.maximum)
    ]
    return inside[-1] if inside else None
