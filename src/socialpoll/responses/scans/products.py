"""Sums of products of numbers within combinations, made where the answers lie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.responses.scans.fetching import fetched
from socialpoll.responses.scans.points import Sums
from socialpoll.responses.scans.records import free_names

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

    from socialpoll.responses.counting import Repeats
    from socialpoll.responses.scans.records import Records
    from socialpoll.responses.scans.summing import Summed

__all__ = ["distances", "sums_within"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
FIRST, SECOND = 1, 2
"""Powers of the base weight."""


def distances(
    numbers: Sequence[Summed], centres: Sequence[str], squared: Sequence[int]
) -> list[nw.Expr]:
    """Return how far the numbers of each row are from columns, and squares of some of these.

    Both are 0 where a row has no number.
    """
    import narwhals as nw

    apart = [
        one.where_valid(one.number - nw.col(centre), nw.lit(0.0))
        for one, centre in zip(numbers, centres, strict=True)
    ]
    return [*apart, *(apart[place] * apart[place] for place in squared)]


def sums_within(
    repeats: Repeats,
    weight: Floats,
    among: Truths,
    centre: Floats,
    numbers: Sequence[Summed],
    squared: Sequence[int],
) -> Sums:
    """Ask for the sums of products of numbers over the cases of some combinations.

    They are made about the mean of each combination, so that no digits are lost: that is why the
    answers are gone through once more.

    Parameters
    ----------
    repeats : Repeats
        What combinations stand for, with the rows they were counted from.
    weight : float64 array (R,)
        Sums of base weights.
    among : bool array (R,)
        The combinations to go through.
    centre : float64 array (R, k)
        What distances are from.
    numbers : sequence of Summed
    squared : sequence of int
        Places of the numbers whose squares are summed as well.
    """
    size, k, some = 1 + len(numbers) + len(squared), len(numbers), int(among.sum())
    first, second, cross = (
        np.zeros((some, size)),
        np.zeros((some, size, size)),
        np.zeros((some, k, k)),
    )
    first[:, 0], second[:, 0, 0] = weight[among], repeats.squared(weight)[among]
    if some and repeats.records is not None:
        asked = _products(size, k)
        told = _told(repeats.records, among, centre, (numbers, squared), asked)
        for one, values in zip(asked, told.T, strict=True):
            if one.power == SECOND:
                second[:, one.a, one.b] = second[:, one.b, one.a] = values
            elif one.a == 0:
                first[:, one.b] = values
            else:
                cross[:, one.a - 1, one.b - 1] = cross[:, one.b - 1, one.a - 1] = values
    times, dispersion = repeats.times[among], repeats.dispersion[among]
    return Sums(times, dispersion, centre[among], first, second, cross, squared)


class _Product(NamedTuple):
    """A power of the base weight, times two functions of the numbers; function 0 is 1."""

    power: int
    a: int
    b: int


def _products(size: int, numbers: int) -> list[_Product]:
    """Return the products to be summed: what Σ w is multiplied by, and w², and pairs of numbers."""
    pairs = list(combinations_with_replacement(range(size), 2))[1:]
    squares = [_Product(SECOND, a, b) for a, b in pairs]
    return squares + [_Product(FIRST, a, b) for a, b in pairs if a == 0 or b <= numbers]


def _told(
    records: Records,
    among: Truths,
    centre: Floats,
    functions: tuple[Sequence[Summed], Sequence[int]],
    products: Sequence[_Product],
) -> Floats:
    """Return sums of products (D, number of products) over the cases of some combinations."""
    import narwhals as nw

    numbers, squared = functions
    taken = records.frame.collect_schema().names()
    place, w, ww = free_names(["place", "w", "ww"], taken)
    centres = free_names([f"c{n}" for n in range(len(numbers))], taken)
    f = free_names([f"f{n}" for n in range(1 + len(numbers) + len(squared))], taken)
    sums = free_names([f"s{n}" for n in range(len(products))], taken)
    known = dict(zip(centres, centre[among].T, strict=True))
    apart, weight = distances(numbers, centres, squared), {FIRST: w, SECOND: ww}
    found = (
        records.placed({place: np.arange(int(among.sum())), **known}, among)
        .filter(~nw.col(place).is_null())
        .select(
            place,
            nw.when(records.weight > 0).then(records.weight).otherwise(0.0).alias(w),
            nw.lit(1.0).alias(f[0]),
            *(one.alias(name) for one, name in zip(apart, f[1:], strict=True)),
        )
        .with_columns((nw.col(w) * nw.col(w)).alias(ww))
        .select(
            place,
            *(
                (nw.col(weight[one.power]) * nw.col(f[one.a]) * nw.col(f[one.b])).alias(name)
                for one, name in zip(products, sums, strict=True)
            ),
        )
        .group_by(place)
        .agg(nw.col(*sums).sum())
    )
    told: pd.DataFrame = fetched(found).to_pandas().sort_values(place)
    return np.asarray(told[sums].to_numpy(dtype=np.float64))
