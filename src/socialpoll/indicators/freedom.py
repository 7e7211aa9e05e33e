"""Degrees of freedom: clusters less strata with respondents, of a domain or of several together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.precision import Precision
from socialpoll.totals import Basis, Engine, Overlap, Present, Units

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Presence", "degrees_of_each"]

Floats = npt.NDArray[np.float64]
_Columns: TypeAlias = "tuple[sparse.csc_array, npt.NDArray[np.intp]]"
"""Who is present, and the columns of it that are asked for."""


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
    def of(cls, engine: Engine, base: Basis, precision: Precision) -> Presence:
        """Find who is present in each domain of a base, or in the whole design."""
        totals = engine.unit_totals(base)
        if precision.df != "design":
            return cls._counted(totals, engine.units)
        everybody = cls._counted(engine.unit_totals(Basis(Present(()))), engine.units)
        every = [0] * totals.shape[1]
        return replace(
            everybody, clusters=everybody.clusters[:, every], strata=everybody.strata[:, every]
        )

    @classmethod
    def _counted(cls, totals: sparse.csr_array, units: Units) -> Presence:
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

    def merged(self, overlap: Overlap | None) -> Presence:
        """Return the same with clusters and strata that waves have in common counted once."""
        if overlap is None:
            return self
        return Presence(_merged(self.clusters, overlap.unit), _merged(self.strata, overlap.stratum))

    def each(self) -> Floats:
        """Return the degrees of freedom of each domain (D,)."""
        return _numbers(self.clusters, self.times) - _numbers(self.strata)

    def in_pairs(self, a: npt.NDArray[np.intp], other: Presence, b: npt.NDArray[np.intp]) -> Floats:
        """Return those of domains, each together with one of this or another base: (P,)."""
        clusters = _unions((self.clusters, a), (other.clusters, b), self.times)
        return clusters - _unions((self.strata, a), (other.strata, b))

    def together(self, domains: Sequence[int], *others: tuple[Presence, Sequence[int]]) -> float:
        """Return those of several domains, of this and of other bases, taken together."""
        chosen = [(self, domains), *others]
        clusters = sum(one.clusters[:, list(which)].sum(axis=1) for one, which in chosen)
        strata = sum(one.strata[:, list(which)].sum(axis=1) for one, which in chosen)
        here = np.flatnonzero(clusters)
        units = here.size if self.times is None else self.times[here].sum()
        return float(units - np.count_nonzero(strata))


def degrees_of_each(engine: Engine, base: Basis, precision: Precision) -> Floats:
    """Return the degrees of freedom of each domain of a base (D,), from a dense table if any."""
    found = None if precision.df == "design" else engine.occupied(base)
    if found is None:
        return Presence.of(engine, base, precision).each()
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


def _unions(first: _Columns, second: _Columns, times: Floats | None = None) -> Floats:
    """Return |A ∪ B| = |A| + |B| - |A ∩ B| of columns of one, each with one of the other."""
    (left, a), (right, b) = first, second
    both = left[:, a].multiply(right[:, b])
    return _numbers(left, times)[a] + _numbers(right, times)[b] - _numbers(both, times)
