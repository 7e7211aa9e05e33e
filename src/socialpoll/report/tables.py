"""Tables of an indicator, laid out for the width of an A4 page in portrait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.report.blocks import (
    Cell,
    Column,
    Figure,
    Interval,
    Message,
    Phrase,
    Row,
    Table,
    Value,
)
from socialpoll.report.chart_words import line_title
from socialpoll.report.notes import notes_of
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["base_column", "interval_heading", "tables_by_group", "tables_of", "without_intervals"]

FEW_GROUPS = 3
"""So many groups stand side by side, each with its intervals."""
FEW_LINES = 3
"""So many answers stand side by side, each with its intervals."""
ACROSS = 5
"""So many answers stand side by side without them; more are parted into several tables."""
TWO = 2


def tables_of(material: Material, measured: Measured) -> list[Table]:
    """Return the tables of an indicator: for everybody, then for each breakdown.

    Every table has the unweighted base of each group. Intervals stand beside all figures where
    there are few groups or few answers; otherwise beside those of the leading answer, in a table
    of its own before that of all answers.
    """
    made = [] if measured.profile else [_Pen(material, measured).overall()]
    return [*made, *tables_by_group(material, measured)]


def tables_by_group(material: Material, measured: Measured) -> list[Table]:
    """Return the tables of an indicator for each breakdown."""
    pen = _Pen(material, measured)
    return [one for breakdown in measured.breakdowns for one in pen.by(breakdown)]


class _Pen:
    """Draws up the tables of one indicator."""

    def __init__(self, material: Material, measured: Measured) -> None:
        self.material = material
        self.measured = measured
        self.wording = material.wording
        self.title = material.title(measured)
        self.figure = material.wording.statistic(measured)

    def overall(self) -> Table:
        """Return the table for everybody: a row an answer."""
        measured = self.measured
        counts = self.material.counts(measured)
        rows = [
            Row(
                (
                    self.wording.line(measured, line) if counts else Message("Overall"),
                    self._figure(shown),
                    shown.interval(),
                    shown.base(),
                )
            )
            for line, shown in measured.overall()
        ]
        answer = self._answer_heading() if counts else Message("Group")
        columns = (
            Column("answer", answer, "label"),
            Column("estimate", self.figure),
            Column("interval", self._interval_heading(), "interval"),
            self._base_column(),
        )
        return self._table(self.title, columns, rows, TOTAL)

    def by(self, breakdown: str) -> Iterator[Table]:
        """Yield the tables of a breakdown."""
        lines = self.measured.lines
        title = self._by_title(breakdown)
        if not self.material.counts(self.measured) or len(lines) == 1:
            yield self._down(breakdown, lines[:1], title)
        elif self._of_two:
            yield self._one_answer(breakdown)
        elif len(lines) <= FEW_LINES:
            yield self._down(breakdown, lines, title)
        elif len(self.measured.domains[breakdown]) <= FEW_GROUPS:
            yield self._across(breakdown, title)
        else:
            yield self._one_answer(breakdown)
            yield from self._all_answers(breakdown, title)

    @property
    def _of_two(self) -> bool:
        """Whether one answer tells the other, so that one of them is enough."""
        multiple = self.wording.multiple(self.measured.question)
        grid = self.wording.grid(self.measured.question)
        apart = multiple or grid or self.measured.profile or self.wording.windows(self.measured)
        shares = not apart and self.measured.statistic != "quantile"
        return len(self.measured.lines) == TWO and shares

    def _one_answer(self, breakdown: str) -> Table:
        line = self.material.leading(self.measured)
        title = line_title(self.material, self.title, self.measured, line)
        return self._down(breakdown, (line,), self.material.by(title, breakdown))

    def _down(self, breakdown: str, lines: Sequence[Line], title: Phrase) -> Table:
        """Return a table with a row a group: figure and interval of each line, then the base."""
        columns = [self._group_column(breakdown)]
        for line in lines:
            alone = len(lines) == 1
            code = line.code
            heading = self.wording.line(self.measured, line)
            columns += [
                Column(
                    "estimate" if alone else f"{code}.estimate", self.figure if alone else heading
                ),
                Column(
                    "interval" if alone else f"{code}.interval",
                    self._interval_heading(None if alone else heading),
                    "interval",
                ),
            ]
        columns.append(self._base_column())
        rows = list(self._group_rows(breakdown, lines, intervals=True))
        complete = len(lines) == len(self.measured.lines)
        return self._table(title, tuple(columns), rows, breakdown, complete=complete)

    def _all_answers(self, breakdown: str, title: Phrase) -> Iterator[Table]:
        """Yield tables with a row a group and a column an answer, as many as the page needs."""
        parts = _parted(self.measured.lines)
        for number, lines in enumerate(parts, start=1):
            columns = [self._group_column(breakdown)]
            columns += [Column(line.code, self.wording.line(self.measured, line)) for line in lines]
            columns.append(self._base_column())
            rows = list(self._group_rows(breakdown, lines, intervals=False))
            named = title
            if len(parts) > 1:
                values: dict[str, Value] = {"title": title, "number": number, "of": len(parts)}
                named = Message("{title} (part {number} of {of})", values)
            complete = len(parts) == 1
            yield self._table(named, tuple(columns), rows, breakdown, complete=complete)

    def _across(self, breakdown: str, title: Phrase) -> Table:
        """Return a table with a row an answer: figure and interval of each group, side by side."""
        groups = self._side_by_side(breakdown)
        columns = [Column("answer", self._answer_heading(), "label")]
        for place, domain in groups:
            heading = self.wording.domain(place, domain)
            columns += [
                Column(f"{domain}.estimate", heading),
                Column(f"{domain}.interval", self._interval_heading(heading), "interval"),
            ]
        rows = []
        for line in self.measured.lines:
            cells: list[Cell] = [self.wording.line(self.measured, line)]
            for group in groups:
                cells += self._cells(self.measured.of(line, *group))
            rows.append(Row(tuple(cells)))
        rows.append(self._base_row(groups))
        return self._table(title, tuple(columns), rows, breakdown)

    def _side_by_side(self, breakdown: str) -> list[tuple[str, str]]:
        """Return the groups of a breakdown; beside a group that the report is of, everybody."""
        groups = [(breakdown, one) for one in self.measured.domains[breakdown]]
        alone = self.material.of_group(breakdown) and not self.measured.profile
        return [*groups, (TOTAL, TOTAL)] if alone else groups

    def _base_row(self, groups: Sequence[tuple[str, str]]) -> Row:
        cells: list[Cell] = [self._base_column().heading]
        for group in groups:
            shown = self.measured.of(self.measured.lines[0], *group)
            cells += [None if shown is None else shown.base(), None]
        return Row(tuple(cells), "total")

    def _group_rows(
        self, breakdown: str, lines: Sequence[Line], *, intervals: bool
    ) -> Iterator[Row]:
        for place, domain in ((breakdown, one) for one in self.measured.domains[breakdown]):
            yield self._group_row(place, domain, lines, intervals=intervals)
        if not self.measured.profile:
            yield self._group_row(TOTAL, TOTAL, lines, intervals=intervals)

    def _group_row(
        self, breakdown: str, domain: str, lines: Sequence[Line], *, intervals: bool
    ) -> Row:
        cells: list[Cell] = [self.wording.domain(breakdown, domain)]
        for line in lines:
            shown = self.measured.of(line, breakdown, domain)
            cells += self._cells(shown) if intervals else self._cells(shown)[:1]
        first = self.measured.of(lines[0], breakdown, domain)
        cells.append(None if first is None else first.base())
        return Row(tuple(cells), "total" if domain == TOTAL else "body")

    def _table(
        self,
        title: Phrase,
        columns: tuple[Column, ...],
        rows: list[Row],
        breakdown: str,
        *,
        complete: bool = True,
    ) -> Table:
        if self.material.level(self.measured) is None:
            columns, rows = without_intervals(columns, rows)
        return Table(
            title=self.material.marked(title),
            columns=columns,
            rows=tuple(rows),
            notes=notes_of(self.material, self.measured, breakdown, rows, complete=complete),
        )

    def _by_title(self, breakdown: str) -> Phrase:
        if self.measured.profile:
            return self.title
        return self.material.by(self.title, breakdown)

    def _group_column(self, breakdown: str) -> Column:
        return Column("group", self.wording.breakdown(breakdown), "label")

    def _answer_heading(self) -> Message:
        return Message("Percentile") if self.measured.statistic == "quantile" else Message("Answer")

    def _cells(self, shown: Shown | None) -> list[Figure | Interval | None]:
        return [None, None] if shown is None else [self._figure(shown), shown.interval()]

    def _figure(self, shown: Shown) -> Figure:
        return replace(shown.figure(), marks=self.material.marks(shown))

    def _base_column(self) -> Column:
        return base_column(self.material)

    def _interval_heading(self, of: Phrase | None = None) -> Phrase:
        heading = interval_heading(self.material, self.measured)
        return heading if of is None else Message("{of}: {what}", {"of": of, "what": heading})


def base_column(material: Material) -> Column:
    """Return the column of the number of respondents."""
    if material.weighted:
        return Column("base", Message("Unweighted base"))
    return Column("base", Message("Base"))


def interval_heading(material: Material, measured: Measured) -> Phrase:
    """Return the heading of a column of the confidence intervals of an indicator."""
    level = material.level(measured)
    if level is None:
        return Message("Confidence interval")
    if measured.percent:
        return Message("{level} confidence interval (%)", {"level": level})
    return Message("{level} confidence interval", {"level": level})


def without_intervals(
    columns: tuple[Column, ...], rows: Sequence[Row]
) -> tuple[tuple[Column, ...], list[Row]]:
    """Leave out the columns of intervals, as of a sample that was not drawn at random."""
    kept = [place for place, one in enumerate(columns) if one.kind != "interval"]
    fewer = [replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows]
    return tuple(columns[place] for place in kept), fewer


def _parted(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Part lines into as few groups as fit the page, of nearly equal size."""
    many = -(-len(lines) // ACROSS)
    size, larger = divmod(len(lines), many)
    parts, start = [], 0
    for number in range(many):
        end = start + size + (number < larger)
        parts.append(lines[start:end])
        start = end
    return parts
