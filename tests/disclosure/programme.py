"""The programs by which somebody bounds what he was not told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from tests.disclosure.people import Mask
from tests.disclosure.sums import Floats, Sums

SOLVED = 0


class ContradictionError(Exception):
    """What is known cannot be: the attacker has misread what was published."""


@dataclass(frozen=True)
class Programme:
    """Least and greatest values of sums over non-negative numbers of people of each kind.

    Parameters
    ----------
    sums : Sums
        What is known.
    whole : bool
        The numbers are whole, as those of respondents are.
    """

    sums: Sums
    whole: bool = False

    def interval(self, target: Mask | Floats) -> tuple[float, float]:
        """Return the limits between which a sum must lie."""
        rows = np.vstack([*self.sums.of, np.asarray(target, dtype=float)])
        kinds = told_apart(rows)
        known, objective = csr_array(kinds[:-1]), kinds[-1]
        low = self._least(known, objective)
        return low, -self._least(known, -objective)

    def _least(self, known: csr_array, objective: Floats) -> float:
        result = self._solved(known, objective)
        if result.status != SOLVED:
            # A solver may not tell what has no limit from what cannot be.
            anything = self._solved(known, np.zeros(len(objective)))
            if anything.status != SOLVED:
                raise ContradictionError(anything.message)
            return -np.inf
        return float(result.fun)

    def _solved(self, known: csr_array, objective: Floats):
        lower, upper = np.array(self.sums.low), np.array(self.sums.high)
        if self.whole:
            return milp(
                objective,
                integrality=np.ones(len(objective)),
                bounds=Bounds(0, np.inf),
                constraints=LinearConstraint(known, lower, upper),
            )
        equal = lower == upper
        above = vstack([known[~equal], -known[~equal]], format="csr")
        limits = np.concatenate([upper[~equal], -lower[~equal]])
        finite = np.isfinite(limits)
        return linprog(
            objective,
            A_eq=known[equal] if equal.any() else None,
            b_eq=upper[equal] if equal.any() else None,
            A_ub=above[finite] if finite.any() else None,
            b_ub=limits[finite] if finite.any() else None,
            bounds=(0, None),
            method="highs",
        )


def told_apart(rows: Floats) -> Floats:
    """Return the columns of sums, once each: kinds of people that nothing tells apart are one."""
    # Two different columns have the same sum under random multipliers with no chance at all.
    sums = np.random.default_rng(1).random(len(rows)) @ rows
    _, first = np.unique(np.round(sums, 9), return_index=True)
    return rows[:, np.sort(first)]
