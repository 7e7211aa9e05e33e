"""Results as a frame: a row a case, a column a question, as the questionnaire names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from socialpoll.readers.notes import Notes
from socialpoll.schema import AnyQuestion, Grid
from socialpoll_surveyjs.form import SEPARATOR

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame_of"]


def frame_of(
    results: Sequence[Mapping[str, Any]], questions: Iterable[AnyQuestion], notes: Notes
) -> pd.DataFrame:
    """Return the answers.

    Parameters
    ----------
    results : sequence of mapping
        A case each, as SurveyJS saves it.
    questions : iterable of question
        Columns that there are even if nobody answered.
    notes : Notes
        Takes what a cell cannot hold.

    Returns
    -------
    pandas.DataFrame
        Columns of questions first, in their order. Several answers stand in one cell, parted by
        ``|``; a matrix has a column a row, ``services.health``.
    """
    import pandas as pd

    asked = [column for one in questions for column in _columns(one)]
    cases = [dict(_cells(case, notes)) for case in results]
    others = dict.fromkeys(name for case in cases for name in case)
    return pd.DataFrame(cases, columns=list(dict.fromkeys([*asked, *others])))


def _columns(question: AnyQuestion) -> list[str]:
    if isinstance(question, Grid):
        return [str(one.column) for one in question.items]
    return [question.column or question.name]


def _cells(case: Mapping[str, Any], notes: Notes) -> Iterable[tuple[str, object]]:
    for name, value in case.items():
        if isinstance(value, Mapping):
            for row, inner in value.items():
                if isinstance(inner, Mapping | list):
                    notes.add("answers that are tables in themselves are left out", f"{name}.{row}")
                else:
                    yield f"{name}.{row}", _cell(inner)
        elif isinstance(value, list) and any(isinstance(one, Mapping | list) for one in value):
            notes.add("answers that are tables in themselves are left out", str(name))
        elif isinstance(value, list):
            yield str(name), SEPARATOR.join(str(_cell(one)) for one in value)
        else:
            yield str(name), _cell(value)


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
