"""Weights at given ranks of rows that lie elsewhere, of which none are fetched but these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import BindingError, Problem
from socialpoll.responses.scans.fetching import fetched
from socialpoll.responses.scans.records import Records, free_names

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

__all__ = ["ranked"]

Floats = npt.NDArray[np.float64]
PARTS = 65_536
"""Into how many parts a stretch of values is divided at a time."""
WIDER = 1e-9
"""Part by which the first stretch is wider than is known, for what is rounded otherwise."""


class _Stretch(NamedTuple):
    """Values from ``low`` to ``high``, some of which are asked for.

    Attributes
    ----------
    low, high : float
    below, size : int
        How many values are below it, and in it.
    ranks : list of int
        Those that are in it.
    """

    low: float
    high: float
    below: int
    size: int
    ranks: list[int]


def ranked(
    records: Records, times: Floats, ranks: Sequence[int], ends: tuple[float, float], count: int
) -> Floats:
    """Return the weights that have so many others below them.

    All weights are divided into parts by their size. The engine counts each part and tells its
    smallest and largest weight; parts with a wanted rank are divided in turn, until these are one.

    Parameters
    ----------
    records : Records
    times : float64 array (R,)
        How many times its base weight a row counts, by combination; 0 for those that do not.
    ranks : sequence of int
        From 0, below ``count``.
    ends : (float, float)
        The smallest and the largest weight, which are positive.
    count : int
        How many rows have a weight.

    Returns
    -------
    float64 array (len(ranks),)

    Raises
    ------
    BindingError
        Where more or fewer rows have one.
    """
    found: dict[int, float] = {}
    low, high = ends[0] * (1 - WIDER), ends[1] * (1 + WIDER)
    ahead = [_Stretch(low, high, 0, count, sorted({*ranks}))]
    (name,) = records.free_names(["weight"])
    frame = records.scored(times[:, None], [name]).select(name)
    while ahead:
        table = _counted(frame, name, ahead)
        if int(table["n"].sum()) != sum(one.size for one in ahead):
            raise _changed(count)
        further: list[_Stretch] = []
        for place, stretch in enumerate(ahead):
            for one in _parts(table[table["part"] // PARTS == place], stretch):
                if one.low == one.high:
                    found.update(dict.fromkeys(one.ranks, one.low))
                else:
                    further.append(one)
        ahead = further
    return np.array([found[rank] for rank in ranks])


def _counted(frame: nw.LazyFrame[Any], name: str, stretches: Sequence[_Stretch]) -> pd.DataFrame:
    """Return part, n, least and most of all parts of stretches that have values, in order."""
    import narwhals as nw

    (part,) = free_names(["part"], [name])
    value, place = nw.col(name), nw.lit(-1).cast(nw.Int64())
    for number, one in enumerate(stretches):
        inside = (value >= one.low) & (value <= one.high)
        # Values far outside would be no whole numbers, in engines that look at all of them.
        within = (value.clip(one.low, one.high) - one.low) / (one.high - one.low)
        of_part = (within * (PARTS - 1)).cast(nw.Int64()) + number * PARTS
        place = nw.when(inside).then(of_part).otherwise(place)
    by_part = (
        frame.with_columns(place.alias(part))
        .filter(nw.col(part) >= 0)
        .group_by(part)
        .agg(n=nw.len(), least=value.min(), most=value.max())
    )
    counted = fetched(by_part).to_pandas()
    return counted.rename(columns={part: "part"}).sort_values("part", ignore_index=True)


def _parts(table: pd.DataFrame, stretch: _Stretch) -> Iterator[_Stretch]:
    """Yield the parts of a stretch that have wanted ranks."""
    last = stretch.below + np.cumsum(table["n"].to_numpy())
    at = np.searchsorted(last, stretch.ranks, side="right")
    for place in np.unique(at).tolist():
        row = table.iloc[place]
        below = int(last[place]) - int(row["n"])
        ranks = [rank for rank, one in zip(stretch.ranks, at.tolist(), strict=True) if one == place]
        yield _Stretch(float(row["least"]), float(row["most"]), below, int(row["n"]), ranks)


def _changed(count: int) -> BindingError:
    problem = Problem(
        "the answers have changed since they were counted",
        allowed=f"{count:,} cases of positive weight",
        advice="scan the answers again, and weight them",
    )
    return BindingError("the answers", [problem])
