"""Combinations of answers whose clusters lie elsewhere: what these vary by is asked there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.responses import (
    Asked,
    Clusters,
    ClusterSums,
    DesignStage,
    Records,
    Responses,
    without_cases,
)
from socialpoll.totals.level import Level, sums_by
from socialpoll.totals.units import PairsOf, Units

__all__ = ["ClusteredUnits", "alone", "clustered_units", "in_pairs"]

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Pair: TypeAlias = tuple[int, int]
BLOCK = 8_000_000
"""Values that are sent at once."""
TILE = 48
"""Columns of which all products are asked at once; those of two such tiles need a pass."""
DIGITS = 12
"""Decimals to which scores of one size are the same, or opposite, for their variance to be one."""
ROUNDING = 1e-24
"""Squares of sums below this part of the squares of what is summed are none."""
_Key: TypeAlias = tuple[bytes, bytes]
"""Two columns, by what they are up to a factor."""
_Question: TypeAlias = tuple[bool, Pair]
"""A product of two columns, or the union of two."""


@dataclass(frozen=True, eq=False)
class Gathered(Level):
    """Combinations, each with cases of many clusters: their own totals tell no deviations."""

    @property
    def is_plain(self) -> bool:
        """Say no: clusters are not at hand."""
        return False

    def centres(self, _totals: Floats) -> Floats:
        """Refuse to take combinations for clusters."""
        raise without_cases()

    def squares(self, _totals: Floats) -> Floats:
        """Refuse to take combinations for clusters."""
        raise without_cases()


@dataclass(frozen=True, eq=False, kw_only=True)
class ClusteredUnits(Units):
    """Combinations as units of totals, whose covariances are those of clusters elsewhere.

    The total of a combination is Z = S ζ, with S the sum of its base weights and one score ζ; that
    of a cluster is the sum of w ζ over its cases. What clusters are compared with is known from
    the totals of combinations, since none is in two strata; so ζ goes out with the centres, and the
    squares and products of distances come back.

    Attributes
    ----------
    sums : ClusterSums
        Where the clusters lie; with the scale of each stratum.
    weight : float64 array (R,)
        S, the sum of base weights of each combination.
    strata : Level
        The strata, each as one unit that stands for its clusters.
    """

    sums: ClusterSums
    weight: Floats
    strata: Level
    # Products and numbers of clusters that were asked for: known answers to questions, no state.
    _known: dict[_Key, float] = field(default_factory=dict, repr=False)

    @property
    def first_stratum(self) -> npt.NDArray[np.int32]:
        """Stratum of each combination (R,)."""
        return self.levels[0].group

    @property
    def lies_elsewhere(self) -> bool:
        """Say yes: clusters are summed where they lie."""
        return True

    def covariances(self, scores: Floats, widths: Sequence[int]) -> list[Floats]:
        """Return V (m, m) of each of several groups of figures, side by side in scores (R, m)."""
        first = np.cumsum([0, *widths])
        pairs = [
            (int(start + i), int(start + j))
            for start, width in zip(first, widths, strict=False)
            for i in range(width)
            for j in range(i + 1)
        ]
        found = [np.zeros((width, width)) for width in widths]
        for (i, j), value in zip(pairs, self._products(scores, pairs), strict=True):
            group = int(np.searchsorted(first, i, side="right")) - 1
            a, b = i - first[group], j - first[group]
            found[group][a, b] = found[group][b, a] = value
        return found

    def variances(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their scores (R, m)."""
        return self._products(scores, alone(scores.shape[1]))

    def each(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their scores (R, m)."""
        return self.variances(scores)

    def apart(self, scores: Floats, a: Numbers, b: Numbers) -> Floats:
        """Return the variances (p,) of differences of figures a and b, from scores (R, m)."""
        first, second, both = np.split(self._products(scores, in_pairs(a, b)), 3)
        return np.asarray(first + second - 2 * both)

    def vanish(self, variance: Floats, raw: Floats, part: float) -> npt.NDArray[np.bool_]:
        """Say which variances are no more than a part of the squares of other scores (R, m).

        The squares Σ z² of clusters are at least those of the means of strata, and at most the
        square of Σ |Z|; what these do not settle is asked for.
        """
        by_stratum = sums_by(self.sums.stratum, self.sums.scale.size, raw)
        least = (by_stratum**2).sum(axis=0) / self.sums.clusters.number.sum()
        most = np.abs(raw).sum(axis=0) ** 2
        # Sums that are only what rounding leaves of none say nothing.
        found = np.asarray((variance <= part * least) & (least > ROUNDING * most))
        unsure = np.flatnonzero(~found & (variance <= part * most) & (most > 0))
        if unsure.size:
            squares = self._squares(raw[:, unsure])
            some = squares > ROUNDING * most[unsure]
            found[unsure] = (variance[unsure] <= part * squares) & some
        return found

    def in_either(self, totals: Floats, pairs: Sequence[Pair]) -> Floats:
        """Return in how many clusters one or the other column of (R, D) has a positive sum."""
        self.foresee([], [(totals, pairs)])
        columns = list(_plain(totals))
        several = [(columns[a], columns[b]) for a, b in pairs]
        return np.array([self._known[_key(*two)] if any(one.size for one in two) else 0.0
                         for two in several])  # fmt: skip

    def foresee(
        self,
        scores: Iterable[PairsOf],
        present: Iterable[PairsOf],
    ) -> None:
        """Ask for all in one pass that is not known yet.

        Parameters
        ----------
        scores : iterable of (float64 array (R, m), sequence of pairs of int)
            Columns of which it will be asked how they vary together.
        present : iterable of (float64 array (R, D), sequence of pairs of int)
            Columns of which it will be asked in how many clusters one of both is positive.
        """
        columns: dict[bytes, Floats] = {}
        products = self._unknown(((_signed(one), pairs) for one, pairs in scores), all, columns)
        unions = self._unknown(((_plain(one), pairs) for one, pairs in present), any, columns)
        if not columns:
            return
        place = {key: number for number, key in enumerate(columns)}
        asked = [[(place[a], place[b]) for a, b in several] for several in (products, unions)]
        told = self._told(np.column_stack(list(columns.values())), *asked)
        self._known.update(zip((*products, *unions), (*told[0], *told[1]), strict=True))

    def _unknown(
        self,
        asked: Iterable[tuple[Iterable[_Column], Sequence[Pair]]],
        some: Callable[[Iterable[float]], bool],
        columns: dict[bytes, Floats],
    ) -> list[_Key]:
        """Return pairs that are not known, and add their columns; some of a pair must not be 0."""
        new: dict[_Key, None] = {}
        for made, pairs in asked:
            each = list(made)
            for two in ((each[a], each[b]) for a, b in pairs):
                key = _key(*two)
                if key in self._known or key in new or not some(one.size for one in two):
                    continue
                new[key] = None
                columns |= {one.key: one.unit for one in two}
        return list(new)

    def _products(self, scores: Floats, pairs: Sequence[Pair]) -> Floats:
        """Return what pairs of columns vary together; nothing where one of them is 0."""
        self.foresee([(scores, pairs)], [])
        columns = list(_signed(scores))
        several = [(columns[a], columns[b]) for a, b in pairs]
        return np.array([a.size * b.size * self._known[_key(a, b)] if a.size and b.size else 0.0
                         for a, b in several])  # fmt: skip

    def _squares(self, scores: Floats) -> Floats:
        """Return the sums of squares (m,) of the totals of clusters."""
        plain = replace(self, sums=replace(self.sums, scale=np.ones_like(self.sums.scale)))
        each = alone(scores.shape[1])
        return np.array(plain._told(scores, each, [], centred=False)[0])  # noqa: SLF001

    def _told(
        self,
        totals: Floats,
        products: Sequence[Pair],
        unions: Sequence[Pair],
        *,
        centred: bool = True,
    ) -> tuple[list[float], list[float]]:
        """Return products of distances, and numbers of clusters, from totals (R, m)."""
        found: dict[_Question, float] = {}
        asked = [*((False, one) for one in products), *((True, one) for one in unions)]
        tile = max(1, min(TILE, BLOCK // (2 * max(self.weight.size, 1))))
        for several in _tiled(asked, tile):
            used = sorted({place for _, pair in several for place in pair})
            at = {one: number for number, one in enumerate(used)}
            some = totals[:, used]
            weighs = self.weight[:, None] > 0
            values = np.divide(some, self.weight[:, None], out=np.zeros(some.shape), where=weighs)
            centres = self.strata.centres(sums_by(self.sums.stratum, self.sums.scale.size, some))
            pairs = [[(at[a], at[b]) for union, (a, b) in several if union is one]
                     for one in (False, True)]  # fmt: skip
            told = self.sums.told(Asked(values, centres if centred else 0 * centres, *pairs))
            each = iter(told.products), iter(told.unions)
            found |= {one: float(next(each[one[0]])) for one in several}
        return [found[False, one] for one in products], [found[True, one] for one in unions]


def alone(size: int) -> list[Pair]:
    """Return every column with itself."""
    return [(one, one) for one in range(size)]


def in_pairs(a: Numbers, b: Numbers) -> list[Pair]:
    """Return what variances of differences are made of: a with itself, b with itself, and both."""
    return [*zip(a.tolist(), a.tolist(), strict=True), *zip(b.tolist(), b.tolist(), strict=True),
            *zip(a.tolist(), b.tolist(), strict=True)]  # fmt: skip


class _Column(NamedTuple):
    """A column by what it is up to a factor, the factor, and itself without it."""

    key: bytes
    size: float
    unit: Floats


def _key(one: _Column, other: _Column) -> _Key:
    return (one.key, other.key) if one.key <= other.key else (other.key, one.key)


def _signed(scores: Floats) -> Iterator[_Column]:
    """Yield scores (R, m) over the largest of their column, so that opposite ones are one."""
    largest = np.abs(scores).argmax(axis=0)
    for column, place in zip(scores.T, largest, strict=True):
        yield _column(b"scores", column, float(column[place]))


def _plain(totals: Floats) -> Iterator[_Column]:
    """Yield totals (R, D) over the size of the largest of their column."""
    for column in totals.T:
        yield _column(b"totals", column, float(np.abs(column).max()))


def _column(what: bytes, column: Floats, size: float) -> _Column:
    unit = column / size if size else column
    # Adding 0 makes one zero of two.
    written = (np.round(unit, DIGITS) + 0.0).tobytes()
    return _Column(hashlib.sha256(what + written).digest(), size, unit)


def _tiled(asked: Sequence[_Question], tile: int) -> Iterator[list[_Question]]:
    """Yield what is asked in parts that need two tiles of columns each."""

    def part(one: _Question) -> Pair:
        low, high = sorted(one[1])
        return low // tile, high // tile

    for _, several in groupby(sorted(asked, key=part), part):
        yield list(several)


def clustered_units(responses: Responses, records: Records, clusters: Clusters) -> ClusteredUnits:
    """Return combinations as units of totals, and their strata as those of clusters elsewhere.

    Raises
    ------
    DesignError
        A stratum has one cluster, and no policy for it.
    """
    stage, labels = responses.stages[0], responses.strata_labels
    first = np.unique(stage.stratum, return_index=True)[1]
    every = np.arange(first.size, dtype=np.int32)
    fraction = None if stage.fraction is None else stage.fraction[first]
    strata = DesignStage(every, every, fraction, stage.similar)
    number = clusters.numbers_of(labels)
    made = Units.of((strata,), responses.design.lonely, labels, number)
    (level,) = made.levels
    group = level.group[stage.stratum]
    return ClusteredUnits(
        of_row=np.arange(len(responses), dtype=np.int32),
        levels=(Gathered(group, level.count, level.scale, level.grand, up=None),),
        cluster=np.zeros(0, dtype=np.int32),
        stratum=np.zeros(0, dtype=np.int32),
        lonely=made.lonely,
        sums=ClusterSums(records, clusters, stage.stratum, level.scale[level.group]),
        weight=responses.base_weight,
        strata=level,
    )
