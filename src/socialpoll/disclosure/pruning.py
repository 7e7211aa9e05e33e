"""Showing again what was hidden for others and turns out not to be needed, dearest first.

Kelly, Golden & Assad (1992), Cell suppression: disclosure protection for sensitive tabular data,
Networks 22: 397-417, who call it the clean-up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.complementing import Complements, Problem
from socialpoll.disclosure.ledger import View
from socialpoll.disclosure.protection import unreached
from socialpoll.disclosure.solving import System

__all__ = ["pruned"]

PROGRAMS = 20
"""About how many programs it takes to look whether all is safe without a form."""
Told: TypeAlias = Mapping[int, npt.NDArray[np.intp]]
"""All forms that are told when a form is shown again, itself among them."""
Touched: TypeAlias = dict[int, set[int]]
"""Groups by form."""


def pruned(problem: Problem, made: Complements) -> Complements:
    """Try every form once; those of independent groups together.

    Parameters
    ----------
    problem : Problem
    made : Complements
        What protects everything that can be protected.

    Returns
    -------
    Complements
        That do so, too; no more, and hardly ever one that could be left out, unless the effort is
        used up.
    """
    costs = problem.ledger.costs(problem.harm, problem.hidden)
    waiting = sorted(made.of, key=lambda form: (-costs[form], form))
    told = _told(problem, waiting)
    needed = made.copy()
    spent = 0
    while waiting and spent <= problem.effort:
        hidden = needed.rows(problem)
        systems = {view: problem.system(hidden, view) for view in problem.needs}
        largest = max(np.bincount(one.group).max(initial=0) for one in systems.values())
        spent += PROGRAMS * int(largest)
        first = systems[next(iter(systems))]
        tried = _apart({form: first.touched(told[form]) for form in waiting})
        for form in tried:
            del needed.of[form]
        alone = {form: told[form] for form in waiting if form in tried}
        back = _back(problem, needed, systems, alone)
        needed.of |= {form: made.of[form] for form in waiting if form in back}
        waiting = [form for form in waiting if form not in tried]
    return needed


def _told(problem: Problem, forms: Sequence[int]) -> Told:
    """Return what is told when the rows of a form are shown, with those that go with them."""
    ledger = problem.ledger
    found: dict[int, npt.NDArray[np.intp]] = {}
    order = np.argsort(ledger.row, kind="stable")
    starts = np.searchsorted(ledger.row[order], np.arange(ledger.base.size + 1))
    for form in forms:
        hidden = np.zeros(ledger.base.size, dtype=np.bool_)
        hidden[ledger.row[ledger.form == form]] = True
        rows = np.flatnonzero(ledger.companions.closed(hidden))
        told = [ledger.form[order[starts[row] : starts[row + 1]]] for row in rows]
        found[form] = np.unique(np.concatenate(told))
    return found


def _apart(touched: Touched) -> set[int]:
    """Choose forms, the first first, of which no two tell of the same group."""
    taken: set[int] = set()
    chosen = set()
    for form, groups in touched.items():
        if not taken & groups:
            chosen.add(form)
            taken |= groups
    return chosen


def _back(
    problem: Problem, needed: Complements, systems: Mapping[View, System], tried: Told
) -> set[int]:
    """Return what must be hidden again after all: where a count can be worked out without it."""
    back: set[int] = set()
    given_up = list(needed.given_up)
    for view, needs in problem.needs.items():
        left = {form: systems[view].touched(own) for form, own in tried.items() if form not in back}
        group = systems[view].groups_of(needs.forms)
        some = np.isin(group, list(set[int]().union(*left.values())))
        some &= ~np.isin(needs.forms, given_up)
        if not some.any():
            continue
        shown = Complements({**needed.of, **{form: [] for form in back}}).rows(problem)
        family = group[some]
        high, low = unreached(problem.system(shown, view), needs.chosen(some), family)
        wrong = set(family[high | low].tolist())
        back |= {form for form, groups in left.items() if groups & wrong}
    return back
