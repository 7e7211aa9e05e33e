"""Reading multiple-response questions: which options each case chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import nearest
from socialpoll.responses.choices import positions_of
from socialpoll.responses.columns import BLANK, FIRST_MISSING, UNREADABLE, Ticks, Truths
from socialpoll.responses.distinct import distinct, first_and_count
from socialpoll.responses.findings import Finding
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import CodeValue, Multiple

__all__ = ["missing_columns", "option_columns", "read_ticks"]

Bytes = npt.NDArray[np.int8]
MARKS: dict[CodeValue | None, int] = {1: 1, 0: 0, "true": 1, "false": 0, None: 0}
WITH_MISSING = "an option chosen together with a missing code"


def option_columns(question: Multiple) -> tuple[str, ...]:
    """Return the columns that a question in the layout ``columns`` needs, one an option."""
    return tuple(f"{question.column or question.name}_{one.code}" for one in question.options)


def missing_columns(question: Multiple) -> list[tuple[int, str]]:
    """Return the columns that missing codes may have in that layout, with the place of each."""
    options = option_columns(question)
    named = [f"{question.column or question.name}_{one.code}" for one in question.missing]
    return [(place, name) for place, name in enumerate(named) if name not in options]


def read_ticks(frame: pd.DataFrame, question: Multiple) -> tuple[Ticks, list[Finding]]:
    """Read the options chosen; nothing ticked is BLANK, for the routing to say what it means."""
    read = _read_columns if question.layout == "columns" else _read_cells
    ticked, state, findings = read(frame, question)
    findings += _exclusive_with_others(ticked, state, question)
    nobody = np.flatnonzero(state < 0)
    for option in range(ticked.shape[1]):
        ticked[nobody, option] = 0
    return Ticks(ticked, state, question.options, question.missing), findings


def _read_columns(frame: pd.DataFrame, question: Multiple) -> tuple[Bytes, Bytes, list[Finding]]:
    """Read a 0/1 column an option; those of missing codes count too, where there are any."""
    ticked = np.zeros((len(frame), len(question.options)), dtype=np.int8, order="F")
    state = np.full(len(frame), BLANK, dtype=np.int8)
    findings: list[Finding] = []
    for option, name in enumerate(option_columns(question)):
        mark, found = _marks(frame[name], question)
        ticked[:, option] = mark == 1
        _keep(state, mark)
        findings += found
    for place, name in missing_columns(question):
        if name in frame.columns:
            mark, found = _marks(frame[name], question)
            mark[mark == 1] = FIRST_MISSING - place
            _keep(state, mark)
            findings += found
    chosen = ticked.any(axis=1)
    findings += _together(chosen & (state <= FIRST_MISSING), question, WITH_MISSING)
    state[chosen & (state != UNREADABLE)] = 0
    return ticked, state, findings


def _marks(series: pd.Series, question: Multiple) -> tuple[Bytes, list[Finding]]:
    """Return 1, 0 (also for a blank), the position of a missing code, or UNREADABLE a row."""
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "biuf":
        numbers = series.to_numpy()
        one: Truths = numbers == 1
        if (one | (numbers == 0) | np.isnan(numbers)).all():
            return one.astype(np.int8), []
    missing = positions_of((), question.missing, "integer")

    def mark(value: object) -> int:
        key = key_of(value, "integer")
        known = MARKS.get(key.casefold() if isinstance(key, str) else key)
        return missing.get(key, UNREADABLE) if known is None else known

    values = distinct(series)
    by_value = [*(mark(value) for value in values.found), 0]
    marks: Bytes = np.array(by_value, dtype=np.int8)[values.of_row]
    allowed = ", ".join(["0", "1", *(str(one.code) for one in question.missing)])
    findings = values.unreadable(
        marks,
        question.name,
        f"a value in column {series.name!r} that is neither chosen nor not chosen",
        lambda _: f"allowed: {allowed}; correct it or declare the code",
    )
    return marks, findings


def _keep(state: Bytes, mark: Bytes) -> None:
    """Keep what a column says of its rows: unreadable before all, then the first missing code."""
    missing = (mark <= FIRST_MISSING) & (state != UNREADABLE) & ((state == BLANK) | (mark > state))
    state[missing] = mark[missing]
    state[mark == UNREADABLE] = UNREADABLE


def _read_cells(frame: pd.DataFrame, question: Multiple) -> tuple[Bytes, Bytes, list[Finding]]:
    """Read one cell of codes; a code that is unknown makes the cell unreadable."""
    codes = [one.code for one in question.options]
    table = positions_of(codes, question.missing, question.code_type)
    values = distinct(frame[question.column or question.name])
    cells = [_cell(value, question, table) for value in values.found]
    states = np.array([*map(_state_of_cell, cells), BLANK], dtype=np.int8)
    state: Bytes = states[values.of_row]
    ticked = np.zeros((len(frame), len(codes)), dtype=np.int8, order="F")
    for option in range(len(codes)):
        ticked[:, option] = np.array([*(option in cell for cell in cells), False])[values.of_row]
    known = [*codes, *(one.code for one in question.missing)]
    findings = values.unreadable(
        state,
        question.name,
        "a cell with a code that the question does not have",
        lambda cell: f"allowed: {nearest(cell, known)}, parted by {question.separator!r}",
    )
    mixed = np.array([*map(_is_mixed, cells), False])[values.of_row]
    return ticked, state, findings + _together(mixed, question, WITH_MISSING)


def _cell(value: object, question: Multiple, table: dict[CodeValue | None, int]) -> frozenset[int]:
    """Return the positions of all codes in a cell."""
    words = key_of(value, "string")
    if words is None:
        return frozenset()
    whole = table.get(key_of(value, question.code_type))
    if whole is not None:
        return frozenset([whole])
    separator = question.separator if question.separator.strip() else None
    keys = (key_of(part, question.code_type) for part in str(words).split(separator))
    return frozenset(table.get(key, UNREADABLE) for key in keys if key is not None)


def _state_of_cell(cell: frozenset[int]) -> int:
    if not cell:
        return BLANK
    return UNREADABLE if UNREADABLE in cell else min(0, max(cell))


def _is_mixed(cell: frozenset[int]) -> bool:
    return UNREADABLE not in cell and bool(cell) and max(cell) >= 0 > min(cell)


def _exclusive_with_others(ticked: Bytes, state: Bytes, question: Multiple) -> list[Finding]:
    """Tell of exclusive options that were chosen with another one; the answers stay as given."""
    if not any(option.exclusive for option in question.options):
        return []
    several = (ticked.sum(axis=1, dtype=np.int16) > 1) & (state == 0)
    findings: list[Finding] = []
    for place, option in enumerate(question.options):
        if option.exclusive:
            what = f"the exclusive option {option.code!r} chosen together with another one"
            findings += _together(several & (ticked[:, place] == 1), question, what)
    return findings


def _together(rows: Truths, question: Multiple, what: str) -> list[Finding]:
    if not rows.any():
        return []
    first, count = first_and_count(rows)
    return [
        Finding(
            severity="error",
            row=first,
            question=question.name,
            value="",
            count=count,
            what=what,
            advice="the answer is kept as given; correct what contradicts itself",
            rule="exclusive",
            cases=rows,
        )
    ]
