"""Sampling units and how their totals vary: strata, stages, finite populations, lonely clusters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.responses import DesignStage, LonelyPolicy
from socialpoll.totals.level import Level, sums_by
from socialpoll.totals.stage_levels import (
    collapsed,
    level_of,
    lonely_error,
    parent_of,
    settled,
    stages_in_the_variance,
)

__all__ = ["CANCELS", "PairsOf", "Units", "of_differences"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.intp]
PairsOf: TypeAlias = tuple[Floats, Sequence[tuple[int, int]]]
"""Columns by unit (U, m), and pairs of them that are asked for."""
SPREAD_AT_ONCE = 1 << 17
"""Scores that are squared at once."""
CANCELS = 1e-4
"""A variance below this part of what it is made from has lost digits on its way."""
FIRST_STAGE_ONLY = ("collapse", "average")


@dataclass(frozen=True, eq=False)
class Units:
    """Every level of sampling that enters the variance, finest first.

    Attributes
    ----------
    of_row : int32 array (n,)
        Unit of the finest level to which each case belongs.
    levels : tuple of Level
        The last one is the first stage.
    cluster : int32 array (U,)
        First-stage unit of each unit of the finest level; degrees of freedom count them.
    stratum : int32 array (clusters,)
        First-stage stratum of each first-stage unit; strata that were joined are one.
    lonely : tuple of int
        First-stage strata with one unit that the policy had to deal with.
    times : float64 array (clusters,) or None
        How many sampled units each first-stage unit stands for; None where each is one.
    """

    of_row: Places
    levels: tuple[Level, ...]
    cluster: Places
    stratum: Places
    lonely: tuple[int, ...] = ()
    times: Floats | None = None

    @property
    def size(self) -> int:
        """Number of units U of the finest level."""
        return self.levels[0].group.size

    @property
    def first_stratum(self) -> Places:
        """First-stage stratum of each unit of the finest level (U,)."""
        return np.asarray(self.stratum[self.cluster], dtype=np.int32)

    @property
    def lies_elsewhere(self) -> bool:
        """Whether units are not at hand, and every question about them has its price."""
        return False

    @cached_property
    def rank(self) -> npt.NDArray[np.int64]:
        """Place of each unit of the finest level in the order of its groups."""
        group = self.levels[0].group
        rank = np.empty(group.size, dtype=np.int64)
        rank[np.argsort(group, kind="stable")] = np.arange(group.size)
        return rank

    @cached_property
    def sizes(self) -> npt.NDArray[np.intp]:
        """Number of units of each group of the finest level."""
        level = self.levels[0]
        return np.bincount(level.group, minlength=level.count.size)

    @cached_property
    def in_order(self) -> tuple[npt.NDArray[np.int64] | None, npt.NDArray[np.int64]]:
        """The cases in the order of ranks, None where they are so, and the rank of each then."""
        rank = self.rank[self.of_row]
        if (rank[1:] >= rank[:-1]).all():
            return None, rank
        order = np.argsort(rank, kind="stable")
        return order, rank[order]

    @property
    def is_plain(self) -> bool:
        """Whether variances are those of one stage within its strata."""
        return len(self.levels) == 1 and self.levels[0].is_plain

    @cached_property
    def first(self) -> npt.NDArray[np.intp]:
        """Rank of the first unit of each group of the finest level."""
        return np.asarray(np.cumsum(self.sizes) - self.sizes)

    def spread(self, scores: Floats) -> tuple[Floats, Floats]:
        """Return variances (m,) of plain units, and sums of squares, of scores (m, U) by rank.

        Some scores at a time, so that their squares stay in the cache. Variances that nearly cancel
        are made from the deviations.
        """
        step = max(1, SPREAD_AT_ONCE // max(scores.shape[1], 1))
        parts = [self._spread(scores[at : at + step]) for at in range(0, len(scores), step)]
        if not parts:
            return np.zeros(0), np.zeros(0)
        variance, squares = (np.concatenate(several) for several in zip(*parts, strict=True))
        return variance, squares

    def _spread(self, scores: Floats) -> tuple[Floats, Floats]:
        level = self.levels[0]
        square = np.add.reduceat(scores * scores, self.first, axis=1)
        sums = np.add.reduceat(scores, self.first, axis=1)
        whole = square @ level.scale
        variance = whole - (sums * sums) @ (level.scale / level.count)
        cancels = variance <= CANCELS * whole
        if cancels.any():
            variance[cancels] = self._spread_about_means(scores[cancels], sums[cancels])
        return variance, square.sum(axis=1)

    def _spread_about_means(self, scores: Floats, sums: Floats) -> Floats:
        level = self.levels[0]
        deviation = scores - np.repeat(sums / level.count, self.sizes, axis=1)
        scale = np.repeat(level.scale, self.sizes)
        return np.asarray(np.einsum("mu,mu,u->m", deviation, deviation, scale))

    def covariances(self, scores: Floats, widths: Sequence[int]) -> list[Floats]:
        """Return V (m, m) of each of several groups of figures, side by side in scores (U, m).

        V = Σ over levels (Z - Z̄)' diag(scale) (Z - Z̄) (Binder 1983; Bellhouse 1985 for later
        stages).
        """
        found = [np.zeros((width, width)) for width in widths]
        for level, deviation in self._deviations(scores):
            scaled = level.scale[level.group][:, None] * deviation
            stop = 0
            for place, width in enumerate(widths):
                here = slice(stop, stop + width)
                found[place] += deviation[:, here].T @ scaled[:, here]
                stop = here.stop
        return found

    def variances(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their scores (U, m)."""
        total = np.zeros(scores.shape[1])
        for level, deviation in self._deviations(scores):
            total += np.einsum("um,u,um->m", deviation, level.scale[level.group], deviation)
        return total

    def each(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their covariance, as they stand in it."""
        (v,) = self.covariances(scores, [scores.shape[1]])
        return np.asarray(np.diagonal(v))

    def apart(self, scores: Floats, a: Numbers, b: Numbers) -> Floats:
        """Return the variances (p,) of differences of figures a and b, from scores (U, m)."""
        (v,) = self.covariances(scores, [scores.shape[1]])
        return of_differences(v, a, b)

    def vanish(self, variance: Floats, raw: Floats, part: float) -> npt.NDArray[np.bool_]:
        """Say which variances are no more than a part of the squares of other scores (U, m).

        Not where all of these are 0.
        """
        return np.asarray(variance <= part * self.levels[0].squares(raw)) & raw.any(axis=0)

    def in_either(self, totals: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
        """Return how many first-stage units have one in either of two columns: (pairs,)."""
        there, places = totals > 0, np.array(pairs, dtype=np.intp).reshape(-1, 2)
        return self._number_with(there[:, places[:, 0]] | there[:, places[:, 1]])

    def foresee(self, scores: Iterable[PairsOf], present: Iterable[PairsOf]) -> None:
        """Ask for nothing: all is at hand."""

    def _number_with(self, there: npt.NDArray[np.bool_]) -> Floats:
        clusters = sums_by(self.cluster, self.stratum.size, there.astype(np.float64)) > 0
        each = np.ones(self.stratum.size) if self.times is None else self.times
        return np.asarray(each @ clusters)

    def _deviations(self, scores: Floats) -> Iterator[tuple[Level, Floats]]:
        for number, level in enumerate(self.levels):
            if number:
                scores = self.levels[number - 1].raise_to_parents(scores)
            yield level, level.deviations(scores)

    @classmethod
    def of(
        cls,
        stages: Sequence[DesignStage],
        policy: LonelyPolicy = "error",
        labels: Sequence[str] = (),
        times: npt.NDArray[np.int64] | None = None,
    ) -> Units:
        """Make the units and groups of each stage, and settle what lonely clusters contribute.

        Stages after the first enter only where they, and all before them, have a finite population
        (Särndal, Swensson & Wretman 1992, §4.3; Bellhouse 1985). Of an element sample, ``times``
        (n,) may say how many cases each row stands for; groups then count cases.

        Raises
        ------
        DesignError
            A stratum has one cluster and the policy is ``error``; or it is ``collapse`` or
            ``average``, and there is no other stratum, or the stratum is one of a later stage.
        """
        used = stages_in_the_variance(stages)
        above = np.ones(1)
        parent = np.zeros_like(used[0].unit)
        levels: list[Level] = []
        lonely: list[int] = []
        unit = parent
        for depth, stage in enumerate(used):
            unit, level, fraction, alone = level_of(stage, parent, above, times)
            if alone.size and (policy == "error" or (depth and policy in FIRST_STAGE_ONLY)):
                raise lonely_error(stage, unit, level, alone, depth, labels)
            if depth == 0:
                lonely = [int(one) for one in alone]
            if alone.size and policy == "collapse":
                levels.append(collapsed(stage, level, fraction, alone, labels))
            else:
                levels.append(settled(level, alone, policy, first=depth == 0))
            above = (above[parent_of(level)] if depth else np.ones(1)) * fraction[level.group]
            parent = unit
        cluster = np.arange(levels[-1].group.size, dtype=np.int32)
        for level in reversed(levels[1:]):
            cluster = parent_of(level)[cluster]
        return cls(unit, tuple(reversed(levels)), cluster, levels[0].group, tuple(lonely))


def of_differences(v: Floats, a: Numbers, b: Numbers) -> Floats:
    """Return the variances (p,) of differences of figures a and b, from their covariance V."""
    return np.asarray(v[a, a] + v[b, b] - 2 * v[a, b])
