"""Answers as variables with labels: what every statistics package has, before its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.responses import (
    FIRST_MISSING,
    Categorical,
    Clock,
    Column,
    Days,
    Numeric,
    Responses,
    Ticks,
    Words,
)
from socialpoll.responses.answered import state_of
from socialpoll.responses.columns import Truths
from socialpoll.responses.counting import require_cases
from socialpoll.responses.design import per_stage
from socialpoll.responses.scans.scanning import require_memory
from socialpoll.schema import Missing, Multiple, OneAnswer, Questionnaire, Scale, Single, say
from socialpoll.schema.categories import codes_of

__all__ = ["EXACT", "Kind", "Value", "Variable", "items_of", "variables_of"]

Value: TypeAlias = float | str
Kind: TypeAlias = Literal["codes", "marks", "numbers", "days", "clock", "words", "design"]
Measure: TypeAlias = Literal["nominal", "ordinal", "scale"]
EXACT = 2**53
"""Whole numbers up to it are told apart by the floats that packages keep."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Variable:
    """One column of answers.

    Attributes
    ----------
    name : str
        The column that the questionnaire, or the design, has for it.
    question : str
        Of which question it is; empty of the design.
    text : str
        The wording in the language of the file.
    label : str
        A short heading, empty where there is none.
    kind : {"codes", "marks", "numbers", "days", "clock", "words", "design"}
        ``marks`` are 0 and 1, ``days`` count as ``datetime.date.toordinal``, ``clock`` is seconds
        after midnight.
    measure : {"nominal", "ordinal", "scale"}
    answers : float64 or object array (n,)
        Numbers, or words; of no meaning where ``state`` is negative.
    state : int array (n,)
        Negative where there is no valid answer, as in the columns of Responses.
    labels : mapping of number or str to str
        Of answers that are codes.
    missing : tuple of Missing
        Typed missing codes.
    lacking : tuple of str
        Labels of the missing codes, in their order.
    """

    name: str
    question: str = ""
    text: str = ""
    label: str = ""
    kind: Kind
    measure: Measure
    answers: npt.NDArray[Any]
    state: npt.NDArray[Any]
    labels: Mapping[Value, str] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def is_words(self) -> bool:
        """Whether the answers are words."""
        return self.answers.dtype == np.object_

    @property
    def given(self) -> npt.NDArray[Any]:
        """The answers that are valid."""
        return self.answers[self.state >= 0]

    def gave(self, place: int) -> Truths:
        """Say which cases gave a missing code, by its place, bool array (n,)."""
        rows: Truths = self.state == FIRST_MISSING - place
        return rows


def variables_of(responses: Responses, language: str) -> tuple[Variable, ...]:
    """Return the variables of all questions in their order, those of the design behind them.

    Parameters
    ----------
    responses : Responses
    language : str
        Of wordings and labels.
    """
    require_memory(responses)
    require_cases(responses.repeats)
    questionnaire = responses.questionnaire
    items = items_of(questionnaire)
    asked: list[Variable] = []
    for question in questionnaire.asked:
        text, label = say(question.text, language), say(question.label, language)
        words = (f"{text}: {label}" if question.name in items else text, label)
        asked += _of_column(question, responses[question.name], language, words)
    taken = {one.name for one in asked}
    return (*asked, *(one for one in _of_design(responses) if one.name not in taken))


def items_of(questionnaire: Questionnaire) -> frozenset[str]:
    """Return the names of the variables that are items of grids."""
    grids = questionnaire.grids.values()
    return frozenset(one.name for grid in grids for one in grid.variables)


def _of_column(
    question: OneAnswer, column: Column, language: str, words: tuple[str, str]
) -> Iterator[Variable]:
    if isinstance(question, Multiple) and isinstance(column, Ticks):
        yield from _of_ticks(question, column, language)
        return
    text, label = words
    yield Variable(
        name=question.column or question.name,
        question=question.name,
        text=text,
        label=label,
        state=state_of(column),
        missing=question.missing,
        lacking=tuple(say(one.label, language) for one in question.missing),
        **_answers(question, column, language),
    )


def _answers(question: OneAnswer, column: Column, language: str) -> dict[str, Any]:
    match column:
        case Clock():
            seconds = np.rint(column.minutes * 60)
            return {"kind": "clock", "measure": "scale", "answers": seconds}
        case Categorical():
            return _codes(question, column, language)
        case Days():
            days = column.day.astype(np.float64)
            return {"kind": "days", "measure": "scale", "answers": days}
        case Words():
            return {"kind": "words", "measure": "nominal", "answers": column.words}
        case Numeric():
            return {"kind": "numbers", "measure": "scale", "answers": column.values}
    raise TypeError(type(column).__name__)


def _codes(question: OneAnswer, column: Categorical, language: str) -> dict[str, Any]:
    """Return codes as numbers where they are whole numbers that a float can tell apart."""
    options = codes_of(question)
    whole = isinstance(question, Single | Scale) and question.code_type == "integer"
    if whole and all(abs(int(one.code)) <= EXACT for one in options):
        codes: npt.NDArray[Any] = np.array([float(one.code) for one in options])
    else:
        codes = np.array([str(one.code) for one in options], dtype=np.object_)
    return {
        "kind": "codes",
        "measure": "ordinal" if isinstance(question, Scale) else "nominal",
        "answers": codes[np.maximum(column.position, 0)],
        "labels": {
            code: say(one.label, language)
            for code, one in zip(codes.tolist(), options, strict=True)
        },
    }


def _of_ticks(question: Multiple, column: Ticks, language: str) -> Iterator[Variable]:
    """Yield a variable of 0 and 1 an option, then one a missing code."""
    marks = [(one, column.ticked[:, place]) for place, one in enumerate(question.options)]
    state = np.where(column.state <= FIRST_MISSING, column.state, np.minimum(column.state, 0))
    for option, ticked in marks:
        yield _mark(question, option.code, say(option.label, language), ticked, state)
    answered = np.where(state <= FIRST_MISSING, 0, state)
    for place, one in enumerate(question.missing):
        typed = state == FIRST_MISSING - place
        yield _mark(question, one.code, say(one.label, language), typed, answered)


def _mark(
    question: Multiple, code: object, label: str, marks: npt.NDArray[Any], state: npt.NDArray[Any]
) -> Variable:
    return Variable(
        name=f"{question.column or question.name}_{code}",
        question=question.name,
        text=label,
        kind="marks",
        measure="nominal",
        answers=marks.astype(np.float64),
        state=state,
        labels={1.0: label},
    )


def _of_design(responses: Responses) -> Iterator[Variable]:
    """Yield the base weight, and strata and clusters of the first stage, under their own names."""
    design, first = responses.design, responses.stages[0]
    everybody = np.zeros(len(responses), dtype=np.int8)
    if design.weight is not None:
        yield Variable(
            name=design.weight,
            kind="design",
            measure="scale",
            answers=responses.base_weight,
            state=everybody,
        )
    columns = per_stage(design)[0]
    for name, labels, of_row in (
        (columns.stratum, responses.strata_labels, first.stratum),
        (columns.cluster, responses.unit_labels, first.unit),
    ):
        if name is not None:
            yield Variable(
                name=name,
                kind="design",
                measure="nominal",
                answers=np.array(labels, dtype=np.object_)[of_row],
                state=everybody,
            )
