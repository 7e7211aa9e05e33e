"""Reading number and duration questions: a number a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.responses.columns import BLANK, FIRST_MISSING, UNREADABLE, Numeric, Truths
from socialpoll.responses.distinct import distinct, is_numeric
from socialpoll.responses.ranges import out_of_range
from socialpoll.schema.keys import number_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses.findings import Finding
    from socialpoll.schema import Duration, Number

__all__ = ["read_measures"]

Floats = npt.NDArray[np.float64]
States = npt.NDArray[np.int8]


def read_measures(
    frame: pd.DataFrame, question: Number | Duration
) -> tuple[Numeric, list[Finding]]:
    """Read the answers to a question for a number; what is none, or out of range, is a finding."""
    series = frame[question.column or question.name]
    read = _read_numbers if is_numeric(series) else _read_words
    values, state, findings = read(series, question)
    findings += out_of_range(
        _beyond(values, question), state, question.name, lambda row: f"{values[row]:g}"
    )
    values[state < 0] = 0.0
    return Numeric(values, state, question.missing), findings


def _read_numbers(
    series: pd.Series, question: Number | Duration
) -> tuple[Floats, States, list[Finding]]:
    values = series.to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
    state = np.zeros(values.shape, dtype=np.int8)
    state[np.isnan(values)] = BLANK
    for place, one in enumerate(question.missing):
        code = number_of(one.code)
        if isinstance(code, float):
            state[values == code] = FIRST_MISSING - place
    return values, state, []


def _read_words(
    series: pd.Series, question: Number | Duration
) -> tuple[Floats, States, list[Finding]]:
    values = distinct(series)
    numbers = [number_of(one) for one in values.found]
    missing = {number_of(one.code): FIRST_MISSING - j for j, one in enumerate(question.missing)}

    def state_of_value(number: float | str | None) -> int:
        if number is None:
            return BLANK
        return missing.get(number, 0 if isinstance(number, float) else UNREADABLE)

    states = np.array([*map(state_of_value, numbers), BLANK], dtype=np.int8)
    state: States = states[values.of_row]
    floats = np.array([*(one if isinstance(one, float) else 0.0 for one in numbers), 0.0])
    findings = values.unreadable(
        state,
        question.name,
        "an answer that is no number",
        lambda _: "write it in digits, or declare it as a missing code",
    )
    return floats[values.of_row], state, findings


def _beyond(values: Floats, question: Number | Duration) -> list[tuple[Truths, str]]:
    """Return which numbers are outside the declared range, by the limit."""
    low = -np.inf if question.minimum is None else question.minimum
    high = np.inf if question.maximum is None else question.maximum
    return [
        (np.isinf(values), "a number that is infinite"),
        (values < low, f"a number below the minimum of {low:g}"),
        (values > high, f"a number above the maximum of {high:g}"),
    ]
