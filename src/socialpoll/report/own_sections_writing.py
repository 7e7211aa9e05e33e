"""Sections of the publisher's own as sections of a report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from socialpoll.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Message,
    Phrase,
    Picture,
    Row,
    Said,
    Section,
    Span,
    Table,
    Text,
)
from socialpoll.report.own_sections import (
    OwnSection,
    Passage,
    Phase,
    Pictures,
    Place,
    Recommendations,
    Timeline,
)
from socialpoll.report.own_sections_checking import paragraphs_of
from socialpoll.report.timelines import PROGRESS, timeline_of
from socialpoll.schema.legible import legible

__all__ = ["sections_at"]

TWO = 2


def sections_at(place: Place, own: Sequence[OwnSection]) -> Iterator[Section]:
    """Yield the sections of one place, in the order in which they were declared.

    Parameters
    ----------
    place : {"before findings", "after findings", "end"}
    own : sequence of OwnSection
        Of all places.

    Yields
    ------
    Section
        Named after its role; one of a role that comes again is numbered.
    """
    seen: Counter[str] = Counter()
    for one in own:
        seen[one.role] += 1
        name = one.role if seen[one.role] == 1 else f"{one.role}-{seen[one.role]}"
        if one.place == place:
            texts = (Text((Said(words),)) for words in paragraphs_of(one.text))
            yield Section(one.role, Said(one.title), (*texts, *_blocks(one, name)), name)


def _blocks(own: OwnSection, name: str) -> Iterator[Block]:
    """Yield what a section has beside its text."""
    match own:
        case Passage() | Recommendations():
            yield from _items(own)
        case Timeline():
            yield from _drawn(own, name)
            yield _table(own)
        case Pictures():
            yield from _pictures(own, name)


def _items(own: Passage | Recommendations) -> Iterator[Block]:
    for item in own.items:
        words = {tag: " ".join(legible(words).split()) for tag, words in item.items()}
        yield Text((Said(words),), "bullet")


def _drawn(own: Timeline, name: str) -> Iterator[Chart]:
    """Yield the chart of the phases that have a date, where there are two or more."""
    spans = []
    for phase in own.phases:
        start = phase.start or phase.end
        if start is not None:
            end = None if phase.end == start else phase.end
            spans.append(Span(Said(phase.title), start, end, phase.status))
    if len(spans) >= TWO:
        yield timeline_of(Said(own.title), spans, name)


def _table(own: Timeline) -> Table:
    known = [one for one in COLUMNS if any(map(CELLS[one], own.phases))]
    return Table(
        Message("Phases and their status"),
        tuple(Column(one, COLUMNS[one], "label" if one == "phase" else "text") for one in known),
        tuple(Row(tuple(CELLS[one](phase) for one in known)) for phase in own.phases),
    )


def _pictures(own: Pictures, name: str) -> Iterator[Block]:
    for number, one in enumerate(own.pictures, start=1):
        wide, high = one.size
        yield Picture(
            f"{name}-{number}",
            one.content,
            one.media_type,
            Said(one.alt),
            wide,
            high,
            Said(one.caption) if one.caption else None,
        )


def _date(date: dt.date | None) -> Message | None:
    return Message("{date}", {"date": date}) if date is not None else None


COLUMNS: Mapping[str, Phrase] = {
    "phase": Message("Phase"),
    "start": Message("Start"),
    "end": Message("End"),
    "status": Message("Status"),
    "next_step": Message("Next step"),
}
CELLS: Mapping[str, Callable[[Phase], Cell]] = {
    "phase": lambda phase: Said(phase.title),
    "start": lambda phase: _date(phase.start),
    "end": lambda phase: _date(phase.end),
    "status": lambda phase: PROGRESS[phase.status],
    "next_step": lambda phase: Said(phase.next_step) if phase.next_step else None,
}
