"""The data of a chart as a table, for those who do not see it and those who look closer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from socialpoll.report import (
    Cell,
    Chart,
    Column,
    Interval,
    Message,
    Phrase,
    Point,
    Row,
    Said,
    Series,
    Span,
    Table,
)
from socialpoll.report.timelines import PROGRESS

__all__ = ["data_of"]

NOTHING = Said({"und": ""})
BESIDE = ("stacked", "heat")
"""Kinds whose series stand beside each other: a column a series, a row a group."""
BENEATH = ("multiples", "slope")
"""Kinds whose series stand beneath each other: a row a series, a column an answer or a wave."""


def data_of(chart: Chart) -> Table:
    """Return the figures that a chart shows as a table.

    Parameters
    ----------
    chart : Chart

    Returns
    -------
    Table
        With the title of the chart. Figures and limits are those of the chart; of a timeline,
        its days.
    """
    if chart.spans:
        return _days(chart)
    crossed = chart.kind in (*BESIDE, *BENEATH) and _is_aligned(chart.series)
    return _crossed(chart) if crossed else _listed(chart)


def _is_aligned(several: Sequence[Series]) -> bool:
    """Say whether all series have points of the same labels, in one order."""
    labels = [[point.label for point in one.points] for one in several]
    return all(one == labels[0] for one in labels)


def _crossed(chart: Chart) -> Table:
    several = chart.series
    across = [one.label for one in several]
    down = [point.label for point in several[0].points] if several else []
    figures = [[point.figure for point in one.points] for one in several]
    if chart.kind in BESIDE:
        rows = [(label, [one[place] for one in figures]) for place, label in enumerate(down)]
        return _table(chart, across, rows)
    return _table(chart, down, list(zip(across, figures, strict=True)))


def _table(
    chart: Chart, headings: Sequence[Phrase], rows: Iterable[tuple[Phrase, Sequence[Cell]]]
) -> Table:
    corner = Message("Group") if chart.kind != "slope" else NOTHING
    columns = (Column(f"column-{place}", one) for place, one in enumerate(headings))
    return Table(
        chart.title,
        (Column("label", corner, "label"), *columns),
        tuple(Row((label, *cells)) for label, cells in rows),
    )


def _listed(chart: Chart) -> Table:
    """Return a row a point, beneath the heading of its series, that of everybody first."""
    points = [point for one in chart.series for point in one.points]
    precise = any(one.low is not None for one in points)
    of_groups = chart.kind == "map" or not all(_is_empty(one.label) for one in chart.series)
    heading = Message("Group") if of_groups else Message("Answer")
    columns = [Column("label", heading, "label"), Column("estimate", Message("Estimate"))]
    if precise:
        columns.append(Column("interval", Message("Confidence interval"), "interval"))
    rows = [] if chart.reference is None else [_row(chart.reference, precise=precise)]
    for series in chart.series:
        if not _is_empty(series.label):
            rows.append(Row((series.label,), "group"))
        rows += [_row(point, precise=precise) for point in series.points]
    return Table(chart.title, tuple(columns), tuple(rows))


def _is_empty(phrase: Phrase) -> bool:
    return isinstance(phrase, Said) and not any(phrase.words.values())


def _row(point: Point, *, precise: bool) -> Row:
    figure = point.figure
    cells: tuple[Cell, ...] = (point.label, figure)
    if precise:
        bare = point.low is None or point.high is None or figure.value is None
        limits = Interval(point.low, point.high, figure.unit, figure.decimals)
        cells = (*cells, None if bare else limits)
    return Row(cells, point.role)


def _days(chart: Chart) -> Table:
    columns = (
        Column("phase", Message("Phase"), "label"),
        Column("start", Message("Start"), "text"),
        Column("end", Message("End"), "text"),
        Column("status", Message("Status"), "text"),
    )
    return Table(chart.title, columns, tuple(_rows_of(chart.spans)))


def _rows_of(spans: Iterable[Span]) -> Iterator[Row]:
    for span in spans:
        start, end = (
            Message("{date}", {"date": day}) for day in (span.start, span.end or span.start)
        )
        yield Row((span.label, start, end, PROGRESS[span.status]))
