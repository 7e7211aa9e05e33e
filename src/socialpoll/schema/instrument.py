"""How the questionnaire varied between respondents: blocks in varied order, split samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from socialpoll.schema.border import BORDER, settle
from socialpoll.schema.codes import Code, Shown
from socialpoll.schema.conditions import All, Condition, Is
from socialpoll.schema.questions import AnyQuestion, Single
from socialpoll.schema.texts import Text

__all__ = ["Assignment", "Block", "Split", "Version", "as_put"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Questions that follow on each other, and in which order respondents met them.

    Parameters
    ----------
    name : str
        Unique among blocks.
    questions : tuple of str
        Names of questions, in the order of the questionnaire.
    order : {"listed", "random", "rotated", "reversed"}
        In which order respondents met them. A question of a block that varies cannot depend on
        another one of it.
    label : Text, optional
        Words for people; the name where absent.
    """

    name: str
    questions: Annotated[tuple[str, ...], Field(min_length=1)]
    order: Shown = "listed"
    label: Text | None = None

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",), tuples=("questions",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a questionnaire, and the questions that it holds and not every other does.

    Parameters
    ----------
    code : str
        Name in the data and in results.
    label : Text
        Words for it.
    questions : tuple of str
        Names of the questions that not every version holds.
    """

    code: str
    label: Text
    questions: tuple[str, ...] = ()

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",), tuples=("questions",))


@dataclass(frozen=True, kw_only=True)
class Assignment(Single):
    """To which version a respondent was assigned: no question, but a variable as of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A random assignment of respondents to versions of the questionnaire.

    Parameters
    ----------
    name : str
        Unique among questions and derived variables.
    label : Text
        What varied.
    versions : tuple of Version
        A question that is in none of them was put to everybody.
    column : str, optional
        Of the answers, with the code of the version. Where it is declared, the split is a variable
        that comes before all questions, and a question of one version was not asked of the others.
    """

    name: str
    label: Text
    versions: Annotated[tuple[Version, ...], Field(min_length=2)]
    column: str | None = None

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",), tuples=("versions",))

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """The variable of the assignment; none where the answers do not hold it."""
        if self.column is None:
            return ()
        options = tuple(Code(code=one.code, label=one.label) for one in self.versions)
        made = Assignment(name=self.name, text=self.label, column=self.column, options=options)
        return (made,)

    def versions_with(self, question: str) -> tuple[Version, ...]:
        """Return the versions that hold a question; none where it was put to everybody."""
        return tuple(one for one in self.versions if question in one.questions)


def as_put(question: AnyQuestion, splits: Sequence[Split]) -> AnyQuestion:
    """Return a question asked of those only whose version holds it.

    Parameters
    ----------
    question : AnyQuestion
    splits : sequence of Split
        Those whose assignment is not known say nothing of who was asked.
    """
    own: list[Condition] = [] if question.asked_if is None else [question.asked_if]
    for split in splits:
        codes = [one.code for one in split.versions_with(question.name)]
        if codes and split.column is not None:
            own.insert(0, Is(split.name, *codes))
    if not own or own == [question.asked_if]:
        return question
    return replace(question, asked_if=own[0] if len(own) == 1 else All(*own))
