"""Estimating equations: their slopes are the information, and only complete cases count."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError
from socialpoll.totals import Basis, Equations, Information, Mass, Model, Rows
from tests.indicators.polls import bound

COLUMNS = ((), (("sex", 1),), (("rooms", None),), (("sex", 1), ("rooms", None)))
MODELS = {
    "identity": Model(("hours", None), COLUMNS, "identity"),
    "logit": Model(("trust", 0), COLUMNS, "logit"),
}
AT = np.array([0.2, -0.3, 0.1, 0.05])


def rows(seed=4):
    responses = bound(seed)
    return Rows(responses, Mass.of(responses.base_weight, responses.interviewed))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("breakdown", [(), ("area",)])
def test_the_information_is_minus_the_numeric_derivative_of_the_equations(model, breakdown):
    engine = rows()
    triangle = engine.cells(Basis(Information(model, tuple(AT)), breakdown))
    for domain in range(len(triangle)):
        matrix = np.zeros((4, 4))
        matrix[np.triu_indices(4)] = triangle[domain]
        for place in range(4):
            moved = [
                engine.cells(Basis(Equations(model, tuple(AT + step)), breakdown))[domain]
                for step in (1e-5 * np.eye(4)[place], -1e-5 * np.eye(4)[place])
            ]
            slope = (matrix + np.triu(matrix, 1).T)[place]
            assert (moved[1] - moved[0]) / 2e-5 == pytest.approx(slope, rel=1e-5, abs=1e-6)


def test_unit_totals_sum_to_the_cells():
    basis = Basis(Equations(MODELS["logit"], tuple(AT)), ("area",))
    engine = rows()
    assert engine.unit_totals(basis).sum(axis=0) == pytest.approx(engine.cells(basis).ravel())


def test_further_questions_can_be_asked_to_be_valid():
    model, where = MODELS["identity"], sp.Answered("trust")
    engine = rows()
    told = engine.cells(Basis(Equations(model, tuple(AT), ("trust",))))
    assert told == pytest.approx(engine.cells(Basis(Equations(model, tuple(AT)), (), where)))
    assert told != pytest.approx(engine.cells(Basis(Equations(model, tuple(AT)))))


def test_an_outcome_outside_of_0_and_1_has_no_log_odds():
    with pytest.raises(EstimationError, match="between 0 and 1"):
        rows().cells(Basis(Equations(Model(("rooms", None), ((),), "logit"), (0.0,))))
