"""The kernels of replication: how often each unit counts, some replicates at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from socialpoll.schema import Fact, FactValue

__all__ = [
    "Columns",
    "Copies",
    "Deleted",
    "DeletedGroups",
    "Drawn",
    "Multipliers",
    "Signed",
    "replication_fact",
]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


class Multipliers(Protocol):
    """How often each of some units counts in each replicate, made when asked for."""

    def block(self, start: int, stop: int) -> Floats:
        """Return the multipliers of replicates ``start`` to ``stop``, float64 array (U, b)."""


@dataclass(frozen=True, eq=False)
class Deleted:
    """One unit is left out in each replicate, and the rest of its stratum counts for it.

    Attributes
    ----------
    stratum : int array (U,)
        Of every unit.
    unit : int array (R,)
        The one left out.
    factor : float64 array (R,)
        n / (n - 1) of its stratum.
    """

    stratum: Places
    unit: Places
    factor: Floats

    def block(self, start: int, stop: int) -> Floats:
        """Return the multipliers of replicates ``start`` to ``stop``, float64 array (U, b)."""
        unit = self.unit[start:stop]
        same = self.stratum[:, None] == self.stratum[unit][None, :]
        out = np.where(same, self.factor[start:stop], 1.0)
        out[unit, np.arange(unit.size)] = 0.0
        return out


@dataclass(frozen=True, eq=False)
class DeletedGroups:
    """One group of units is left out, or set back, in each replicate.

    Attributes
    ----------
    clusters : int
        All units, U.
    unit : int array (A,)
        Those that vary.
    stratum, group : int array (A,)
        Of each.
    inside, outside : float64 array (H, R)
        Multiplier of a stratum's units that are in the group, and of those that are not.
    """

    clusters: int
    unit: Places
    stratum: Places
    group: Places
    inside: Floats
    outside: Floats

    def block(self, start: int, stop: int) -> Floats:
        """Return the multipliers of replicates ``start`` to ``stop``, float64 array (U, b)."""
        inside, outside = self.inside[:, start:stop], self.outside[:, start:stop]
        chosen = self.group[:, None] == np.arange(start, start + inside.shape[1])
        out = np.ones((self.clusters, inside.shape[1]))
        out[self.unit] = np.where(chosen, inside[self.stratum], outside[self.stratum])
        return out


@dataclass(frozen=True, eq=False)
class Drawn:
    """Units are drawn with replacement, n - 1 in each stratum of n, anew in each replicate.

    Attributes
    ----------
    clusters : int
        All units, U.
    unit : int array (A,)
        Those that vary, stratum after stratum.
    slope : float64 array (A,)
        What deviations from 1 keep.
    ratio : float64 array (A,)
        n / (n - 1) of each one's stratum.
    first, count : int array (A - H,)
        Of each draw: place of its stratum's first unit, and units of the stratum.
    replicates : int
    entropy : tuple of int
        What the random numbers start from.
    """

    clusters: int
    unit: Places
    slope: Floats
    ratio: Floats
    first: Places
    count: Places
    replicates: int
    entropy: tuple[int, ...]

    def block(self, start: int, stop: int) -> Floats:
        """Return the multipliers of replicates ``start`` to ``stop``, float64 array (U, b)."""
        chosen = range(self.replicates)[start:stop]
        drawn = np.empty((self.unit.size, len(chosen)))
        for column, replicate in enumerate(chosen):
            drawn[:, column] = self._drawn(replicate)
        drawn *= self.ratio[:, None]
        drawn -= 1.0
        drawn *= self.slope[:, None]
        out = np.ones((self.clusters, len(chosen)))
        out[self.unit] += drawn
        return out

    def _drawn(self, replicate: int) -> Places:
        # Each replicate has a stream of its own, so that a block needs none of those before it.
        seeds = np.random.SeedSequence(self.entropy, spawn_key=(replicate,))
        chance = np.random.Generator(np.random.PCG64(seeds)).random(self.first.size)
        picked = self.first + (chance * self.count).astype(np.intp)
        return np.bincount(picked, minlength=self.unit.size)


@dataclass(frozen=True, eq=False)
class Signed:
    """Units count more or less by the signs in two rows of an orthogonal matrix.

    Attributes
    ----------
    clusters : int
        All units, U.
    unit : int array (A,)
        Those that vary.
    matrix : int8 array (R, R)
        Of 1 and -1, with orthogonal rows.
    plus, minus : int array (A,)
        Rows of each unit.
    by_plus, by_minus : float64 array (A,)
        What the signs in them are multiplied by.
    """

    clusters: int
    unit: Places
    matrix: npt.NDArray[np.int8]
    plus: Places
    minus: Places
    by_plus: Floats
    by_minus: Floats

    def block(self, start: int, stop: int) -> Floats:
        """Return the multipliers of replicates ``start`` to ``stop``, float64 array (U, b)."""
        signs = self.matrix[:, start:stop].astype(np.float64)
        out = np.ones((self.clusters, signs.shape[1]))
        out[self.unit] += self.by_plus[:, None] * signs[self.plus]
        out[self.unit] += self.by_minus[:, None] * signs[self.minus]
        return out


@dataclass(frozen=True, eq=False)
class Columns:
    """Multipliers that were given, case by case.

    Attributes
    ----------
    values : float64 array (n, R)
    base : float64 array (n,) or None
        What they are divided by where it is not 0; nothing where None.
    """

    values: Floats
    base: Floats | None

    def block(self, start: int, stop: int) -> Floats:
        """Return the multipliers of replicates ``start`` to ``stop``, float64 array (n, b)."""
        values = self.values[:, start:stop]
        if self.base is None:
            return values.copy()
        base = self.base[:, None]
        return np.divide(values, base, out=np.zeros_like(values), where=base > 0)


@dataclass(frozen=True, eq=False)
class Copies:
    """Multipliers of the base weights in each of R replicates.

    The variance is scale · Σ rscales_r (θ_r - c)², where c is the estimate of the full sample, or
    the mean of the replicates whose rscale is not 0.

    Attributes
    ----------
    multipliers : Multipliers
        Of units, or of cases.
    scale : float
    rscales : float64 array (R,)
    mse : bool
        Whether c is the estimate of the full sample.
    fact : Fact
        ``("weighting", "replication")`` for the account of the method: method, kind, replicates
        and scale; strata, units (those that vary) and stages_left_out (later stages, which no
        replicate resamples); and what the method adds: groups, fay, seed (None for a generator).
    by : {"unit", "case"}
        What multipliers are of.
    """

    multipliers: Multipliers
    scale: float
    rscales: Floats
    mse: bool
    fact: Fact
    by: Literal["unit", "case"] = "unit"

    def __post_init__(self) -> None:
        self.rscales.flags.writeable = False

    @property
    def replicates(self) -> int:
        """The number of replicates, R."""
        return int(self.rscales.size)

    @property
    def method(self) -> str:
        """The word of the method."""
        return str(self.fact.values["method"])

    def block(self, start: int, stop: int) -> Floats:
        """Return multipliers of replicates ``start`` to ``stop``, as of a slice.

        Returns
        -------
        float64 array (clusters, b)
            Of first-stage units as numbered in :class:`Units`; (n, b) where ``by`` is ``case``.
        """
        return self.multipliers.block(start, stop)

    def rows(self, start: int, stop: int, cluster_of_row: npt.NDArray[np.integer]) -> Floats:
        """Return multipliers of replicates ``start`` to ``stop``, one row a case.

        Parameters
        ----------
        start, stop : int
            As of a slice.
        cluster_of_row : int array (n,)
            First-stage unit of each case, ``units.cluster[units.of_row]``.

        Returns
        -------
        float64 array (n, b)
        """
        block = self.block(start, stop)
        return block if self.by == "case" else np.take(block, cluster_of_row, axis=0)


def replication_fact(method: str, kind: str, replicates: int, **values: FactValue) -> Fact:
    """Return the fact ``("weighting", "replication")`` of a method."""
    return Fact(
        "weighting",
        "replication",
        {"method": method, "kind": kind, "replicates": replicates, **values},
    )
