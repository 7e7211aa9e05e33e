"""Households whose members get equal weights: auxiliaries that all of a household share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, nearest
from socialpoll.responses import Responses
from socialpoll.responses.design import per_stage
from socialpoll.weighting.applied.running import Entering
from socialpoll.weighting.declared import Calibrate

__all__ = ["Households", "household_problems", "households_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]
SHOWN = 4
UNEQUAL = 1e-9
"""Relative difference of two weights up to which it is of rounding."""


@dataclass(frozen=True, eq=False)
class Households:
    """Whom each case lives with.

    Attributes
    ----------
    unit : int array (n,)
        Household of each case, numbered from 0.

    Notes
    -----
    Lemaître & Dufour (1987), Survey Methodology 13:199: calibrating on the mean of the auxiliaries
    over the members of a household reaches the same totals, since its members enter with equal
    weights, and gives them equal factors.
    """

    unit: Places

    def shared(self, made: Floats, counted: Places) -> Floats:
        """Return auxiliaries (m, p) of the cases ``counted`` (m,), each its household's mean.

        The mean is over the members that are among these cases.
        """
        _, household = np.unique(self.unit[counted], return_inverse=True)
        household = household.ravel()
        members = np.bincount(household)
        sums = np.zeros((members.size, made.shape[1]))
        np.add.at(sums, household, made)
        return np.asarray((sums / members[:, None])[household])


def households_of(step: Calibrate, entering: Entering) -> Households | None:
    """Return the households that a step gives equal weights within; None where it does not."""
    if step.equal_within is None:
        return None
    stage = _clusters(entering.responses).index(step.equal_within)
    return Households(entering.responses.stages[stage].unit)


def household_problems(step: Calibrate, entering: Entering) -> list[Problem]:
    """Tell what keeps a step from giving equal weights within households."""
    if step.equal_within is None:
        return []
    where = f"{entering.where}, equal_within"
    clusters = _clusters(entering.responses)
    if step.equal_within not in clusters:
        return [
            Problem(
                "weights can only be equal within the units of a stage of sampling",
                where,
                found=repr(step.equal_within),
                allowed=nearest(step.equal_within, [one for one in clusters if one])
                if any(clusters)
                else "a cluster column of the design, which declares none",
                advice="declare the column of households as the last of the design's clusters",
            )
        ]
    unit = entering.responses.stages[clusters.index(step.equal_within)].unit
    return _unequal(step.equal_within, unit, entering.weights, where)


def _clusters(responses: Responses) -> list[str | None]:
    """Return the cluster column of each stage."""
    return [stage.cluster for stage in per_stage(responses.design)]


def _unequal(name: str, unit: Places, weights: Floats, where: str) -> list[Problem]:
    counted = weights > 0
    lowest = np.full(int(unit.max()) + 1, np.inf)
    highest = np.zeros(lowest.size)
    np.minimum.at(lowest, unit[counted], weights[counted])
    np.maximum.at(highest, unit[counted], weights[counted])
    wrong = np.flatnonzero(highest > lowest * (1 + UNEQUAL))
    if not wrong.size:
        return []
    first = unit[np.argmax(counted & np.isin(unit, wrong))]
    rows = np.flatnonzero(counted & (unit == first))
    told = ", ".join(f"{weights[row]:.6g} in row {row}" for row in rows[:SHOWN])
    return [
        Problem(
            f"weights enter unequal within {wrong.size} of {np.unique(unit[counted]).size} units "
            f"of {name!r}",
            where,
            found=f"of the first: {told}{', …' if rows.size > SHOWN else ''}",
            allowed="members of a household that enter the step with equal weights",
            advice="weight persons for their chance within the household only where one of them "
            "is interviewed, or leave out equal_within",
        )
    ]
