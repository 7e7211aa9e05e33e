"""Sampling units that stand for several equal cases each, and how their totals vary."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Repeats, Responses
from socialpoll.totals.level import Level
from socialpoll.totals.units import Units

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["RepeatedLevel", "repeated_units"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RepeatedLevel(Level):
    """Combinations of answers as sampling units, each standing for the cases that gave them.

    The n cases of a combination have base weights w_i, with S = Σ w_i and Q = Σ w_i², and one
    score ζ in them; its total is Z = S ζ. With m the mean of all cases of the stratum,

    Σ_i (w_i ζ - m)² = Q (ζ - S/Q m)² + (n - S²/Q) m²,

    so √Q/S Z - S/√Q m are deviations like any other. What is left, over the combinations of a
    stratum, is the deviation of one unit more, which has no total; these stand last. Where a
    combination has points that stand for numbers, its deviations are of the totals at all of them
    (:class:`~socialpoll.responses.scans.points.Points`).

    Attributes
    ----------
    own : sparse array (U, U)
        What the deviation of a unit takes of totals: of its own, √Q/S.
    common : float64 array (U,)
        What it takes of the mean, S/√Q.
    """

    own: sparse.csr_array = None  # type: ignore[assignment]
    common: Floats = None  # type: ignore[assignment]

    @property
    def is_plain(self) -> bool:
        """Say no: units of one stratum do not vary alike."""
        return False

    def deviations(self, totals: Floats) -> Floats:
        """Return deviations (U, m) whose squares sum to those of all cases."""
        common = self.common[:, None] * self.centres(totals)
        return np.asarray(self.own @ totals - common)

    def squares(self, totals: Floats) -> Floats:
        """Return the sum of squares (m,) of the totals of cases."""
        return super().squares(np.asarray(self.own @ totals))


def repeated_units(responses: Responses, repeats: Repeats) -> Units:
    """Return combinations of answers as the units of an element sample, and one more a stratum.

    Raises
    ------
    DesignError
        A stratum has one case, and no policy for it.
    """
    from scipy import sparse

    policy, labels = responses.design.lonely, responses.strata_labels
    units = Units.of(responses.stages, policy, labels, repeats.times)
    (level,) = units.levels
    strata = level.count.size
    own, common, left = _parts_of_deviations(responses.base_weight, repeats)
    one_more = np.sqrt(np.bincount(level.group, weights=left, minlength=strata))
    every = np.arange(strata, dtype=np.int32)
    group = np.concatenate([level.group, every])
    of_unit = RepeatedLevel(
        group,
        level.count,
        level.scale,
        level.grand,
        up=None,
        own=sparse.block_diag([own, sparse.csr_array((strata, strata))], format="csr"),
        common=np.concatenate([common, one_more]),
    )
    return replace(
        units,
        levels=(of_unit,),
        cluster=np.arange(group.size, dtype=np.int32),
        stratum=group,
        times=np.concatenate([repeats.times, np.zeros(strata)]),
    )


def _parts_of_deviations(
    weight: Floats, repeats: Repeats
) -> tuple[sparse.csr_array, Floats, Floats]:
    """Return √Q/S, S/√Q and n - S²/Q of each combination (R,); 0, 0 and n where nothing weighs.

    The last is n D/Q, with D the sum of squares about the mean weight: no digits are lost. Points
    of a combination have their own parts.
    """
    from scipy import sparse

    squared = repeats.squared(weight)
    root, weighs = np.sqrt(squared), weight > 0
    nothing = np.zeros_like(weight)
    own = np.divide(root, weight, out=nothing.copy(), where=weighs)
    common = np.divide(weight, root, out=nothing.copy(), where=root > 0)
    times = repeats.times.astype(np.float64)
    left = np.divide(times * repeats.dispersion, squared, out=times.copy(), where=root > 0)
    each, points = np.arange(own.size), repeats.points
    if points is None:
        return sparse.csr_array((own, (each, each))), common, left
    several = points.of_several
    alone = sparse.csr_array((np.where(several, 0.0, own), (each, each)))
    common, left = (
        np.where(several, *both) for both in ((points.common, common), (points.left, left))
    )
    return alone + points.own, common, left
