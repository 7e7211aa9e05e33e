"""Figures as smooth functions of totals, each with its Jacobian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Ratios", "Shares", "Spread", "Statistic", "Sums", "own_and_base", "slopes_of"]

Floats = npt.NDArray[np.float64]


class Statistic(Protocol):
    """A function of the K totals of each of D domains, m figures a domain."""

    def value(self, totals: Floats) -> Floats:
        """Return the figures (D, m) from totals (D, K); NaN where the base is empty."""
        ...

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, K, m); zero where the base is empty."""
        ...


def slopes_of(jacobian: Floats) -> sparse.csc_array:
    """Return the derivatives (D, K, m) of figures of one domain each as a matrix (D·K, D·m)."""
    from scipy import sparse

    domains, columns, figures = jacobian.shape
    domain, column, figure = np.nonzero(jacobian)
    place = (domain * columns + column, domain * figures + figure)
    shape = (domains * columns, domains * figures)
    return sparse.csc_array((jacobian[domain, column, figure], place), shape=shape)


def own_and_base(jacobian: Floats) -> tuple[Floats, Floats] | None:
    """Return the slopes (D, m) of a category's own total, and of the base; None where not shares.

    The share of a category has derivatives (D, K, m) that are alike in all totals but its own.
    """
    figures = jacobian.shape[2]
    base = jacobian[:, -1, :]
    if jacobian.shape[1] != figures + 1:
        return None
    own = np.einsum("dmm->dm", jacobian[:, :figures]) - base
    expected = base[:, None] + np.eye(figures + 1, figures) * own[:, None]
    return (own, base) if np.allclose(jacobian, expected, rtol=1e-12, atol=0.0) else None


def _quotient(numerator: Floats, denominator: Floats) -> Floats:
    out = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    np.divide(numerator, denominator, out=out, where=denominator != 0)
    return out


@dataclass(frozen=True, slots=True)
class Shares:
    """The first ``reported`` totals as shares of the sum of all totals (Särndal et al. 1992, §5.6).

    p_k = t_k / Σ t, so ∂p_k/∂t_j = (1[j = k] - p_k) / Σ t.
    """

    reported: int

    def value(self, totals: Floats) -> Floats:
        """Return the shares (D, reported)."""
        return _quotient(totals[:, : self.reported], totals.sum(axis=1, keepdims=True))

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, K, reported)."""
        base = totals.sum(axis=1)
        eye = np.eye(totals.shape[1], self.reported)[None]
        slopes = _quotient(eye - self.value(totals)[:, None, :], base[:, None, None])
        return np.nan_to_num(slopes, nan=0.0)


@dataclass(frozen=True, slots=True)
class Ratios:
    """Totals of some columns over the total of one: means, ratios, shares of options.

    R_j = y_j / x, so ∂R_j/∂y_j = 1/x and ∂R_j/∂x = -R_j / x.
    """

    numerators: tuple[int, ...]
    denominator: int

    def value(self, totals: Floats) -> Floats:
        """Return the ratios (D, numerators)."""
        return _quotient(totals[:, list(self.numerators)], totals[:, [self.denominator]])

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, K, numerators)."""
        base = totals[:, self.denominator]
        slopes = np.zeros((*totals.shape, len(self.numerators)))
        for place, column in enumerate(self.numerators):
            slopes[:, column, place] += 1.0
        slopes[:, self.denominator, :] -= self.value(totals)
        return np.nan_to_num(_quotient(slopes, base[:, None, None]), nan=0.0)


@dataclass(frozen=True, slots=True)
class Sums:
    """Some of the totals themselves."""

    columns: tuple[int, ...]

    def value(self, totals: Floats) -> Floats:
        """Return the totals (D, columns)."""
        return totals[:, list(self.columns)]

    def jacobian(self, totals: Floats) -> Floats:
        """Return ones and zeros (D, K, columns)."""
        slopes = np.zeros((*totals.shape, len(self.columns)))
        for place, column in enumerate(self.columns):
            slopes[:, column, place] = 1.0
        return slopes


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean square about the mean, from squares and distances about any centre.

    S² = f (q / N - (d / N)²), with ∂S²/∂q = f/N, ∂S²/∂d = -2 f d/N² and ∂S²/∂N = f (2 d²/N - q)/N².

    Attributes
    ----------
    factors : tuple of float
        f of each domain, n / (n - 1).
    """

    factors: tuple[float, ...]

    def value(self, totals: Floats) -> Floats:
        """Return the variances (D, 1) from q, d and N (D, 3)."""
        mean_square = _quotient(totals[:, [0]], totals[:, [2]])
        mean = _quotient(totals[:, [1]], totals[:, [2]])
        return np.asarray(np.array(self.factors)[:, None] * (mean_square - mean**2))

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, 3, 1); zero where the base is empty."""
        base = totals[:, 2]
        mean_square, mean = (_quotient(totals[:, one], base) for one in (0, 1))
        slopes = np.stack([np.ones_like(base), -2 * mean, 2 * mean**2 - mean_square], axis=1)
        slopes = np.array(self.factors)[:, None] * _quotient(slopes, base[:, None])
        return np.nan_to_num(slopes, nan=0.0)[:, :, None]
