"""How to reach citizens: the section of a plan, and its line among the key findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Block, Message, Phrase, Section, Text, Value
from socialpoll.report.outreach.charts import reach_chart, time_charts
from socialpoll.report.outreach.details import detail_tables
from socialpoll.report.outreach.goal import asked, meaning
from socialpoll.report.outreach.lanes import REFUSALS
from socialpoll.report.outreach.leading import comes_first
from socialpoll.report.outreach.losses import losses_table
from socialpoll.report.outreach.material import PLAIN
from socialpoll.report.outreach.reach import additions, best_choice, losses, verdict
from socialpoll.report.outreach.shared import sharing
from socialpoll.report.outreach.tables import plan_table

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan, Leading
    from socialpoll.report.outreach.material import Planned

__all__ = ["lines_of_plans", "sections_of_plans"]

HEADING = Message("How to reach citizens")


def lines_of_plans(several: Iterable[Planned]) -> Iterator[tuple[Phrase, ...]]:
    """Yield what stands last among the key findings: a line a wave."""
    for planned in several:
        clause = best_choice(planned, planned.foremost)
        if clause is not None:
            values: dict[str, Value] = {"title": _title(planned), "finding": clause}
            yield (Message("{title}: {finding}.", values, rows=clause.rows),)


def sections_of_plans(several: Iterable[Planned]) -> Iterator[Section]:
    """Yield the section of each wave."""
    for planned in several:
        yield Section("outreach", _title(planned), tuple(_blocks(planned)), "outreach")


def _title(planned: Planned) -> Phrase:
    return planned.material.in_wave(planned.material.in_group(HEADING), planned.reach.wave)


def _blocks(planned: Planned) -> Iterator[Block]:
    yield from (Text(line, "note") for line in asked(planned))
    yield Text(tuple(meaning(planned)))
    yield Text(tuple(_found(planned)))
    yield from (Text((one,), "bullet") for one in _sentences(planned))
    if any(one.chosen is not None for one in planned.audiences):
        yield plan_table(planned)
        yield from losses_table(planned)
        yield from reach_chart(planned)
    yield from time_charts(planned)
    yield from detail_tables(planned)


def _found(planned: Planned) -> Iterator[Phrase]:
    """Yield which platforms reach the audience, beside everybody where it is a group."""
    foremost = planned.foremost
    clause = best_choice(planned, foremost)
    if clause is None:
        yield _refusal(planned, foremost)
    elif planned.group is None:
        yield Message("The poll found that {finding}.", {"finding": clause}, rows=clause.rows)
    else:
        values: dict[str, Value] = {"group": planned.label(foremost), "finding": clause}
        yield Message("{group}: the poll found that {finding}.", values, rows=clause.rows)
    yield from verdict(planned, foremost)
    shared = sharing(planned)
    if shared is not None:
        yield shared
    overall = None if planned.group is None else best_choice(planned, planned.everybody)
    if overall is not None:
        yield Message("Overall: {finding}.", {"finding": overall}, rows=overall.rows)


def _refusal(planned: Planned, audience: AudiencePlan) -> Phrase:
    values: dict[str, Value] = {
        "title": planned.label(audience),
        "finding": REFUSALS[audience.refusal],
    }
    return Message("{title}: {finding}.", values)


def _sentences(planned: Planned) -> Iterator[Phrase]:
    audience = planned.foremost
    added = additions(planned, audience)
    if added is not None:
        yield added
    yield from losses(planned, audience)
    for aspect in PLAIN:
        leading: Leading | None = getattr(audience, aspect)
        if leading is None or aspect not in planned.sources:
            continue
        clause = comes_first(planned, aspect, leading, audience)
        title = planned.material.title(planned.sources[aspect])
        values: dict[str, Value] = {"title": title, "finding": clause}
        yield Message("{title}: {finding}.", values, rows=clause.rows)
