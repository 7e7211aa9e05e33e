"""What the attacker knows as a system of equations, without what follows from these at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.attacking import Equations
from socialpoll.disclosure.ledger import Known
from socialpoll.disclosure.linear import solved
from socialpoll.errors import ReleaseError

if TYPE_CHECKING:
    from scipy import sparse

__all__ = [
    "MOST",
    "Needs",
    "System",
    "multipliers",
    "nothing",
    "possible",
]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]

MOST = 1e7
"""Respondents that stand for infinitely many."""
TOLERANCE = 1e-5
"""Respondents, or mean weights, that two results of a solver may differ by."""


class Needs(NamedTuple):
    """Forms that may not be bounded inside an interval; arrays (needs,)."""

    forms: Places
    low: Floats
    high: Floats

    def joined(self, others: Needs) -> Needs:
        """Return these and others."""
        return Needs(*(np.concatenate(pair) for pair in zip(self, others, strict=True)))

    def chosen(self, some: npt.NDArray[np.generic]) -> Needs:
        """Return some of them."""
        return Needs(self.forms[some], self.low[some], self.high[some])


@dataclass(frozen=True, eq=False)
class System:
    """Equations with known values, without the unknowns that follow at once.

    Attributes
    ----------
    free : int array (n,)
        Unknowns that are left.
    forms : sparse array (forms, n)
    settled : float64 array (forms,)
        What the other unknowns add to each form.
    equal, values
        Sums (m, n) of what is left, and what they are.
    bounds, least
        Sums (k, n) of what is left, and their lower limits.
    together : int array
        Forms whose unknowns are looked at together, though nothing else may relate them.
    """

    free: Places
    forms: sparse.csr_array
    settled: Floats
    equal: sparse.csr_array
    values: Floats
    bounds: sparse.csr_array
    least: Floats
    together: Places

    @classmethod
    def of(
        cls, equations: Equations, known: Known, together: Places, *, gaps: bool = False
    ) -> System:
        """Put in what is known, and solve what has one unknown.

        Parameters
        ----------
        equations : Equations
        known : Known
        together : int array
            Forms of which somebody asks.
        gaps : bool
            Whether it is known where nobody lacks an answer.
        """
        from scipy import sparse

        equal, right = _equal(equations, known)
        fixed, value = settled(equal, right, equations.nobody if gaps else None)
        free = np.flatnonzero(~fixed)
        equal_free = sparse.csr_array(equal[:, free])
        rows = np.flatnonzero(np.diff(equal_free.indptr))
        bounds = sparse.csr_array(equations.bounds[:, free])
        some = np.flatnonzero(np.diff(bounds.indptr))
        return cls(
            free,
            sparse.csr_array(equations.forms[:, free]),
            equations.forms @ value,
            equal_free[rows],
            (right - equal @ value)[rows],
            bounds[some],
            -(equations.bounds @ value)[some],
            together,
        )

    @cached_property
    def group(self) -> npt.NDArray[np.int32]:
        """Return the group (n,) of each unknown: those of different groups are independent."""
        from scipy import sparse
        from scipy.sparse import csgraph

        rows = sparse.vstack([self.equal, self.bounds, self.forms[self.together]])
        pairs: Any = sparse.block_array([[None, rows], [rows.T, None]], format="csr")
        found: npt.NDArray[np.int32] = csgraph.connected_components(pairs, directed=False)[1]
        return found[rows.shape[0] :]

    def groups_of(self, forms: Places) -> npt.NDArray[np.int64]:
        """Return the group of each form (of one of its unknowns); -1 where all are settled."""
        starts, ends = self.forms.indptr[forms], self.forms.indptr[forms + 1]
        some = ends > starts
        made = np.full(forms.size, -1, dtype=np.int64)
        made[some] = self.group[self.forms.indices[starts[some]]]
        return made

    def touched(self, forms: Places) -> set[int]:
        """Return every group in which one of some forms has an unknown."""
        ends = zip(self.forms.indptr[forms], self.forms.indptr[forms + 1], strict=True)
        unknowns = [self.forms.indices[start:end] for start, end in ends]
        return set(self.group[np.concatenate(unknowns)].tolist())

    def within(self, groups: npt.NDArray[np.integer]) -> System:
        """Return what is left of some groups alone."""
        kept = np.flatnonzero(np.isin(self.group, groups))
        equal, bounds = self.equal[:, kept], self.bounds[:, kept]
        rows, some = (np.flatnonzero(np.diff(one.indptr)) for one in (equal, bounds))
        return System(
            self.free[kept],
            self.forms[:, kept],
            self.settled,
            equal[rows],
            self.values[rows],
            bounds[some],
            self.least[some],
            self.together,
        )


def _equal(equations: Equations, known: Known) -> tuple[sparse.csr_array, Floats]:
    """Return sums of unknowns, and what they are."""
    from scipy import sparse

    equal = sparse.csr_array(sparse.vstack([equations.forms[known.forms], equations.links]))
    return equal, np.concatenate([known.values, np.zeros(equations.links.shape[0])])


def nothing(equations: Equations, known: Known) -> Truths:
    """Say which unknowns are nothing because of what is known, without a program (unknowns,)."""
    fixed, value = settled(*_equal(equations, known))
    return np.asarray(fixed & (value == 0))


def settled(
    equal: sparse.csr_array, right: Floats, nil: Truths | None = None
) -> tuple[Truths, Floats]:
    """Solve equations of one unknown after the other; parts of nothing are nothing.

    Parameters
    ----------
    equal : sparse array (m, unknowns)
    right : float64 array (m,)
    nil : bool array (unknowns,), optional
        Which are known to be nothing.

    Returns
    -------
    bool array, float64 array (unknowns,)
        Which are solved, and what they are, else 0.
    """
    from scipy import sparse

    there, taken = (
        sparse.csr_array((one.astype(np.float64), equal.indices, equal.indptr), shape=equal.shape)
        for one in (equal.data != 0, equal.data < 0)
    )
    place = np.arange(equal.shape[1], dtype=np.float64)
    value = np.zeros(equal.shape[1])
    fixed = np.zeros(value.size, dtype=np.bool_) if nil is None else nil.copy()
    while True:
        left = (~fixed).astype(np.float64)
        count: Floats = np.asarray(there @ left)
        rest = right - equal @ value
        alone = np.flatnonzero(count == 1)
        nothing = np.flatnonzero((count > 1) & (taken @ left == 0) & (np.abs(rest) <= TOLERANCE))
        if not alone.size and not nothing.size:
            return fixed, value
        columns = np.asarray(there[alone] @ (left * place)).astype(np.intp)
        value[columns] = np.maximum(rest[alone] / (equal[alone] @ left), 0.0)
        fixed[columns] = True
        parts: Floats = np.asarray(there[nothing].T @ np.ones(nothing.size))
        nil = (parts > 0) & (left > 0)
        value[nil] = 0.0
        fixed[nil] = True


def possible(equations: Equations, known: Known) -> bool:
    """Say whether any numbers of respondents agree with what is known."""
    equal, right = _equal(equations, known)
    least = np.zeros(equations.bounds.shape[0])
    try:
        solved(np.zeros(equal.shape[1]), (equal, right), (equations.bounds, least))
    except ReleaseError:
        return False
    return True


def multipliers(
    equations: Equations, known: Known, wanted: tuple[int, float], *, gaps: bool
) -> Floats:
    """Return how much each known form (forms,) holds back another, pushed in a direction.

    Parameters
    ----------
    equations : Equations
    known : Known
    wanted : (int, float)
        A form, and 1 or -1.
    gaps : bool
        Whether it is known where nobody lacks an answer.
    """
    from scipy.optimize import linprog

    equal, right = _equal(equations, known)
    form, direction = wanted
    most = np.where(equations.nobody & gaps, 0.0, MOST)
    some = equations.bounds.shape[0] > 0
    solve: Any = linprog
    found = solve(
        -direction * equations.forms[[form]].toarray()[0],
        A_ub=-equations.bounds if some else None,
        b_ub=np.zeros(equations.bounds.shape[0]) if some else None,
        A_eq=equal,
        b_eq=right,
        bounds=np.stack([np.zeros(most.size), most], axis=1),
        method="highs",
    )
    return np.asarray(found.eqlin.marginals[: known.forms.size], dtype=np.float64)
