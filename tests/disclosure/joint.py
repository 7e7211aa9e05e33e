"""Respondents and their weights in one program: no weight is beyond the limits that are told.

Three unknowns stand for each kind of people: how many there are, the sum of their weights, and the
sum of the squares of these, which an effective base tells. With weights between a and b, the second
lies between a and b times the first, and the squares between every tangent and the chord.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import block_array, block_diag, csr_array, identity, vstack

from tests.disclosure.accounts import NEAR, Account
from tests.disclosure.known import Figures
from tests.disclosure.programme import SOLVED, ContradictionError, told_apart
from tests.disclosure.sums import Floats, Row, Sums

TANGENTS = 9
FARTHEST = 30.0
"""How many times the mean weight a weight may be, where nothing is told of it."""
ROUNDED = 0.05
"""How far an effective base is off at most."""


@dataclass(frozen=True, eq=False)
class Joint:
    """What figures and the account of the method tell together.

    Parameters
    ----------
    known : Figures
    account : Account
    """

    known: Figures
    account: Account

    @cached_property
    def sums(self) -> tuple[Sums, Sums, Sums]:
        """All that is known of respondents, weights and squares."""
        people = self.known.people
        counts, weights, squares = (Sums() for _ in range(3))
        for own, more in ((counts, self.known.respondents), (weights, self.known.weights)):
            for name in ("of", "low", "high"):
                getattr(own, name).extend(getattr(more, name))
        everybody = people.everybody()
        counts.know(everybody, self.account.interviews, self.account.interviews)
        for name, (asked, answered) in (self.account.asked or {}).items():
            counts.know(people.was_asked(name), asked, asked)
            counts.know(people.answered(name), answered, answered)
        if self.account.total is not None:
            _nearly(weights, everybody, self.account.total)
            _nearly(squares, everybody, self.account.total**2 / self.account.effective)
        for variable, level, total in self.account.margins:
            if people.root(variable) in people.asked:
                _nearly(weights, people.gave(variable, level), total)
        for row in self.known.shown:
            self._of_an_effective_base(squares, row)
        return tuple(_once(one) for one in (counts, weights, squares))

    def _of_an_effective_base(self, squares: Sums, row: Row) -> None:
        total, effective = row["population"], row["n_effective"]
        if not pd.isna(total) and not pd.isna(effective) and effective > 1:
            most = (total + 0.5) ** 2 / (effective - ROUNDED)
            squares.know(self.known.base(row), (total - 0.5) ** 2 / (effective + ROUNDED), most)

    @cached_property
    def unit(self) -> float:
        """Return the mean weight, or what is as large."""
        if self.account.total is not None:
            return self.account.total / self.account.interviews
        told = [
            float(one["population"]) / float(one["n_base"])
            for one in self.known.shown
            if not pd.isna(one["population"]) and not pd.isna(one["n_base"]) and one["n_base"] > 0
        ]
        return float(np.median(told)) if told else 1.0

    def interval(self, by: str, target: Floats) -> tuple[float, float]:
        """Return the limits of a number of respondents, or of a sum of weights."""
        scale = self.unit if by == "weights" else 1.0
        low, high = (
            sign * self._least(("respondents", "weights").index(by), sign * target)
            for sign in (1.0, -1.0)
        )
        return low * scale, high * scale

    def _least(self, part: int, target: Floats) -> float:
        system, lower, upper, objective = self._system(part, target)
        for cost in (objective, np.zeros_like(objective)):
            result = _solved(cost, system, lower, upper)
            if result.status == SOLVED:
                return float(result.fun) if cost is objective else -np.inf
        raise ContradictionError(result.message)

    def _system(self, part: int, target: Floats) -> tuple[csr_array, Floats, Floats, Floats]:
        rows = np.vstack([*(row for own in self.sums for row in own.of), target])
        kinds = told_apart(rows)
        size = kinds.shape[1]
        parts = np.repeat(range(3), [len(own.of) for own in self.sums])
        known = block_diag([csr_array(kinds[:-1][parts == own]) for own in range(3)])
        scales = np.array([1.0, self.unit, self.unit**2])[parts]
        lower, upper = (
            np.array([one for own in self.sums for one in getattr(own, name)]) / scales
            for name in ("low", "high")
        )
        objective = np.zeros(3 * size)
        objective[part * size : (part + 1) * size] = kinds[-1]
        limits = self._limits(size)
        return (
            vstack([csr_array(known), limits], format="csr"),
            np.concatenate([lower, np.zeros(limits.shape[0])]),
            np.concatenate([upper, np.full(limits.shape[0], np.inf)]),
            objective,
        )

    def _limits(self, size: int) -> csr_array:
        """Return what is at least 0 of each kind: (rows, 3 · kinds)."""
        low = 0.0 if self.account.smallest is None else self.account.smallest / self.unit
        high = FARTHEST if self.account.largest is None else self.account.largest / self.unit
        # A little room, for limits are told to the last digit and sums are not.
        low, high = low * (1 - NEAR), high * (1 + NEAR)
        one = identity(size, format="csr")
        pieces = [[-low * one, one, None]]
        if self.account.largest is not None:
            pieces += [[high * one, -one, None], [-low * high * one, (low + high) * one, -one]]
        for at in np.geomspace(max(low, 0.05), high, TANGENTS):
            pieces.append([at**2 * one, -2 * at * one, one])
        return csr_array(block_array(pieces))


def _once(sums: Sums) -> Sums:
    """Return sums without those that are there before."""
    told = zip(sums.of, sums.low, sums.high, strict=True)
    once = {(of.tobytes(), low, high): (of, low, high) for of, low, high in told}
    return Sums(*map(list, zip(*once.values(), strict=True))) if once else sums


def _nearly(sums: Sums, of: Floats, total: float) -> None:
    sums.know(of, total * (1 - NEAR), total * (1 + NEAR))


def _solved(objective: Floats, system: csr_array, lower: Floats, upper: Floats):
    equal = lower == upper
    above = vstack([system[~equal], -system[~equal]], format="csr")
    limits = np.concatenate([upper[~equal], -lower[~equal]])
    finite = np.isfinite(limits)
    return linprog(
        objective,
        A_eq=system[equal] if equal.any() else None,
        b_eq=upper[equal] if equal.any() else None,
        A_ub=above[finite],
        b_ub=limits[finite],
        bounds=(0, None),
        method="highs",
    )
