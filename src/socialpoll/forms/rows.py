"""A questionnaire as the rows of an XLSForm: its sheets survey, choices and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from socialpoll.errors import ExpressionError, ReportError
from socialpoll.forms.constraints import constraint_written
from socialpoll.forms.messages import messages_of
from socialpoll.forms.names import form_codes
from socialpoll.forms.rules import Rules
from socialpoll.forms.texts import folded, form_words, language_column
from socialpoll.forms.writing_conditions import Relevance, number_written
from socialpoll.report import Message, Phrase, Said
from socialpoll.report.catalogues import catalogue_of
from socialpoll.report.language import Language
from socialpoll.report.writing import written
from socialpoll.schema import (
    UNDETERMINED,
    AnyConstraint,
    AnyQuestion,
    Choices,
    Date,
    Duration,
    FreeText,
    Grid,
    Multiple,
    Number,
    OneAnswer,
    Questionnaire,
    Scale,
    Single,
    Text,
    TimeOfDay,
    one_by_one,
    say,
)
from socialpoll.schema.categories import codes_of

__all__ = ["Form", "Row", "has_catalogue", "is_shuffled", "languages_in", "texts_in"]

Row: TypeAlias = dict[str, str]
"""Heading to words; headings of words in several languages are those of each."""
UNITS = {"hours": Message("hours"), "minutes": Message("minutes")}
DIGEST = 12
"""Characters of the version of a form."""


@dataclass(frozen=True)
class Form:
    """A questionnaire as a form.

    Parameters
    ----------
    questionnaire : Questionnaire
    unsaid : list of tuple of str
        Takes the questions whose routing a form cannot say, each with the reason.
    unheld : list of tuple of str
        Takes the constraints that a form cannot say, each with the reason.
    """

    questionnaire: Questionnaire
    unsaid: list[tuple[str, str]] = field(default_factory=list)
    unheld: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the form; none where nobody declared any."""
        return languages_in(self.questionnaire)

    @cached_property
    def relevance(self) -> Relevance:
        """Writes conditions."""
        return Relevance(self.questionnaire)

    @cached_property
    def rules(self) -> Mapping[str, Sequence[tuple[AnyConstraint, str]]]:
        """The constraints by the question that is held to them, each with its expression."""
        rules = Rules(self.questionnaire)
        held: dict[str, list[tuple[AnyConstraint, str]]] = {}
        for one in self.questionnaire.constraints:
            try:
                written = rules.written(one)
            except ExpressionError as error:
                names = one.of if isinstance(one, Choices) else ", ".join(one.of)
                self.unheld.append((f"{one.kind} of {names}", str(error)))
            else:
                held.setdefault(written.at, []).append((one, written.expression))
        return held

    def survey(self) -> list[Row]:
        """Return a row a question; a grid is a group of them that is shown as a table."""
        return [row for one in self.questionnaire.put for row in self._rows(one)]

    def choices(self) -> list[Row]:
        """Return a row a choice; lists that are alike are there once."""
        return [row for name, rows in self._lists.items() for row in _named(name, rows)]

    def settings(self) -> list[Row]:
        """Return the row of what holds for the whole form."""
        title = self.questionnaire.title
        spoken = self.languages[0] if self.languages else UNDETERMINED
        slug = "_".join(re.findall(r"[a-z0-9]+", say(title, "en").lower())) or "poll"
        row = {
            "form_title": form_words(say(title, spoken)),
            "form_id": slug if slug[0].isalpha() else f"poll_{slug}",
            "version": self.questionnaire.digest[:DIGEST],
        }
        return [row | ({"default_language": language_column(spoken)} if self.languages else {})]

    def _rows(self, question: AnyQuestion) -> Iterator[Row]:
        if isinstance(question, Grid):
            yield from self._grid(question)
        else:
            yield self._question(question)

    def _grid(self, grid: Grid) -> Iterator[Row]:
        row = {"type": "begin_group", "name": self.relevance.names[grid.name]}
        row |= self._words("label", Said(grid.text))
        row |= self._routing(grid) | {"appearance": "table-list"}
        # The appearance of its questions is that of a table, so that nothing else says it.
        yield row | ({"ordered": "yes"} if grid.ordered else {})
        for item, one in zip(grid.items, grid.variables, strict=True):
            row = {"type": self._type(one), "name": self.relevance.names[one.name]}
            yield row | self._words("label", Said(item.label))
        yield {"type": "end_group"}

    def _question(self, question: OneAnswer) -> Row:
        row = {"type": self._type(question), "name": self.relevance.names[question.name]}
        row |= self._words("label", Said(question.text))
        unit = _unit(question)
        if unit is not None:
            row |= self._words("hint", unit)
        row |= self._routing(question)
        row |= self._constraint(question)
        if isinstance(question, Scale):
            row["appearance"] = "likert"
        if is_shuffled(question):
            row["parameters"] = "randomize=true"
        if unit is not None:
            row |= self._words("unit", unit)
        return row

    def _type(self, question: OneAnswer) -> str:
        match question:
            case Single() | Scale():
                return f"select_one {self._list_of(question)}"
            case Multiple():
                return f"select_multiple {self._list_of(question)}"
            case TimeOfDay():
                return "time"
            case FreeText():
                return "text"
            case Date():
                return "date"
            case Number() | Duration():
                return "decimal"

    def _routing(self, question: AnyQuestion) -> Row:
        if question.asked_if is None:
            return {}
        try:
            return {"relevant": self.relevance.written(question.asked_if)}
        except ExpressionError as error:
            self.unsaid.append((question.name, str(error)))
            return {}

    def _constraint(self, question: OneAnswer) -> Row:
        own, rules = constraint_written(question), self.rules.get(question.name, ())
        parts = [f"({own})" if own and rules else own, *(expression for _, expression in rules)]
        constraint = " and ".join(filter(None, parts))
        if not constraint:
            return {}
        return {"constraint": constraint} | self._messages(question, [one for one, _ in rules])

    def _messages(self, question: OneAnswer, rules: Sequence[AnyConstraint]) -> Row:
        """Write what is said of a wrong answer, what others wrote on a line of its own each.

        What is ours is said in the languages that have a catalogue.
        """
        row: Row = {}
        messages = messages_of(question)
        for heading, tag in self._headings("constraint_message", without="en"):
            lines = [folded(say(one.message, tag)) for one in rules]
            if messages and has_catalogue(tag):
                own = " ".join(written(one, Language(tag)) for one in messages)
                lines.insert(0, folded(own))
            if lines:
                row[heading] = "\n".join(lines)
        return row

    def _words(self, heading: str, phrase: Phrase) -> Row:
        row: Row = {}
        for column, tag in self._headings(heading, without=UNDETERMINED):
            # Words that people wrote need no catalogue; ours are in English where there is none.
            spoken = tag if isinstance(phrase, Said) or has_catalogue(tag) else "en"
            row[column] = form_words(written(phrase, Language(spoken)))
        return row

    def _headings(self, heading: str, *, without: str) -> Iterator[tuple[str, str]]:
        """Yield the heading of every language with its tag."""
        if not self.languages:
            yield heading, without
        for tag in self.languages:
            yield f"{heading}::{language_column(tag)}", tag

    def _list_of(self, question: OneAnswer) -> str:
        rows = self._choices_of(question)
        return next(name for name, listed in self._lists.items() if listed == rows)

    @cached_property
    def _lists(self) -> dict[str, list[Row]]:
        lists: dict[str, list[Row]] = {}
        for question in self.questionnaire.put:
            if isinstance(question, Single | Scale | Multiple | Grid):
                rows = self._choices_of(one_by_one(question)[0])
                if rows not in lists.values():
                    lists[self.relevance.names[question.name]] = rows
        return lists

    def _choices_of(self, question: OneAnswer) -> list[Row]:
        names = form_codes(question)
        rows = []
        for option in codes_of(question):
            row = {"name": names[option.code]} | self._words("label", Said(option.label))
            declared = isinstance(question, Scale) and question.options[0].score is not None
            if declared and option.score is not None:
                row["score"] = number_written(option.score)
            rows.append(row)
        for missing in question.missing:
            row = {"name": names[missing.code]} | self._words("label", Said(missing.label))
            in_base = "yes" if missing.in_base else "no"
            rows.append(row | {"missing": missing.reason, "in_base": in_base})
        return rows


