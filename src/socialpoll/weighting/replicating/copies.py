"""How often each first-stage unit counts in each replicate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from socialpoll.errors import DesignError, Problem
from socialpoll.responses import LonelyPolicy
from socialpoll.totals import Units
from socialpoll.weighting.replicating.balancing import balanced, successive
from socialpoll.weighting.replicating.multipliers import Columns, Copies, replication_fact
from socialpoll.weighting.replicating.replication import (
    BalancedRepeated,
    Bootstrap,
    Jackknife,
    Replication,
    SuccessiveDifference,
)
from socialpoll.weighting.replicating.resampling import bootstrap, jackknife, jackknife_of_groups
from socialpoll.weighting.replicating.supplied import GivenReplicates
from socialpoll.weighting.replicating.varying import Varying

__all__ = ["Copies", "copies_of"]

Floats = npt.NDArray[np.float64]
ALIKE = 2.0
"""Factor within which given weights must be of the full sample's, on average."""


def copies_of(
    method: Replication,
    units: Units,
    *,
    base: Floats,
    lonely: LonelyPolicy = "error",
    labels: Sequence[str] = (),
) -> Copies:
    """Return the multipliers that a method gives first-stage units.

    Later stages are not resampled: what they add to the variance is contained in that between
    first-stage units, apart from finite populations.

    Parameters
    ----------
    method : Jackknife, Bootstrap, BalancedRepeated, SuccessiveDifference or GivenReplicates
    units : Units
    base : float64 array (n,)
        Weights that the multipliers will be applied to; only those that were given use them.
    lonely : LonelyPolicy
        The policy with which the units were made.
    labels : sequence of str
        Of the first-stage strata, for messages.

    Returns
    -------
    Copies

    Raises
    ------
    DesignError
        A stratum with one unit that the method cannot settle, or without the two that
        :class:`BalancedRepeated` needs; no stratum that varies; given weights that do not fit.
    WeightingError
        More units, strata or groups than 5,000 replicates can hold, or more groups than units.
    """
    if isinstance(method, GivenReplicates):
        return _given(method, base)
    carries = isinstance(method, Jackknife) and method.groups is None
    varying = Varying.of(units, lonely, labels, carries_average=carries)
    match method:
        case Jackknife(groups=None):
            return jackknife(method, units, varying)
        case Jackknife():
            return jackknife_of_groups(method, units, varying)
        case Bootstrap():
            return bootstrap(method, units, varying)
        case BalancedRepeated():
            return balanced(method, units, varying, labels)
        case SuccessiveDifference():
            return successive(method, units, varying)


def _given(method: GivenReplicates, base: Floats) -> Copies:
    """Return given weights as multipliers of cases, once they fit the base weights."""
    problems = _misfits(method, base)
    if problems:
        raise DesignError("the replicate weights", problems)
    fact = replication_fact(method.method, "given", method.rscales.size, scale=method.scale)
    columns = Columns(method.values, base if method.combined else None)
    return Copies(columns, method.scale, method.rscales, method.mse, fact, by="case")


def _misfits(method: GivenReplicates, base: Floats) -> list[Problem]:
    values = method.values
    if len(values) != base.size:
        found, allowed = f"{len(values)} rows", f"{base.size} cases"
        return [Problem("there is not one row a case", "values", found, allowed)]
    problems = []
    started = base > 0
    unstarted = np.flatnonzero(~started & (values > 0).any(axis=1))
    if method.combined and unstarted.size:
        what = f"{unstarted.size} case(s) have replicate weights but base weight 0"
        problems.append(Problem(what, "values", f"first in row {unstarted[0]}"))
    weight = np.ones(base.size) if method.combined else base
    ratio = float((weight @ values).mean() / base.sum())
    if not 1 / ALIKE <= ratio <= ALIKE:
        of = "weights" if method.combined else "multipliers"
        problems.append(
            Problem(
                f"values that do not look like {of}",
                "values",
                f"sums of weights that are {ratio:.3g} times that of the base weights on average",
                advice=f"say combined = {not method.combined}, or look at the base weights",
            )
        )
    return problems
