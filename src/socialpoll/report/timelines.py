"""The timeline of a poll: when it was in the field, when it is published, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain as one_after_another

from socialpoll.report.blocks import Chart, Message, Phase, Phrase, Said
from socialpoll.report.chart_words import alt_of
from socialpoll.report.instrument import chain
from socialpoll.report.report import LifeCycle
from socialpoll.report.sampling import days_of_fieldwork, days_told
from socialpoll.report.wording import Wording
from socialpoll.schema import Methodology
from socialpoll.weighting import WAVE

__all__ = ["PROGRESS", "timeline"]

TWO = 2
PROGRESS = {
    "done": Message("done"),
    "under way": Message("under way"),
    "planned": Message("planned"),
}
"""How far a phase is."""


def timeline(
    methodology: Methodology, wording: Wording, life: LifeCycle, milestones: Sequence[Phase] = ()
) -> Chart | None:
    """Return the chart of a poll's phases; None where fewer than two are known.

    Parameters
    ----------
    methodology : Methodology
        Its fieldwork, in each wave where there are several, is done.
    wording : Wording
    life : LifeCycle
        Its release is done, the next one planned.
    milestones : sequence of Phase
        What else there was and will be.
    """
    found = one_after_another(_fieldwork(methodology, wording), _publication(life), milestones)
    phases = tuple(sorted(found, key=lambda one: (one.start, one.end or one.start)))
    if len(phases) < TWO:
        return None
    title = Message("Phases of the poll")
    return Chart(
        kind="timeline",
        name="timeline",
        title=title,
        series=(),
        caption=Said({"und": ""}),
        alt=alt_of("timeline", title, chain(map(_told, phases))),
        phases=phases,
    )


def _fieldwork(methodology: Methodology, wording: Wording) -> Iterator[Phase]:
    for wave, start, end in days_of_fieldwork(methodology):
        label: Phrase = Message("Fieldwork")
        if wave is not None:
            label = Message("Fieldwork ({wave})", {"wave": wording.code(WAVE, wave)})
        first = start or end
        if first is not None:
            yield Phase(label, first, end if end != first else None, "done")


def _publication(life: LifeCycle) -> Iterator[Phase]:
    if life.release_date is not None:
        yield Phase(Message("Release date"), life.release_date, status="done")
    if life.next_release is not None:
        yield Phase(Message("Next release"), life.next_release)


def _told(phase: Phase) -> Message:
    return Message(
        "{label}: {text} ({status})",
        {
            "label": phase.label,
            "text": days_told(phase.start, phase.end) or Message("{date}", {"date": phase.start}),
            "status": PROGRESS[phase.status],
        },
    )