def is_shuffled(question: AnyQuestion) -> bool:
    """Say whether a form can show options in the order that a question declares, a random one.

    All choices of a form are shuffled or none, and those that are missing codes are choices too.
    """
    if not isinstance(question, Single | Scale | Multiple) or question.missing:
        return False
    kept = any(one.fixed for one in question.options)
    return question.options_order == "random" and not kept


def has_catalogue(tag: str) -> bool:
    """Say whether there are words of ours in a language."""
    try:
        catalogue_of(tag)
    except ReportError:
        return False
    return True


def languages_in(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the languages declared, else those that words of a questionnaire are in."""
    if questionnaire.languages:
        return questionnaire.languages
    found = dict.fromkeys(
        tag for words in _texts(questionnaire) for tag in words if tag != UNDETERMINED
    )
    return tuple(found)


def texts_in(question: AnyQuestion) -> Iterator[Text]:
    """Yield every text of a question that a form holds."""
    yield question.text
    yield from (one.label for one in codes_of(question))
    yield from (one.label for one in question.missing)
    if isinstance(question, Number):
        yield question.unit
    if isinstance(question, Grid):
        yield from (one.label for one in question.items)


def _texts(questionnaire: Questionnaire) -> Iterator[Mapping[str, str]]:
    """Yield every text that a form holds."""
    for question in questionnaire.put:
        yield from texts_in(question)
    yield from (one.message for one in questionnaire.constraints)


def _unit(question: OneAnswer) -> Phrase | None:
    if isinstance(question, Number):
        return Said(question.unit)
    return UNITS[question.unit] if isinstance(question, Duration) else None


def _named(name: str, rows: Sequence[Row]) -> Iterator[Row]:
    return ({"list_name": name} | row for row in rows)
