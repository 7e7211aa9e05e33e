"""The words of charts: the sentence that replaces a picture, and what stands under it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from socialpoll.report.bases import base_note, who_in
from socialpoll.report.blocks import (
    ChartKind,
    Figure,
    Message,
    Phrase,
    Point,
    Series,
    Shift,
    Value,
)
from socialpoll.report.instrument import chain
from socialpoll.report.listing import in_sentences
from socialpoll.report.notes import model_note
from socialpoll.schema import NOT_APPLICABLE
from socialpoll.weighting import WAVE

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured

__all__ = [
    "alt_of",
    "by_series",
    "caption_of",
    "line_title",
    "listed",
    "of_groups",
    "waves_caption",
]

LINES: dict[Shift, Message] = {
    "higher": Message("Bold lines show statistically significant changes."),
    "lower": Message("Bold lines show statistically significant changes."),
    "alike": Message("Thin lines mean no statistically significant change."),
    "untested": Message("Dotted lines show changes that were not tested."),
    "broken": Message("No line joins figures that are not comparable."),
}
"""How a line of a slope looks, by what is known of the change."""


def alt_of(kind: ChartKind, title: Phrase, figures: Phrase) -> Message:
    """Return the sentence that replaces a chart: what it is, and every figure that it shows."""
    values: dict[str, Value] = {"title": title, "figures": figures}
    return {
        "bars": Message("Bar chart, {title}: {figures}.", values),
        "dots": Message("Dot chart, {title}: {figures}.", values),
        "stacked": Message("Stacked bar chart, {title}: {figures}.", values),
        "heat": Message("Heat map, {title}: {figures}.", values),
        "slope": Message("Line chart, {title}: {figures}.", values),
        "multiples": Message("Small bar charts, {title}: {figures}.", values),
        "map": Message("Tile map, {title}: {figures}.", values),
        "timeline": Message("Timeline, {title}: {figures}.", values),
    }[kind]


def listed(points: Iterable[Point]) -> Message:
    """Return figures with their labels, as the language joins a list."""
    return Message("{parts}", {"parts": tuple(map(_labelled, points))})


def by_series(series: Iterable[Series], reference: Point | None = None) -> Phrase:
    """Return the figures of series behind each other, that of everybody first."""
    parts = [] if reference is None else [_labelled(reference)]
    return chain([*parts, *(_under(one.label, one.points) for one in series)])


def of_groups(series: tuple[Series, ...]) -> Phrase:
    """Return the figures of each group, where a series is a category of all groups."""
    groups = [point.label for point in series[0].points] if series else []
    return chain(
        Message(
            "{label}: {figures}",
            {
                "label": label,
                "figures": tuple(
                    Message("{label} {figure}", {"label": one.label, "figure": point.figure})
                    for one in series
                    for point in one.points
                    if point.label == label
                ),
            },
        )
        for label in groups
    )


def line_title(material: Material, title: Phrase, measured: Measured, line: Line) -> Phrase:
    """Return the title of a chart of one figure: which of the answers it is."""
    if line.code == NOT_APPLICABLE:
        return title
    category = material.wording.line(measured, line)
    return Message("{title}: “{category}”", {"title": title, "category": category})


def caption_of(
    material: Material, measured: Measured, *more: Phrase, intervals: bool = False
) -> Phrase:
    """Return what stands under a chart: the base, then how to read it.

    Parameters
    ----------
    material : Material
    measured : Measured
    *more : Phrase
        Sentences about marks of the chart.
    intervals : bool
        Whether it shows confidence intervals, whose level is told where there are any.
    """
    base = base_note(material.wording, measured, numbered=material.one_base(measured))
    level = material.level(measured)
    if not intervals or level is None:
        return in_sentences([base, *more])
    told: Phrase = Message(
        "{base} Lines show {level} confidence intervals.", {"base": base, "level": level}
    )
    model = [model_note()] if measured.model_based else []
    return in_sentences([told, *more, *model])


def waves_caption(
    material: Material, waves: tuple[Measured, ...], shifts: frozenset[Shift | None]
) -> Phrase:
    """Return what stands under a chart of several waves: the base in each, and what lines mean."""
    last = waves[-1]
    counts = [(one, next((row.respondents for _, row in one.overall()), None)) for one in waves]
    numbers = tuple(
        Message(
            "{label}: {figure}",
            {"label": material.wording.code(WAVE, one.wave), "figure": Figure(number, "count")},
        )
        for one, number in counts
        if number is not None
    )
    base = Message(
        "Base: {who} ({numbers}, unweighted).",
        {"who": who_in(material.wording, last), "numbers": numbers},
    )
    if not material.one_base(last):
        base = base_note(material.wording, last, numbered=False)
    told = dict.fromkeys(words.key for shift, words in LINES.items() if shift in shifts)
    return in_sentences([base, *map(Message, told)])


def _under(label: Phrase, points: tuple[Point, ...]) -> Message:
    return Message("{label}: {figures}", {"label": label, "figures": tuple(map(_labelled, points))})


def _labelled(point: Point) -> Phrase:
    values: dict[str, Value] = {"label": point.label, "figure": point.figure}
    if point.shift == "higher":
        return Message("{label} {figure} (significantly higher)", values)
    if point.shift == "lower":
        return Message("{label} {figure} (significantly lower)", values)
    return Message("{label} {figure}", values)
