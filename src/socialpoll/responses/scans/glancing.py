"""What the first rows tell: of what columns there are too many values to be counted together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from socialpoll.errors import CombinationsError, Problem
from socialpoll.responses.scans.addressing import address_of
from socialpoll.responses.scans.fetching import fetched

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["require_few", "too_many"]

GLANCE = 50_000
"""Rows that are looked at first."""
DIFFERENT = 0.2
"""Part of these rows that has values of its own, from which on more rows are looked at."""
TOLD = 5
"""Columns of which it is told how many values they have, where there are too many."""


def require_few(frame: nw.LazyFrame[Any], columns: Sequence[str], most: int) -> None:
    """Refuse columns of which the first rows alone have more values than there may be.

    Whatever they are counted with, there are as many combinations. That they are not refused does
    not say that there are fewer. It saves what would be the longest of all counts.

    Parameters
    ----------
    frame : narwhals.LazyFrame
    columns : sequence of str
    most : int
        How many combinations there may be.

    Raises
    ------
    CombinationsError
        Where there are more.
    """
    seen = _values(frame, columns, GLANCE) if columns else {}
    differ = [one for one, values in seen.items() if values > DIFFERENT * GLANCE]
    if differ and max(_values(frame, differ, 2 * most).values()) > most:
        raise too_many(frame, columns, most)


def too_many(frame: nw.LazyFrame[Any], columns: Sequence[str], most: int) -> CombinationsError:
    """Say how many values the columns have in the first rows, those with the most first."""
    rows = max(2 * most, GLANCE)
    values = _values(frame, columns, rows)
    worst = sorted(values, key=lambda one: -values[one])
    several = ", ".join(f"{one!r} has {values[one]:,}" for one in worst[:TOLD])
    problem = Problem(
        "answers make too many combinations to be counted together",
        where=", ".join(map(repr, columns)),
        found=f"more than {most:,}; of different values in the first {rows:,} rows {several}",
        allowed=f"at most {most:,}",
        advice="round numbers, or use bands of them, or take fewer breakdowns at a time",
    )
    return CombinationsError("the answers", [problem])


def _values(frame: nw.LazyFrame[Any], columns: Sequence[str], rows: int) -> Mapping[str, int]:
    """Return how many different values each column has in the first rows."""
    import narwhals as nw

    addresses = [address_of(one) for one in columns]
    first = frame.select(*addresses).head(rows)
    found = fetched(first.select(nw.col(one).n_unique() for one in addresses)).to_pandas()
    return {one: int(found[at].iloc[0]) for one, at in zip(columns, addresses, strict=True)}
