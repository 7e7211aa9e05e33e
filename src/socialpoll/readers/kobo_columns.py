"""The columns of a form's submissions as those that its questionnaire declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import BindingError, Problem, nearest
from socialpoll.forms.losses import listed
from socialpoll.forms.names import HEADINGS, form_codes, form_names
from socialpoll.hooks import Source
from socialpoll.readers.kobo import read_kobo
from socialpoll.readers.kobo_ticks import Ticked, as_cell, as_columns, of_cell, of_columns
from socialpoll.schema import Multiple, OneAnswer, Questionnaire, Scale, Single, TimeOfDay
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["submissions"]

Columns: TypeAlias = "dict[str, pd.Series]"
WITH_ZONE = re.compile(r"(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:Z|[+-]\d{2}:?\d{2})")


def submissions(
    answers: pd.DataFrame | str | Path, questionnaire: Questionnaire, *, separator: str = "/"
) -> Source:
    """Give the submissions to a form the columns of its questionnaire, ready to be bound.

    Parameters
    ----------
    answers : pandas.DataFrame, str or Path
        An export of Kobo or ODK, in CSV or XLSX, or a frame of one: with the names of questions
        and choices, not with their labels.
    questionnaire : Questionnaire
        Of which the form was made, or that was read from the form.
    separator : str
        Between the names of groups and questions: ``/`` in Kobo, ``-`` in ODK Central.

    Returns
    -------
    Source
        The questionnaire, a frame, and what there is to say. ``group/question`` becomes the column
        of its question. The options of a multiple-response question, whether in one cell
        (``a b``), in 0/1 columns (``question/a``) or in both, get the layout that the
        questionnaire declares. Names and codes that the form could not hold become those of the
        questionnaire. All other columns are kept as they stand.

    Raises
    ------
    BindingError
        Columns that are missing, or that could be meant by a question without any being it.
    ReaderError
        The file cannot be read.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> apps = [sp.Code(code="w", label="WhatsApp"), sp.Code(code="y", label="YouTube")]
    >>> asked = sp.Multiple(name="apps", text="Which?", options=apps)
    >>> poll = sp.Questionnaire(title="Poll", questions=[asked])
    >>> sp.submissions(pd.DataFrame({"use/apps": ["w y", "y"]}), poll).frame
      apps_w apps_y
    0      1      1
    1      0      1
    """
    import pandas as pd

    source = Source(None, answers) if isinstance(answers, pd.DataFrame) else read_kobo(answers)
    frame = pd.DataFrame() if source.frame is None else source.frame
    return Assignment(frame, questionnaire, separator, [*source.findings]).source()


class Assignment:
    """Assigns the columns of a frame to the questions of a questionnaire.

    Parameters
    ----------
    frame : pandas.DataFrame
    questionnaire : Questionnaire
    separator : str
    findings : list of str
        Takes what there is to say.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        questionnaire: Questionnaire,
        separator: str,
        findings: list[str],
    ) -> None:
        self.frame = frame
        self.questionnaire = questionnaire
        self.separator = separator
        self.findings = findings
        self.problems: list[Problem] = []
        self.taken: set[str] = set()

    def source(self) -> Source:
        """Return the frame with the columns of the questionnaire, and the others behind them."""
        import pandas as pd

        made: Columns = {}
        names = form_names(self.questionnaire)
        for question in self.questionnaire.asked:
            made |= self._columns(question, names[question.name])
        rest = [name for name in self.frame.columns if name not in self.taken]
        for name in rest:
            if name in made:
                what = f"column {name!r} belongs to no question, but has the name of one"
                self.problems.append(Problem(what, advice="rename it"))
        if self.problems:
            raise BindingError("the submissions", self.problems)
        foreign = [name for name in rest if not self._is_of_the_tool(str(name))]
        if foreign:
            self.findings.append(
                f"columns of no question are kept as they stand: {listed(foreign)}"
            )
        kept = self.frame[rest]
        frame = pd.concat([pd.DataFrame(made, index=self.frame.index), kept], axis=1)
        return Source(self.questionnaire, frame, tuple(self.findings))

    def _columns(self, question: OneAnswer, name: str) -> Columns:
        """Return the columns of a question by the names that the questionnaire has for them."""
        if isinstance(question, Multiple):
            return self._ticks(question, name)
        found = self._find(self._called(name, question))
        if found is None:
            if not self._is_ambiguous(self._called(name, question)):
                self._lacks(question, name)
            return {}
        read: Callable[[object], object] = _same
        if isinstance(question, Single | Scale):
            codes = _codes(question)
            if codes:
                read = lambda value: codes.get(key_of(value, "string"), value)  # noqa: E731
        elif isinstance(question, TimeOfDay):
            read = self._without_zone(question.name)
        series = self.frame[found]
        return {question.column or question.name: series if read is _same else series.map(read)}

    def _ticks(self, question: Multiple, name: str) -> Columns:
        """Return the options of a question in the layout that it declares."""
        cell = self._find(name)
        options = {
            code: self._find(f"{name}/{form}") for code, form in form_codes(question).items()
        }
        needed = {one.code for one in question.options}
        lacking = [str(code) for code in needed if options[code] is None]
        if cell is None and lacking:
            if not self._is_ambiguous(name):
                self._lacks(question, name)
            return {}
        several: dict[object, pd.Series] = {
            code: self.frame[found] for code, found in options.items() if found is not None
        }
        ticked = self._ticked(question, cell, several, complete=not lacking)
        layout = as_columns if question.layout == "columns" else as_cell
        return layout(question, ticked, self.frame.index)

    def _ticked(
        self,
        question: Multiple,
        cell: str | None,
        several: Mapping[object, pd.Series],
        *,
        complete: bool,
    ) -> Sequence[Ticked]:
        if cell is None:
            return of_columns(several, len(self.frame))
        ticked = of_cell(self.frame[cell], form_codes(question))
        if several and complete:
            again = of_columns(several, len(self.frame))
            unlike = [
                row for row, both in enumerate(zip(ticked, again, strict=True)) if _differ(*both)
            ]
            if unlike:
                self.findings.append(
                    f"the cell and the 0/1 columns of {question.name!r} differ in {len(unlike)} "
                    f"rows, first in row {unlike[0]}; the cell is taken"
                )
        return ticked

    def _without_zone(self, name: str) -> Callable[[object], object]:
        """Return what takes the time zone off a time, and tell that it is done."""
        told = f"times of {name!r} are those on the clock of the respondent, whatever the time zone"

        def read(value: object) -> object:
            found = WITH_ZONE.fullmatch(value.strip()) if isinstance(value, str) else None
            if found is None:
                return value
            if told not in self.findings:
                self.findings.append(told)
            return found[1]

        return read

    def _find(self, name: str) -> str | None:
        """Return the column of a name, with or without the names of groups before it."""
        found = list(self._candidates(name))
        if len(found) > 1:
            self.problems.append(
                Problem(
                    f"several columns could be {name!r}",
                    found=listed(found),
                    advice="keep the one that holds the answers",
                )
            )
            return None
        self.taken |= set(found)
        return found[0] if found else None

    def _called(self, name: str, question: OneAnswer) -> str:
        """Return the name of a question in a form; that of its column where it was read so."""
        column = question.column
        return name if column is None or list(self._candidates(name)) else column

    def _is_of_the_tool(self, name: str) -> bool:
        """Say whether a column was added by the program that fielded the form."""
        return name.startswith("_") or name.rpartition(self.separator)[2].startswith(HEADINGS)

    def _candidates(self, name: str) -> Iterator[str]:
        for column in self.frame.columns:
            if column == name or str(column).endswith(f"{self.separator}{name}"):
                yield column

    def _is_ambiguous(self, name: str) -> bool:
        return len(list(self._candidates(name))) > 1

    def _lacks(self, question: OneAnswer, name: str) -> None:
        self.problems.append(
            Problem(
                f"there is no column for question {question.name!r}",
                allowed=nearest(name, self.frame.columns),
                advice="export names of questions and choices (XML values and headers), no labels",
            )
        )


def _same(value: object) -> object:
    return value


def _codes(question: Single | Scale) -> dict[object, object]:
    """Return the codes that a form writes otherwise, by how it writes them."""
    return {new: old for old, new in form_codes(question).items() if str(old) != new}


def _differ(one: Ticked, other: Ticked) -> bool:
    return (one.chosen, one.strange) != (other.chosen, other.strange) and bool(
        one.chosen or other.chosen or one.strange or other.strange
    )
