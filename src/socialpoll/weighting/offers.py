"""Answers that a wave did not offer: no figure, rather than a figure of nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from socialpoll.errors import WeightingError, nearest
from socialpoll.responses import Categorical, Column, Responses, Ticks
from socialpoll.schema import CodeValue, Grid, Questionnaire

__all__ = ["NotOffered", "require_not_given"]

NotOffered: TypeAlias = Mapping[str, Mapping[str, Sequence[CodeValue]]]
"""Codes by question, by wave."""


def require_not_given(waves: Mapping[str, Responses], not_offered: NotOffered) -> None:
    """Raise where what was not offered is not there to be offered, or was given all the same.

    Raises
    ------
    WeightingError
        No such wave, question or code; or somebody gave it.
    """
    for wave, questions in not_offered.items():
        if wave not in waves:
            raise _no(f"there is no wave {wave!r}", wave, nearest(wave, list(waves)))
        asked = waves[wave].questionnaire
        for name, codes in questions.items():
            for code in codes:
                _require_code(asked, name, code)
                given = sum(_given(waves[wave][one], code) for one in _variables(asked, name))
                if given:
                    raise WeightingError(
                        f"code {code!r} of {name!r} was given in wave {wave!r}",
                        where="not_offered",
                        found=f"{given} answers",
                        advice="it was offered, then; or say which code of the poll it is",
                    )


def _require_code(asked: Questionnaire, name: str, code: CodeValue) -> None:
    known = {one.name: one for one in asked.questions if hasattr(one, "options")}
    if name not in known:
        raise _no(f"there is no question of codes {name!r}", name, nearest(name, list(known)))
    codes = [str(one.code) for one in known[name].options]
    if str(code) not in codes:
        raise _no(f"question {name!r} has no option {code!r}", name, nearest(str(code), codes))


def _no(what: str, found: str, allowed: str) -> WeightingError:
    return WeightingError(what, where="not_offered", found=repr(found), allowed=allowed)


def _variables(asked: Questionnaire, name: str) -> list[str]:
    question = asked[name]
    return [one.name for one in question.variables] if isinstance(question, Grid) else [name]


def _given(column: Column, code: CodeValue) -> int:
    """Return how many cases gave a code."""
    if isinstance(column, Ticks):
        place = [str(one.code) for one in column.options].index(str(code))
        return int(column.ticked[:, place].sum())
    if isinstance(column, Categorical):
        place = [str(one.code) for one in column.categories].index(str(code))
        return int(np.count_nonzero(column.position == place))
    return 0
