"""Sampling units that waves have in common, and the covariance that comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from socialpoll.totals.units import Units

__all__ = ["Overlap"]

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class _Pair:
    """Common units of two waves: their places in each, groups of both strata, and weights."""

    first: Numbers
    second: Numbers
    group: Numbers
    scale: Floats


@dataclass(frozen=True, eq=False)
class Overlap:
    """First-stage units of stacked waves that are the same unit.

    Attributes
    ----------
    unit : int array (clusters,)
        The same number for units that are the same.
    stratum : int array (strata,)
        The same number for strata that have units in common.
    pairs : tuple
        The common units of every two waves.
    """

    unit: Numbers
    stratum: Numbers
    pairs: tuple[_Pair, ...]

    @classmethod
    def of(cls, units: Units, wave: npt.NDArray[np.integer], unit: Sequence[object]) -> Overlap:
        """Find the units in common.

        Parameters
        ----------
        units : Units
            Of the stack; one level.
        wave : int array (clusters,)
            Wave of each first-stage unit.
        unit : sequence of hashable (clusters,)
            What names each; equal for units that are the same.
        """
        known: dict[object, int] = {}
        number = np.array([known.setdefault(one, len(known)) for one in unit], dtype=np.intp)
        several = range(int(wave.max(initial=-1)) + 1)
        pairs = tuple(_pair(units, wave, number, a, b) for a, b in combinations(several, 2))
        return cls(number, _same_strata(units, pairs), pairs)

    def covariance(self, scores: Floats) -> Floats:
        """Return what covariances between waves add to V (m, m), from scores (clusters, m).

        For two waves C = Σ_h k_h Σ_i (z_1hi - z̄_1h)(z_2hi - z̄_2h)' over the n_c units in common,
        means over them; k = n_c / (n_c - 1) · (1 - n_1 f_2 / n_c) (Tam 1984; Qualité & Tillé 2008).
        Strata with fewer than two common units add nothing.
        """
        total = np.zeros((scores.shape[1], scores.shape[1]))
        for pair in self.pairs:
            first = _centred(scores[pair.first], pair.group)
            second = _centred(scores[pair.second], pair.group)
            cross = first.T @ (pair.scale[pair.group][:, None] * second)
            total += cross + cross.T
        return total


def _pair(units: Units, wave: npt.NDArray[np.integer], number: Numbers, a: int, b: int) -> _Pair:
    in_a, in_b = np.flatnonzero(wave == a), np.flatnonzero(wave == b)
    _, at_a, at_b = np.intersect1d(number[in_a], number[in_b], return_indices=True)
    first, second = in_a[at_a], in_b[at_b]
    strata = np.stack([units.stratum[first], units.stratum[second]], axis=1)
    found, group = np.unique(strata, axis=0, return_inverse=True)
    group = group.ravel().astype(np.intp)
    common = np.bincount(group, minlength=len(found)).astype(np.float64)
    level = units.levels[-1]
    count_a, count_b = level.count[found[:, 0]], level.count[found[:, 1]]
    fraction_a = 1 - level.scale[found[:, 0]] * (count_a - 1) / count_a
    fraction_b = 1 - level.scale[found[:, 1]] * (count_b - 1) / count_b
    finite = np.where((fraction_a > 0) & (fraction_b > 0), count_a * fraction_b / common, 0.0)
    scale = np.where(common > 1, common / np.maximum(common - 1, 1) * (1 - finite), 0.0)
    return _Pair(first, second, group, scale)


def _same_strata(units: Units, pairs: Sequence[_Pair]) -> Numbers:
    from scipy import sparse

    size = int(units.stratum.max(initial=-1)) + 1
    rows = np.concatenate([units.stratum[one.first] for one in pairs])
    columns = np.concatenate([units.stratum[one.second] for one in pairs])
    edges = sparse.coo_array((np.ones(rows.size), (rows, columns)), shape=(size, size))
    _, label = sparse.csgraph.connected_components(edges, directed=False)
    return np.asarray(label, dtype=np.intp)


def _centred(scores: Floats, group: Numbers) -> Floats:
    """Return scores less the mean of their group."""
    size = int(group.max(initial=-1)) + 1
    sums = np.zeros((size, scores.shape[1]))
    np.add.at(sums, group, scores)
    count = np.bincount(group, minlength=size)[:, None]
    return np.asarray(scores - (sums / np.maximum(count, 1))[group])
