"""What the status of a hidden figure tells of its count, beside all that is shown.

The confidentiality status says whether a figure is hidden for its own small counts (A) or for those
of others (D), and the threshold is published. So one of three counts of the first is small, and
none of the second: a program with a binary number for each of these.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.disclosure.known import Figures
from tests.disclosure.programme import SOLVED, ContradictionError, told_apart
from tests.disclosure.sums import Floats, Row

PRIMARY, SECONDARY = "A", "D"


@dataclass(frozen=True)
class Statuses:
    """Whole numbers of people that agree with what is shown and with every status.

    Parameters
    ----------
    known : Figures
    threshold : int
        Of the policy.
    sample : int
        More than all respondents.
    """

    known: Figures
    threshold: int
    sample: int = 10_000

    def interval(self, target: Floats) -> tuple[float, float]:
        """Return the limits between which a number of respondents must lie."""
        small, none_small = self._small(PRIMARY), self._small(SECONDARY)
        choices = [one for group in small for one in group]
        either = [one for group in none_small for one in group]
        sums = np.vstack([*self.known.respondents.of, *choices, *either, target])
        kinds = told_apart(sums)
        shown, rest = np.split(kinds, [len(self.known.respondents.of)])
        own, others, objective = np.split(rest, [len(choices), len(choices) + len(either)])
        limits = self._limits(shown, own, others, [len(group) for group in small])
        binary = len(own) + len(others)
        ends = []
        for sign in (1, -1):
            result = milp(
                np.concatenate([sign * objective[0], np.zeros(binary)]),
                integrality=np.ones(kinds.shape[1] + binary),
                bounds=Bounds(0, np.r_[np.full(kinds.shape[1], self.sample), np.ones(binary)]),
                constraints=limits,
            )
            if result.status != SOLVED:
                raise ContradictionError(result.message)
            ends.append(sign * round(result.fun))
        return ends[0], ends[1]

    def _small(self, status: str) -> list[list[Floats]]:
        rows = [one for one in self.known.hidden if one["conf_status"] == status]
        return [self._counts(row) for row in rows]

    def _counts(self, row: Row) -> list[Floats]:
        base = self.known.base(row).astype(float)
        if row["statistic"] == "mean":
            return [base]
        gave = self.known.gave(row).astype(float)
        return [base, gave, base - gave]

    def _limits(
        self, shown: Floats, own: Floats, others: Floats, groups: list[int]
    ) -> list[LinearConstraint]:
        known = self.known.respondents
        width, many = len(own) + len(others), float(self.sample)
        first, second = np.eye(width)[: len(own)], np.eye(width)[len(own) :]
        small = np.zeros((len(groups), shown.shape[1] + width))
        for place, (start, size) in enumerate(zip(np.cumsum([0, *groups]), groups, strict=False)):
            small[place, shown.shape[1] + start : shown.shape[1] + start + size] = 1
        least, most = self.threshold, self.threshold - 1
        return [
            LinearConstraint(
                np.hstack([shown, np.zeros((len(shown), width))]), known.low, known.high
            ),
            # Of a primary figure at least one count is small, and not nought.
            LinearConstraint(small, 1, np.inf),
            LinearConstraint(np.hstack([own, -first]), 0, np.inf),
            LinearConstraint(np.hstack([own, many * first]), -np.inf, most + many),
            # Of a secondary one every count is nought or not small.
            LinearConstraint(np.hstack([others, -least * second]), 0, np.inf),
            LinearConstraint(np.hstack([others, -many * second]), -np.inf, 0),
        ]
