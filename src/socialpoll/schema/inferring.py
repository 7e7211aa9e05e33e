"""Making a questionnaire from a frame of answers, for analysts who start from one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from socialpoll.errors import Problem, QuestionnaireError, nearest
from socialpoll.schema.codes import Code, CodeType, CodeValue
from socialpoll.schema.keys import key_of
from socialpoll.schema.questions import AnyQuestion, Number, Single

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["parts_of_frame"]

MOST_INTEGERS = 20
MOST_WORDS = 500
EXCLUDE = "name it in exclude, or declare the question"


def parts_of_frame(frame: pd.DataFrame, exclude: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a questionnaire that a frame can be bound to.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a case.
    exclude : sequence of str
        Columns that are no questions.

    Returns
    -------
    dict
        The arguments of a Questionnaire.

    Raises
    ------
    QuestionnaireError
        With every column that cannot be a question.
    """
    leave_out = [exclude] if isinstance(exclude, str) else list(exclude)
    problems = [
        Problem(f"there is no column {name!r} to exclude", allowed=nearest(name, frame.columns))
        for name in leave_out
        if name not in frame.columns
    ]
    columns: dict[object, list[pd.Series]] = {}
    for label, series in frame.items():
        if label not in leave_out:
            columns.setdefault(label, []).append(series)
    questions = []
    for name, several in columns.items():
        made = _question(name, several)
        if isinstance(made, Problem):
            problems.append(made)
        else:
            questions.append(made)
    if problems:
        raise QuestionnaireError("the frame of answers", problems)
    return {"title": {"und": "Answers"}, "questions": tuple(questions)}


def _question(name: object, columns: list[pd.Series]) -> AnyQuestion | Problem:
    """Make a question of a column, or tell why it cannot be one."""
    where = f"column {name!r}"
    if not isinstance(name, str):
        return Problem("a column whose name is no string", where, advice="rename the columns")
    if len(columns) > 1:
        return Problem("a column that is there more than once", where, advice="keep one of them")
    present = columns[0].dropna()
    if present.empty:
        return Problem("a column without answers", where, advice=EXCLUDE)
    return _of_answers(name, present)


def _of_answers(name: str, present: pd.Series) -> AnyQuestion | Problem:
    import pandas as pd

    kind = present.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return _single(name, list(present.cat.categories))
    if pd.api.types.is_bool_dtype(kind):
        return _single(name, [False, True])
    if pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_complex_dtype(kind):
        return _of_numbers(name, present)
    if pd.api.types.is_object_dtype(kind) or pd.api.types.is_string_dtype(kind):
        return _of_words(name, present)
    return Problem(f"a column of type {kind}, no answer", f"column {name!r}", advice=EXCLUDE)


def _of_numbers(name: str, present: pd.Series) -> AnyQuestion:
    values = present.unique()
    whole = all(float(value).is_integer() for value in values[: MOST_INTEGERS + 1])
    if whole and len(values) <= MOST_INTEGERS:
        return _single(name, sorted(int(value) for value in values))
    return Number(name=name, text={"und": name}, unit={"und": "units"})


def _of_words(name: str, present: pd.Series) -> AnyQuestion | Problem:
    where = f"column {name!r}"
    values = present.unique()
    if len(values) > MOST_WORDS:
        found = f"{len(values)} different values"
        what = "a column of free text or identifiers"
        return Problem(what, where, found, f"at most {MOST_WORDS}", EXCLUDE)
    strange = [one for one in values if not isinstance(one, str | int | float)]
    if strange:
        return Problem("a column of values that are no codes", where, repr(strange[0]), "", EXCLUDE)
    keys = {key_of(one, "string") for one in values} - {None}
    if not keys:
        return Problem("a column without answers", where, advice=EXCLUDE)
    return _single(name, sorted(map(str, keys)))


def _single(name: str, values: Sequence[object]) -> Single:
    """Return a question of these codes, labelled by themselves."""
    integers = all(isinstance(one, int) and not isinstance(one, bool) for one in values)
    code_type: CodeType = "integer" if integers else "string"
    codes: list[CodeValue] = [key for one in values if (key := key_of(one, code_type)) is not None]
    options = tuple(Code(code=one, label={"und": str(one)}) for one in codes)
    return Single(name=name, text={"und": name}, code_type=code_type, options=options)
