"""The equations of calibration, of many replicates at once: what is to be reached from what."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from socialpoll.weighting.solving.distances import Chosen, Distance
from socialpoll.weighting.solving.newton import (
    Products,
    descents,
    held_back,
    products_of,
    solutions,
)
from socialpoll.weighting.solving.raking import pivots

__all__ = ["Point", "Problem", "problem_of", "scales"]

Floats = npt.NDArray[np.float64]
ROUNDING = 1e-11
"""Part of a column's sum of squares below which what others do not explain is rounding."""
TINY = 1e-3
"""Part of a column's absolute total below which errors are not relative to the target."""


def scales(target: Floats, absolute: Floats) -> Floats:
    """Return what errors of totals are relative to: the target, unless it is next to nothing.

    A target of 0, as of numbers that are centred, has no relative error. So a target below a
    thousandth of Σ w|x|, the total that the column would have if all were of one sign, is measured
    by that thousandth.

    Parameters
    ----------
    target : float64 array (p, B)
    absolute : float64 array (p, B)
        Σ w|x| of each column, at the scale of the calibrated weights.

    Returns
    -------
    float64 array (p, B)
    """
    return np.maximum(np.abs(target), TINY * absolute)


@dataclass(frozen=True, eq=False)
class Point:
    """Where λ leads.

    Attributes
    ----------
    u, factor : float64 arrays (C, B)
        z'λ, and F of it.
    gap : float64 array (p, B)
        Targets minus what is reached, of scaled columns.
    error : float64 array (B,)
        Largest relative error.
    movable : float64 array (B,)
        The same of the columns that do not follow from others.
    """

    u: Floats
    factor: Floats
    gap: Floats
    error: Floats
    movable: Floats

    def replicates(self, chosen: Chosen) -> Point:
        """Return the same of some replicates, as arrays of their own."""
        return Point(*(one[..., chosen] for one in vars(self).values()))

    def put(self, chosen: Chosen, other: Point) -> None:
        """Take some replicates from another point."""
        for name, value in vars(self).items():
            value[..., chosen] = getattr(other, name)


@dataclass(frozen=True, eq=False)
class Problem:
    """What is to be solved, all columns scaled to a largest absolute value of 1.

    Attributes
    ----------
    weights : float64 array (C, B)
    x : float64 array (C, p)
    z : float64 array (C, q)
        Instruments that do not follow from others; without instruments such columns of x.
    target : float64 array (p, B)
    absolute : float64 array (p, B)
        Σ w|x|.
    kept, moving : int arrays
        Places of the columns of x, and of the instruments, that do not follow from others.
    products : Products
        Of those of x with z.
    distance : Distance
    symmetric : bool
        Whether z is of x.
    """

    weights: Floats
    x: Floats
    z: Floats
    target: Floats
    absolute: Floats
    kept: npt.NDArray[np.intp]
    moving: npt.NDArray[np.intp]
    products: Products
    distance: Distance
    symmetric: bool

    def replicates(self, chosen: Chosen | slice) -> Problem:
        """Return the same of some replicates."""
        if isinstance(chosen, slice):
            chosen = np.arange(self.weights.shape[1])[chosen]
        return replace(
            self,
            weights=self.weights[:, chosen],
            target=self.target[:, chosen],
            absolute=self.absolute[:, chosen],
            distance=self.distance.replicates(chosen),
        )

    def at(self, u: Floats) -> Point:
        """Return what z'λ comes to, from u (C, B)."""
        factor = self.distance.factor(u)
        weighted = self.weights * factor
        gap = self.target - self.x.T @ weighted
        entering = np.abs(self.weights).sum(axis=0)
        rate = np.abs(weighted).sum(axis=0) / np.where(entering > 0, entering, 1.0)
        scale = scales(self.target, rate * self.absolute)
        missing = np.abs(gap)
        errors = np.divide(missing, scale, out=np.zeros_like(gap), where=missing != 0)
        errors[np.isnan(errors)] = np.inf
        return Point(
            u,
            factor,
            gap,
            errors.max(axis=0, initial=0.0),
            errors[self.kept].max(axis=0, initial=0.0),
        )

    def direction(self, point: Point, hold: Floats) -> Floats:
        """Return the Newton direction (q, B), held back (B,) where nothing is known of one."""
        matrix = self.products.sums(self.weights * self.distance.slope(point.u))
        gap = point.gap[self.kept]
        if not self.symmetric:
            return solutions(matrix, gap)
        return descents(matrix, gap, self.products, self.weights, hold * point.error)

    def short_direction(self, point: Point, hold: Floats) -> Floats:
        """Return a direction (q, B) no longer than the curvature of free factors makes it."""
        matrix = self.products.sums(self.weights * self.distance.slope(point.u))
        whole = self.products.sums(self.weights)
        return held_back(matrix, point.gap[self.kept], whole, hold * point.error)


def problem_of(
    weights: Floats, x: Floats, target: Floats, distance: Distance, instruments: Floats | None
) -> tuple[Problem, Floats]:
    """Return the problem, and the size (p,) that the columns of the instruments had."""
    magnitude = np.abs(weights)
    heaviest = magnitude.max(axis=1, initial=0.0)
    scaled, size, kept = _scaled(x, heaviest)
    z, size_of_z, moving = scaled, size, kept
    if instruments is not None:
        z, size_of_z, moving = _scaled(instruments, heaviest)
    left = scaled[:, kept]
    right = left if instruments is None else z[:, moving]
    problem = Problem(
        weights=weights,
        x=scaled,
        z=right,
        target=target / size[:, None],
        absolute=np.abs(scaled).T @ magnitude,
        kept=kept,
        moving=moving,
        products=products_of(left, right, weights.shape[1]),
        distance=distance,
        symmetric=instruments is None,
    )
    return problem, size_of_z


def _scaled(x: Floats, weights: Floats) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Return scaled columns, their size, and the places of those that do not follow from others."""
    counts = x if weights.all() else x[weights > 0]
    size = np.maximum(counts.max(axis=0, initial=0.0), -counts.min(axis=0, initial=0.0))
    size = np.where(size > 0, size, 1.0)
    scaled = x if (size == 1).all() else x / size
    products = scaled.T @ (weights[:, None] * scaled)
    return scaled, size, pivots(products, ROUNDING)
