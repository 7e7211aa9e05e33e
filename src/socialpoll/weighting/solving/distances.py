"""How far calibrated weights are from those that enter: a function g of x'λ for each distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError

__all__ = ["Distance", "Linear", "Logit", "Raking", "Truncated"]

Floats = npt.NDArray[np.float64]
Bound: TypeAlias = float | Floats
"""One for all, or by row (C,), or by row and replicate (C, B)."""
Chosen: TypeAlias = npt.NDArray[np.bool_] | npt.NDArray[np.intp]
LARGEST = 300.0
"""Exponent beyond which factors are cut off, so that sums of their squares stay finite."""


class Distance(Protocol):
    """F, its inverse function's derivative being that of a distance between weights.

    Deville & Särndal (1992), JASA 87:376, §2: F(0) = 1 and F'(0) = 1.
    """

    def factor(self, u: Floats) -> Floats:
        """Return g = F(u), in the shape of u = x'λ: (C,) or (C, B)."""
        ...

    def slope(self, u: Floats) -> Floats:
        """Return F'(u), zero or more, in the shape of u."""
        ...

    def replicates(self, chosen: Chosen) -> Self:
        """Return the distance for some of the replicates, where it differs between them."""
        ...


@dataclass(frozen=True, slots=True)
class Linear:
    """F(u) = 1 + u: chi-square distance, generalised regression; factors may be negative.

    Deville & Särndal (1992), §2, case 1.
    """

    def factor(self, u: Floats) -> Floats:
        """Return F(u) = 1 + u."""
        return 1.0 + u

    def slope(self, u: Floats) -> Floats:
        """Return F'(u) = 1."""
        return np.ones_like(u)

    def replicates(self, _chosen: Chosen) -> Linear:
        """Return itself: no replicate has a distance of its own."""
        return self


@dataclass(frozen=True, slots=True)
class Raking:
    """F(u) = exp(u): multiplicative, what iterative proportional fitting comes to.

    Deville & Särndal (1992), §2, case 2. Exponents are cut off at ±300.
    """

    def factor(self, u: Floats) -> Floats:
        """Return F(u) = exp(u)."""
        return np.exp(np.clip(u, -LARGEST, LARGEST))

    def slope(self, u: Floats) -> Floats:
        """Return F'(u) = exp(u)."""
        return self.factor(u)

    def replicates(self, _chosen: Chosen) -> Raking:
        """Return itself: no replicate has a distance of its own."""
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Logit:
    """F between bounds that are never quite reached.

    F(u) = (L(U - 1) + U(1 - L) exp(Au)) / (U - 1 + (1 - L) exp(Au)), A = (U - L)/((1 - L)(U - 1));
    Deville & Särndal (1992), §2, case 6. Written here as L + (U - L) expit(Au + log((1-L)/(U-1))).

    Parameters
    ----------
    low, high : float, or float64 array (C,) or (C, B)
        L and U, finite, L < 1 < U: of all factors, by row, or by row and replicate.

    Raises
    ------
    WeightingError
        Bounds without 1 between them, or infinite.
    """

    low: Bound
    high: Bound

    def __post_init__(self) -> None:
        _check(self.low, self.high, where="logit", by_row=False)
        if not (np.isfinite(self.low).all() and np.isfinite(self.high).all()):
            raise WeightingError(
                "bounds of a logit distance that are infinite",
                where="logit",
                found=_range(self.low, self.high),
                advice="give finite bounds, or take the truncated distance",
            )

    def factor(self, u: Floats) -> Floats:
        """Return F(u)."""
        from scipy import special

        low, high = _by_row(self.low, u), _by_row(self.high, u)
        return np.asarray(low + (high - low) * special.expit(self._logit(u)))

    def slope(self, u: Floats) -> Floats:
        """Return F'(u) = (F - L)(U - F) / ((1 - L)(U - 1))."""
        from scipy import special

        low, high = _by_row(self.low, u), _by_row(self.high, u)
        logit = self._logit(u)
        steepest = (high - low) ** 2 / ((1 - low) * (high - 1))
        return np.asarray(steepest * special.expit(logit) * special.expit(-logit))

    def replicates(self, chosen: Chosen) -> Logit:
        """Return the distance with the bounds of some of the replicates."""
        return Logit(_columns(self.low, chosen), _columns(self.high, chosen))

    def _logit(self, u: Floats) -> Floats:
        low, high = _by_row(self.low, u), _by_row(self.high, u)
        rate = (high - low) / ((1 - low) * (high - 1))
        return np.asarray(rate * u + np.log((1 - low) / (high - 1)))


@dataclass(frozen=True, slots=True, eq=False)
class Truncated:
    """F(u) = 1 + u, cut off at bounds that are reached: truncated linear.

    Deville & Särndal (1992), §2, case 7.

    Parameters
    ----------
    low, high : float, or float64 array (C,) or (C, B)
        L and U, L < 1 < U: of all factors, by row, or by row and replicate. By row both may lie on
        one side of 1, for a weight beyond its own limit, which F(0) then brings to it.

    Raises
    ------
    WeightingError
        Bounds without 1 between them; by row, a low one that is not below the high one.
    """

    low: Bound
    high: Bound

    def __post_init__(self) -> None:
        by_row = np.ndim(self.low) > 0 or np.ndim(self.high) > 0
        _check(self.low, self.high, where="truncated", by_row=by_row)

    def factor(self, u: Floats) -> Floats:
        """Return F(u)."""
        return np.clip(1.0 + u, _by_row(self.low, u), _by_row(self.high, u))

    def slope(self, u: Floats) -> Floats:
        """Return F'(u): 1 between the bounds, 0 beyond them."""
        linear = 1.0 + u
        free = (linear >= _by_row(self.low, u)) & (linear <= _by_row(self.high, u))
        return free.astype(np.float64)

    def replicates(self, chosen: Chosen) -> Truncated:
        """Return the distance with the bounds of some of the replicates."""
        return Truncated(_columns(self.low, chosen), _columns(self.high, chosen))


def _by_row(bound: Bound, u: Floats) -> Floats:
    """Return bounds that broadcast to u; those by row hold in every replicate."""
    value = np.asarray(bound, dtype=np.float64)
    return value[:, None] if value.ndim == 1 and u.ndim > 1 else value


def _columns(bound: Bound, chosen: Chosen) -> Bound:
    if isinstance(bound, np.ndarray) and bound.ndim > 1 and bound.shape[1] > 1:
        return bound[:, chosen]
    return bound


def _check(low: Bound, high: Bound, *, where: str, by_row: bool) -> None:
    lowest, highest = np.asarray(low), np.asarray(high)
    right = lowest < highest if by_row else (lowest < 1) & (highest > 1)
    if not right.all():
        wrong = f" ({np.count_nonzero(~right)} of {right.size} rows)" if right.ndim else ""
        raise WeightingError(
            f"bounds of g that do not have 1 between them{wrong}",
            where=where,
            found=_range(low, high),
            allowed="low < 1 < high",
            advice="g is the calibrated weight over the entering one: scale the weights to the "
            "population first, or widen the bounds",
        )


def _range(low: Bound, high: Bound) -> str:
    def told(bound: Bound) -> str:
        smallest, largest = float(np.min(bound)), float(np.max(bound))
        one = smallest == largest or np.ndim(bound) == 0
        return f"{smallest:g}" if one else f"{smallest:g} to {largest:g}"

    return f"low {told(low)}, high {told(high)}"
