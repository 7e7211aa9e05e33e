"""What the letters in brackets mean that stand beside the figures of a chart."""

from __future__ import annotations

from socialpoll.report import Chart, Message, Phrase

__all__ = ["shorthand"]

EXPLAINED = {
    "c": Message("[c] suppressed: too few respondents, or not reliable enough"),
    "u": Message("[u] low reliability"),
    "x": Message("[x] not available"),
    "z": Message("[z] not applicable"),
    "w": Message("[w] fixed by weighting, without sampling error"),
    "r": Message("[r] revised"),
    "p": Message("[p] provisional"),
}


def shorthand(chart: Chart) -> tuple[Phrase, ...]:
    """Explain the shorthand that a chart uses.

    Parameters
    ----------
    chart : Chart

    Returns
    -------
    tuple of Phrase
        One a letter, those that are there only.
    """
    figures = [point.figure for series in chart.series for point in series.points]
    # A figure that is not there and says not why is written as not available.
    used = {one.status or ("x" if one.value is None else "") for one in figures}
    return tuple(phrase for letter, phrase in EXPLAINED.items() if letter in used)
