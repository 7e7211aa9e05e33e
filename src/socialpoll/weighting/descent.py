"""Damped Newton steps of calibration, of many replicates at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from socialpoll.weighting.distances import Chosen, Distance
from socialpoll.weighting.newton import Products, descents, products_of, solutions
from socialpoll.weighting.raking import pivots

__all__ = ["Point", "Problem", "descend", "problem_of", "scales"]

Floats = npt.NDArray[np.float64]
HALVINGS = 40
PATIENCE = 50
"""Steps without a smaller error after which the targets are taken to be out of reach."""
ROUNDING = 1e-11
"""Part of a column's sum of squares below which what others do not explain is rounding."""
REACHED = 1e-14
"""Relative error that is nothing but rounding."""
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

    def direction(self, point: Point) -> Floats:
        """Return the Newton direction (q, B)."""
        matrix = self.products.sums(self.weights * self.distance.slope(point.u))
        gap = point.gap[self.kept]
        if not self.symmetric:
            return solutions(matrix, gap)
        return descents(matrix, gap, self.products, self.weights, point.error)


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
    scaled = x / size
    products = scaled.T @ (weights[:, None] * scaled)
    return scaled, size, pivots(products, ROUNDING)


def descend(problem: Problem, tolerance: float, max_iterations: int) -> tuple[Floats, int]:
    """Return the best λ (q, B) that were found, and the number of steps."""
    replicates = problem.weights.shape[1]
    best = np.zeros((problem.z.shape[1], replicates))
    now = best.copy()
    point = problem.at(problem.z @ now)
    least = point.error.copy()
    place, idle = np.arange(replicates), np.zeros(replicates, dtype=np.intp)
    goes_on = (point.error > tolerance) & (point.movable > REACHED)
    steps = 0
    while steps < max_iterations and goes_on.any():
        if not goes_on.all():
            problem, point = problem.replicates(goes_on), point.replicates(goes_on)
            now, place, idle = now[:, goes_on], place[goes_on], idle[goes_on]
        direction = problem.direction(point)
        point, step = _damped(problem, point, direction)
        now = now + step * direction
        better = point.error < least[place]
        best[:, place[better]] = now[:, better]
        least[place[better]] = point.error[better]
        idle = np.where(better, 0, idle + 1)
        goes_on = (point.error > tolerance) & (point.movable > REACHED)
        goes_on &= (step > 0) & (idle < PATIENCE)
        steps += 1
    return best, steps


def _damped(problem: Problem, point: Point, direction: Floats) -> tuple[Point, Floats]:
    """Go along the direction as far as it leads closer; a step of 0 where it never does."""
    line = _Line(problem, point, direction, problem.z @ direction)
    step = np.ones(point.error.size)
    every = np.arange(step.size)
    reached = line.at(every, step)
    further = every[~line.closer(every, reached)]
    for _ in range(HALVINGS):
        if not further.size:
            break
        step[further] /= 2
        nearer = line.at(further, step)
        reached.put(further, nearer)
        further = further[~line.closer(further, nearer)]
    step[further] = 0.0
    reached.put(further, point.replicates(further))
    line.extend(reached, step)
    return reached, step


@dataclass(frozen=True, eq=False)
class _Line:
    """A direction from a point. Where M is symmetric, a convex objective has the gap as gradient.

    So the product of gap and direction tells whether it still falls at a point of the line.
    """

    problem: Problem
    start: Point
    direction: Floats
    change: Floats

    def at(self, places: npt.NDArray[np.intp], step: Floats) -> Point:
        whole = places.size == step.size
        problem = self.problem if whole else self.problem.replicates(places)
        return problem.at(self.start.u[:, places] + step[places] * self.change[:, places])

    def closer(self, places: npt.NDArray[np.intp], reached: Point) -> npt.NDArray[np.bool_]:
        falls = reached.movable < self.start.movable[places]
        if not self.problem.symmetric:
            return falls
        before, after = (
            self._fall(places, self.start.replicates(places)),
            self._fall(places, reached),
        )
        return (after >= 0) | (falls & (after >= -before / 2))

    def extend(self, reached: Point, step: Floats) -> None:
        """Double the steps at whose end the objective falls nearly as fast as at the start."""
        if not self.problem.symmetric:
            return
        every = np.arange(step.size)
        before = self._fall(every, self.start)
        short = every[(step == 1) & (self._fall(every, reached) > before / 2)]
        for _ in range(HALVINGS):
            if not short.size:
                return
            longer = step.copy()
            longer[short] *= 2
            point = self.at(short, longer)
            after = self._fall(short, point)
            better = after >= 0
            step[short[better]] *= 2
            reached.put(short[better], point.replicates(better))
            short = short[after > before[short] / 2]

    def _fall(self, places: npt.NDArray[np.intp], point: Point) -> Floats:
        gap = point.gap[self.problem.kept]
        return np.asarray(np.einsum("pb,pb->b", gap, self.direction[:, places]))
