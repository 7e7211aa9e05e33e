"""What one figure tells of respondents: which sets of them it counts, and which sums it gives."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np

from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.roots import Literal, Term, conjunction
from socialpoll.disclosure.subjects import Subject
from socialpoll.schema import (
    NOT_APPLICABLE,
    TOTAL,
    All,
    Answered,
    CodeValue,
    Condition,
    Is,
    Not,
    Questionnaire,
)
from socialpoll.schema.categories import categories_of
from socialpoll.weighting import WAVE, KnownSum

__all__ = ["OF_RESPONSES", "Form", "Row", "Teller", "Told"]

Form: TypeAlias = tuple[tuple[float, Term], ...]
"""A sum of terms, each times a number."""
Row: TypeAlias = Mapping[str, object]
OF_RESPONSES = "share_of_responses"
IN_PERSONS = ("share", "total", OF_RESPONSES)


@dataclass(frozen=True, slots=True)
class Told:
    """One number that a figure gives away.

    Attributes
    ----------
    form : Form
        Whom it counts.
    count, weight : float
        How many respondents, and their weights; NaN where it does not tell.
    base : bool
        Whether they are a base, and not those who gave an answer.
    """

    form: Form
    count: float = math.nan
    weight: float = math.nan
    base: bool = False


@dataclass(frozen=True, eq=False)
class Teller:
    """Reads rows as counts of respondents.

    Attributes
    ----------
    grains : Grains
    """

    grains: Grains
    _domains: dict[tuple[object, ...], tuple[Literal, ...]] = field(default_factory=dict)
    _terms: dict[tuple[object, ...], Form] = field(default_factory=dict)

    @cached_property
    def _questionnaire(self) -> Questionnaire:
        return self.grains.questionnaire

    @cached_property
    def _grids(self) -> frozenset[str]:
        return frozenset(self._questionnaire.grids)

    def variable(self, row: Row) -> str:
        """Return the question or derived variable that a row is of: of a grid, its item."""
        question = str(row["question"])
        return f"{question}_{row['item']}" if question in self._grids else question

    def is_of_persons(self, row: Row) -> bool:
        """Say whether a row counts persons with an answer, and is not a number of another kind."""
        return row["statistic"] in IN_PERSONS and row["n_category"] is not None

    def whom(self, row: Row, subject: Subject, question: str) -> Term:
        """Return all respondents of a row to whom a question is put, whatever they answered."""
        return self.of(row, subject, self._condition(self.grains.asked_if(question)))[0][1]

    def base(self, row: Row, subject: Subject) -> Form:
        """Return who is in the base of a row."""
        return self._counted(row, subject, self._base(row))

    def reached(self, row: Row, subject: Subject) -> tuple[Form, Form]:
        """Return who answered the question of a row, and who was asked it."""
        return self._counted(row, subject, "answered"), self._counted(row, subject, "asked")

    def category(self, row: Row, subject: Subject) -> Form:
        """Return who gave the answer of a row."""
        return self.of(row, subject, (self.answer(row),))

    def rest(self, row: Row, subject: Subject) -> Form:
        """Return who is in the base of a row and did not give its answer."""
        given = self.answer(row)
        base = self.within(row, str(row["base"]))
        vector = np.asarray(base.vector) - given.vector
        return self.of(row, subject, (replace(given, vector=tuple(vector.tolist())),))

    def within(self, row: Row, base: str) -> Literal:
        """Return who is in a base of the question of a row, as finely as its answer is told."""
        made, root = self.grains.based(self.variable(row), base), self.answer(row).root
        return made if made.root == root else made.refined(root)

    def answer(self, row: Row) -> Literal:
        """Return the answer of a row as a statement, of whichever respondents."""
        name, base = self.variable(row), str(row["base"])
        own, of_several = str(row["category"]), str(row["item"])
        code = own if own != NOT_APPLICABLE else of_several
        key = (name, code, base, own == NOT_APPLICABLE)
        if key not in self._domains:
            known = categories_of(self._questionnaire, name)
            codes = {str(one.code) for one in known.codes}
            codes |= {str(one.code) for one in known.missing}
            union = own == NOT_APPLICABLE and code not in codes
            given = self.grains.union(name, code) if union else self.grains.given(name, code, base)
            self._domains[key] = (given,)
        return self._domains[key][0]

    def group(self, known: KnownSum, universe: tuple[str, str]) -> Form | None:
        """Return who is in a group of a margin; None where a variable has no such code."""
        names = [] if known.everybody else known.margin.split("|")
        pairs = list(zip(names, known.codes, strict=True))
        if not all(set(codes) <= set(self.grains.codes(name)) for name, codes in pairs):
            return None
        return ((1.0, conjunction(universe, [self._any_of(*one) for one in pairs])),)

    def told(self, row: Row, subject: Subject) -> list[Told]:
        """Return every number that a row gives away while it is shown."""
        weight = _number(row["population"])
        estimate = _number(row["estimate"])
        made = [Told(self.base(row, subject), _number(row["n_base"]), weight, base=True)]
        if _number(row["n_base"]) == 0:
            return made
        answered, asked = self.reached(row, subject)
        made.append(Told(answered, _number(row["n_answered"]), subject.answered, base=True))
        made.append(Told(asked, _number(row["n_asked"]), subject.asked, base=True))
        if self.is_of_persons(row):
            given = {"share": estimate * weight, "total": estimate}
            told = given.get(str(row["statistic"]), math.nan)
            made.append(Told(self.category(row, subject), _number(row["n_category"]), told))
        if row["statistic"] == OF_RESPONSES and not math.isnan(estimate):
            made.append(self._of_responses(row, subject, estimate))
        if row["statistic"] == "mean" and (sums := self._scores(row, subject)):
            made.append(Told(sums, weight=estimate * weight))
        return made

    def _base(self, row: Row) -> str:
        return str(row["base"]) if row["statistic"] in IN_PERSONS else "valid"

    def _counted(self, row: Row, subject: Subject, base: str) -> Form:
        names = (self.variable(row),) if self.is_of_persons(row) else subject.questions
        key = (*names, base)
        if key not in self._domains:
            self._domains[key] = tuple(self.grains.based(name, base) for name in names)
        return self.of(row, subject, self._domains[key])

    def _scores(self, row: Row, subject: Subject) -> Form:
        """Return a mean times respondents as a sum over codes; nothing for plain numbers."""
        name = subject.questions[0]
        codes = categories_of(self._questionnaire, name).codes
        if self.grains.several(name):
            return self._chosen(row, subject, name)
        scores = {str(one.code): one.score for one in codes}
        if not scores or None in scores.values():
            return ()
        literal = self.grains.given(name, next(iter(scores)), "answered")
        several = [self.grains.given(name, code, "answered").vector for code in scores]
        numbers = np.array([score or 0.0 for score in scores.values()])
        vector = tuple((numbers @ np.array(several)).tolist())
        return self.of(row, subject, (Literal(literal.root, vector),))

    def _chosen(self, row: Row, subject: Subject, name: str) -> Form:
        """Return how many options were chosen, as a sum over options."""
        options = categories_of(self._questionnaire, name).codes
        given = (
            self.grains.given(name, str(one.code), "answered")
            for one in options
            if not getattr(one, "exclusive", False)
        )
        return tuple(part for one in given for part in self.of(row, subject, (one,)))

    def responses(self, row: Row, subject: Subject) -> Form:
        """Return how many options the base of a row chose, as a sum over options."""
        return self._chosen(row, subject, self.variable(row))

    def _of_responses(self, row: Row, subject: Subject, share: float) -> Told:
        """Return that an option is a known part of all responses, as a sum that is 0."""
        others = tuple((share * times, one) for times, one in self.responses(row, subject))
        own = tuple((-times, one) for times, one in self.category(row, subject))
        return Told(others + own, weight=0.0)

    def of(self, row: Row, subject: Subject, literals: Sequence[Literal]) -> Form:
        """Return the respondents of a row of whom statements are true, or their scores."""
        place = (row["wave"], row["breakdown"], row["domain"])
        key = (*literals, subject.universe, subject.where, *place)
        if key not in self._terms:
            universe = (subject.universe, str(row["wave"]))
            whole = (*literals, *self._domain(row), *self._condition(subject.where))
            self._terms[key] = ((1.0, conjunction(universe, whole)),)
        return self._terms[key]

    def _domain(self, row: Row) -> tuple[Literal, ...]:
        if row["breakdown"] == TOTAL:
            return ()
        key = (row["breakdown"], row["domain"])
        if key not in self._domains:
            pairs = zip(str(key[0]).split("|"), str(key[1]).split("|"), strict=True)
            self._domains[key] = tuple(self.grains.given(*one, "answered") for one in pairs)
        return self._domains[key]

    def _condition(self, condition: Condition | None) -> tuple[Literal, ...]:
        """Return a condition as statements; what is not about single answers stands alone."""
        made: tuple[Literal, ...] = ()
        match condition:
            case None:
                pass
            case All(conditions=several):
                made = tuple(part for one in several for part in self._condition(one))
            case Answered(question=name):
                made = (self.grains.based(name, "valid"),)
            case Is(question=name) if name == WAVE and name not in self._questionnaire.names:
                pass
            case Is(question=name, codes=codes) if self._sayable(name, codes):
                made = (self._any_of(name, codes),)
            case Not(condition=Is(question=name, codes=codes)) if self._sayable(name, codes):
                literal = self._any_of(name, codes)
                vector = 1 - np.asarray(literal.vector)
                made = (replace(literal, vector=tuple(vector.tolist())),)
            case _:
                made = (self.grains.unknown(repr(condition)),)
        return made

    def _any_of(self, name: str, codes: Sequence[CodeValue]) -> Literal:
        several = [self.grains.given(name, str(one), "answered") for one in codes]
        vector = np.max([one.vector for one in several], axis=0)
        return replace(several[0], vector=tuple(vector.tolist()))

    def _sayable(self, name: str, codes: Sequence[CodeValue]) -> bool:
        """Say whether a choice of codes is a statement about one root."""
        known = set(self.grains.codes(name))
        single = len(codes) == 1 or not self.grains.several(name)
        return single and {str(one) for one in codes} <= known


def _number(value: object) -> float:
    return math.nan if value is None else float(str(value))
