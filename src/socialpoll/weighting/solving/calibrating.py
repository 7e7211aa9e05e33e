"""The kernel of calibration: weights that reach totals, and stay near those that enter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError
from socialpoll.weighting.solving.descent import descend
from socialpoll.weighting.solving.distances import Distance
from socialpoll.weighting.solving.equations import problem_of

__all__ = ["MAX_ITERATIONS", "Solution", "solve"]

Floats = npt.NDArray[np.float64]
MAX_ITERATIONS = 100
BLOCK = 1 << 17
"""Cells times replicates that are solved at once, so that they stay in the cache."""


@dataclass(frozen=True, eq=False)
class Solution:
    """What calibration came to; B is absent where a single set of weights was given.

    Attributes
    ----------
    factor : float64 array (C[, B])
        g = F(z'λ) of each cell; always finite.
    slope : float64 array (C[, B])
        F'(z'λ).
    coefficients : float64 array (p[, B])
        λ; 0 for columns that follow from those before them.
    error : float64 array () or (B,)
        Largest relative error of a total, relative to what :func:`~.equations.scales` says.
    iterations : int
        Newton steps of the replicate that took most.
    converged : bool array () or (B,)
        Whether the error is within the tolerance. Where not, the factors are those of the smallest
        error that was seen, and must not be used unawares.
    """

    factor: Floats
    slope: Floats
    coefficients: Floats
    error: Floats
    iterations: int
    converged: npt.NDArray[np.bool_]


def solve(
    weights: Floats,
    x: Floats,
    target: Floats,
    distance: Distance,
    *,
    tolerance: float = 1e-8,
    max_iterations: int = MAX_ITERATIONS,
    instruments: Floats | None = None,
) -> Solution:
    """Find λ so that Σ_c w_c F(z_c'λ) x_c is the target, by damped Newton steps.

    Parameters
    ----------
    weights : float64 array (C,) or (C, B)
        Sums of the weights that enter, of cells or rows; of B replicates, solved together.
    x : float64 array (C, p)
        Auxiliaries; columns may follow from one another (all levels of several margins), and be
        of very different size.
    target : float64 array (p,) or (p, B)
        Totals to reach.
    distance : Distance
        Gives F.
    tolerance : float
        Largest relative error at which to stop.
    max_iterations : int
        Newton steps at which to stop in any case.
    instruments : float64 array (C, p), optional
        z; without it z = x.

    Returns
    -------
    Solution
        Also where the tolerance was not reached: ``converged`` tells.

    Raises
    ------
    WeightingError
        Numbers that are missing or infinite.

    Notes
    -----
    Deville & Särndal (1992), JASA 87:376, §2 and §3; with instruments Deville (2000), and Kott
    (2006), Survey Methodology 32:133. A step is M⁺ (t - X'wF) with M = X' diag(w F') Z, halved
    until the largest error falls or, where M is symmetric, until the objective, which is convex,
    still falls at its end. The linear distance takes one step. What can be reached strictly within
    bounds is reached; at their very edge, where some factors must stand at a bound of a logit that
    is never quite reached, the steps may end before the tolerance.
    """
    _refuse_no_numbers(weights=weights, x=x, target=target, instruments=instruments)
    single = weights.ndim == 1
    entering = weights[:, None] if single else weights
    targets = np.broadcast_to(target[:, None] if target.ndim == 1 else target, _shape(x, entering))
    # What runs out of range is not accepted as a step; it need not be announced.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        problem, size = problem_of(entering, x, targets, distance, instruments)
        parts = [
            descend(problem.replicates(block), tolerance, max_iterations)
            for block in _blocks(entering)
        ]
        coefficients = np.concatenate([part for part, _ in parts], axis=1)
        u = problem.z @ coefficients
        point = problem.at(u)
        slope = problem.distance.slope(u)
    every = np.zeros(targets.shape)
    every[problem.moving] = coefficients / size[problem.moving, None]
    last = (..., 0) if single else ...
    return Solution(
        factor=point.factor[last],
        slope=slope[last],
        coefficients=every[last],
        error=np.asarray(point.error[last]),
        iterations=max((steps for _, steps in parts), default=0),
        converged=np.asarray(point.error[last] <= tolerance),
    )


def _blocks(weights: Floats) -> list[slice]:
    cells, replicates = weights.shape
    size = int(np.clip(BLOCK // max(cells, 1), 8, 64))
    return [slice(first, first + size) for first in range(0, replicates, size)]


def _shape(x: Floats, weights: Floats) -> tuple[int, int]:
    return x.shape[1], weights.shape[1]


def _refuse_no_numbers(**arrays: Floats | None) -> None:
    for name, values in arrays.items():
        if values is None or np.isfinite(values).all():
            continue
        wrong = np.argwhere(~np.isfinite(values))
        raise WeightingError(
            "numbers that are missing or infinite",
            where=f"calibration: {name}",
            found=f"{len(wrong)}, the first in row {int(wrong[0][0])}",
            advice="calibrate cases whose weights and auxiliaries are known",
        )
