"""Bounds of calibration: the distance they make, and what to say where they cannot hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.weighting.declared import Calibrate
from socialpoll.weighting.distances import Distance, Linear, Logit, Raking, Truncated

__all__ = ["distance_of", "refuse_unreachable"]

Floats = npt.NDArray[np.float64]


def distance_of(step: Calibrate, weights: Floats, copies: Floats | None) -> Distance:
    """Return the distance of a step for cells with these weights (C, B).

    Bounds on weights are bounds on the factor of each case; of a case that is there twice they
    hold for each copy (C, B).
    """
    if step.bounds is None:
        return Linear() if step.distance == "linear" else Raking()
    low, high = step.bounds
    if step.bounds_on == "factor":
        return Logit(low, high) if step.distance == "logit" else Truncated(low, high)
    each = np.ones_like(weights) if copies is None else copies
    per_copy = np.divide(weights, each, out=np.ones_like(weights), where=each > 0)
    return Truncated(low / per_copy, high / per_copy)
