"""Bounds of calibration: the distance they make, and what to say where they cannot hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.weighting.applied.auxiliaries import Auxiliaries
from socialpoll.weighting.applied.running import Entering
from socialpoll.weighting.declared import Calibrate
from socialpoll.weighting.solving.bounds import (
    Bounds,
    Reachable,
    Tightest,
    nearest_reachable,
    tightest_bounds,
)
from socialpoll.weighting.solving.calibrating import solve
from socialpoll.weighting.solving.distances import Distance, Linear, Logit, Raking, Truncated
from socialpoll.weighting.targeting.codes import percent

__all__ = ["distance_of", "refuse_unreachable"]

Floats = npt.NDArray[np.float64]
WORST = 3
ROOM = 0.01
"""Room that is proposed for a logit, which is nearly flat where it is nearly at its bounds."""
CONTRADICTORY = (
    "no weights of these interviews, however far apart, reach all targets: merge levels or leave "
    "out a margin"
)


def distance_of(step: Calibrate, weights: Floats, copies: Floats) -> Distance:
    """Return the distance of a step for cells with these weights (C, B).

    Bounds on weights are bounds on the factor of each case; of a case that is there twice, or of
    cases that agree and weigh the same, they hold for each copy (C, B).
    """
    if step.bounds is None:
        return Linear() if step.distance == "linear" else Raking()
    low, high = step.bounds
    if step.bounds_on == "factor":
        return Logit(low, high) if step.distance == "logit" else Truncated(low, high)
    per_copy = np.divide(weights, copies, out=np.ones_like(weights), where=copies > 0)
    return Truncated(low / per_copy, high / per_copy)


def refuse_unreachable(
    step: Calibrate, entering: Entering, auxiliaries: Auxiliaries, sums: Floats, copies: Floats
) -> None:
    """Raise where it is its bounds that keep a step from its targets.

    Parameters
    ----------
    step : Calibrate
        That did not reach them.
    entering : Entering
    auxiliaries : Auxiliaries
    sums : float64 array (C,)
        Weights of its cells.
    copies : float64 array (C,)
        Cases in each, where bounds are on weights.

    Raises
    ------
    StepError
        By how much targets are missed at best, which, and the tightest bounds that can be met.
    """
    if step.bounds is None or _meets(step, auxiliaries, sums, copies, step.bounds):
        return
    low, high = step.bounds
    target = auxiliaries.target(sums[:, None])[:, 0]
    size, centre = sums, 1.0
    if step.bounds_on == "weight":
        size = np.where(sums > 0, copies, 0.0)
        mean = auxiliaries.controls.total / float(size.sum())
        centre = mean if low < mean < high else (low + high) / 2
    x = auxiliaries.x
    nearest = nearest_reachable(size, x, target, low, high)
    found = tightest_bounds(
        size,
        x,
        target,
        step.bounds,
        meets=lambda lower, upper: _meets(step, auxiliaries, sums, copies, (lower, upper)),
        centre=centre,
        room=ROOM if step.distance == "logit" else 0.0,
    )
    within = nearest is not None and nearest.error <= step.tolerance
    if within and not (found is not None and found.found):
        return
    entering.require([_unreachable(step, entering, auxiliaries.names, target, nearest, found)])


def _meets(
    step: Calibrate, auxiliaries: Auxiliaries, sums: Floats, copies: Floats, bounds: Bounds
) -> bool:
    weights = sums[:, None]
    distance = distance_of(replace(step, bounds=bounds), weights, copies[:, None])
    target = auxiliaries.target(weights)
    found = solve(weights, auxiliaries.x, target, distance, tolerance=step.tolerance)
    return bool(found.converged[0])


def _unreachable(
    step: Calibrate,
    entering: Entering,
    names: tuple[str, ...],
    target: Floats,
    nearest: Reachable | None,
    found: Tightest | None,
) -> Problem:
    of = "weights" if step.bounds_on == "weight" else "factors"
    low, high = step.bounds or (0.0, np.inf)
    return Problem(
        f"the targets cannot be reached with {of} between {low:g} and {high:g}",
        where=entering.where,
        found=_missed(step, names, target, nearest),
        allowed="" if found is None else _told(found, low, high),
        advice=CONTRADICTORY
        if found is not None and not found.found
        else "wider bounds, fewer margins, or merged levels"
        + ("; the step is too large to look for the tightest bounds" if found is None else ""),
    )


def _missed(
    step: Calibrate, names: tuple[str, ...], target: Floats, nearest: Reachable | None
) -> str:
    if nearest is None:
        return "targets that are missed"
    if nearest.error <= step.tolerance:
        return "targets that can be reached at the very bounds alone"
    worst = np.argsort(-np.abs(nearest.missed), kind="stable")[:WORST]
    told = [
        f"{names[one]} (target {target[one]:,.6g}, {percent(abs(nearest.missed[one]))} "
        f"{'above' if nearest.missed[one] > 0 else 'below'})"
        for one in worst
        if abs(nearest.missed[one]) > nearest.error / 2
    ]
    return f"targets missed by up to {percent(nearest.error)} at best: {'; '.join(told)}"


def _told(found: Tightest, low: float, high: float) -> str:
    told = []
    if found.both is not None:
        told.append(f"bounds = [{found.both[0]:g}, {found.both[1]:g}]")
    if found.high_at_low is not None:
        told.append(f"bounds = [{low:g}, {found.high_at_low:g}]")
    if found.low_at_high is not None:
        told.append(f"bounds = [{found.low_at_high:g}, {high:g}]")
    return ", or ".join(told)
