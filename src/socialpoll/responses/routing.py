"""Telling the blanks of those who were not asked from the blanks of those who did not answer."""

from __future__ import annotations

from collections.abc import Mapping

from socialpoll.responses.answered import asked, state_of
from socialpoll.responses.columns import BLANK, NOT_ASKED, UNREADABLE, Column, Truths
from socialpoll.responses.conditions import mask
from socialpoll.responses.distinct import first_and_count
from socialpoll.responses.findings import Finding, Severity
from socialpoll.schema import Multiple, OneAnswer

__all__ = ["route"]

SAID: Mapping[str, tuple[Severity, str, str]] = {
    "asked_blank": ("note", "asked, but left blank", "nothing is assumed about it"),
    "not_asked_answered": (
        "error",
        "answered, though asked_if says that it was not asked",
        "the answer is kept as given; correct it, its routing, or the answers it depends on",
    ),
    "marked_not_asked": (
        "note",
        "marked as not asked, though asked_if says that it was asked",
        "check the routing",
    ),
}
"""What each rule of routing says: how bad it is, what is the matter, and what to do."""


def route(
    question: OneAnswer, column: Column, earlier: Mapping[str, Column], interviewed: Truths
) -> list[Finding]:
    """Mark who was not asked, in place, and tell of answers that contradict the routing.

    Parameters
    ----------
    question : OneAnswer
        Whose ``asked_if`` says who should have been asked.
    column : Column
        Its answers, still writable; a blank becomes NOT_ASKED where the question was not asked.
    earlier : mapping of str to Column
        The answers to the questions before it.
    interviewed : bool array (n,)
        A case without an interview was asked nothing.

    Returns
    -------
    list of Finding
    """
    state = state_of(column)
    to_ask = interviewed
    findings = []
    if question.asked_if is not None:
        meant = mask(earlier, question.asked_if)
        to_ask = interviewed & meant
        findings = _contradictions(question, column, meant)
    state[(state == BLANK) & ~to_ask] = NOT_ASKED
    blank: Truths = state == BLANK
    if isinstance(question, Multiple) and question.blank == "none":
        state[blank] = 0
    else:
        findings += _finding("asked_blank", question, blank)
    return findings


def _contradictions(question: OneAnswer, column: Column, meant: Truths) -> list[Finding]:
    state = state_of(column)
    said_not_asked = ~asked(column)
    given = ~meant & ~said_not_asked & (state != BLANK) & (state != UNREADABLE)
    return [
        *_finding("not_asked_answered", question, given),
        *_finding("marked_not_asked", question, meant & said_not_asked),
    ]


def _finding(rule: str, question: OneAnswer, rows: Truths) -> list[Finding]:
    """Return one finding for all rows, or none where there are no rows."""
    if not rows.any():
        return []
    first, count = first_and_count(rows)
    severity, what, advice = SAID[rule]
    return [
        Finding(
            severity=severity,
            row=first,
            question=question.name,
            value="",
            count=count,
            what=what,
            advice=advice,
            rule=rule,
            cases=rows,
        )
    ]
