"""The questionnaire as it was put to respondents: every question, in order, with its answers."""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.report.bases import asked_if
from socialpoll.report.blocks import Column, Message, Phrase, Row, Said, Section, Table
from socialpoll.report.wording import Wording
from socialpoll.schema import Date, Duration, FreeText, Grid, Multiple, Number, Question, TimeOfDay

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
        Row((_wording(question), _answers(wording, question), _asked_of(wording, question.name)))
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


def _wording(question: Question) -> Phrase:
    """Return the words of a question, with those of its items."""
    if not isinstance(question, Grid):
        return Said(question.text)
    items = chain(Said(one.label) for one in question.items)
    return Message("{first}: {second}", {"first": Said(question.text), "second": items})


def _answers(wording: Wording, question: Question) -> Phrase:
    codes = [Said(one.label) for one in wording.codes(question.name)]
    if isinstance(question, Multiple):
        return Message("several may be chosen: {answers}", {"answers": chain(codes)})
    if isinstance(question, TimeOfDay):
        codes = [Said(one.label) for one in question.missing]
    form = _form(question)
    return chain(codes if form is None else [form, *codes])


def _form(question: Question) -> Message | None:
    """Return what an answer is that is not chosen from a list; None where it is."""
    match question:
        case Number(unit=unit):
            return Message("a number ({unit})", {"unit": Said(unit)})
        case Duration(unit=unit):
            hours = unit == "hours"
            return Message("a number of hours") if hours else Message("a number of minutes")
        case TimeOfDay():
            return Message("a time of day")
        case FreeText():
            return Message("an answer in the respondent’s own words")
        case Date():
            return Message("a date")
    return None


def _asked_of(wording: Wording, name: str) -> Phrase:
    condition = asked_if(wording, name)
    if condition is None:
        return Message("all respondents")
    return Message("respondents who {condition}", {"condition": condition})
