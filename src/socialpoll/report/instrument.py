"""The questionnaire as it was put to respondents: every question, in order, with its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socialpoll.report.bases import put_to
from socialpoll.report.blocks import Column, Message, Phrase, Row, Said, Section, Table, Value
from socialpoll.report.wording import Wording
from socialpoll.schema import (
    Block,
    Date,
    Duration,
    FreeText,
    Grid,
    Multiple,
    Number,
    Question,
    Shown,
    Split,
    TimeOfDay,
)

__all__ = ["NOTHING", "chain", "divided", "instrument_section", "varied"]

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
        Row((_wording(question), _answers(wording, question), put_to(wording, question.name)))
        for question in wording.questions
    )
    title = Message("Wording of the questions, in the order of asking")
    table = Table(title, columns, rows, tuple(_notes(wording)))
    return Section(ROLE, Message("Questionnaire"), (table,), ROLE)


def varied(block: Block) -> Message:
    """Return the order of a block that varied between respondents."""
    values: dict[str, Value] = {"block": Said(block.label or {"und": block.name})}
    orders = {
        "random": Message("the questions of “{block}” in random order", values),
        "rotated": Message("the questions of “{block}” in rotated order", values),
        "reversed": Message(
            "the questions of “{block}” in reversed order for half of the respondents", values
        ),
    }
    return orders[block.order]


def divided(split: Split) -> Message:
    """Return to which versions of the questionnaire respondents were assigned."""
    versions = tuple(Message("“{code}”", {"code": Said(one.label)}) for one in split.versions)
    values: dict[str, Value] = {"split": Said(split.label), "versions": versions}
    return Message("“{split}”: respondents were randomly assigned to {versions}", values)


def _notes(wording: Wording) -> Iterator[Phrase]:
    """Yield how the questionnaire varied between respondents, question by question."""
    for block in wording.blocks:
        values: dict[str, Value] = {"questions": _quoted(wording, block.questions)}
        yield {
            "random": Message("In random order: {questions}.", values),
            "rotated": Message("In rotated order: {questions}.", values),
            "reversed": Message(
                "In reversed order for half of the respondents: {questions}.", values
            ),
        }[block.order]
    for split in wording.splits:
        for version in split.versions:
            if version.questions:
                values = {
                    "version": Said(version.label),
                    "split": Said(split.label),
                    "questions": _quoted(wording, version.questions),
                }
                yield Message("“{version}” in “{split}”: {questions}.", values)


def _quoted(wording: Wording, names: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(Message("“{code}”", {"code": wording.heading(name)}) for name in names)


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
    unasked = {one.code for one in question.missing if one.reason == "not_asked"}
    codes = [Said(one.label) for one in wording.codes(question.name) if one.code not in unasked]
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
    orders = {
        "random": Message("{parts} (in random order)", values),
        "rotated": Message("{parts} (in rotated order)", values),
        "reversed": Message("{parts} (in reversed order for half of the respondents)", values),
    }
    return orders.get(order, parts)


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
