"""Degrees of freedom: clusters less strata with respondents, of a domain or of several together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.precision import Precision
from socialpoll.responses import without_cases
from socialpoll.totals import Basis, Engine, Overlap, Present, Units, alone

if TYPE_CHECKING:
    from scipy import sparse

    from socialpoll.indicators.block import Block

__all__ = ["Presence", "PresenceElsewhere", "counted_bases", "degrees_of_each", "present_in"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Pair: TypeAlias = tuple[int, int]
EVERYBODY = Basis(Present(()))
"""All of whom any figure may be, whatever they answered."""


@dataclass(frozen=True, eq=False)
class Presence:
    """Which first-stage clusters and strata hold positive weight in each of D bases.

    R ``survey`` counts a domain's own clusters and strata; SUDAAN those of the whole
    design (``Precision(df="design")``).

    Attributes
    ----------
    clusters : sparse array of 0 and 1 (clusters, D)
    strata : sparse array of 0 and 1 (strata, D)
    times : float64 array (clusters,) or None
        How many sampled units each of the clusters stands for; None where each is one.
    """

    clusters: sparse.csc_array
    strata: sparse.csc_array
    times: Floats | None = None

    @classmethod
    def of(cls, totals: sparse.csr_array, units: Units) -> Presence:
        """Find who is present in each column of totals by unit (U, D)."""
        entries = totals.tocoo()
        some = entries.data > 0
        unit, domain = entries.row[some], entries.col[some]
        cluster = units.cluster[unit]
        stratum = units.stratum[cluster]
        width = totals.shape[1]
        return cls(
            _present(cluster, domain, (units.stratum.size, width)),
            _present(stratum, domain, (int(units.stratum.max(initial=-1)) + 1, width)),
            units.times,
        )

    @property
    def size(self) -> int:
        """Number of domains D."""
        return int(self.clusters.shape[1])

    def merged(self, overlap: Overlap | None) -> Presence:
        """Return the same with clusters and strata that waves have in common counted once."""
        if overlap is None:
            return self
        return Presence(_merged(self.clusters, overlap.unit), _merged(self.strata, overlap.stratum))

    def each(self) -> Floats:
        """Return the degrees of freedom of each domain (D,)."""
        return _numbers(self.clusters, self.times) - _numbers(self.strata)

    def in_pairs(self, pairs: Sequence[Pair]) -> Floats:
        """Return those of domains, two by two together: (P,)."""
        a, b = _sides(pairs)
        return _unions(self.clusters, a, b, self.times) - _unions(self.strata, a, b)

    def together(self, domains: Sequence[int]) -> float:
        """Return those of several domains taken together."""
        clusters, strata = (
            np.flatnonzero(one[:, list(domains)].sum(axis=1))
            for one in (self.clusters, self.strata)
        )
        units = clusters.size if self.times is None else self.times[clusters].sum()
        return float(units - strata.size)


@dataclass(frozen=True, eq=False)
class PresenceElsewhere:
    """The same of clusters that lie elsewhere, and are counted there.

    Strata are known here: a combination is of one of them.

    Attributes
    ----------
    totals : float64 array (R, D)
        Sums of final weights by combination.
    units : Units
    """

    totals: Floats
    units: Units

    @property
    def size(self) -> int:
        """Number of domains D."""
        return int(self.totals.shape[1])

    def each(self) -> Floats:
        """Return the degrees of freedom of each domain (D,)."""
        present = self.units.in_either(self.totals, alone(self.size))
        return present - self._strata(self.totals > 0)

    def merged(self, overlap: Overlap | None) -> PresenceElsewhere:
        """Return itself: waves of which clusters lie elsewhere have none in common."""
        if overlap is not None:
            raise without_cases()
        return self

    def in_pairs(self, pairs: Sequence[Pair]) -> Floats:
        """Return those of domains, two by two together: (P,)."""
        a, b = _sides(pairs)
        either = (self.totals[:, a] > 0) | (self.totals[:, b] > 0)
        return self.units.in_either(self.totals, pairs) - self._strata(either)

    def together(self, domains: Sequence[int]) -> float:
        """Return those of several domains taken together."""
        every = np.maximum(self.totals[:, list(domains)], 0.0).sum(axis=1, keepdims=True)
        return float((self.units.in_either(every, alone(1)) - self._strata(every > 0))[0])

    def _strata(self, there: npt.NDArray[np.bool_]) -> Floats:
        """Count the strata with some of the combinations (R, D): (D,)."""
        stratum = self.units.first_stratum
        return np.array(
            [np.count_nonzero(np.bincount(stratum[one])) for one in there.T], dtype=np.float64
        )


def present_in(
    engine: Engine, bases: Sequence[Basis], precision: Precision
) -> Presence | PresenceElsewhere:
    """Find who is present in each domain of some bases, or in the whole design.

    The domains of a base stand after those of the bases before it.
    """
    from scipy import sparse

    totals = sparse.csr_array(sparse.hstack([engine.unit_totals(one) for one in bases]))
    if precision.df == "design":
        everybody = sparse.csc_array(engine.unit_totals(EVERYBODY))
        totals = sparse.csr_array(everybody[:, [0] * totals.shape[1]])
    units = engine.units
    if units.lies_elsewhere:
        return PresenceElsewhere(np.asarray(totals.toarray()), units)
    return Presence.of(totals, units)


def counted_bases(blocks: Iterable[Block], precision: Precision) -> list[Basis]:
    """Return the bases of which it will be asked in which clusters they are present."""
    if not isinstance(precision.df, str):
        return []
    return [EVERYBODY] if precision.df == "design" else [block.base for block in blocks]


def degrees_of_each(engine: Engine, base: Basis, precision: Precision) -> Floats:
    """Return the degrees of freedom of each domain of a base (D,), from a dense table if any."""
    found = None if precision.df == "design" else engine.occupied(base)
    if found is None:
        return present_in(engine, [base], precision).each()
    return np.asarray(found.units - found.strata, dtype=np.float64)


def _present(
    place: npt.NDArray[np.integer], domain: npt.NDArray[np.integer], shape: tuple[int, int]
) -> sparse.csc_array:
    from scipy import sparse

    found = sparse.csc_array((np.ones(place.size), (place, domain)), shape=shape)
    found.data[:] = 1.0
    return found


def _merged(present: sparse.csc_array, number: npt.NDArray[np.intp]) -> sparse.csc_array:
    entries = present.tocoo()
    shape = (int(number.max(initial=-1)) + 1, present.shape[1])
    return _present(number[entries.row], entries.col, shape)


def _numbers(present: sparse.csc_array, times: Floats | None = None) -> Floats:
    """Return how many are present in each column, each so many times."""
    found = present.sum(axis=0) if times is None else present.T @ times
    return np.asarray(found, dtype=np.float64)


def _sides(pairs: Sequence[Pair]) -> tuple[Places, Places]:
    a, b = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    return a, b


def _unions(present: sparse.csc_array, a: Places, b: Places, times: Floats | None = None) -> Floats:
    """Return |A ∪ B| = |A| + |B| - |A ∩ B| of columns, two by two."""
    each = _numbers(present, times)
    both = present[:, a].multiply(present[:, b])
    return np.asarray(each[a] + each[b] - _numbers(both, times))
