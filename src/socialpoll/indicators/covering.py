"""Sets of options that cover most patterns, by integer programs: where there are too many to try.

The maximal covering problem (Church & ReVelle 1974, Papers of the Regional Science Association 32:
101-118): x_j says whether an option is taken and y_p whether a pattern is reached, and y_p is not
above the sum of x_j over the options of p. The search stops after a number of nodes, not after a
time, so that it ends in the same way on every machine; its dual bound says what no allowed set can
reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.ruling import Rule
from socialpoll.totals import Patterns

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Covering", "cheapest_cover", "widest_cover"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
NODES = 2000
"""Nodes of the tree that are looked at."""
HALF = 0.5
"""A choice above it is made."""
SLACK = 1e-9
"""By how much the sums of a program may miss what is asked for, by rounding."""


class Covering(NamedTuple):
    """A set that was found, and what no allowed set goes beyond.

    Attributes
    ----------
    held : bool array (q,)
    at_most : float
        Upper bound of the reach of any set that was allowed.
    """

    held: Truths
    at_most: float


@dataclass(frozen=True, eq=False)
class _Program:
    """Options x (q,) and patterns y (P,), side by side, with rows ``low <= A (x, y) <= high``."""

    patterns: Patterns
    rows: tuple[tuple[Floats, float, float], ...]

    def solve(self, gains: Floats) -> tuple[Truths | None, float]:
        """Minimise the sum of gains times (x, y); return the options and the dual bound."""
        from scipy import optimize, sparse

        options = self.patterns.ticked.shape[1]
        own = np.vstack([row for row, _, _ in self.rows])
        matrix = sparse.vstack([sparse.csr_array(own), self._covered()]).tocsc()
        patterns = np.zeros(self.patterns.weight.size)
        low = np.concatenate([[one for _, one, _ in self.rows], np.full(patterns.size, -np.inf)])
        high = np.concatenate([[one for _, _, one in self.rows], patterns])
        found = optimize.milp(
            gains,
            integrality=np.concatenate([np.ones(options), patterns]),
            bounds=optimize.Bounds(0.0, 1.0),
            constraints=optimize.LinearConstraint(matrix, low, high),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
        bound = found.get("mip_dual_bound")
        held = None if found.x is None else found.x[:options] > HALF
        return held, float("-inf") if bound is None else float(bound)

    def _covered(self) -> sparse.csr_array:
        from scipy import sparse

        ticked = sparse.csr_array(self.patterns.ticked.astype(np.float64))
        return sparse.csr_array(sparse.hstack([-ticked, sparse.eye_array(ticked.shape[0])]))


def widest_cover(patterns: Patterns, rule: Rule, *, exactly: int | None = None) -> Covering:
    """Find the set with the largest reach that a rule allows, or of those of exactly one size.

    Parameters
    ----------
    patterns : Patterns
        With their shares.
    rule : Rule
    exactly : int, optional
    """
    least, most = (1, rule.size) if exactly is None else (exactly, exactly)
    program = _Program(patterns, tuple(_limits(patterns, rule, least, most)))
    gains = np.concatenate([np.zeros(rule.options), -patterns.weight])
    held, bound = program.solve(gains)
    everybody = float(patterns.weight.sum())
    greedy = _greedy(patterns, rule, most)
    if held is None or (exactly is None and _reach(patterns, held) < _reach(patterns, greedy)):
        held = greedy
    return Covering(held, float(np.clip(-bound, _reach(patterns, held), everybody)))


def cheapest_cover(patterns: Patterns, rule: Rule) -> Truths | None:
    """Find the set that reaches what a rule asks for at least cost; None where none was found."""
    if rule.reach is None or patterns.weight.sum() < rule.reach - SLACK:
        return None
    rows = list(_limits(patterns, rule, 0, rule.size))
    reach = np.concatenate([np.zeros(rule.options), patterns.weight])
    gains = np.concatenate([rule.burdens, np.zeros(patterns.weight.size)])
    least, _ = _Program(patterns, (*rows, (reach, rule.reach, np.inf))).solve(gains)
    if least is None:
        return None
    most = float(rule.burdens @ least) + SLACK
    widest, _ = _Program(patterns, (*rows, (gains, 0.0, most))).solve(-reach)
    return least if widest is None else widest


def _limits(
    patterns: Patterns, rule: Rule, least: int, most: int
) -> list[tuple[Floats, float, float]]:
    none = np.zeros(patterns.weight.size)
    rows = [(np.concatenate([np.ones(rule.options), none]), float(least), float(most))]
    if rule.costs is not None and np.isfinite(rule.budget):
        rows.append((np.concatenate([rule.costs, none]), 0.0, rule.budget))
    return rows


def _greedy(patterns: Patterns, rule: Rule, size: int) -> Truths:
    """Take one option after another, each that reaches most of those not reached before."""
    held = np.zeros(rule.options, dtype=np.bool_)
    missed = np.ones(patterns.weight.size, dtype=np.bool_)
    for _ in range(size):
        gain = (patterns.weight * missed) @ patterns.ticked
        larger = held | np.eye(rule.options, dtype=np.bool_)
        gain[held | ~rule.allows(larger)] = -1.0
        if gain.max() < 0:
            break
        held[int(np.argmax(gain))] = True
        missed = np.asarray(~patterns.ticked[:, held].any(axis=1))
    return held


def _reach(patterns: Patterns, held: Truths) -> float:
    return float(patterns.weight @ patterns.ticked[:, held].any(axis=1))
