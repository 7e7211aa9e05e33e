"""The sweep: what the regressions of the weighting steps leave of a linearised variable."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.totals import Basis, CellStep, Function, Linearisation, Mass, Rows, Values
from tests.indicators.polls import ELEMENTS, bound


def poststratification(responses, targets):
    cell = responses.columns["sex"].position.astype(np.int32)
    sums = np.bincount(cell, weights=responses.base_weight)
    factor = np.asarray(targets) / sums
    return CellStep("poststratify", cell, factor, np.eye(2), factor)


def scored(rows, basis):
    """Scores of the first total of a basis."""
    first = Function(basis, lambda totals: totals[:, 0], np.array([[1.0], [0.0]]))
    return Linearisation(rows).scores(first, rows.cells(basis))


def test_scores_after_poststratification_are_the_residuals_from_cell_means():
    responses = bound(3, ELEMENTS)
    step = poststratification(responses, [700.0, 1300.0])
    rows = Rows(responses, Mass(responses.base_weight, (step,)))
    basis = Basis(Values(("hours",)))
    scores = scored(rows, basis)[:, 0]
    weight = rows.weight
    hours = responses.columns["hours"].values
    means = [np.average(hours[step.cell == c], weights=weight[step.cell == c]) for c in (0, 1)]
    expected = weight * (hours - np.asarray(means)[step.cell])
    assert scores == pytest.approx(expected)


def test_a_step_without_auxiliaries_only_multiplies():
    responses = bound(3, ELEMENTS)
    cell = np.zeros(len(responses), dtype=np.int32)
    step = CellStep("scale", cell, np.array([2.0]), np.zeros((1, 0)), np.ones(1))
    plain = Rows(responses, Mass(responses.base_weight))
    scaled = Rows(responses, Mass(responses.base_weight, (step,)))
    basis = Basis(Values(("hours",)))
    first, second = (scored(one, basis) for one in (plain, scaled))
    assert second == pytest.approx(2 * first)


def test_calibration_variables_may_be_collinear():
    responses = bound(3, ELEMENTS)
    step = poststratification(responses, [700.0, 1300.0])
    doubled = CellStep(step.name, step.cell, step.factor, np.hstack([step.x, step.x]), step.slope)
    basis = Basis(Values(("hours",)))
    found = [
        scored(Rows(responses, Mass(responses.base_weight, (one,))), basis)
        for one in (step, doubled)
    ]
    assert found[0] == pytest.approx(found[1])


@pytest.mark.parametrize("convention", ["entering", "derivative"])
def test_the_sweep_on_sums_is_the_adjoint_of_every_row(convention):
    responses = bound(3)
    area = sp.Targets.of("area", {"x": 500.0, "y": 300.0, "z": 200.0})
    sex = sp.Targets.of("sex", {"m": 400.0, "f": 600.0})
    rake = sp.Rake((sp.Margin("area", area), sp.Margin("sex", sex)))
    weights = sp.weigh(responses, sp.Recipe((sp.PostStratify("sex", sex), rake)))
    mass = replace(weights.mass, convention=convention)
    rows = Rows(responses, mass)
    hours = responses.columns["hours"].values[:, None]
    by_unit = scored(rows, Basis(Values(("hours",))))[:, 0]
    by_row = mass.scores(hours * responses.interviewed[:, None])[:, 0]
    assert by_unit == pytest.approx(np.bincount(rows.units.of_row, by_row))


def test_the_weights_of_cases_without_an_interview_end_at_zero():
    responses = bound(3)
    mass = Mass.of(responses.base_weight, responses.interviewed)
    assert (mass.forward()[~responses.interviewed] == 0).all()
    assert mass.entering(0) == pytest.approx(responses.base_weight)
