"""Combinations of answers with numbers that differ, as points that stand for these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.responses.columns import Column, Numeric
from socialpoll.responses.scans.points import Points, points_of
from socialpoll.responses.scans.products import distances, sums_within
from socialpoll.responses.scans.records import free_names

if TYPE_CHECKING:
    import narwhals as nw
    from scipy import sparse

    from socialpoll.responses.scans.grouping import Grouped
    from socialpoll.responses.scans.summing import Summed

__all__ = ["Laid", "Pointed", "pointed"]

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]


class OfRow(NamedTuple):
    """A number of which only sums matter; arrays (n,), NaN where there is none.

    Attributes
    ----------
    value : float64
        At the point that a row is.
    low, high : float64
        The smallest and the largest of the cases of its combination.
    """

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Pointed:
    """Rows of which several are points of one combination, and how its cases vary.

    Attributes
    ----------
    powers : mapping of str to int
        The numbers, and up to which power they may be summed.
    numbers : mapping of str to OfRow
        Where they are not in their columns yet.
    of_several : bool array (n,)
        Which rows are points of a combination that has more than one.
    own : sparse array (n, n)
    common, left : float64 array (n,)
        As of :class:`Points`, for these rows; what is left stands at the first point.
    """

    powers: Mapping[str, int]
    numbers: Mapping[str, OfRow]
    of_several: Truths
    own: sparse.csr_array
    common: Floats
    left: Floats

    def put(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """Return columns with the numbers at the points, where answers were read as valid."""
        found = dict(columns)
        for name, number in self.numbers.items():
            column = columns.get(name)
            if isinstance(column, Numeric):
                # Of words that only reading takes for a number, the column has it.
                here = (column.state == 0) & ~np.isnan(number.value)
                values = np.where(here, number.value, column.values)
                values.flags.writeable = False
                found[name] = replace(column, values=values)
        return found

    @classmethod
    def stacked(cls, several: Sequence[tuple[int, Pointed | None]]) -> Pointed | None:
        """Return rows under one another, of which some have points and others, so many, have not.

        The numbers themselves are in their columns by then.
        """
        from scipy import sparse

        if all(one is None for _, one in several):
            return None
        each = [_plain(size) if one is None else one for size, one in several]
        powers: dict[str, int] = {}
        for name, power in (item for one in each for item in one.powers.items()):
            powers[name] = min(power, powers.get(name, power))
        return cls(
            powers,
            {},
            np.concatenate([one.of_several for one in each]),
            sparse.block_diag([one.own for one in each], format="csr"),
            np.concatenate([one.common for one in each]),
            np.concatenate([one.left for one in each]),
        )


@dataclass(frozen=True, eq=False)
class Laid:
    """How the rows of an engine are scored, where scores are known at points.

    Attributes
    ----------
    numbers : tuple of Summed
    squared : tuple of int
        Places of the numbers whose squares are summed as well.
    differs : bool array (R,)
        Combinations with several points.
    first : int array (R,)
        The first row of each combination.
    centre : float64 array (D, k)
        What distances are from, of those with several.
    points : Points
    """

    numbers: tuple[Summed, ...]
    squared: tuple[int, ...]
    differs: Truths
    first: Rows
    centre: Floats
    points: Points

    @property
    def rows(self) -> Rows:
        """The rows of each combination with several points: (D, P)."""
        return np.asarray(self.first[self.differs, None] + np.arange(self.points.weight.shape[1]))

    def scoring(
        self, values: Floats, taken: Sequence[str]
    ) -> tuple[dict[str, Floats], list[nw.Expr]]:
        """Return what is to be known of each combination, and how rows are scored by it.

        Parameters
        ----------
        values : float64 array (n, m)
            Scores at all points, by weight.
        taken : sequence of str
            Names of columns that there are.

        Returns
        -------
        tuple of (dict of str to float64 array (R,), list of narwhals.Expr)
            New columns, and m expressions.
        """
        import narwhals as nw

        k, functions, figures = (
            len(self.numbers),
            self.points.coefficients.shape[1],
            values.shape[1],
        )
        coefficients = np.zeros((functions, figures, self.first.size))
        coefficients[0] = values[self.first].T
        found = self.points.coefficients @ values[self.rows]
        coefficients[:, :, self.differs] = np.moveaxis(found, 0, 2)
        centre = np.zeros((k, self.first.size))
        centre[:, self.differs] = self.centre.T
        centres = free_names([f"c{n}" for n in range(k)], taken)
        every = free_names([f"b{n}" for n in range(functions * figures)], taken)
        known = dict(zip(centres, centre, strict=True))
        known |= dict(zip(every, coefficients.reshape(-1, self.first.size), strict=True))
        apart = distances(self.numbers, centres, self.squared)
        several = (every[figure::figures] for figure in range(figures))
        return known, [
            sum((one * nw.col(b) for one, b in zip(apart, rest, strict=True)), nw.col(first))
            for first, *rest in several
        ]


def pointed(found: Grouped, numbers: Sequence[Summed], squared: Sequence[int]) -> Grouped:
    """Return several rows for each combination whose numbers differ, in place of one.

    Parameters
    ----------
    found : Grouped
        With the extents of these numbers.
    numbers : sequence of Summed
    squared : sequence of int
        Places of the numbers whose squares are summed as well.
    """
    extents, weight = found.extents, found.weight
    if extents is None:
        raise TypeError(found)
    weighs = (weight > 0) & np.isfinite(weight)
    differs = weighs & (extents.low < extents.high).any(axis=1)
    sums = sums_within(found.repeats, weight, differs, extents.centre(weight), numbers, squared)
    points = points_of(sums)
    count = np.where(differs, points.weight.shape[1], 1)
    first = np.cumsum(count) - count
    laid = Laid(tuple(numbers), tuple(squared), differs, first, sums.centre, points)
    return _in_rows(found, laid, np.repeat(np.arange(count.size), count))


def _in_rows(found: Grouped, laid: Laid, of_row: Rows) -> Grouped:
    """Return a row a point, with what it has of its combination (n,)."""
    repeats, extents, records = found.repeats, found.extents, found.repeats.records
    if extents is None or records is None:
        raise TypeError(found)
    low, high, weight = extents.low[of_row], extents.high[of_row], found.weight[of_row]
    values = low.copy()
    values[laid.rows] = laid.points.values
    weight[laid.rows] = laid.points.weight
    # All cases stand at the first point, and what squares of weights are beyond those of its own.
    times = np.zeros(of_row.size, dtype=np.int64)
    times[laid.first] = repeats.times
    beyond = (found.weight**2 - weight[laid.first] ** 2) / repeats.times
    dispersion = np.zeros(of_row.size)
    dispersion[laid.first] = repeats.dispersion + beyond
    return replace(
        found,
        frame=found.frame.iloc[of_row].reset_index(drop=True),
        weight=weight,
        repeats=replace(
            repeats,
            times=times,
            dispersion=dispersion,
            least=repeats.least[of_row],
            most=repeats.most[of_row],
            records=replace(records, keys=records.keys[of_row.tolist()], laid=laid),
            points=_varying(laid, of_row.size, _by_name(laid, values, low, high)),
        ),
        extents=None,
    )


def _by_name(laid: Laid, values: Floats, low: Floats, high: Floats) -> dict[str, OfRow]:
    tables = zip(laid.numbers, values.T, low.T, high.T, strict=True)
    return {number.name: OfRow(*of_row) for number, *of_row in tables}


def _varying(laid: Laid, size: int, numbers: Mapping[str, OfRow]) -> Pointed:
    from scipy import sparse

    rows, points = laid.rows, laid.points
    shape = points.own.shape
    place = np.broadcast_to(rows[:, :, None], shape), np.broadcast_to(rows[:, None, :], shape)
    own = (points.own.ravel(), tuple(one.ravel() for one in place))
    found = _plain(size)
    found.of_several[rows] = True
    found.common[rows] = points.common
    found.left[rows[:, 0]] = points.left
    powers = {one.name: 2 if place in laid.squared else 1 for place, one in enumerate(laid.numbers)}
    return replace(
        found, powers=powers, numbers=numbers, own=sparse.csr_array(own, shape=(size, size))
    )


def _plain(size: int) -> Pointed:
    """Return rows that are combinations of one point each."""
    from scipy import sparse

    none = sparse.csr_array((size, size))
    alone = np.zeros(size, dtype=np.bool_)
    return Pointed({}, {}, alone, none, np.zeros(size), np.zeros(size))
