"""What a wave calls by other names and codes: told apart, checked, and made ready to be applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from socialpoll.errors import QuestionnaireError, nearest
from socialpoll.poll.harmonising import CELL, TICKS, Harmony, Recoding
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.wave_tables import WaveTable
from socialpoll.responses import SampleDesign
from socialpoll.responses.design import design_columns
from socialpoll.responses.ticks import option_columns
from socialpoll.schema import (
    AnyQuestion,
    CodeType,
    CodeValue,
    Grid,
    Multiple,
    Questionnaire,
    one_by_one,
)
from socialpoll.schema.keys import key_of
from socialpoll.schema.translating import CODED, Terms, translated

__all__ = ["Interpreter"]


@dataclass
class Interpreter:
    """Reads the ``columns`` and ``codes`` of a wave against the poll's questionnaire.

    Attributes
    ----------
    table : WaveTable
    asked : Questionnaire
        The poll's.
    own : Questionnaire or None
        The wave's, where it has one.
    design : SampleDesign
    notes : Notebook
        Takes the problems.
    where : str
        Of the table in the file.
    """

    table: WaveTable
    asked: Questionnaire
    own: Questionnaire | None
    design: SampleDesign
    notes: Notebook
    where: str
    names: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    starts: dict[str, str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, CodeValue]] = field(default_factory=dict)

    def read(self) -> tuple[Questionnaire, Harmony]:
        """Return what was asked in the terms of the poll, and what makes the answers so."""
        self._read_columns()
        self._read_codes()
        self._check_offer()
        questionnaire = self.asked
        if self.own is not None:
            self._refuse_foreign()
            lacking = self.table.not_offered
            terms = Terms(names=self.names, codes=self.codes, lacking=lacking)
            try:
                questionnaire = translated(self.own, self.asked, terms)
            except QuestionnaireError as error:
                self._note_contradictions(error)
        recodings = tuple(self._recoding(*one) for one in self.codes.items())
        return questionnaire, Harmony(
            columns=self.columns,
            starts=self.starts,
            copies=self.copies,
            recodings=recodings,
            absent=tuple(self._absent()),
        )

    def _read_columns(self) -> None:
        taken: dict[str, str] = {}
        for old, new in self.table.columns.items():
            place = f"{self.where}.columns.{old}"
            if new in taken:
                self.notes.note(place, f"{taken[new]!r} is {new!r} already", found=repr(old))
            taken[new] = old
            theirs = [] if self.own is None else [one.name for one in self.own.questions]
            if self.own is None or (new in self._of_design and old not in theirs):
                self._name_column(place, old, new)
            else:
                self._name_question(place, old, new, theirs)

    def _name_column(self, place: str, old: str, new: str) -> None:
        question = self._questions.get(new)
        if question is None and new in self._of_design | self._of_questions:
            self.columns[old] = new
        elif question is None:
            known = [*self._questions, *sorted(self._of_design)]
            what = f"the poll has no question or column of the design {new!r}"
            self.notes.note(place, what, allowed=nearest(new, known))
        elif _in_several_columns(question):
            self.starts[f"{old}_"] = f"{question.column or question.name}_"
        else:
            self.columns[old] = question.column or question.name

    def _name_question(self, place: str, old: str, new: str, theirs: Sequence[str]) -> None:
        if old not in theirs:
            what = f"the wave's questionnaire has no question {old!r}"
            self.notes.note(place, what, allowed=nearest(old, theirs))
        if new not in self._questions:
            what = f"the poll has no question {new!r}"
            self.notes.note(place, what, allowed=nearest(new, self._questions))
        self.names[old] = new
        own = self._own.get(new)
        if own is not None and new in self._of_design:
            self.copies[own.column or old] = new

    def _read_codes(self) -> None:
        for name, codes in self.table.codes.items():
            place = f"{self.where}.codes.{name}"
            question, own = self._questions.get(name), self._own.get(name)
            if question is None:
                what = f"the poll has no question {name!r}"
                self.notes.note(place, what, allowed=nearest(name, self._questions))
            elif self.own is not None and own is None:
                what = f"the wave's questionnaire has no question that is {name!r}"
                self.notes.note(place, what, advice=f"say which it is in {self.where}.columns")
            else:
                self._check_codes(place, codes, question, own)
                kind = _code_type(own or question)
                self.codes[name] = {str(key_of(old, kind)): new for old, new in codes.items()}

    def _check_codes(
        self,
        place: str,
        codes: Mapping[str, CodeValue],
        question: AnyQuestion,
        own: AnyQuestion | None,
    ) -> None:
        known = [str(one) for one in _codes(question)]
        theirs = None if own is None else [str(one) for one in _codes(own)]
        for old, new in codes.items():
            if str(new) not in known:
                what = f"question {question.name!r} of the poll has no code {new!r}"
                self.notes.note(f"{place}.{old}", what, allowed=nearest(str(new), known))
            if theirs is not None and str(key_of(old, _code_type(own))) not in theirs:
                what = f"the wave's question has no code {old!r}"
                self.notes.note(f"{place}.{old}", what, allowed=nearest(old, theirs))

    def _check_offer(self) -> None:
        """Note options that are said not to have been there, but are none or were there."""
        for name, codes in self.table.not_offered.items():
            place = f"{self.where}.not_offered.{name}"
            question, own = self._questions.get(name), self._own.get(name)
            if not isinstance(question, CODED):
                coded = [one.name for one in self.asked.questions if isinstance(one, CODED)]
                what = f"the poll has no question of codes {name!r}"
                self.notes.note(place, what, allowed=nearest(name, coded))
                continue
            if self.own is not None and own is None:
                self.notes.note(place, f"the wave's questionnaire has no question that is {name!r}")
            known = [str(one.code) for one in question.options]
            theirs = [] if own is None else [str(one) for one in _codes(own)]
            mapped = self.codes.get(name, {})
            there = {*(code for code in theirs if code not in mapped), *map(str, mapped.values())}
            for code in map(str, codes):
                if code not in known:
                    what = f"question {name!r} has no option {code!r}"
                    self.notes.note(place, what, allowed=nearest(code, known))
                elif code in there:
                    self.notes.note(place, f"option {code!r} was there, or a code was mapped to it")

    def _absent(self) -> Iterator[str]:
        """Yield the 0/1 columns of options that the wave did not have."""
        for name, codes in self.table.not_offered.items():
            question = self._own.get(name, self._questions.get(name))
            if isinstance(question, Multiple) and question.layout == "columns":
                start = question.column or self._old.get(name, name)
                yield from (f"{start}_{code}" for code in codes)

    def _refuse_foreign(self) -> None:
        """Note codes of the wave that are neither the poll's nor said to be one of them."""
        for name, own in self._own.items():
            question = self._questions.get(name)
            for role in ("options", "missing"):
                if question is None or not hasattr(own, role) or not hasattr(question, role):
                    continue
                known = [str(one.code) for one in getattr(question, role)]
                for one in getattr(own, role):
                    code = str(one.code)
                    if code not in known and code not in self.codes.get(name, {}):
                        self.notes.note(
                            f"{self.where}.codes.{name}",
                            f"code {code!r} of the wave is none of the poll's {role}",
                            allowed=nearest(code, known),
                            advice="say which code of the poll it is",
                        )

    def _note_contradictions(self, error: QuestionnaireError) -> None:
        for one in error.problems:
            place = f"{self.where}.questionnaire, {one.where}"
            self.notes.note(
                place, one.what, found=one.found, allowed=one.allowed, advice=one.advice
            )

    def _recoding(self, name: str, codes: Mapping[str, CodeValue]) -> Recoding:
        question = self._own.get(name, self._questions[name])
        start = question.column or self._old.get(name, name)
        columns = (start, *([self.copies[start]] if start in self.copies else []))
        kind = _code_type(question)
        made = Recoding(question=name, columns=columns, code_type=kind, codes=codes)
        if isinstance(question, Grid):
            return replace(made, columns=tuple(_columns(question)))
        if not isinstance(question, Multiple):
            return made
        layout = CELL if question.layout == "cell" else TICKS
        return replace(made, layout=layout, separator=question.separator)

    @property
    def _questions(self) -> dict[str, AnyQuestion]:
        return {one.name: one for one in self.asked.questions}

    @property
    def _own(self) -> dict[str, AnyQuestion]:
        """The questions of the wave's own questionnaire by the name that the poll has for them."""
        questions = () if self.own is None else self.own.questions
        return {self.names.get(one.name, one.name): one for one in questions}

    @property
    def _old(self) -> dict[str, str]:
        return {new: old for old, new in self.names.items()}

    @property
    def _of_design(self) -> set[str]:
        return {name for _, name in design_columns(self.design)}

    @property
    def _of_questions(self) -> set[str]:
        return {name for one in self.asked.questions for name in _columns(one)}


def _columns(question: AnyQuestion) -> Iterator[str]:
    for one in one_by_one(question):
        if isinstance(one, Multiple) and one.layout == "columns":
            yield from option_columns(one)
        else:
            yield one.column or one.name


def _in_several_columns(question: AnyQuestion) -> bool:
    return isinstance(question, Grid) or (
        isinstance(question, Multiple) and question.layout == "columns"
    )


def _codes(question: Any) -> list[CodeValue]:  # noqa: ANN401 - a question of any kind
    return [one.code for one in (*getattr(question, "options", ()), *question.missing)]


def _code_type(question: AnyQuestion | None) -> CodeType:
    """Return the type codes are compared by: of a number, its missing codes are numbers."""
    return question.code_type if isinstance(question, CODED) else "integer"
