"""Multipliers from Hadamard matrices: balanced halves and successive differences."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import numpy as np
import numpy.typing as npt

from socialpoll.errors import DesignError, Problem, WeightingError
from socialpoll.totals import Units
from socialpoll.weighting.replicating.hadamard import hadamard, hadamard_order
from socialpoll.weighting.replicating.multipliers import Copies, Signed, replication_fact
from socialpoll.weighting.replicating.replication import BalancedRepeated, SuccessiveDifference
from socialpoll.weighting.replicating.resampling import MOST_REPLICATES
from socialpoll.weighting.replicating.varying import Varying, listed_strata

__all__ = ["balanced", "rows_of_units", "successive"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
PAIR = 2


def balanced(
    method: BalancedRepeated, units: Units, varying: Varying, labels: Sequence[str]
) -> Copies:
    """Take one of two units a stratum, by one row of a Hadamard matrix each.

    The first row, all 1, is left out, so that the mean of every multiplier is 1.

    Parameters
    ----------
    method : BalancedRepeated
    units : Units
    varying : Varying
    labels : sequence of str
        Of the strata, for messages.

    Returns
    -------
    Copies

    Raises
    ------
    DesignError
        Strata that vary and have more than two units.
    WeightingError
        More replicates than 5,000.
    """
    strata = varying.count.size
    others = np.flatnonzero(varying.count != PAIR)
    if others.size:
        raise _not_pairs(varying, others, labels)
    order = _order(method.method, strata + 1)
    kept = 1 - method.fay
    sign = np.where(np.arange(varying.unit.size) == varying.first[varying.stratum], 1.0, -1.0)
    row = varying.stratum + 1
    multipliers = Signed(
        clusters=varying.clusters,
        unit=varying.unit,
        matrix=hadamard(order),
        plus=row,
        minus=row,
        by_plus=sign * varying.slope * kept,
        by_minus=np.zeros(row.size),
    )
    scale = 1 / (order * kept**2)
    fact = replication_fact(
        method.method,
        "fay" if method.fay else "brr",
        order,
        **varying.facts(units),
        scale=scale,
        fay=method.fay,
    )
    return Copies(multipliers, scale, np.ones(order), method.mse, fact)


def successive(method: SuccessiveDifference, units: Units, varying: Varying) -> Copies:
    """Let each unit share a row of a Hadamard matrix with the next in the order of the data.

    Parameters
    ----------
    method : SuccessiveDifference
    units : Units
    varying : Varying

    Returns
    -------
    Copies

    Raises
    ------
    WeightingError
        More replicates than 5,000.
    """
    order = _order(method.method, method.replicates)
    first_row = np.unique(units.cluster[units.of_row], return_index=True)[1]
    sequence = np.lexsort((first_row[varying.unit], varying.stratum))
    own, following = rows_of_units(varying.count.astype(np.intp), order)
    slope = varying.slope / np.sqrt(8)
    multipliers = Signed(
        clusters=varying.clusters,
        unit=varying.unit[sequence],
        matrix=hadamard(order),
        plus=own,
        minus=following,
        by_plus=slope,
        by_minus=-slope,
    )
    scale = 4 / order
    fact = replication_fact(method.method, "sdr", order, **varying.facts(units), scale=scale)
    return Copies(multipliers, scale, np.ones(order), mse=True, fact=fact)


def rows_of_units(count: Places, order: int) -> tuple[Places, Places]:
    """Return the two rows of each unit: its own, and that of the next of its stratum.

    Rows are taken one after another, then again in steps of two, of three, and so on, with the
    steps that pass through all of them before they return (Ash 2014, row assignment 1).

    Parameters
    ----------
    count : int array (H,)
        Units of each stratum, two at least.
    order : int
        Of the matrix; its first row, all 1, is left out.

    Returns
    -------
    own, following : int array (A,)
        Never the same row.
    """
    rows = order - 1
    steps = np.array([step for step in range(1, rows) if gcd(step, rows) == 1])
    place = np.arange(count.sum())
    own = steps[place // rows % steps.size] * (place % rows) % rows
    end = np.cumsum(count) - 1
    first, before = own[end - count + 1], own[end - 1]
    # The last unit of a stratum must not be followed by a first that has its row.
    moved = (own[end] + 1) % rows
    moved = np.where(moved == before, (moved + 1) % rows, moved)
    own[end] = np.where(own[end] == first, moved, own[end])
    following = np.append(own[1:], 0)
    following[end] = first
    return own + 1, following + 1


def _order(method: str, least: int) -> int:
    order = hadamard_order(least)
    if order > MOST_REPLICATES:
        raise WeightingError(
            "very many replicates",
            where=method,
            found=f"{order:,}",
            allowed=f"{MOST_REPLICATES:,} or fewer",
            advice="use the bootstrap, or a jackknife of random groups",
        )
    return order


def _not_pairs(varying: Varying, others: Places, labels: Sequence[str]) -> DesignError:
    named = listed_strata(varying.number[others].tolist(), labels, varying.strata)
    count = "1 stratum has" if others.size == 1 else f"{others.size} strata have"
    problem = Problem(
        what=f"{count} not two sampling units, as balanced halves need",
        where="balanced_repeated",
        found=f"{named} (with {varying.count[others].max():.0f} units at most)",
        allowed="two units in every stratum that was not taken completely",
        advice="declare finer strata, or use the jackknife or the bootstrap",
    )
    return DesignError("the sample design", [problem])
