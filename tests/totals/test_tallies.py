"""Sums laid out in tables are those of sparse entries, whatever the design and the weighting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings, strategies as st

import socialpoll as sp
from tests.indicators import polls
from tests.totals.tables import both_ways, require_same
from tests.weighting import chains

SEX, AREA = {"m": 900.0, "f": 1100.0}, {"x": 800.0, "y": 700.0, "z": 500.0}
INDICATORS = [
    sp.Share("trust"),
    sp.Share("trust", base="asked", name="trust_asked"),
    sp.Share("sex"),
    sp.Share("apps"),
    sp.Mean("hours"),
    sp.Total("area"),
    sp.Quantile("rooms"),
]
BREAKDOWNS = ["sex", "area", ("sex", "area"), "trust", "apps"]
DESIGNS = {
    "clusters": polls.CLUSTERED,
    "elements": polls.ELEMENTS,
    "two stages": polls.TWO_STAGES,
    "elements, fpc": replace(polls.ELEMENTS, fpc="households", fpc_as="count"),
}
SOURCES = {
    "base weights": lambda responses: responses,
    "post-stratified": lambda responses: sp.poststratify(responses, "area", AREA),
    "raked": lambda responses: sp.rake(responses, {"sex": SEX, "area": AREA}, tolerance=1e-13),
}
SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=4, deadline=None, phases=(Phase.explicit, Phase.generate))


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("source", SOURCES)
@FEW
@given(seed=SEEDS)
def test_tables_give_the_figures_of_sparse_entries(design, source, seed):
    made = SOURCES[source](polls.bound(seed, DESIGNS[design]))
    require_same(*both_ways(made, INDICATORS, by=BREAKDOWNS))


@pytest.mark.parametrize("design", ["clusters", "elements"])
@FEW
@given(seed=SEEDS)
def test_conditions_and_other_conventions_are_summed_alike(design, seed):
    made = SOURCES["raked"](polls.bound(seed, DESIGNS[design]))
    condition = sp.Is("area", "x")
    for residuals in ("entering", "derivative"):
        require_same(
            *both_ways(
                made,
                INDICATORS,
                by=["sex"],
                where=condition,
                precision=sp.Precision(residuals=residuals),
            )
        )


@pytest.mark.parametrize("units", ["clusters", "elements"])
@pytest.mark.parametrize("recipe", chains.RECIPES)
def test_tables_follow_every_chain_of_steps(recipe, units):
    design = chains.DESIGN if units == "clusters" else replace(chains.DESIGN, clusters=None)
    responses = sp.bind(chains.answers(3, size=120), chains.questionnaire(), design)
    made = sp.weigh(responses, sp.Recipe(chains.RECIPES[recipe]))
    shares = [sp.Share("uses"), sp.Share("sex"), sp.Mean("hours")]
    for residuals in ("entering", "derivative"):
        conventions = sp.Precision(residuals=residuals)
        require_same(*both_ways(made, shares, by=["sex", "area"], precision=conventions))


@pytest.mark.parametrize("design", ["clusters", "elements"])
def test_the_order_of_rows_and_the_scale_of_weights_change_no_share(design):
    data = polls.answers(5, size=90)
    asked, made = polls.questionnaire(), DESIGNS[design]
    first = sp.estimate(sp.bind(data, asked, made), ["trust", "sex"], by=["area"]).frame
    moved = data.sample(frac=1, random_state=1).assign(weight=lambda one: 7 * one["weight"])
    second = sp.estimate(sp.bind(moved, asked, made), ["trust", "sex"], by=["area"]).frame
    for column in ("estimate", "se", "ci_low", "ci_high", "df", "n_base", "n_effective"):
        np.testing.assert_allclose(first[column], second[column], rtol=1e-10, err_msg=column)


def test_shares_that_were_raked_are_fixed_in_an_element_sample():
    made = SOURCES["raked"](polls.bound(2, polls.ELEMENTS))
    frame = sp.estimate(made, ["sex", "trust"], by=["sex"]).frame
    whole = frame[(frame["indicator"] == "sex") & (frame["breakdown"] == "_T")]
    assert whole["se"].tolist() == [0.0, 0.0]
    assert whole["caveat"].tolist() == ["fixed by weighting"] * 2
    other = frame[(frame["indicator"] == "trust") & (frame["breakdown"] == "_T")]
    assert (other["se"] > 0).all()
