"""The engine of a scan sums a basis from a tally of its variables, and what is joint from one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import EstimationError
from socialpoll.responses import SampleDesign, bind, scan
from socialpoll.schema import Is, Questionnaire
from socialpoll.totals import Basis, Categories, Mass, Present, Rows, Scanned, Values
from socialpoll.totals.using import variables_in


@pytest.fixture(scope="module")
def answers():
    random = np.random.default_rng(8)
    return pd.DataFrame(
        {
            "sex": random.choice(["m", "f"], 300),
            "uses": random.choice(["yes", "no"], 300),
            "hours": random.choice([0.5, 1.0, 7.0, np.nan], 300),
            "area": random.choice(["north", "south"], 300),
            "w": random.choice([1.0, 3.0], 300),
        }
    )


def mass(responses):
    return Mass.of(responses.base_weight, responses.interviewed)


@pytest.fixture(scope="module")
def asked(answers):
    return Questionnaire.infer(answers, exclude=["w", "area"])


@pytest.fixture(scope="module")
def design():
    return SampleDesign(strata="area", weight="w")


@pytest.fixture
def engine(answers, asked, design):
    lying = scan(answers, asked, design)
    return Scanned(lying.outline(), lying, mass)


BASES = [
    Basis(Categories("uses"), ("sex",)),
    Basis(Values(("hours",)), ("uses",), Is("sex", "m")),
    Basis(Present(())),
]


def test_a_basis_is_of_what_is_measured_broken_down_by_and_in_its_condition():
    assert [variables_in(one) for one in BASES] == [("uses", "sex"), ("hours", "uses", "sex"), ()]


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("moment", ["cases", "weight", "squared"])
def test_sums_are_those_of_the_cases(answers, asked, design, engine, basis, moment):
    cases = bind(answers, asked, design)

    expected = Rows(cases, mass(cases)).cells(basis, moment)

    assert np.allclose(engine.cells(basis, moment), expected, rtol=1e-12)


def test_what_is_counted_together_is_one_engine_and_few_tallies_are_kept(engine):
    both = engine.of(BASES[:2])

    assert engine.of(BASES[:1]) is both
    assert set(both.responses.columns) == {"sex", "uses", "hours"}
    assert len(engine.responses) == 2


def test_numbers_are_in_order_and_combinations_are_found_as_of_the_cases(
    answers, asked, design, engine
):
    cases = bind(answers, asked, design)
    rows = Rows(cases, mass(cases))

    cells = engine.distinct(("sex", "uses"))
    expected = rows.distinct(("sex", "uses"))

    assert cells.position.tolist() == expected.position.tolist()
    assert cells.cases.tolist() == expected.cases.tolist()
    assert engine.ordered(Basis(Values(("hours",)))).merged


def test_sums_by_unit_need_a_common_tally(engine):
    with pytest.raises(EstimationError, match="counted together"):
        engine.unit_totals(BASES[0])
    with pytest.raises(EstimationError, match="counted together"):
        engine.distinct(("sex",), np.ones(len(engine.responses), dtype=np.bool_))
