"""Reading ``[outreach]``, and filling in what it leaves to the rest of the poll file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socialpoll.poll.declared import OUTREACH, PollOutreach
from socialpoll.poll.draft import Draft
from socialpoll.poll.indicator_tables import plainest
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.outreach_tables import OutreachTable
from socialpoll.poll.parts import same_fields
from socialpoll.schema import CodeValue, Questionnaire
from socialpoll.schema.categories import categories_of
from socialpoll.schema.meaning import if_not_asked
from socialpoll.totals import Base

__all__ = ["outreach_of", "outreach_table"]


def outreach_table(notes: Notebook, written: Mapping[str, Any]) -> OutreachTable | None:
    """Read the table; None where there is none, or nothing is left of it without its mistakes."""
    if OUTREACH not in written:
        return None
    seed = written.get("seed")
    if isinstance(seed, int) and seed < 0:
        what, allowed = "the draws of a plan cannot start from it", "a whole number, 0 or more"
        notes.note("seed", what, found=str(seed), allowed=allowed)
    return notes.table(OutreachTable, written[OUTREACH], OUTREACH)


def outreach_of(draft: Draft) -> PollOutreach | None:
    """Return what a poll file without mistakes declares of plans.

    Where it does not say so, audiences are the breakdowns of the publication; and reach is of all,
    if the questionnaire says what it means that the platforms were not asked about.
    """
    table, asked, publication = draft.outreach, draft.questionnaire, draft.publication
    if table is None or asked is None or publication is None or table.platforms not in asked.names:
        return None
    by = publication.by if table.audiences is None else plainest(table.audiences)
    own = _own_codes(asked, table.platforms)
    filled = {
        "audiences": by,
        "base": _base(table, asked),
        "among": table.among and tuple(own.get(str(one), one) for one in table.among),
        "costs": {own.get(code, code): cost for code, cost in table.costs.items()},
    }
    return PollOutreach(**(same_fields(PollOutreach, table) | filled))


def _base(table: OutreachTable, asked: Questionnaire) -> Base:
    if table.base is not None:
        return table.base
    return "answered" if if_not_asked(asked, table.platforms) is None else "all"


def _own_codes(asked: Questionnaire, name: str) -> dict[str, CodeValue]:
    """Return the codes of a variable as the questionnaire has them, by their words."""
    return {str(one.code): one.code for one in categories_of(asked, name).codes}
