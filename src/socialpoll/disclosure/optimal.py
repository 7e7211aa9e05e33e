"""The least harm with which everything is safe, found exactly where a family of tables is small.

A master program chooses what to hide at the least harm; where a limit is ruled out all the same,
the multipliers of the attacker's program say which figures rule it out, and one of these must be
hidden (Fischetti & Salazar 2001, Management Science 47: 1008-1027, §4; of their cuts the simplest).
The harm of the master never falls, so it is a bound whenever one stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.complementing import (
    Complements,
    Problem,
    Push,
    open_pushes,
)
from socialpoll.disclosure.ledger import View
from socialpoll.disclosure.solving import TOLERANCE, multipliers

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Optimum", "harm_of", "optimum"]

Places = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]

LARGEST = 400
"""Unknowns of the largest family for which the least harm is looked for."""
ROUNDS = 30
"""Choices of the master after which its harm is taken as a bound."""


class Optimum(NamedTuple):
    """What is hidden for others, and how good that is.

    Attributes
    ----------
    complements : Complements
    harm : float
        Of what is hidden for others.
    least : float
        What it is at least, whatever is hidden, while respondents and weights are taken apart; NaN
        where the family was too large to look.
    """

    complements: Complements
    harm: float
    least: float


def optimum(problem: Problem, found: Complements) -> Optimum:
    """Look for something better than what was found, where the family is small.

    Parameters
    ----------
    problem : Problem
    found : Complements
        What protects everything that can be protected.
    """
    harm = harm_of(problem, found)
    if problem.equations.forms.shape[1] > LARGEST:
        return Optimum(found, harm, np.nan)
    rows = np.flatnonzero(~_first(problem) & ~problem.ledger.pinned)
    cuts: list[Places] = []
    protected: list[int] = []
    least = 0.0
    for _ in range(ROUNDS):
        chosen = _chosen(problem, rows, cuts)
        if chosen is None:
            return Optimum(found, harm, np.nan)
        hidden = chosen
        least = float(problem.harm[hidden & ~_first(problem)].sum())
        open_ = list(_open(problem, hidden, found.given_up))
        if least >= harm - TOLERANCE or not open_:
            break
        protected += [one.form for _, one in open_]
        cuts += [_ruling_out(problem, hidden, view, one) for view, one in open_]
    else:
        return Optimum(found, harm, least)
    if least < harm - TOLERANCE:
        found = _hiding(problem, hidden, found, protected)
    return Optimum(found, least, least)


def _first(problem: Problem) -> Truths:
    """Say which rows are hidden whatever else is."""
    return problem.ledger.closed(problem.hidden)


def harm_of(problem: Problem, made: Complements) -> float:
    """Return the harm of what is hidden for others."""
    return float(problem.harm[made.rows(problem) & ~_first(problem)].sum())


def _open(problem: Problem, hidden: Truths, given_up: set[int]) -> Iterator[tuple[View, Push]]:
    for view in problem.needs:
        for one in open_pushes(problem, hidden, view):
            if one.form not in given_up:
                yield view, one


def _ruling_out(problem: Problem, hidden: Truths, view: View, push: Push) -> Places:
    """Return the forms that rule a limit out, of those that can be hidden."""
    ledger = problem.ledger
    known = ledger.known(hidden, view)
    found = multipliers(problem.equations, known, (push.form, push.direction), gaps=view.gaps)
    held = ledger.fixed(view.system) | (ledger.bases & view.bases)
    return known.forms[(np.abs(found) > TOLERANCE) & ~held[known.forms]]


def _chosen(problem: Problem, rows: Places, cuts: list[Places]) -> Truths | None:
    """Return what is hidden at the least harm when one form of every cut is; None where none can.

    A limit that follows from what nothing can hide, such as what a margin weighs, has no such form.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    hidden = _first(problem)
    if not cuts:
        return hidden
    forms = np.unique(np.concatenate(cuts))
    size = rows.size + forms.size
    solve: Any = milp
    found = solve(
        np.concatenate([problem.harm[rows], np.zeros(forms.size)]),
        integrality=np.ones(size),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(_at_least_one(cuts, forms, size), 1, np.inf),
            LinearConstraint(_going_with(problem, rows, forms), 0, np.inf),
        ],
    )
    if found.x is None:
        return None
    hidden[rows[found.x[: rows.size] > 1 / 2]] = True
    return hidden


def _at_least_one(cuts: list[Places], forms: Places, size: int) -> sparse.csr_array:
    row = np.repeat(np.arange(len(cuts)), [one.size for one in cuts])
    column = size - forms.size + np.searchsorted(forms, np.concatenate(cuts))
    return _sums([(row, column, 1.0)], (len(cuts), size))


def _going_with(problem: Problem, rows: Places, forms: Places) -> sparse.csr_array:
    """Return that a form is hidden with all rows that tell it, and numbers with their answers."""
    ledger = problem.ledger
    telling = np.isin(ledger.form, forms) & np.isin(ledger.row, rows)
    row, form = ledger.row[telling], ledger.form[telling]
    number, answer = ledger.companions
    both = np.isin(number, rows) & np.isin(answer, rows)
    more = np.searchsorted(rows, np.concatenate([row, number[both]]))
    less = np.concatenate(
        [rows.size + np.searchsorted(forms, form), np.searchsorted(rows, answer[both])]
    )
    place = np.arange(more.size)
    return _sums([(place, more, 1.0), (place, less, -1.0)], (more.size, rows.size + forms.size))


def _sums(entries: list[tuple[Places, Places, float]], shape: tuple[int, int]) -> sparse.csr_array:
    from scipy import sparse

    value = np.concatenate([np.full(row.size, times) for row, _, times in entries])
    row, column = (np.concatenate([one[k] for one in entries]) for k in (0, 1))
    return sparse.csr_array((value, (row, column)), shape=shape)


def _hiding(
    problem: Problem, hidden: Truths, found: Complements, protected: list[int]
) -> Complements:
    """Return the forms that nothing tells when some rows are hidden."""
    gone = _told(problem, _first(problem)) & ~_told(problem, hidden)
    several = list(dict.fromkeys(protected))
    made = dict.fromkeys(np.flatnonzero(gone).tolist(), several)
    return replace(found.copy(), of=made)


def _told(problem: Problem, hidden: Truths) -> Truths:
    ledger = problem.ledger
    shown = ledger.form[~hidden[ledger.row]]
    return np.asarray(np.bincount(shown, minlength=len(ledger.forms)) > 0)
