"""A table for the targets of a margin, to be filled in by those who know the numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from socialpoll.errors import Problem, QuestionnaireError, TargetError, nearest
from socialpoll.responses import Responses, Scan
from socialpoll.schema import UNDETERMINED, Code, Multiple, Questionnaire, categories_of, say
from socialpoll.schema.writing import write_whole
from socialpoll.totals import Basis, Mass, Present, rows_of
from socialpoll.weighting.targeting.codes import JOINT, named
from socialpoll.weighting.targeting.tabulated import CASES_COLUMN, LABEL_COLUMN, TARGET_COLUMN

__all__ = ["write_targets_template"]


def write_targets_template(
    source: Questionnaire | Responses | Scan, of: str | Sequence[str], path: str | Path
) -> Path:
    """Write a CSV file in which only the targets of a margin are missing.

    A column a variable with its codes, a column ``label_xx`` a language, ``n`` (respondents, where
    they are known) and an empty column ``target``; one row a combination of codes, in the order of
    the questionnaire. :meth:`Targets.from_csv` reads the file when it is filled in.

    Parameters
    ----------
    source : Questionnaire, Responses or Scan
        Responses, wherever they lie, add the number of respondents.
    of : str or sequence of str
        A variable, or those of a crossing.
    path : str or Path
        Of the file, which is written whole or not at all; one that is there is replaced. It is in
        UTF-8 and says so, for spreadsheet programs.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    TargetError
        A variable is not there, has no categories or is named like a column of the table; the file
        cannot be written.

    Examples
    --------
    >>> import pandas as pd
    >>> asked = Questionnaire.infer(pd.DataFrame({"sex": ["male", "female"]}))
    >>> print(write_targets_template(asked, "sex", "sex.csv").read_text("utf-8-sig"))
    sex,label_und,target
    female,female,
    male,male,
    <BLANKLINE>
    """
    names = (of,) if isinstance(of, str) else tuple(of)
    asked = source if isinstance(source, Questionnaire) else source.questionnaire
    problems = [one for name in names for one in _problems(asked, name)]
    if problems:
        raise TargetError(f"the template of {named(names)}", problems)
    codes = [categories_of(asked, name).codes for name in names]
    languages = asked.languages or (UNDETERMINED,)
    header = [*names, *(f"{LABEL_COLUMN}{language}" for language in languages)]
    rows = [_row(combination, languages) for combination in product(*codes)]
    if not isinstance(source, Questionnaire):
        responses = source.tally(names) if isinstance(source, Scan) else source
        header.append(CASES_COLUMN)
        rows = [[*row, n] for row, n in zip(rows, _cases(responses, names), strict=True)]
    return _written(path, [[*header, TARGET_COLUMN], *([*row, ""] for row in rows)])


def _problems(asked: Questionnaire, name: str) -> Iterator[Problem]:
    where = f"variable {name}"
    if name not in asked.names:
        yield Problem(
            "there is no such question or derived variable",
            found=repr(name),
            allowed=nearest(name, asked.names),
        )
    elif isinstance(asked[name], Multiple) or not categories_of(asked, name).codes:
        yield Problem(
            "a variable that cannot be weighted by",
            where=where,
            found=getattr(asked[name], "kind", ""),
            allowed="variables with one answer from a list, and bands or groups of others",
        )
    elif name in {CASES_COLUMN, TARGET_COLUMN} or name.startswith(LABEL_COLUMN):
        yield Problem(
            "a variable that has the name of another column of the table",
            where=where,
            advice="give the targets of this variable in Python",
        )


def _row(codes: Sequence[Code], languages: Sequence[str]) -> list[object]:
    labels = [JOINT.join(say(one.label, language) for one in codes) for language in languages]
    return [*(one.code for one in codes), *labels]


def _cases(responses: Responses, names: tuple[str, ...]) -> list[int]:
    # Interviews count, whatever they weigh.
    rows = rows_of(responses, Mass(np.where(responses.interviewed, 1.0, 0.0)))
    counts = rows.cells(Basis(Present(names, base="valid"), breakdown=names), "cases")
    return [int(one) for one in counts.ravel()]


def _written(path: str | Path, rows: Sequence[Sequence[object]]) -> Path:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    try:
        # A byte order mark tells spreadsheet programs that this is UTF-8.
        return write_whole(path, f"\ufeff{text.getvalue()}")
    except QuestionnaireError as error:
        raise TargetError(str(path), error.problems) from error
