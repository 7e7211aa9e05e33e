"""Mean direction and length of times of day, as functions of their summed cosines and sines.

With angles θ, C = Σ w cos θ, S = Σ w sin θ and N = Σ w, the mean vector (C, S) / N has the
direction φ = atan2(S, C) and the length R̄ = √(C² + S²) / N (Mardia & Jupp 2000, §2.2.1, §2.3.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.schema.clock import DAY

__all__ = ["NOWHERE", "TURN", "MeanDirection", "MeanVector", "ResultantLength"]

Floats = npt.NDArray[np.float64]
TURN = DAY / (2 * np.pi)
"""Minutes in a radian."""
NOWHERE = 1e-12
"""A mean vector no longer than this is rounding: it has no direction."""
ONE_TIME = 1e-14
"""Where the length falls short of 1 by less than this, all times are the same."""


@dataclass(frozen=True, slots=True)
class MeanDirection:
    """The direction of the mean vector in minutes after midnight, from 0 to before 1440.

    ∂φ/∂C = -sin φ / (N R̄) and ∂φ/∂S = cos φ / (N R̄), in radians.
    """

    def value(self, totals: Floats) -> Floats:
        """Return the mean times (D, 1) of C, S, N (D, 3); NaN where the vector has no direction."""
        length = _length(totals)
        minutes = np.arctan2(totals[:, 1], totals[:, 0]) * TURN % DAY
        # A hair before midnight is a whole day once it is rounded.
        minutes = np.where(minutes >= DAY, 0.0, minutes)
        return np.where(length > NOWHERE, minutes, np.nan)[:, None]

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, 3, 1); zero where the vector has no direction."""
        _, across = _axes(totals)
        length = np.where(_length(totals) > NOWHERE, _length(totals), np.inf)
        return (across * (TURN / length)[:, None])[:, :, None]


@dataclass(frozen=True, slots=True)
class ResultantLength:
    """The length of the mean vector: 1 where all times are the same, 0 where they cancel out.

    ∂R̄/∂C = cos φ / N, ∂R̄/∂S = sin φ / N, ∂R̄/∂N = -R̄ / N.
    """

    def value(self, totals: Floats) -> Floats:
        """Return the lengths (D, 1) of C, S, N (D, 3)."""
        length = _length(totals)
        return np.where(length <= NOWHERE, 0.0, length)[:, None]

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, 3, 1); zero where the vector has no direction."""
        along, _ = _axes(totals)
        return along[:, :, None]


@dataclass(frozen=True, slots=True)
class MeanVector:
    """The mean vector seen from given directions: along them, across them, and the two added.

    The variance of the third tells the covariance of the first two.

    Attributes
    ----------
    angles : tuple of float
        Direction of each domain: that of its own mean vector in the sample.
    """

    angles: tuple[float, ...]

    @classmethod
    def of(cls, totals: Floats) -> MeanVector:
        """Look from the directions of the mean vectors themselves."""
        return cls(tuple(np.arctan2(totals[:, 1], totals[:, 0]).tolist()))

    def value(self, totals: Floats) -> Floats:
        """Return the vector along, across and both (D, 3)."""
        angle = np.array(self.angles)
        size = np.where(totals[:, 2] > 0, totals[:, 2], np.nan)
        along = (totals[:, 0] * np.cos(angle) + totals[:, 1] * np.sin(angle)) / size
        across = (totals[:, 1] * np.cos(angle) - totals[:, 0] * np.sin(angle)) / size
        return np.column_stack([along, across, along + across])

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, 3, 3)."""
        along, across = _axes(totals)
        return np.stack([along, across, along + across], axis=2)


def _length(totals: Floats) -> Floats:
    length = np.full(totals.shape[0], np.nan)
    np.divide(
        np.hypot(totals[:, 0], totals[:, 1]), totals[:, 2], out=length, where=totals[:, 2] > 0
    )
    return np.asarray(np.where(length >= 1 - ONE_TIME, 1.0, length))


def _axes(totals: Floats) -> tuple[Floats, Floats]:
    """Return the derivatives (D, 3) of the mean vector along and across its direction.

    Both are zero where there is no direction, and where all times are the same: what rounding
    leaves of the scores would look like variation.
    """
    length = _length(totals)
    varies = (length > NOWHERE) & (length < 1)
    size = np.where(varies, totals[:, 2], np.inf)
    angle = np.arctan2(totals[:, 1], totals[:, 0])
    cosine, sine, nothing = np.cos(angle), np.sin(angle), np.zeros_like(angle)
    along = np.column_stack([cosine, sine, -np.where(varies, length, 0.0)])
    across = np.column_stack([-sine, cosine, nothing])
    return along / size[:, None], across / size[:, None]
