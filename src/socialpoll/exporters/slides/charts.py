"""Charts with more bars than can be read on a slide, in parts that can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from socialpoll.drawing.bars import in_order
from socialpoll.exporters.slides.words import Words
from socialpoll.report import Chart, Series
from socialpoll.report.chart_words import alt_of, by_series, listed

__all__ = ["parts_of_chart"]

PARTED = ("bars", "dots")
MOST = 16
"""Rows of a chart that are read from the back of a room, headings among them."""


def parts_of_chart(words: Words, chart: Chart) -> list[Chart]:
    """Return a chart in as many parts as slides that it takes.

    Groups of one breakdown stay together where they can; the figure of everybody stands in each
    part, and each is replaced by a sentence of its own.
    """
    rows = sum(len(one.points) + bool(words.of(one.label)) for one in chart.series)
    if chart.kind not in PARTED or rows <= MOST:
        return [chart]
    parts: list[list[Series]] = []
    taken = MOST
    for piece in _pieces(chart):
        needed = len(piece.points) + 1
        if taken + needed > MOST:
            parts.append([])
            taken = 0
        parts[-1].append(piece)
        taken += needed
    return [_part(chart, tuple(series)) for series in parts]


def _pieces(chart: Chart) -> Iterator[Series]:
    """Yield series that fit a slide, longer ones in equal parts."""
    for series in chart.series:
        points = in_order(series) if chart.kind == "bars" else series.points
        several = -(-len(points) // (MOST - 1))
        for number in range(several):
            start, end = (len(points) * place // several for place in (number, number + 1))
            yield replace(series, points=tuple(points[start:end]))


def _part(chart: Chart, series: tuple[Series, ...]) -> Chart:
    points = (point for one in series for point in one.points)
    figures = listed(points) if chart.kind == "bars" else by_series(series, chart.reference)
    return replace(chart, series=series, alt=alt_of(chart.kind, chart.title, figures))
