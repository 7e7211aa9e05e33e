"""What a figure says of itself to have a variance, and what a source of variances answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from socialpoll.totals.basis import Basis

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Function", "Smooth", "Uncertainty", "Variances"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Variances:
    """Variance of each figure, and whether it is zero by design.

    Attributes
    ----------
    variance : float64 array (m,)
        Zero where ``fixed``.
    fixed : bool array (m,)
        The scores vary between cases, but not within strata or not beyond the calibration
        variables.
    """

    variance: Floats
    fixed: npt.NDArray[np.bool_]


class Smooth(Protocol):
    """Figures that are a smooth function of the totals of a basis."""

    @property
    def basis(self) -> Basis:
        """What is summed."""
        ...

    @property
    def period(self) -> float | None:
        """What figures go round in, as times of day in a day; None for plain numbers."""
        ...

    def value(self, totals: Floats) -> Floats:
        """Return the m figures from totals (D, K); NaN where the base is empty."""
        ...

    def values(self, several: Floats) -> Floats:
        """Return the figures (R, m) from several totals (R, D, K), as of replicates."""
        ...

    def slopes(self, totals: Floats) -> sparse.csc_array:
        """Return their derivatives (D·K, m)."""
        ...

    def jacobian(self, totals: Floats) -> Floats | None:
        """Return the derivatives (D, K, m / D) where each figure is of one domain, or None."""
        ...


@dataclass(frozen=True, eq=False)
class Function:
    """Figures given as functions.

    Attributes
    ----------
    basis : Basis
    of : callable
        From totals (D, K) to figures (m,).
    derivatives : float64 array (D·K, m)
        At the totals of the sample.
    """

    basis: Basis
    of: Callable[[Floats], Floats]
    derivatives: Floats
    period: float | None = None

    def value(self, totals: Floats) -> Floats:
        """Return the figures (m,)."""
        return self.of(totals)

    def values(self, several: Floats) -> Floats:
        """Return the figures (R, m) from several totals (R, D, K)."""
        return np.array([self.of(one) for one in several])

    def slopes(self, _totals: Floats) -> sparse.csc_array:
        """Return the derivatives (D·K, m)."""
        from scipy import sparse

        return sparse.csc_array(self.derivatives)

    def jacobian(self, _totals: Floats) -> None:
        """Say nothing of domains."""
        return


class Uncertainty(Protocol):
    """Where variances come from: linearised scores of sampling units, or replicates."""

    @property
    def scored(self) -> int:
        """Number of rows of scores."""
        ...

    @property
    def degrees(self) -> float | None:
        """Degrees of freedom of all figures; None where those of the sampling units hold."""
        ...

    def prepare(self, bases: Iterable[Basis]) -> None:
        """Make ready for several bases at once."""
        ...

    def scores(self, smooth: Smooth, totals: Floats) -> Floats:
        """Return scores (scored, m) of figures, from the totals (D, K) of the sample."""
        ...

    def variances(self, smooth: Smooth, totals: Floats) -> Variances:
        """Return the variances of m figures."""
        ...

    def covariance(self, scores: Floats) -> Floats:
        """Return V (m, m) of figures from their scores."""
        ...

    def covariances(self, scores: Floats, widths: Sequence[int]) -> list[Floats]:
        """Return V (m, m) of each of several groups of figures, side by side in the scores."""
        ...

    def each(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their scores."""
        ...

    def apart(self, scores: Floats, a: Places, b: Places) -> Floats:
        """Return the variances (p,) of differences of figures a and b, from their scores."""
        ...

    def together(self, smooth: Smooth, totals: Floats) -> Floats:
        """Return V (m, m) of many figures, whose scores need not be held together."""
        ...
