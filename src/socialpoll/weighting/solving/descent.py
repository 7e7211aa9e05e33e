"""Damped Newton steps of calibration, of many replicates at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.weighting.solving.equations import Point, Problem

__all__ = ["descend"]

Floats = npt.NDArray[np.float64]
TRIALS = 60
"""Steps along a direction that are tried."""
NARROW = 1.2
"""Ratio of a step that is too far to one that is not, from which nothing between is tried."""
PATIENCE = 50
"""Steps without a smaller error after which the targets are taken to be out of reach."""
HOLDS = np.array([1.0, 0.1, 0.01, 0.001])
"""How much steps are held back, in turn while the error does not fall: else they may zigzag."""
REACHED = 1e-14
"""Relative error that is nothing but rounding."""


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
        point, change, moved = _step(problem, point, HOLDS[idle % len(HOLDS)])
        now = now + change
        better = point.error < least[place]
        best[:, place[better]] = now[:, better]
        least[place[better]] = point.error[better]
        idle = np.where(better, 0, idle + 1)
        goes_on = (point.error > tolerance) & (point.movable > REACHED)
        goes_on &= moved & (idle < PATIENCE)
        steps += 1
    return best, steps


def _step(
    problem: Problem, point: Point, hold: Floats
) -> tuple[Point, Floats, npt.NDArray[np.bool_]]:
    """Return where a step leads, what it changes λ by (q, B), and which replicates it moves.

    A step is held back (B,) where factors at their bounds leave a direction without curvature.
    """
    direction = problem.direction(point, hold)
    reached, step = _damped(problem, point, direction)
    stuck = np.flatnonzero(step == 0)
    if problem.symmetric and stuck.size:
        # Where a logit is flat everywhere, Newton's direction is right and endlessly long.
        some, start = problem.replicates(stuck), point.replicates(stuck)
        direction[:, stuck] = some.short_direction(start, hold[stuck])
        again, step[stuck] = _damped(some, start, direction[:, stuck])
        reached = reached.replicates(np.arange(step.size))
        reached.put(stuck, again)
    return reached, step * direction, step > 0


def _damped(problem: Problem, point: Point, direction: Floats) -> tuple[Point, Floats]:
    """Go along the direction as far as it leads closer; a step of 0 where it never does."""
    line = _Line(problem, point, direction, problem.z @ direction)
    replicates = point.error.size
    near, far, step = np.zeros(replicates), np.full(replicates, np.inf), np.ones(replicates)
    reached, places = point, np.arange(replicates)
    for _ in range(TRIALS):
        trial = line.at(places, step)
        closer, short = line.judged(places, trial)
        if closer.all() and not short.any() and places.size == replicates:
            return trial, step
        if reached is point:
            reached = point.replicates(places)
        reached.put(places[closer], trial.replicates(closer))
        near[places[closer]] = step[places[closer]]
        far[places[~closer]] = step[places[~closer]]
        places = places[~closer | short]
        places = places[far[places] > NARROW * near[places]]
        if not places.size:
            break
        step[places] = _between(near[places], far[places])
    return reached, near


def _between(near: Floats, far: Floats) -> Floats:
    """Return steps to try next: double, half, or half-way."""
    return np.where(np.isinf(far), 2 * near, np.where(near > 0, (near + far) / 2, far / 2))


@dataclass(frozen=True, eq=False)
class _Line:
    """A direction from a point. Where M is symmetric, a convex objective has the gap as gradient.

    So the product of gap and direction tells how fast it still falls at a point of the line.
    """

    problem: Problem
    start: Point
    direction: Floats
    change: Floats

    def at(self, places: npt.NDArray[np.intp], step: Floats) -> Point:
        whole = places.size == step.size
        problem = self.problem if whole else self.problem.replicates(places)
        return problem.at(self.start.u[:, places] + step[places] * self.change[:, places])

    def judged(
        self, places: npt.NDArray[np.intp], reached: Point
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Return whether points are closer than the start, and whether it is worth going on."""
        falls = reached.movable < self.start.movable[places]
        if not self.problem.symmetric:
            return falls, np.zeros_like(falls)
        before = self._fall(places, self.start.replicates(places))
        after = self._fall(places, reached)
        return (after >= 0) | (falls & (after >= -before / 2)), after > before / 2

    def _fall(self, places: npt.NDArray[np.intp], point: Point) -> Floats:
        gap = point.gap[self.problem.kept]
        return np.asarray(np.einsum("pb,pb->b", gap, self.direction[:, places]))
