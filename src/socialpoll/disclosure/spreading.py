"""What respondents, their weights and the squares of these tell of one another.

Whoever knows how unequal weights are does not take respondents and weights apart: an effective size
tells a sum of squared weights, and n respondents of weight w whose squares sum to q are no fewer
than w²/q (Cauchy and Schwarz). So all three are unknowns of one program, which tangents keep where
n q ≥ w².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.attacking import Equations
from socialpoll.disclosure.complementing import Complements, Problem, complemented
from socialpoll.disclosure.ledger import COUNTS, Known, Ledger, View, column, squares_of
from socialpoll.disclosure.solving import Needs
from socialpoll.disclosure.telling import Row

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["spread"]

Floats = npt.NDArray[np.float64]

TOGETHER = View("respondents, weights and squares", gaps=True)
PARTS = 3
"""Respondents, weights and squares, one after another among forms and unknowns."""
LARGEST = 600
"""Unknowns of a family of tables up to which all three are taken together."""
LOWEST, HIGHEST, TANGENTS = 0.05, 30.0, 9
"""Mean weights beyond which nobody looks for one, and how many tangents touch between them."""


def spread(problem: Problem, found: Complements, rows: Sequence[Row]) -> Complements:
    """Hide what else it takes to be safe from who knows how unequal weights are.

    Parameters
    ----------
    problem : Problem
    found : Complements
        What protects respondents and weights apart; it stays hidden.
    rows : sequence of mapping
        Those of the ledger.

    Returns
    -------
    Complements
        The same where a family of tables has too many unknowns, or everybody weighs the same.
    """
    made = found.copy()
    size = len(problem.ledger.forms)
    if problem.equations.forms.shape[1] > LARGEST:
        return made
    for kind in problem.ledger.systems[1:]:
        squares = _squares(problem.ledger, rows, kind)
        if _all_weigh_one(problem.ledger, squares, kind):
            continue
        more = complemented(_together(problem, made, squares, kind))
        made.given_up |= {form % size for form in more.given_up}
        for form, protected in more.of.items():
            made.of.setdefault(form % size, []).extend(one % size for one in protected)
    return made


def _squares(ledger: Ledger, rows: Sequence[Row], kind: str) -> Floats:
    """Return the sum of squared weights that each entry tells: that of its row's base."""
    effective = column(rows, "n_effective")
    own = (ledger.base[ledger.row] == ledger.form) & (effective[ledger.row] > 0)
    squares = np.full(own.size, np.nan)
    squares[own] = ledger.told[kind][own] ** 2 / effective[ledger.row[own]]
    return squares


def _all_weigh_one(ledger: Ledger, squares: Floats, kind: str) -> bool:
    count = ledger.told[COUNTS]
    return all(
        np.allclose(one[~np.isnan(one * count)], count[~np.isnan(one * count)])
        for one in (ledger.told[kind], squares)
    )


def _together(problem: Problem, found: Complements, squares: Floats, kind: str) -> Problem:
    return replace(
        problem,
        ledger=_ledger(problem.ledger, squares, kind),
        equations=_equations(problem.equations),
        needs={TOGETHER: _needs(problem, found, kind)},
        hidden=found.rows(problem),
        shared=np.tile(problem.shared, PARTS),
    )


def _needs(problem: Problem, found: Complements, kind: str) -> Needs:
    """Return what must be safe of respondents and weights, but for what cannot be."""
    made = Needs(np.zeros(0, dtype=np.intp), np.zeros(0), np.zeros(0))
    for view, needs in problem.needs.items():
        if view.system in (COUNTS, kind):
            left = needs.chosen(~np.isin(needs.forms, list(found.given_up)))
            first = 0 if view.system == COUNTS else len(problem.ledger.forms)
            made = made.joined(left._replace(forms=left.forms + first))
    return made


def _ledger(ledger: Ledger, squares: Floats, kind: str) -> Ledger:
    size = len(ledger.forms)
    weights, squared = ledger.public[kind], ledger.public[squares_of(kind)]
    public = Known(
        np.concatenate([weights.forms + size, squared.forms + 2 * size]),
        np.concatenate([weights.values, squared.values]),
    )
    told = np.concatenate([ledger.told[COUNTS], ledger.told[kind], squares])
    return replace(
        ledger,
        forms=ledger.forms * PARTS,
        row=np.tile(ledger.row, PARTS),
        form=np.concatenate([ledger.form + part * size for part in range(PARTS)]),
        told={TOGETHER.system: told},
        bases=np.tile(ledger.bases, PARTS),
        public={TOGETHER.system: public},
    )


def _equations(equations: Equations) -> Equations:
    from scipy import sparse

    def of_each(matrix: sparse.csr_array) -> sparse.csr_array:
        return sparse.csr_array(sparse.block_diag([matrix] * PARTS))

    bounds = sparse.vstack([of_each(equations.bounds), _tangents(equations)])
    return Equations(
        of_each(equations.forms),
        of_each(equations.links),
        sparse.csr_array(bounds),
        np.tile(equations.nobody, PARTS),
    )


def _tangents(equations: Equations) -> sparse.csr_array:
    """Return what is not negative of respondents, weights and squares: (rows, 3 · unknowns).

    Of unknowns that are no sums of finer ones; what is true of these is true of their sums.
    """
    from scipy import sparse

    sums = equations.links.indices[equations.links.data < 0]
    unknowns = np.arange(equations.forms.shape[1])
    one = sparse.csr_array(sparse.eye_array(unknowns.size))[np.setdiff1d(unknowns, sums)]
    below = [[HIGHEST * one, -one, None]]
    touching = np.geomspace(LOWEST, HIGHEST, TANGENTS)
    tangents = [[at**2 * one, -2 * at * one, one] for at in touching]
    return sparse.csr_array(sparse.block_array([*below, *tangents]))
