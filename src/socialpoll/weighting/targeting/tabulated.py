"""Targets in tables: frames, CSV files and rows of a poll file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.errors import Problem, TargetError, nearest
from socialpoll.weighting.targeting.codes import (
    Combination,
    as_code,
    as_number,
    listed,
    named,
    no_number,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CASES_COLUMN",
    "LABEL_COLUMN",
    "TARGET_COLUMN",
    "Tabulated",
    "in_csv",
    "in_frame",
    "in_rows",
]

TARGET_COLUMN = "target"
LABEL_COLUMN = "label_"
"""How the names of columns begin that only help those who fill in a file of targets."""
CASES_COLUMN = "n"
"""The column of respondents, for the same people."""


class Tabulated(NamedTuple):
    """What a table of targets says.

    Attributes
    ----------
    variables : tuple of str
        Its columns but for the one of targets.
    values : dict
        Combination of codes to target.
    """

    variables: tuple[str, ...]
    values: dict[Combination, float]


def in_frame(frame: pd.DataFrame) -> Tabulated:
    """Read a frame; TargetError where it is not one of targets. Rows are counted from 0."""
    names = [str(column) for column in frame.columns]
    columns = [frame.iloc[:, place].tolist() for place in range(len(names))]
    rows = enumerate(zip(*columns, strict=True))
    return _read("the frame of targets", names, ((f"row {n}", one) for n, one in rows))


def in_rows(rows: Iterable[Mapping[str, object]]) -> Tabulated:
    """Read rows that name their columns; TargetError where they are not targets."""
    listed = list(rows)
    names = list(listed[0]) if listed else []
    lines = (
        # A row of other columns keeps its own length, or none, and so does not fit the first.
        (f"row {n}", [one[name] for name in names] if set(one) == set(names) else ())
        for n, one in enumerate(listed, start=1)
    )
    return _read("the rows of targets", names, lines)


def in_csv(file: Path) -> Tabulated:
    """Read a CSV file, codes as they are written; TargetError where it holds no targets."""
    subject = f"the targets file {file.name}"
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened)
            names = [name.strip() for name in next(reader, [])]
            read = [place for place, name in enumerate(names) if not _is_aid(name)]
            rows = [
                # A row of another length keeps none, and so does not fit the header.
                (f"line {reader.line_num}", _kept(one, read) if len(one) == len(names) else [])
                for one in reader
                if any(one)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problem = Problem(
            "the file of targets cannot be read",
            where=file.name,
            found=_reason(error),
            advice="name a CSV file in UTF-8 with a column for each variable and one 'target'",
        )
        raise TargetError(subject, [problem]) from error
    return _read(subject, [names[place] for place in read], rows)


def _is_aid(name: str) -> bool:
    return name == CASES_COLUMN or name.startswith(LABEL_COLUMN)


def _kept(row: Sequence[str], places: Sequence[int]) -> list[str]:
    return [row[place] for place in places]


def _read(
    subject: str, names: list[str], rows: Iterable[tuple[str, Sequence[object]]]
) -> Tabulated:
    problems = list(_header_problems(names))
    if problems:
        raise TargetError(subject, problems)
    at = names.index(TARGET_COLUMN)
    values: dict[Combination, float] = {}
    unfilled: list[str] = []
    for where, row in rows:
        codes = tuple(as_code(one) for place, one in enumerate(row) if place != at)
        problem = _row_problem(where, names, row, codes, values)
        if problem is not None:
            problems.append(problem)
            continue
        target = as_number(row[at])
        if row[at] == "":
            unfilled.append(f"{where} ({named(codes)})")
        elif target is None:
            problems.append(no_number(where, row[at]))
        else:
            values[codes] = target
    if unfilled:
        problems.append(_no_targets(unfilled))
    if problems:
        raise TargetError(subject, problems)
    return Tabulated(tuple(name for name in names if name != TARGET_COLUMN), values)


def _no_targets(unfilled: Sequence[str]) -> Problem:
    return Problem(
        f"{len(unfilled)} {'row has' if len(unfilled) == 1 else 'rows have'} no target",
        where=f"column {TARGET_COLUMN}",
        found=f"blanks in {listed(unfilled)}",
        allowed="a count of persons or a share in every row; 0 where there is nobody",
        advice="fill in every row",
    )


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "text that is not UTF-8"
    return getattr(error, "strerror", None) or str(error)


def _header_problems(names: list[str]) -> Iterator[Problem]:
    if TARGET_COLUMN not in names:
        yield Problem(
            f"there is no column {TARGET_COLUMN!r}",
            found=", ".join(names) or "no columns",
            allowed=nearest(TARGET_COLUMN, names) if names else "",
            advice=f"name the column of counts or shares {TARGET_COLUMN!r}; "
            "every other column holds the codes of a variable",
        )
    elif len(names) == 1:
        yield Problem(
            f"there is no column beside {TARGET_COLUMN!r}",
            advice="give each variable of the margin a column with its codes",
        )
    if len(set(names)) < len(names) or "" in names:
        yield Problem("a column has no name of its own", found=", ".join(map(repr, names)))


def _row_problem(
    where: str,
    names: list[str],
    row: Sequence[object],
    codes: Combination,
    seen: Mapping[Combination, float],
) -> Problem | None:
    if len(row) != len(names):
        expected = f"one value for each of {', '.join(names)}"
        return Problem("a row does not have the columns of the first", where, allowed=expected)
    if "" in codes:
        return Problem("a code is blank", where, found=repr(named(codes)))
    if codes in seen:
        advice = "keep one row for each combination of codes"
        return Problem("a second target for the same codes", where, named(codes), advice=advice)
    return None
