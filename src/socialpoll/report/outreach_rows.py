"""A plan as plain rows, and words for the codes in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from socialpoll.indicators.reaching import JOINT
from socialpoll.report.blocks import Message
from socialpoll.report.outreach_leading import first_cell
from socialpoll.report.outreach_material import PLAIN
from socialpoll.report.outreach_tables import REFUSALS, VERDICTS

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan
    from socialpoll.report.blocks import Phrase
    from socialpoll.report.outreach_material import Planned

__all__ = ["labels_of_plans"]


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
