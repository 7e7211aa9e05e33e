"""Which more figures must be hidden, so that those that are hidden cannot be worked out.

For each hidden count that could be, and in each direction, the published counts are moved as little
as a linear program can, until the count is at its limit; what moves is hidden (Robertson 1993,
Cell suppression at Statistics Canada; Fischetti & Salazar 2001, Management Science 47: 1008-1027).
What turns out not to be needed can be shown again (:mod:`socialpoll.disclosure.pruning`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.attacking import Equations
from socialpoll.disclosure.ledger import NOTHING, Known, Ledger, View
from socialpoll.disclosure.linear import blocks, empty, solved
from socialpoll.disclosure.protection import HIGH, LOW, unreached
from socialpoll.disclosure.solving import TOLERANCE, Needs, System

__all__ = ["Complements", "Problem", "Push", "complemented", "freed", "open_pushes"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]

DEAR = 1e6
"""What it costs to miss a limit by one respondent: more than any figure."""


class Push(NamedTuple):
    """A form and the limit to which it is pushed."""

    form: int
    limit: float
    direction: float


@dataclass(frozen=True, eq=False)
class Problem:
    """What must stay uncertain, and what hiding costs.

    Attributes
    ----------
    ledger : Ledger
    equations : Equations
    needs : mapping of View to Needs
        What must be safe from whom.
    hidden : bool array (rows,)
        Rows that are hidden whatever comes of it.
    harm : float64 array (rows,)
        Of hiding each row.
    shared : bool array (forms,)
        Forms that tables of several questions tell, which are hidden only where nothing else helps.
    effort : int
        How many unknowns of the largest group may be solved for.
    """

    ledger: Ledger
    equations: Equations
    needs: Mapping[View, Needs]
    hidden: Truths
    harm: Floats
    shared: Truths
    effort: int

    def system(self, hidden: Truths, view: View, forms: Places | None = None) -> System:
        """Return what the attacker knows while rows are hidden, who asks of some forms."""
        if forms is None:
            forms = self.needs[view].forms if view in self.needs else NOTHING.forms
        return System.of(self.equations, self.ledger.known(hidden, view), forms, gaps=view.gaps)

    def knowing_less(self, forms: Collection[int]) -> Problem:
        """Return the problem in which some forms need not be safe from who knows that much."""
        needs: dict[View, Needs] = {}
        for view, one in self.needs.items():
            less = view.less
            moved = np.isin(one.forms, list(forms)) & (less != view)
            left = one.chosen(~moved)
            needs[view] = needs[view].joined(left) if view in needs else left
            if moved.any():
                others = needs.get(less, one.chosen(np.zeros(0, dtype=np.intp)))
                needs[less] = others.joined(one.chosen(moved))
        return replace(self, needs=needs)


@dataclass(eq=False)
class Complements:
    """Forms that are hidden for others, and for which.

    Attributes
    ----------
    of : dict of int to list of int
        A form that is hidden, and the forms that it protects.
    given_up : set of int
        Forms that no hiding protects.
    spent : int
        How many unknowns were solved for.
    withheld : int
        How often tables were hidden whole, because the effort was used up.
    """

    of: dict[int, list[int]] = field(default_factory=dict)
    given_up: set[int] = field(default_factory=set)
    spent: int = 0
    withheld: int = 0

    def copy(self) -> Complements:
        """Return the same, to be changed."""
        return replace(self, of=dict(self.of), given_up=set(self.given_up))

    def rows(self, problem: Problem) -> Truths:
        """Say which rows are hidden: by themselves, with a form, or with other rows."""
        forms = np.array(list(self.of), dtype=np.intp)
        return problem.ledger.closed(problem.hidden | problem.ledger.rows_of(forms))


def complemented(problem: Problem, begun: Complements | None = None) -> Complements:
    """Hide what must be hidden: first within tables, then what tables have in common.

    Parameters
    ----------
    problem : Problem
    begun : Complements, optional
        What is hidden already; it stays hidden.
    """
    made = Complements() if begun is None else begun.copy()
    for view in problem.needs:
        _protect(problem, made, problem.shared | problem.ledger.fixed(view.system), view)
    if made.given_up:
        for view in problem.needs:
            _protect(problem, made, problem.ledger.fixed(view.system), view)
    return made


def open_pushes(problem: Problem, hidden: Truths, view: View) -> list[Push]:
    """Return the limits that the attacker can rule out."""
    needs = problem.needs[view]
    if not needs.forms.size:
        return []
    high, low = unreached(problem.system(hidden, view), needs)
    return [
        Push(int(needs.forms[k]), float(limits[k]), direction)
        for direction, missed, limits in ((HIGH, high, needs.high), (LOW, low, needs.low))
        for k in np.flatnonzero(missed)
    ]


def _protect(problem: Problem, made: Complements, held: Truths, view: View) -> None:
    """Hide what is needed in one view, one push a group at a time; what cannot be is given up."""
    open_ = open_pushes(problem, made.rows(problem), view)
    made.given_up -= {one.form for one in open_}
    while open_:
        if made.spent > problem.effort * (1 + made.withheld):
            open_ = _withheld(problem, made, held, view, open_)
            continue
        hidden = made.rows(problem)
        system, movable = freed(problem, hidden, held, view)
        chosen, settled = _one_a_group(system, open_)
        made.given_up |= {one.form for one in settled}
        open_ = [one for one in open_ if one not in settled]
        if not chosen:
            continue
        costs = problem.ledger.costs(problem.harm, hidden)
        found = _moved(system, movable, costs, chosen)
        made.spent += found.largest
        for form, group in found.moved:
            protected = [one.form for one, own in zip(chosen, found.groups, strict=True)
                         if own == group]  # fmt: skip
            made.of.setdefault(form, []).extend(protected)
        missed = {one.form for one, short in zip(chosen, found.short, strict=True) if short}
        made.given_up |= missed
        open_ = [one for one in open_ if one not in chosen and not found.reaches(one)]


def freed(problem: Problem, hidden: Truths, held: Truths, view: View) -> tuple[System, Known]:
    """Return what is known for good, and what could be hidden, too."""
    known = problem.ledger.known(hidden, view)
    shown = problem.ledger.known(hidden, View(view.system))
    kept = held[known.forms] | ~np.isin(known.forms, shown.forms)
    told = Known(known.forms[kept], known.values[kept])
    system = System.of(problem.equations, told, problem.needs[view].forms, gaps=view.gaps)
    return system, Known(known.forms[~kept], known.values[~kept])


def _withheld(
    problem: Problem, made: Complements, held: Truths, view: View, pushes: list[Push]
) -> list[Push]:
    """Hide the finest tables of open groups whole; return what is open still."""
    depth = problem.ledger.depth
    system, movable = freed(problem, made.rows(problem), held, view)
    forms = np.array([one.form for one in pushes], dtype=np.intp)
    groups = system.groups_of(forms)
    here = movable.forms[np.isin(system.groups_of(movable.forms), groups[groups >= 0])]
    if not here.size:
        made.given_up |= set(forms.tolist())
        return []
    made.withheld += 1
    for form in here[depth[here] == depth[here].max()].tolist():
        made.of.setdefault(form, []).extend(forms.tolist())
    again = open_pushes(problem, made.rows(problem), view)
    return [one for one in again if one in pushes]


def _one_a_group(system: System, pushes: list[Push]) -> tuple[list[Push], list[Push]]:
    """Return the first push of each group, and those of which nothing is left to move."""
    groups = system.groups_of(np.array([one.form for one in pushes], dtype=np.intp))
    first: dict[int, Push] = {}
    for group, one in zip(groups.tolist(), pushes, strict=True):
        first.setdefault(group, one)
    first.pop(-1, None)
    settled = [one for group, one in zip(groups.tolist(), pushes, strict=True) if group < 0]
    return list(first.values()), settled


@dataclass(frozen=True, eq=False)
class _Moves:
    """A point at which pushes are at their limits, and what moved on the way."""

    system: System
    point: Floats
    groups: list[int]
    short: Truths
    moved: list[tuple[int, int]]

    @property
    def largest(self) -> int:
        """How many unknowns the largest group has."""
        return int(np.bincount(self.system.group).max(initial=0))

    @cached_property
    def values(self) -> Floats:
        """The values of all forms at the point; NaN for those of other groups."""
        made = self.system.forms @ self.point + self.system.settled
        made[np.diff(self.system.forms.indptr) == 0] = np.nan
        return np.asarray(made)

    def reaches(self, push: Push) -> bool:
        """Say whether another limit is reached at the point, too."""
        return bool(push.direction * (self.values[push.form] - push.limit) >= -TOLERANCE)


def _moved(system: System, movable: Known, costs: Floats, pushes: list[Push]) -> _Moves:
    """Move what is published as little as it takes, weighed by what hiding it costs."""
    from scipy import sparse

    forms = np.array([one.form for one in pushes], dtype=np.intp)
    groups = system.groups_of(forms)
    own = system.within(groups)
    here = np.flatnonzero(np.diff(own.forms.indptr)[movable.forms])
    moving = movable.forms[here]
    sign = np.array([one.direction for one in pushes])
    limits = np.array([one.limit for one in pushes])
    unknowns, size, pushed = own.free.size, moving.size, forms.size
    one, rows = sparse.eye_array(size), own.equal.shape[0]
    equal = blocks(
        [
            [own.equal, empty(rows, size), empty(rows, size), empty(rows, pushed)],
            [own.forms[moving], one, -one, empty(size, pushed)],
        ]
    )
    least = blocks(
        [
            [own.bounds, empty(own.bounds.shape[0], 2 * size), empty(own.bounds.shape[0], pushed)],
            [
                sparse.diags_array(sign) @ own.forms[forms],
                empty(pushed, 2 * size),
                sparse.eye_array(pushed),
            ],
        ]
    )
    right = np.concatenate([own.values, movable.values[here] - own.settled[moving]])
    target = np.concatenate([own.least, sign * (limits - own.settled[forms])])
    paid = np.minimum(costs[moving], DEAR / 1000)
    cost = np.concatenate([np.zeros(unknowns), paid, paid, np.full(pushed, DEAR)])
    found = solved(cost, (equal, right), (least, target))
    apart = np.abs(own.forms[moving] @ found[:unknowns] - right[rows:])
    moved = moving[apart > TOLERANCE]
    pairs = list(zip(moved.tolist(), _groups(own, moved), strict=True))
    short = found[unknowns + 2 * size :] > TOLERANCE
    return _Moves(own, found[:unknowns], groups.tolist(), short, pairs)


def _groups(system: System, forms: Places) -> list[int]:
    """Return the groups of forms as plain numbers."""
    return [int(one) for one in system.groups_of(forms)]
