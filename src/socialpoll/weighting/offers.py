"""Answers that a wave did not offer: no figure, rather than a figure of nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError, nearest
from socialpoll.responses import Categorical, Column, Ticks, counting_of, state_of
from socialpoll.schema import CodeValue, Grid, Questionnaire
from socialpoll.weighting.wave_sources import WaveSource, answers_to, everybody_in

__all__ = ["NotOffered", "require_not_given"]

NotOffered: TypeAlias = Mapping[str, Mapping[str, Sequence[CodeValue]]]
"""Codes by question, by wave."""
Truths: TypeAlias = npt.NDArray[np.bool_]


def require_not_given(waves: Mapping[str, WaveSource], not_offered: NotOffered) -> None:
    """Raise where what was not offered is not there to be offered, or was given all the same.

    Raises
    ------
    WeightingError
        No such wave, question or code; or somebody gave it.
    """
    for wave, questions in not_offered.items():
        if wave not in waves:
            raise _no(f"there is no wave {wave!r}", wave, nearest(wave, list(waves)))
        asked = everybody_in(waves[wave]).questionnaire
        for name, codes in questions.items():
            for code in codes:
                _require_code(asked, name, code)
                given = _given(waves[wave], _variables(asked, name), code)
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


def _given(wave: WaveSource, names: Sequence[str], code: CodeValue) -> int:
    """Return how many answers to some variables are a code."""
    answers = answers_to(wave, names)
    number = counting_of(answers.repeats).number
    return sum(number(_gave(answers[name], code)) for name in names)


def _gave(column: Column, code: CodeValue) -> Truths:
    """Return whether each row gave a code."""
    if isinstance(column, Ticks):
        place = [str(one.code) for one in column.options].index(str(code))
        return np.asarray(column.ticked[:, place] > 0)
    if isinstance(column, Categorical):
        place = [str(one.code) for one in column.categories].index(str(code))
        return np.asarray(column.position == place)
    return np.zeros(state_of(column).size, dtype=np.bool_)
