"""The codebook of a questionnaire: every variable, with its codes and what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from socialpoll.report.bases import asked_if, limit_figure
from socialpoll.report.blocks import (
    Block,
    Column,
    Figure,
    Message,
    Phrase,
    Row,
    Said,
    Section,
    Table,
    Text,
    Value,
)
from socialpoll.report.catalogues import catalogue_of
from socialpoll.report.report import Publisher, Report
from socialpoll.report.wording import Wording
from socialpoll.responses import asked, valid
from socialpoll.schema import (
    AnyQuestion,
    Bands,
    Code,
    Duration,
    Grouping,
    Missing,
    Multiple,
    Number,
    Question,
    Questionnaire,
    Variable,
)

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses import Responses

__all__ = ["Bases", "Codebook", "codebook"]

REASONS: Mapping[str, Message] = {
    "dont_know": Message("don't know"),
    "refused": Message("refused"),
    "no_answer": Message("no answer"),
    "not_asked": Message("not asked"),
    "not_applicable": Message("not applicable"),
    "other": Message("other lack of an answer"),
}
KINDS: Mapping[str, Message] = {
    "single": Message("one answer"),
    "scale": Message("one answer from a scale"),
    "multiple": Message("several answers"),
    "duration": Message("a number of hours"),
    "time_of_day": Message("a time of day"),
    "bands": Message("bands of a number"),
    "grouping": Message("groups of answers"),
}
ANSWER, LACK = "answer", "missing"


class Bases(NamedTuple):
    """How many cases a question has.

    Attributes
    ----------
    asked, answered : int
        Interviews in which it was asked, and those with a valid answer.
    """

    asked: int
    answered: int


@dataclass(frozen=True, eq=False)
class Codebook:
    """What every variable and code of a poll stands for.

    Parameters
    ----------
    questionnaire : Questionnaire
    languages : tuple of str
        In which it can be written.
    publisher : Publisher
    bases : mapping of str to Bases
        By name of the variable; empty where no answers were given.
    """

    questionnaire: Questionnaire
    languages: tuple[str, ...]
    publisher: Publisher
    bases: Mapping[str, Bases] = field(default_factory=dict)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a code, and one for a variable without codes.

        ``variable``, ``kind`` and ``column`` (of the answers), ``code``, ``role`` (``answer`` or
        ``missing``), ``reason`` and ``in_base`` of missing codes; ``text`` and ``label`` in each
        language, as ``text_ar``; ``asked`` and ``answered`` where answers were given.
        """
        import pandas as pd

        return pd.DataFrame([row for one in self._variables() for row in self._rows(one)])

    @cached_property
    def report(self) -> Report:
        """The codebook as a report: a list of all variables, then each with its codes."""
        wording = Wording(self.questionnaire, self.languages)
        several = list(self._variables())
        return Report(
            name="codebook",
            title=wording.in_words(Message("Codebook")),
            subtitle=self.questionnaire.title,
            languages=self.languages,
            publisher=self.publisher,
            sections=(
                self._overview(wording, several),
                *(self._section(wording, one) for one in several),
            ),
            synthetic=self.questionnaire.methodology.synthetic,
        )

    def _variables(self) -> Iterator[Variable]:
        yield from self.questionnaire.questions
        yield from self.questionnaire.derived

    def _rows(self, variable: Variable) -> Iterator[dict[str, object]]:
        common: dict[str, object] = {
            "variable": variable.name,
            "kind": variable.kind,
            "column": _column(variable),
            **self._spoken("text", _text(variable)),
        }
        if self.bases:
            common |= self.bases[variable.name]._asdict()
        codes = Wording(self.questionnaire, self.languages).codes(variable.name)
        for one in codes:
            lack = isinstance(one, Missing)
            yield common | {
                "column": _column(variable, one),
                "code": one.code,
                "role": LACK if lack else ANSWER,
                "reason": one.reason if isinstance(one, Missing) else None,
                "in_base": one.in_base if isinstance(one, Missing) else None,
                **self._spoken("label", one.label),
            }
        if not codes:
            yield common | {"code": None, "role": ANSWER, "reason": None, "in_base": None}

    def _spoken(self, name: str, text: Mapping[str, str]) -> dict[str, object]:
        written = Wording(self.questionnaire, self.languages).in_words(Said(text))
        return {f"{name}_{tag}": words for tag, words in written.items()}

    def _overview(self, wording: Wording, variables: list[Variable]) -> Section:
        columns = [
            Column("variable", Message("Variable"), "label"),
            Column("heading", Message("Meaning"), "text"),
            Column("kind", Message("Kind"), "text"),
        ]
        if self.bases:
            columns.append(Column("asked", Message("Asked")))
            columns.append(Column("answered", Message("Answered")))
        rows = tuple(
            Row(
                (
                    _name(one.name),
                    wording.heading(one.name),
                    _kind(one),
                    *(Figure(count, "count") for count in self.bases.get(one.name, ())),
                )
            )
            for one in variables
        )
        notes = (Message("Interviews, unweighted."),) if self.bases else ()
        table = Table(Message("Variables, in the order of asking"), tuple(columns), rows, notes)
        return Section("variables", Message("Variables"), (table,), "variables")

    def _section(self, wording: Wording, variable: Variable) -> Section:
        blocks: list[Block] = [Text((one,)) for one in self._told(wording, variable)]
        codes = wording.codes(variable.name)
        if codes:
            columns = (
                Column("code", Message("Code"), "text"),
                Column("label", Message("Answer"), "label"),
                Column("role", Message("Counts as"), "text"),
            )
            rows = tuple(
                Row((Said({"und": str(one.code)}), Said(one.label), _role(one))) for one in codes
            )
            title = Message("Codes of {variable}", {"variable": _name(variable.name)})
            blocks.append(Table(title, columns, rows))
        values: dict[str, Value] = {
            "variable": _name(variable.name),
            "heading": wording.heading(variable.name),
        }
        title = Message("{variable}: {heading}", values)
        return Section("variable", title, tuple(blocks), variable.name)

    def _told(self, wording: Wording, variable: Variable) -> Iterator[Phrase]:
        if isinstance(variable, Question):
            yield Message("Question: {text}", {"text": Said(variable.text)})
        yield Message("Kind: {kind}", {"kind": _kind(variable)})
        yield from _range(variable)
        if isinstance(variable, Bands | Grouping):
            yield Message("Made from the answers to {variable}", {"variable": _name(variable.of)})
        else:
            condition = asked_if(wording, variable.name)
            who: Phrase = Message("all respondents")
            if condition is not None:
                who = Message("respondents who {condition}", {"condition": condition})
            yield Message("Asked of: {who}", {"who": who})
            yield _columns(variable)
        if self.bases:
            number = self.bases[variable.name]
            values: dict[str, Value] = {
                "asked": Figure(number.asked, "count"),
                "answered": Figure(number.answered, "count"),
            }
            yield Message("Interviews asked: {asked}; with a valid answer: {answered}", values)


