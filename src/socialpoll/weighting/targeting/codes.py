"""Codes and numbers of targets as they are written: in Python, in a frame, in a file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import Problem
from socialpoll.schema import CodeValue

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = [
    "APART",
    "JOINT",
    "Combination",
    "as_code",
    "as_number",
    "listed",
    "named",
    "no_number",
    "percent",
    "rows_named",
]

Combination: TypeAlias = tuple[CodeValue, ...]
"""One code for each variable of a margin, in their order."""
JOINT = "|"
"""Between the names and the codes of a crossing, as breakdowns are written."""
LISTED = 8
APART = 0.005
"""Relative difference of totals up to which margins are rescaled, and beyond which refused."""
ROWS_NAMED = 5


def named(parts: Iterable[object]) -> str:
    """Write a combination of codes, or a crossing of variables, as results do.

    Examples
    --------
    >>> named(("male", 2))
    'male|2'
    """
    return JOINT.join(str(part) for part in parts)


def listed(words: Sequence[str]) -> str:
    """Write words after one another, the first few where they are many.

    Examples
    --------
    >>> listed(["a", "b"]), listed([])
    ('a, b', 'none')
    """
    if not words:
        return "none"
    more = f" and {len(words) - LISTED} more" if len(words) > LISTED else ""
    return ", ".join(words[:LISTED]) + more


def rows_named(rows: Sequence[int] | npt.NDArray[np.integer]) -> str:
    """Name the first few rows.

    Examples
    --------
    >>> rows_named([3, 9]), rows_named([4]), rows_named(range(7))
    ('rows 3, 9', 'row 4', 'rows 0, 1, 2, 3, 4 and 2 more')
    """
    names = ", ".join(map(str, rows[:ROWS_NAMED]))
    more = f" and {len(rows) - ROWS_NAMED} more" if len(rows) > ROWS_NAMED else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {names}{more}"


def percent(share: float) -> str:
    """Write a relative error.

    Examples
    --------
    >>> percent(0.0321456), percent(1.5)
    ('3.21 %', '150 %')
    """
    return f"{100 * share:.3g} %"


def as_code(value: object) -> CodeValue:
    """Return strings and whole numbers as codes, "" for a blank, all else as words.

    Examples
    --------
    >>> [as_code(value) for value in (" male ", 2, 2.0, None)]
    ['male', 2, 2, '']
    """
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, str):
        return plain.strip()
    if isinstance(plain, float):
        if math.isnan(plain):
            return ""
        return int(plain) if plain.is_integer() else str(plain)
    if isinstance(plain, int):
        return plain
    return "" if _is_blank(plain) else str(plain)


def as_number(value: object) -> float | None:
    """Return a target as a float, NaN for a blank; None for what is no number.

    Examples
    --------
    >>> [as_number(value) for value in ("0.501", 1250000, "1 250 000", "1_000", True)]
    [0.501, 1250000.0, None, None, None]
    """
    if _is_blank(value):
        return math.nan
    if isinstance(value, bool) or (isinstance(value, str) and "_" in value):
        return None
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def no_number(where: str, value: object) -> Problem:
    """Say that a target is no number."""
    return Problem(
        "a target is no number",
        where=where,
        found=repr(value),
        allowed="a count of persons or a share, written as 1250000 or 0.501",
    )


def _is_blank(value: object) -> bool:
    # pandas' NA is told by its name, for nothing here needs pandas.
    return value is None or type(value).__name__ in {"NAType", "NaTType"}
