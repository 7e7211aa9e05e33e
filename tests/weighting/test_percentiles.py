"""Percentiles of weights are those of the cases, however the cases are counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from socialpoll.errors import EstimationError
from socialpoll.responses import SampleDesign, bind, tally
from socialpoll.schema import Questionnaire
from socialpoll.weighting.percentiles import (
    PERCENTILES,
    percentiles_among,
    percentiles_of_cells,
)


@given(st.lists(st.tuples(st.floats(0.1, 10), st.integers(0, 9)), min_size=1, max_size=8))
def test_percentiles_by_cells_are_those_by_cases(cells):
    factor, cases = np.array([one for one, _ in cells]), np.array([n for _, n in cells])

    found = percentiles_of_cells(factor, cases)

    if cases.any():
        expected = np.percentile(np.repeat(factor, cases), [0, *PERCENTILES, 100])
        assert found == pytest.approx(expected)
    else:
        assert np.isnan(found).all()


@pytest.fixture(params=["one weight a stratum", "many weights a stratum"])
def both(request):
    random = np.random.default_rng(4)
    frame = pd.DataFrame({"sex": random.choice(["f", "m"], 300)})
    frame["area"] = random.choice(["north", "south"], 300)
    frame["w"] = np.where(frame["area"] == "north", 1.25, 3.0)
    if request.param.startswith("many"):
        frame["w"] *= random.lognormal(0, 2, 300) * random.choice([0, 1], 300)
    asked = Questionnaire.infer(frame[["sex"]])
    design = SampleDesign(strata="area", weight="w")
    return tally(frame, asked, design, names=["sex"]), bind(frame, asked, design)


def weights_of(responses):
    women = responses["sex"].position == 0
    return responses.base_weight * np.where(women, 1.5, 0.7)


def test_they_are_the_same_of_combinations_and_of_cases(both):
    combinations, cases = (percentiles_among(weights_of(one), one) for one in both)

    assert combinations == pytest.approx(cases, rel=1e-14)


def test_combinations_without_their_rows_have_them_only_where_all_weigh_the_same(both):
    counted, cases = both
    alone = replace(counted, repeats=replace(counted.repeats, records=None))

    if (counted.repeats.least == counted.repeats.most).all():
        found = percentiles_among(weights_of(alone), alone)
        assert found == pytest.approx(percentiles_among(weights_of(cases), cases), rel=1e-14)
    else:
        with pytest.raises(EstimationError, match="the cases are not at hand"):
            percentiles_among(weights_of(alone), alone)
