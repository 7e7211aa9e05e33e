"""The questionnaire: everything that was asked, and the variables made from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Discriminator, TypeAdapter

from socialpoll.errors import QuestionnaireError, UnknownNameError, nearest
from socialpoll.schema.border import BORDER, settle
from socialpoll.schema.constraints import AnyConstraint
from socialpoll.schema.derived import AnyDerived
from socialpoll.schema.instrument import Block, Split, as_put
from socialpoll.schema.methodology import Declaration
from socialpoll.schema.plain import digest_of
from socialpoll.schema.questions import AnyQuestion, Grid, OneAnswer, one_by_one
from socialpoll.schema.reading import parts_of_file, parts_of_text, problems_of
from socialpoll.schema.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Self

    import pandas as pd

__all__ = ["Questionnaire", "Variable"]

Variable = AnyQuestion | AnyDerived


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """What was asked.

    Parameters
    ----------
    title : Text
        Name of the poll for people.
    languages : tuple of str
        BCP 47 tags in which every text should be given.
    questions : tuple of questions
        In the order they were asked.
    derived : tuple of Bands, Grouping, Nets or Boxes
        Variables made from answers.
    constraints : tuple of Sum, Order or Choices
        What answers must satisfy together; those that do not are findings.
    blocks : tuple of Block
        Questions that belong together, some in an order that varied between respondents.
    splits : tuple of Split
        Random assignments of respondents to versions of the questionnaire.
    methodology : Declaration
        How the poll was made, as far as its makers declare it.

    Raises
    ------
    QuestionnaireError
        Where its parts contradict each other or themselves; with every problem.
    """

    title: Text
    languages: tuple[str, ...] = ()
    questions: tuple[Annotated[AnyQuestion, Discriminator("kind")], ...]
    derived: tuple[Annotated[AnyDerived, Discriminator("kind")], ...] = ()
    constraints: tuple[Annotated[AnyConstraint, Discriminator("kind")], ...] = ()
    blocks: tuple[Block, ...] = ()
    splits: tuple[Split, ...] = ()
    methodology: Declaration = field(default_factory=Declaration)

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("title",), tuples=("languages", "questions", "derived", "constraints"))
        settle(self, tuples=("blocks", "splits"))
        problems = problems_of(self)
        if problems:
            raise QuestionnaireError("the questionnaire", problems)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all variables with answers: as ``asked``, then derived ones."""
        return tuple(one.name for one in (*self.asked, *self.derived))

    @cached_property
    def asked(self) -> tuple[OneAnswer, ...]:
        """All questions with one column of answers, as ``put``: for a grid stand its items."""
        return tuple(one for question in self.put for one in one_by_one(question))

    @cached_property
    def put(self) -> tuple[AnyQuestion, ...]:
        """The questions as they were put to respondents.

        The assignments of split samples come first, and a question of one version is asked of those
        who were assigned to it.
        """
        assigned = (one for split in self.splits for one in split.assignments)
        return (*assigned, *(as_put(one, self.splits) for one in self.questions))

    @property
    def grids(self) -> Mapping[str, Grid]:
        """The grids, by name."""
        return {one.name: one for one in self.put if isinstance(one, Grid)}

    def __getitem__(self, name: str) -> Variable:
        """Return the question, item or derived variable of a name; else raise UnknownNameError."""
        found = self._variables.get(name)
        if found is None:
            message = f"there is no question or derived variable {name!r}"
            raise UnknownNameError(message, found=repr(name), allowed=nearest(name, self.names))
        return found

    @cached_property
    def _variables(self) -> dict[str, Variable]:
        """Everything that has a name: of a question and its only item, the question."""
        return {one.name: one for one in (*self.derived, *self.asked, *self.put)}

    def source_of(self, derived: AnyDerived) -> AnyQuestion:
        """Return the question, or item of a grid, that a derived variable is made from."""
        return next(one for one in self.asked if one.name == derived.of)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what is declared, in hexadecimal; the same however it was written."""
        return digest_of(self)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a questionnaire file.

        Parameters
        ----------
        path : str or Path
            Of a TOML file in UTF-8.

        Returns
        -------
        Questionnaire

        Raises
        ------
        QuestionnaireError
            With every mistake in the file; positions in its messages count from 1.
        """
        return cls(**parts_of_file(path))

    @classmethod
    def loads(cls, text: str, *, where: str = "questionnaire") -> Self:
        """Read a questionnaire from TOML text.

        Parameters
        ----------
        text : str
            As a questionnaire file holds it.
        where : str
            How messages call the text.

        Returns
        -------
        Questionnaire

        Raises
        ------
        QuestionnaireError
            With every mistake in the text.
        """
        return cls(**parts_of_text(text, where))

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of a questionnaire file, for editors that help to write one."""
        return TypeAdapter(cls).json_schema()

    @classmethod
    def infer(cls, frame: pd.DataFrame, *, exclude: Sequence[str] = ()) -> Self:
        """Make a questionnaire from a frame of answers, for analysts who start from one.

        Truth values, words, categories and whole numbers of at most 20 values become ``single``
        questions, with their codes as labels: whole numbers as integer codes in their order,
        categories in theirs, words sorted. Other numbers become ``number`` questions. A group of
        0/1 columns stays a group of singles.

        Parameters
        ----------
        frame : pandas.DataFrame
            One row a case.
        exclude : sequence of str
            Columns that are no questions: weights, strata, identifiers.

        Returns
        -------
        Questionnaire

        Raises
        ------
        QuestionnaireError
            Where columns cannot be questions: dates, free text, names or codes that are not plain.

        Examples
        --------
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"sex": ["male", "female"], "hours": [1.5, 3.0]})
        >>> [question.kind for question in Questionnaire.infer(frame).questions]
        ['single', 'number']
        """
        from socialpoll.schema.inferring import parts_of_frame

        return cls(**parts_of_frame(frame, exclude))

    def dumps(self) -> str:
        """Write as TOML text; ``loads`` gives an equal questionnaire back."""
        from socialpoll.schema.writing import as_toml

        return as_toml(self)

    def save(self, path: str | Path) -> Path:
        """Write a questionnaire file, whole or not at all.

        Parameters
        ----------
        path : str or Path
            Its folder must exist; a file that is there is replaced.

        Returns
        -------
        Path
            Of the file.
        """
        from socialpoll.schema.writing import write_whole

        return write_whole(path, self.dumps())
