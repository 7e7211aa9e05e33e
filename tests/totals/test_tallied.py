"""Sums of combinations are the sums of the cases they stand for."""

from __future__ import annotations

import numpy as np
import pytest

from socialpoll.errors import EstimationError
from socialpoll.responses import SampleDesign, bind, tally
from socialpoll.schema import Is
from socialpoll.totals import (
    Basis,
    Categories,
    Mass,
    Mentions,
    Options,
    Present,
    Products,
    Rows,
    Spans,
    Tallied,
    Values,
    rows_of,
)
from tests.indicators.polls import ELEMENTS, answers, bound, questionnaire

NAMES = ("sex", "area", "trust", "apps", "rooms", "online")
BASES = [
    Basis(Present(())),
    Basis(Categories("trust"), ("sex",)),
    Basis(Categories("trust", base="asked"), ("sex", "area"), Is("area", "x", "y")),
    Basis(Options("apps"), ("area",)),
    Basis(Mentions("apps"), ("apps",)),
    Basis(Values(("rooms",)), ("area",)),
    Basis(Products(("rooms",)), ("sex",)),
    Basis(Spans("online", ((0.0, 540.0), (1320.0, 120.0))), ("sex",)),
]


@pytest.fixture(scope="module")
def engines():
    """Return cases, a fifth of which weigh nothing, and their combinations."""
    frame = answers(7, 400)
    frame["weight"] = frame["weight"].round(-1).where(np.arange(400) % 5 > 0, 0.0)
    frame["online"] = frame["online"].replace(r":\d\d$", ":00", regex=True)
    design = SampleDesign(
        strata="stratum", weight="weight", disposition="disposition", interviewed=("in",)
    )
    cases = bind(frame, questionnaire(), design)
    combinations = tally(frame, questionnaire(), design, names=NAMES)
    return tuple(
        rows_of(one, Mass.of(one.base_weight, one.interviewed)) for one in (cases, combinations)
    )


@pytest.mark.parametrize("moment", ["cases", "weight", "squared"])
@pytest.mark.parametrize("basis", BASES, ids=lambda one: type(one.measure).__name__)
def test_cells_are_those_of_the_cases(engines, basis, moment):
    cases, combinations = (one.cells(basis, moment) for one in engines)

    assert cases.any()
    assert np.allclose(combinations, cases, rtol=1e-13, atol=0)


def test_answers_in_their_order_have_the_weights_of_the_cases(engines):
    basis = Basis(Values(("rooms",)), ("sex",))

    for domain in range(2):
        sums = []
        for engine in engines:
            value, weight = engine.ordered(basis).of(domain)
            assert (np.diff(value) >= 0).all()
            sums.append(np.bincount(value.astype(int), weights=weight, minlength=6))
        assert np.allclose(*sums, rtol=1e-13, atol=0)


def test_distinct_codes_are_counted_by_their_cases(engines):
    cases, combinations = (one.distinct(("sex", "area")) for one in engines)

    assert combinations.position.tolist() == cases.position.tolist()
    assert combinations.cases.tolist() == cases.cases.tolist()


def test_sums_by_unit_add_up_to_those_of_the_cases(engines):
    basis = Basis(Categories("trust"), ("area",))

    cases, combinations = (one.unit_totals(basis).sum(axis=0) for one in engines)

    assert np.allclose(combinations, cases, rtol=1e-13, atol=0)


def test_what_needs_the_single_cases_is_refused(engines):
    combinations = engines[1]
    assert isinstance(combinations, Tallied)

    with pytest.raises(EstimationError, match="single cases are not in memory"):
        combinations.by_case(BASES[0])
    with pytest.raises(EstimationError, match="single cases are not in memory"):
        combinations.summing(BASES)
    with pytest.raises(EstimationError, match="single cases are not in memory"):
        Rows(combinations.responses, combinations.mass)


def test_cases_are_summed_as_before():
    responses = bound(1, ELEMENTS)

    assert type(rows_of(responses, Mass(responses.base_weight))) is Rows
