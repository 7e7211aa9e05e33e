"""The questionnaire as it was put to respondents: every question, in order, with its answers."""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.report.bases import asked_if
from socialpoll.report.blocks import Column, Message, Phrase, Row, Said, Section, Table, Value
from socialpoll.report.wording import Wording
from socialpoll.schema import (
    Date,
    Duration,
    FreeText,
    Grid,
    Multiple,
    Number,
    Question,
    Shown,
    TimeOfDay,
)

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
    items = _in_order(chain(Said(one.label) for one in question.items), question.items_order)
    return Message("{question} {items}", {"question": Said(question.text), "items": items})


def _answers(wording: Wording, question: Question) -> Phrase:
    codes = [Said(one.label) for one in wording.codes(question.name)]
    if isinstance(question, Multiple):
        answers = chain(codes)
        several = Message("several may be chosen: {answers}", {"answers": answers})
        return _in_order(several, question.options_order)
    if isinstance(question, TimeOfDay):
        codes = [Said(one.label) for one in question.missing]
    form = _form(question)
    answers = chain(codes if form is None else [form, *codes])
    return _in_order(answers, getattr(question, "options_order", "listed"))


def _in_order(parts: Phrase, order: Shown) -> Phrase:
    """Return options or items with the order in which respondents met them, where it varied."""
    values: dict[str, Value] = {"parts": parts}
    varied = {
        "random": Message("{parts} (in random order)", values),
        "rotated": Message("{parts} (in rotated order)", values),
        "reversed": Message("{parts} (in reversed order for half of the respondents)", values),
    }
    return varied.get(order, parts)


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
