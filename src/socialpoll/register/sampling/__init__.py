"""Samples drawn from a population: what is declared, how it is chosen, what was drawn."""

from __future__ import annotations

from socialpoll.register.sampling.declared import (
    ClusterSample,
    ProportionalSample,
    StratifiedSample,
)
from socialpoll.register.sampling.drawing import draw
from socialpoll.register.sampling.drawn import Drawn

__all__ = ["ClusterSample", "Drawn", "ProportionalSample", "StratifiedSample", "draw"]
