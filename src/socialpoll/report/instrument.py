"""The questionnaire as it was put to respondents: every question, in order, with its answers."""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.report.bases import asked_if
from socialpoll.report.blocks import Column, Message, Phrase, Row, Said, Section, Table
from socialpoll.report.wording import Wording
from socialpoll.schema import Duration, Multiple, Number, Question, TimeOfDay

__all__ = ["chain", "instrument_section"]

ROLE = "instrument"
NOTHING = Said({"und": ""})


def instrument_section(wording: Wording) -> Section:
    """Return the exact wording of all questions, in the order of asking, as a table."""
    columns = (
        Column("question", Message("Question"), "label"),
        Column("answers", Message("Answers"), "text"),
        Column("asked", Message("Asked of"), "text"),
    )
    rows = tuple(
        Row((Said(question.text), _answers(wording, question), _asked_of(wording, question.name)))
        for question in wording.questions
    )
    title = Message("Wording of the questions, in the order of asking")
    return Section(ROLE, Message("Questionnaire"), (Table(title, columns, rows),), ROLE)


def chain(parts: Iterable[Phrase]) -> Phrase:
    """Return phrases behind each other, parted by semicolons."""
    several = list(parts)
    whole = several[0] if several else NOTHING
    for part in several[1:]:
        whole = Message("{first}; {second}", {"first": whole, "second": part})
    return whole


def _answers(wording: Wording, question: Question) -> Phrase:
    codes = [Said(one.label) for one in wording.codes(question.name)]
    if isinstance(question, Number):
        return chain([Message("a number ({unit})", {"unit": Said(question.unit)}), *codes])
    if isinstance(question, Duration):
        length = (
            Message("a number of hours")
            if question.unit == "hours"
            else Message("a number of minutes")
        )
        return chain([length, *codes])
    if isinstance(question, TimeOfDay):
        missing = [Said(one.label) for one in question.missing]
        return chain([Message("a time of day"), *missing])
    if isinstance(question, Multiple):
        return Message("several may be chosen: {answers}", {"answers": chain(codes)})
    return chain(codes)


def _asked_of(wording: Wording, name: str) -> Phrase:
    condition = asked_if(wording, name)
    if condition is None:
        return Message("all respondents")
    return Message("respondents who {condition}", {"condition": condition})
