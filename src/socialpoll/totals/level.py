"""The units of one stage of sampling, and what the total of each is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Level", "sums_by"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Level:
    """The units of one stage, and the group (stratum within parent unit) each belongs to.

    Attributes
    ----------
    group : int32 array (U,)
        Group of each unit.
    count : float64 array (G,)
        Sampled units of each group, whatever their weight.
    scale : float64 array (G,)
        Sampling fractions of all stages above, times (1 - f) n / (n - 1).
    grand : bool array (G,)
        Whether the group's lonely unit is compared with the mean of all units of its wave.
    up : int32 array (U,) or None
        Unit of the level above; None at the first stage.
    wave : int32 array (U,) or None
        Wave of each unit, where several are stacked.
    """

    group: Places
    count: Floats
    scale: Floats
    grand: npt.NDArray[np.bool_]
    up: Places | None
    wave: Places | None = None

    @property
    def is_plain(self) -> bool:
        """Whether every unit is compared with the mean of its own group."""
        return not self.grand.any()

    @property
    def wave_of_group(self) -> Places:
        """Wave of each group (G,); 0 where none are stacked."""
        wave = np.zeros(self.count.size, dtype=np.int32)
        if self.wave is not None:
            wave[self.group] = self.wave
        return wave

    def deviations(self, totals: Floats) -> Floats:
        """Return unit totals (U, m) less the mean of their group, or of all units."""
        return np.asarray(totals - self.centres(totals))

    def centres(self, totals: Floats) -> Floats:
        """Return what each unit's total is compared with (U, m)."""
        centre = sums_by(self.group, self.count.size, totals) / self.count[:, None]
        if self.wave is None:
            centre[self.grand] = totals.sum(axis=0) / self.count.sum()
            return np.asarray(centre[self.group])
        waves = int(self.wave.max(initial=-1)) + 1
        sizes = np.bincount(self.wave_of_group, weights=self.count, minlength=waves)
        means = sums_by(self.wave, waves, totals) / sizes[:, None]
        grand = self.grand[self.group]
        return np.where(grand[:, None], means[self.wave], centre[self.group])

    def squares(self, totals: Floats) -> Floats:
        """Return the sums of squares (m,) of unit totals (U, m)."""
        return np.asarray(np.einsum("um,um->m", totals, totals))

    def raise_to_parents(self, totals: Floats) -> Floats:
        """Sum unit totals (U, m) to the units of the level above."""
        if self.up is None:
            message = "the first stage has no level above it"
            raise ValueError(message)
        return sums_by(self.up, int(self.up.max(initial=-1)) + 1, totals)


def sums_by(place: Places, size: int, totals: Floats) -> Floats:
    """Sum rows of ``totals`` (U, m) into ``size`` places."""
    from scipy import sparse

    ones = np.ones(place.size)
    gather = sparse.csr_array((ones, (place, np.arange(place.size))), shape=(size, place.size))
    return np.asarray(gather @ totals)
