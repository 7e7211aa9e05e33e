"""Sampling units of several waves that are independent samples, each with its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.totals.level import Level
from socialpoll.totals.units import PairsOf, Units

__all__ = ["StackedUnits", "stacked_units"]

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False, kw_only=True)
class StackedUnits(Units):
    """Units of waves one after another, of cases or of combinations, in clusters or without.

    Waves that are independent samples have no covariance: what each of them adds to a variance is
    its own, wherever its units lie.

    Attributes
    ----------
    waves : tuple of Units
        In their order.
    """

    waves: tuple[Units, ...]

    @property
    def is_plain(self) -> bool:
        """Say no: units of each wave vary in a way of their own."""
        return False

    @property
    def first_stratum(self) -> npt.NDArray[np.int32]:
        """First-stage stratum of each unit of the finest level (U,)."""
        return self.levels[0].group

    @property
    def lies_elsewhere(self) -> bool:
        """Whether clusters of a wave lie elsewhere."""
        return any(one.lies_elsewhere for one in self.waves)

    def covariances(self, scores: Floats, widths: Sequence[int]) -> list[Floats]:
        """Return V (m, m) of each of several groups of figures, side by side in scores (U, m)."""
        several = [wave.covariances(part, widths) for wave, part in self._each(scores)]
        return [np.sum(of_waves, axis=0) for of_waves in zip(*several, strict=True)]

    def variances(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their scores (U, m)."""
        return _summed(wave.variances(part) for wave, part in self._each(scores))

    def each(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their covariance, as they stand in it."""
        return _summed(wave.each(part) for wave, part in self._each(scores))

    def apart(self, scores: Floats, a: Numbers, b: Numbers) -> Floats:
        """Return the variances (p,) of differences of figures a and b, from scores (U, m)."""
        return _summed(_apart(wave, part, a, b) for wave, part in self._each(scores))

    def vanish(self, variance: Floats, raw: Floats, part: float) -> npt.NDArray[np.bool_]:
        """Say which variances are no more than a part of the squares of other scores (U, m).

        The squares of all waves are at least those of any.
        """
        found = [wave.vanish(variance, own, part) for wave, own in self._each(raw)]
        return np.asarray(np.any(found, axis=0))

    def in_either(self, totals: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
        """Return how many clusters have one in either of two columns: (pairs,)."""
        places = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        return _summed(_in_either(wave, part, places) for wave, part in self._each(totals))

    def foresee(self, scores: Iterable[PairsOf], present: Iterable[PairsOf]) -> None:
        """Ask for what will be needed of each wave whose clusters lie elsewhere."""
        of_figures, of_domains = (
            [[(part, pairs) for _, part in self._each(one)] for one, pairs in several]
            for several in (scores, present)
        )
        for place, wave in enumerate(self.waves):
            wave.foresee([one[place] for one in of_figures], [one[place] for one in of_domains])

    def _each(self, rows: Floats) -> Iterator[tuple[Units, Floats]]:
        """Yield every wave with its own rows (U, m)."""
        stops = np.cumsum([one.size for one in self.waves])
        return zip(self.waves, np.split(rows, stops[:-1]), strict=True)


def stacked_units(waves: Sequence[Units], strata: Sequence[int]) -> StackedUnits:
    """Return the units of waves that are independent samples.

    Parameters
    ----------
    waves : sequence of Units
    strata : sequence of int
        How many strata of the first stage each wave has.
    """
    group = _numbered_on(
        [one.first_stratum for one in waves], [one.levels[-1].count.size for one in waves]
    )
    count, scale = (
        np.concatenate([getattr(one.levels[-1], name) for one in waves])
        for name in ("count", "scale")
    )
    times = None
    if any(one.times is not None for one in waves):
        ones = (np.ones(one.stratum.size) for one in waves)
        times = np.concatenate([each if one.times is None else one.times
                                for one, each in zip(waves, ones, strict=True)])  # fmt: skip
    lonely = _numbered_on([np.array(one.lonely, dtype=np.int32) for one in waves], strata)
    return StackedUnits(
        of_row=_numbered_on([one.of_row for one in waves], [one.size for one in waves]),
        levels=(Level(group, count, scale, np.zeros(count.size, dtype=np.bool_), up=None),),
        cluster=_numbered_on([one.cluster for one in waves], [one.stratum.size for one in waves]),
        stratum=_numbered_on(
            [one.stratum for one in waves], [one.levels[-1].count.size for one in waves]
        ),
        lonely=tuple(lonely.tolist()),
        times=times,
        waves=tuple(waves),
    )


def _apart(wave: Units, scores: Floats, a: Numbers, b: Numbers) -> Floats:
    """Return what a wave adds to the variances of differences: where it has one figure, its own."""
    there = np.asarray(scores.any(axis=0))
    both = there[a] & there[b]
    if both.all():
        return wave.apart(scores, a, b)
    alone = wave.each(scores)
    found = np.asarray(alone[a] + alone[b])
    if both.any():
        found[both] = wave.apart(scores, a[both], b[both])
    return found


def _in_either(wave: Units, totals: Floats, pairs: Numbers) -> Floats:
    """Return how many clusters of a wave are in one of two columns: where it has one, in that."""
    a, b = pairs.T
    there = np.asarray((totals > 0).any(axis=0))
    both = there[a] & there[b]
    if both.all():
        return wave.in_either(totals, [(int(i), int(j)) for i, j in pairs])
    alone = wave.in_either(totals, [(one, one) for one in range(totals.shape[1])])
    found = np.asarray(alone[a] + alone[b])
    if both.any():
        found[both] = wave.in_either(totals, [(int(i), int(j)) for i, j in pairs[both]])
    return found


def _numbered_on(
    several: Sequence[npt.NDArray[np.int32]], sizes: Sequence[int]
) -> npt.NDArray[np.int32]:
    """Give the numbers of each wave a range of their own."""
    first = np.cumsum([0, *sizes[:-1]])
    parts = [one + start for one, start in zip(several, first, strict=True)]
    return np.concatenate(parts).astype(np.int32)


def _summed(several: Iterable[Floats]) -> Floats:
    return np.asarray(sum(several))