def codebook(
    questionnaire: Questionnaire,
    responses: Responses | None = None,
    *,
    publisher: Publisher | None = None,
) -> Codebook:
    """Make the codebook of a questionnaire.

    Parameters
    ----------
    questionnaire : Questionnaire
    responses : Responses, optional
        Adds to every variable in how many interviews it was asked, and answered. How often each
        answer was given is a figure like any other: it is for a release to show.
    publisher : Publisher, optional
        Who publishes it; the sponsor of the poll where absent.

    Returns
    -------
    Codebook
        In the languages of the questionnaire, English where it declares none.

    Raises
    ------
    ReportError
        A language without a catalogue.

    Examples
    --------
    >>> import socialpoll as sp
    >>> codes = [sp.Code(code="m", label="Male"), sp.Code(code="f", label="Female")]
    >>> sex = sp.Single(name="sex", text="Sex?", options=codes)
    >>> sp.codebook(sp.Questionnaire(title="Poll", questions=[sex])).frame["label_en"].tolist()
    ['Male', 'Female']
    """
    languages = questionnaire.languages or ("en",)
    for tag in languages:
        catalogue_of(tag)
    name = questionnaire.methodology.sponsor or {}
    bases = {} if responses is None else _bases(questionnaire, responses)
    return Codebook(questionnaire, languages, publisher or Publisher(name=name), bases)


def _bases(questionnaire: Questionnaire, responses: Responses) -> dict[str, Bases]:
    interviewed = responses.interviewed
    return {
        name: Bases(
            int(np.count_nonzero(asked(responses[name]) & interviewed)),
            int(np.count_nonzero(valid(responses[name]) & interviewed)),
        )
        for name in questionnaire.names
    }


def _name(name: str) -> Said:
    return Said({"und": name})


def _text(variable: Variable) -> Mapping[str, str]:
    return variable.label if isinstance(variable, Bands | Grouping) else variable.text


def _columns(variable: AnyQuestion) -> Phrase:
    """Say in which columns the answers are: one, or one an option."""
    if isinstance(variable, Multiple) and variable.layout == "columns":
        first, last = (_column(variable, variable.options[place]) for place in (0, -1))
        values: dict[str, Value] = {"first": first, "last": last}
        return Message("Columns of the answers: {first} to {last}", values)
    return Message("Column of the answers: {column}", {"column": _column(variable)})


def _column(variable: Variable, code: Code | Missing | None = None) -> str:
    if isinstance(variable, Bands | Grouping):
        return ""
    name = variable.column or variable.name
    several = isinstance(variable, Multiple) and variable.layout == "columns"
    return f"{name}_{code.code}" if several and code is not None else name


def _kind(variable: Variable) -> Phrase:
    if isinstance(variable, Number):
        return Message("a number ({unit})", {"unit": Said(variable.unit)})
    if isinstance(variable, Duration) and variable.unit == "minutes":
        return Message("a number of minutes")
    return KINDS[variable.kind]


def _range(variable: Variable) -> Iterator[Phrase]:
    if not isinstance(variable, Number | Duration):
        return
    low, high = variable.minimum, variable.maximum
    if low is not None and high is not None:
        values: dict[str, Value] = {"low": limit_figure(low), "high": limit_figure(high)}
        yield Message("Allowed: {low} to {high}", values)
    elif low is not None:
        yield Message("Allowed: {low} or more", {"low": limit_figure(low)})
    elif high is not None:
        yield Message("Allowed: {high} or less", {"high": limit_figure(high)})


def _role(code: Code | Missing) -> Phrase:
    if isinstance(code, Missing):
        reason = REASONS[code.reason]
        if code.in_base:
            return Message("{reason}, in the base", {"reason": reason})
        return Message("{reason}, not in the base", {"reason": reason})
    if code.exclusive:
        return Message("an answer that excludes others")
    if code.score is not None:
        return Message("an answer, score {score}", {"score": limit_figure(code.score)})
    return Message("an answer")
