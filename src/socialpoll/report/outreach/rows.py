"""A plan as plain rows, and words for the codes in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from socialpoll.indicators.reaching import JOINT
from socialpoll.report.blocks import Message
from socialpoll.report.measured import plain_rows
from socialpoll.report.outreach.lanes import REFUSALS
from socialpoll.report.outreach.leading import first_cell
from socialpoll.report.outreach.material import PLAIN
from socialpoll.report.outreach.tables import VERDICTS

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan, OutreachPlan
    from socialpoll.report.blocks import Phrase
    from socialpoll.report.outreach.material import Planned
    from socialpoll.report.report import Scalar

__all__ = ["labels_of_plans", "rows_of_plans"]


def rows_of_plans(
    plan: OutreachPlan | None, several: Iterable[Planned]
) -> tuple[Mapping[str, Scalar], ...]:
    """Return the rows of a plan as plain values, of the audiences that a report tells of."""
    if plan is None:
        return ()
    told = {
        (one.wave, one.breakdown, one.domain) for planned in several for one in planned.audiences
    }
    rows = plain_rows(plan.frame)
    return tuple(row for row in rows if (row["wave"], row["breakdown"], row["domain"]) in told)


def labels_of_plans(several: Iterable[Planned]) -> dict[str, dict[str, Mapping[str, str]]]:
    """Return the words for the codes in the rows of a plan.

    Parameters
    ----------
    several : iterable of Planned
        A wave each.

    Returns
    -------
    dict
        Keys as :class:`~socialpoll.report.Report` lists them: ``outreach:platforms`` and so on.
    """
    labels: dict[str, dict[str, Mapping[str, str]]] = {}
    for planned in several:
        for audience in planned.audiences:
            for column, code, words in _words(planned, audience):
                known = labels.setdefault(f"outreach:{column}", {})
                known[code] = planned.material.wording.in_words(words)
    return labels


def _words(planned: Planned, audience: AudiencePlan) -> Iterator[tuple[str, str, Phrase]]:
    """Yield the columns of an audience that have codes, each code with its words."""
    if audience.refusal:
        yield "refusal", audience.refusal, REFUSALS[audience.refusal]
    if audience.verdict:
        yield "verdict", audience.verdict, VERDICTS[audience.verdict]
    for reached in filter(None, (audience.chosen, audience.rival)):
        told = Message("{options}", {"options": planned.platforms(reached)})
        yield "platforms", JOINT.join(reached.options), told
    for loss in audience.losses:
        yield "platforms", loss.option, planned.platform(loss.option)
    for aspect in PLAIN:
        leading = getattr(audience, aspect)
        words = first_cell(planned, aspect, leading) if aspect in planned.sources else None
        if words is not None:
            codes = (leading.first.code, *(one.code for one in leading.beside))
            yield aspect, JOINT.join(codes), words
