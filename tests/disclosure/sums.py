"""Sums over the kinds of people, and between which limits they are known to lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tests.disclosure.people import Mask

Row = Mapping[str, object]
Floats = npt.NDArray[np.float64]

EXACT = 1e-7
"""Room for floating point, relative to the size of a sum."""


@dataclass
class Sums:
    """Sums over the kinds of people that lie between two limits."""

    of: list[Floats] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def know(self, of: Floats | Mask, low: float, high: float) -> None:
        """Add what is known of one sum."""
        self.of.append(np.asarray(of, dtype=float))
        self.low.append(low)
        self.high.append(high)

    def know_ratio(self, above: Floats, below: Floats, ratio: float, within: float) -> None:
        """Add that one sum is a multiple of another: both limits are linear."""
        least = above - (ratio - within) * below
        most = above - (ratio + within) * below
        scale = max(1.0, float(np.abs(least).max()))
        self.know(least / scale, 0.0, np.inf)
        self.know(most / scale, -np.inf, 0.0)
