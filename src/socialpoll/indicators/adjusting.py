"""p values of several tests, adjusted for how many they are."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Adjustment", "adjusted"]

Adjustment: TypeAlias = Literal["holm", "bonferroni", "none"]
Floats = npt.NDArray[np.float64]


def adjusted(p: Floats, adjust: Adjustment) -> Floats:
    """Adjust p values: Bonferroni, or Holm's (1979) step-down, which is never weaker.

    Parameters
    ----------
    p : float64 array (m,)
        Of one family.
    adjust : {"holm", "bonferroni", "none"}

    Returns
    -------
    float64 array (m,)
    """
    if adjust == "none" or p.size == 0:
        return p
    if adjust == "bonferroni":
        return np.minimum(p * p.size, 1.0)
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    found = np.empty_like(p)
    found[order] = np.minimum(stepped, 1.0)
    return found
