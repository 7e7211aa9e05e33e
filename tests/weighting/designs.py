"""Small designs, and linearised variances to hold replicates against."""

from __future__ import annotations

import numpy as np

from socialpoll.responses import DesignStage
from socialpoll.totals import Units


def stage(stratum, unit, fraction=None):
    given = None if fraction is None else np.asarray(fraction, dtype=float)
    return DesignStage(np.asarray(stratum, np.int32), np.asarray(unit, np.int32), given)


def elements(counts, fractions=None, policy="error"):
    """Units that are cases: so many in each stratum, with their stratum's sampling fraction."""
    stratum = np.repeat(np.arange(len(counts)), counts)
    fraction = None if fractions is None else np.repeat(fractions, counts)
    return Units.of([stage(stratum, np.arange(stratum.size), fraction)], policy)


def everything(copies):
    return copies.block(0, copies.replicates)


def totals(copies, z):
    """Estimates of replicates and of the full sample: totals of units' weighted values (U, m)."""
    return everything(copies).T @ z, z.sum(axis=0)


def linearised(units, z):
    """The variance of totals of first-stage units (U, m)."""
    level = units.levels[-1]
    deviations = level.deviations(z)
    return deviations.T @ (level.scale[level.group][:, None] * deviations)
