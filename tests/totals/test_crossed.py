"""Covariance from products of sums, held against that from the scores of all units."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.indicators.sources import engine_of
from socialpoll.totals import Basis, Function, Linearisation, Ratios, exactly
from tests.indicators import polls

RECIPES = {
    "base weights": sp.Recipe(),
    "raked": sp.Recipe(
        (
            sp.Rake(
                (
                    sp.Margin("sex", {"m": 900.0, "f": 1100.0}),
                    sp.Margin("area", {"x": 900.0, "y": 700.0, "z": 400.0}),
                )
            ),
        )
    ),
}


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("design", [polls.CLUSTERED, polls.ELEMENTS, polls.TWO_STAGES])
def test_products_of_sums_give_the_covariance_of_the_scores(design, recipe):
    weights = sp.weigh(polls.bound(7, design, size=90), RECIPES[recipe])
    engine = engine_of(weights, sp.Precision())
    measure = exactly(engine, "apps", (0, 1, 2))
    basis = Basis(measure, ("area",))
    totals = engine.cells(basis)
    last = len(measure.patterns)
    shares = Ratios(tuple(range(last)), last)
    slopes = np.zeros((totals.size, 3 * last))
    for domain, jacobian in enumerate(shares.jacobian(totals)):
        rows, columns = domain * (last + 1), domain * last
        slopes[rows : rows + last + 1, columns : columns + last] = jacobian
    figures = Function(basis, lambda one: shares.value(one).ravel(), slopes)
    uncertainty = Linearisation(engine)

    expected = uncertainty.covariance(uncertainty.scores(figures, totals))
    found = uncertainty.together(figures, totals)
    assert found.shape == (3 * last, 3 * last)
    assert found == pytest.approx(expected, rel=1e-8, abs=1e-14)
    assert np.diagonal(found).max() > 1e-4
