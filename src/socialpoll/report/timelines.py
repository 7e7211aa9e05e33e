"""The timeline of a poll: when it was in the field, when it is published, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socialpoll.report.blocks import Chart, Message, Phrase, Said, Span
from socialpoll.report.chart_words import alt_of
from socialpoll.report.instrument import chain
from socialpoll.report.report import LifeCycle
from socialpoll.report.sampling import days_of_fieldwork, days_told
from socialpoll.report.wording import Wording
from socialpoll.schema import Methodology
from socialpoll.weighting import WAVE

__all__ = ["PROGRESS", "timeline", "timeline_of"]

TWO = 2
PROGRESS = {
    "done": Message("Done"),
    "under way": Message("Under way"),
    "planned": Message("Planned"),
}
"""How far something is."""


def timeline(methodology: Methodology, wording: Wording, life: LifeCycle) -> Chart | None:
    """Return the timeline of a poll; None where fewer than two of its phases are known.

    Parameters
    ----------
    methodology : Methodology
        Its fieldwork, in each wave where there are several, is done.
    wording : Wording
    life : LifeCycle
        Its release is done, the next one planned.
    """
    spans = [*_fieldwork(methodology, wording), *_publication(life)]
    if len(spans) < TWO:
        return None
    return timeline_of(Message("Phases of the poll"), spans)


def timeline_of(title: Phrase, spans: Iterable[Span], name: str = "timeline") -> Chart:
    """Return a timeline, what begins first at its top."""
    ordered = tuple(sorted(spans, key=lambda one: (one.start, one.end or one.start)))
    return Chart(
        kind="timeline",
        name=name,
        title=title,
        series=(),
        caption=Said({"und": ""}),
        alt=alt_of("timeline", title, chain(map(_told, ordered))),
        spans=ordered,
    )


def _fieldwork(methodology: Methodology, wording: Wording) -> Iterator[Span]:
    for wave, start, end in days_of_fieldwork(methodology):
        label: Phrase = Message("Fieldwork")
        if wave is not None:
            label = Message("Fieldwork ({wave})", {"wave": wording.code(WAVE, wave)})
        first = start or end
        if first is not None:
            yield Span(label, first, end if end != first else None, "done")


def _publication(life: LifeCycle) -> Iterator[Span]:
    if life.release_date is not None:
        yield Span(Message("Release date"), life.release_date, status="done")
    if life.next_release is not None:
        yield Span(Message("Next release"), life.next_release)


def _told(span: Span) -> Message:
    return Message(
        "{label}: {text} ({status})",
        {
            "label": span.label,
            "text": days_told(span.start, span.end) or Message("{date}", {"date": span.start}),
            "status": PROGRESS[span.status],
        },
    )
