"""A questionnaire in the names and codes of another, so that their answers are alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any as Anything

from socialpoll.schema.codes import Code, CodeValue, Missing
from socialpoll.schema.conditions import (
    All,
    Answered,
    Any,
    Chosen,
    Condition,
    Dated,
    Is,
    Not,
    Within,
)
from socialpoll.schema.constraints import AnyConstraint
from socialpoll.schema.derived import AnyDerived, Grouping
from socialpoll.schema.questionnaire import Questionnaire
from socialpoll.schema.questions import AnyQuestion, Grid, Multiple, Scale, Single

__all__ = ["CODED", "Terms", "translated"]

CODED = (Single, Scale, Multiple, Grid)
"""Kinds of questions with a list of codes."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How the words of one questionnaire are said in those of another.

    Attributes
    ----------
    names : mapping of str to str
        Names of questions; those that are not in it stay.
    codes : mapping of str to mapping of str to code
        By new name: new codes by old ones, written as words; those that are not in it stay.
    lacking : mapping of str to tuple of code
        By new name: options of the reference that were not there; they are added.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, CodeValue]] = field(default_factory=dict)
    lacking: Mapping[str, tuple[CodeValue, ...]] = field(default_factory=dict)


def translated(
    questionnaire: Questionnaire, reference: Questionnaire, terms: Terms
) -> Questionnaire:
    """Return a questionnaire in the names and codes of another.

    Parameters
    ----------
    questionnaire : Questionnaire
        What is translated; questions that the other does not have stay as they are.
    reference : Questionnaire
        In whose names, codes and order of codes. Variables that it derives replace those of the
        same name.
    terms : Terms

    Returns
    -------
    Questionnaire
        Wording, routing and columns of the first. A code that terms name is the reference's with
        its label; one that is the same in both keeps the label it had. Codes that only one of them
        has are told apart by whoever compares them: those of the first are kept at the end.

    Raises
    ------
    QuestionnaireError
        What comes of it contradicts itself, such as two questions of one name.
    """
    return _Translator(reference, terms).questionnaire(questionnaire)


@dataclass(frozen=True)
class _Translator:
    reference: Questionnaire
    terms: Terms

    def questionnaire(self, one: Questionnaire) -> Questionnaire:
        questions = tuple(self.question(each) for each in one.questions)
        asked = {name for each in questions for name in _names(each)}
        own = (self.derived(each) for each in one.derived)
        taken = set(self.reference.names)
        return replace(
            one,
            questions=questions,
            derived=(
                *(each for each in self.reference.derived if each.of in asked),
                *(each for each in own if each.name not in taken),
            ),
            constraints=tuple(self.constraint(each) for each in one.constraints),
        )

    def question(self, one: AnyQuestion) -> AnyQuestion:
        name = self.name(one.name)
        changes: dict[str, Anything] = {"name": name}
        if name != one.name:
            changes["column"] = one.column or one.name
        if one.asked_if is not None:
            changes["asked_if"] = self.condition(one.asked_if)
        if one.if_not_asked is not None:
            changes["if_not_asked"] = self.code(name, one.if_not_asked)
        return replace(one, **changes, **self.lists(name, one))

    def lists(self, name: str, one: AnyQuestion) -> dict[str, Anything]:
        """Return the code lists of a question, where the reference has one of the kind."""
        other = {each.name: each for each in self.reference.questions}.get(name)
        if other is None:
            return {}
        found: dict[str, Anything] = {"missing": self.missing(name, one, other)}
        if isinstance(one, CODED) and isinstance(other, CODED):
            found["options"] = self.options(name, one.options, other.options)
            found["code_type"] = other.code_type
        return found

    def options(
        self, name: str, own: tuple[Code, ...], theirs: tuple[Code, ...]
    ) -> tuple[Code, ...]:
        mapped = {str(code) for code in self.terms.codes.get(name, {}).values()}
        mapped |= {str(code) for code in self.terms.lacking.get(name, ())}
        old = self.terms.codes.get(name, {})
        kept = {str(one.code): one for one in own if str(one.code) not in old}
        common = [
            one if str(one.code) in mapped else replace(kept[str(one.code)], code=one.code)
            for one in theirs
            if str(one.code) in mapped or str(one.code) in kept
        ]
        known = {str(one.code) for one in theirs}
        return (*common, *(one for code, one in kept.items() if code not in known))

    def missing(self, name: str, one: AnyQuestion, other: AnyQuestion) -> tuple[Missing, ...]:
        """Return the missing codes: of the same meaning in both, they are the reference's."""
        old = self.terms.codes.get(name, {})
        kept = {str(each.code): each for each in one.missing if str(each.code) not in old}
        theirs = [
            replace(kept.pop(code), code=each.code) if code in kept else each
            for each in other.missing
            for code in [str(each.code)]
        ]
        return (*theirs, *kept.values())

    def derived(self, one: AnyDerived) -> AnyDerived:
        of = self.name(one.of)
        if not isinstance(one, Grouping):
            return replace(one, of=of)
        groups = (
            replace(each, codes=tuple(self.code(of, code) for code in each.codes))
            for each in one.groups
        )
        return replace(one, of=of, groups=tuple(groups))

    def constraint(self, one: AnyConstraint) -> AnyConstraint:
        of = one.of
        named = self.name(of) if isinstance(of, str) else tuple(self.name(each) for each in of)
        return replace(one, of=named)  # type: ignore[arg-type]

    def condition(self, one: Condition) -> Condition:
        match one:
            case Is(question=question, codes=codes):
                name = self.name(question)
                return Is(name, *(self.code(name, code) for code in codes))
            case Within() | Dated() | Chosen() | Answered():
                return replace(one, question=self.name(one.question))
            case Not(condition=inner):
                return Not(self.condition(inner))
            case All(conditions=several):
                return All(*map(self.condition, several))
            case Any(conditions=several):
                return Any(*map(self.condition, several))

    def name(self, one: str) -> str:
        return self.terms.names.get(one, one)

    def code(self, name: str, one: CodeValue) -> CodeValue:
        """Return a code in the words and the type of the reference."""
        meant = self.terms.codes.get(name, {}).get(str(one), one)
        if name not in self.reference.names:
            return meant
        other = self.reference[name]
        known = [*getattr(other, "options", ()), *getattr(other, "missing", ())]
        return next((each.code for each in known if str(each.code) == str(meant)), meant)


def _names(question: AnyQuestion) -> Iterator[str]:
    yield question.name
    if isinstance(question, Grid):
        yield from (one.name for one in question.variables)
