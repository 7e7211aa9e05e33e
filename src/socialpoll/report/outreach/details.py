"""Tables behind the plan of one audience: sizes of sets, single platforms, days one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Cell, Column, Figure, Interval, Message, Phrase, Row, Table
from socialpoll.report.marks import NOT_APPLICABLE
from socialpoll.report.notes import notes_of, shorthand
from socialpoll.report.outreach.goal import lowered_in_short
from socialpoll.report.outreach.leading import first_cell
from socialpoll.report.outreach.losses import points
from socialpoll.report.outreach.reach import interval_of, reach_of
from socialpoll.report.tables import base_column, interval_heading, without_intervals
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.audience import Leading, Step
    from socialpoll.report.outreach.material import Aspect, Planned

__all__ = ["detail_tables"]

TELLS: Mapping[bool | None, Message] = {
    True: Message("yes"),
    False: Message("no"),
    None: Message("not tested"),
}
ITEMS: Mapping[Aspect, Message] = {
    "times_by_day": Message("Day"),
    "times_by_platform": Message("Platform"),
}


def detail_tables(planned: Planned) -> Iterator[Table]:
    """Yield the tables of the audience that sentences speak of."""
    if planned.foremost.chosen is None:
        return
    if len(planned.foremost.steps) > 1:
        yield _steps(planned)
    if planned.foremost.losses:
        yield _losses(planned)
    for aspect, heading in ITEMS.items():
        leading: Mapping[str, Leading] = getattr(planned.foremost, aspect)
        if aspect in planned.sources and leading:
            yield _items(planned, aspect, heading, leading)


def _steps(planned: Planned) -> Table:
    """Return the best set of each size, with what it adds to the one before."""
    material, audience = planned.material, planned.foremost
    columns = (
        Column("size", Message("Number of platforms"), "label"),
        Column("platforms", Message("Best choice"), "text"),
        Column("reach", Message("Potential reach")),
        Column("interval", interval_heading(material, planned.reach), "interval"),
        Column("gain", Message("Gain in percentage points")),
        Column("tells", Message("Statistically significant"), "text"),
    )
    rows = tuple(Row(_step(planned, one)) for one in audience.steps)
    notes = list(notes_of(material, planned.reach, TOTAL, (), complete=False))
    if any(one.reached.optimism for one in audience.steps):
        notes.append(lowered_in_short())
    notes += shorthand(material, rows)
    return _table(planned, Message("What each further platform adds"), columns, rows, notes)


def _step(planned: Planned, step: Step) -> tuple[Cell, ...]:
    size, reached = len(step.reached.options), step.reached
    return (
        Message("{number} platform", {"number": size}, "{number} platforms", "number"),
        Message("{options}", {"options": planned.platforms(reached)}),
        reach_of(planned, reached, planned.foremost),
        interval_of(reached),
        Figure(None, "decimal", 1, NOT_APPLICABLE) if step.gain is None else points(step.gain),
        Figure(None, "decimal", 1, NOT_APPLICABLE) if step.gain is None else TELLS[step.tells],
    )


def _losses(planned: Planned) -> Table:
    """Return what the chosen set would lose without each of its platforms."""
    material, audience = planned.material, planned.foremost
    columns = (
        Column("platform", Message("Platform"), "label"),
        Column("loss", Message("Loss in percentage points")),
        Column("interval", _interval(planned), "interval"),
        Column("tells", Message("Statistically significant"), "text"),
    )
    rows = tuple(
        Row(
            (
                planned.platform(one.option),
                points(one.loss),
                Interval(one.low, one.high, "points"),
                TELLS[one.tells],
            )
        )
        for one in audience.losses
    )
    notes = notes_of(material, planned.reach, TOTAL, rows, complete=False)
    title = Message("What would be lost without each of the chosen platforms")
    return _table(planned, title, columns, rows, notes)


def _interval(planned: Planned) -> Phrase:
    """Return the heading of intervals of what is lost, which are in percentage points."""
    level = planned.material.level(planned.reach)
    if level is None:
        return Message("Confidence interval")
    return Message("{level} confidence interval", {"level": level})


def _items(
    planned: Planned, aspect: Aspect, heading: Message, leading: Mapping[str, Leading]
) -> Table:
    """Return what comes first for each item of a grid."""
    material, measured = planned.material, planned.sources[aspect]
    columns = (
        Column("item", heading, "label"),
        Column("first", Message("What comes first"), "text"),
        base_column(material),
    )
    rows = tuple(
        Row(
            (
                material.wording.item(measured.question, code),
                first_cell(planned, aspect, one, code),
                Figure(one.base, "count"),
            )
        )
        for code, one in leading.items()
    )
    return Table(
        title=material.marked(material.title(measured)),
        columns=columns,
        rows=rows,
        notes=notes_of(material, measured, TOTAL, rows, complete=False),
    )


def _table(
    planned: Planned,
    title: Phrase,
    columns: tuple[Column, ...],
    rows: Sequence[Row],
    notes: Iterable[Phrase],
) -> Table:
    material = planned.material
    if material.level(planned.reach) is None:
        columns, rows = without_intervals(columns, rows)
    named = material.in_wave(material.in_group(title), planned.reach.wave)
    return Table(material.marked(named), columns, tuple(rows), tuple(notes))
