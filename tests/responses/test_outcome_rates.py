"""The formulas of AAPOR on counts, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

from socialpoll.responses.outcome_rates import RATES, formula_of, fractions_of

# I, P, R, NC, O, UH, UO, NE
COUNTS = np.array([[600.0, 50, 200, 100, 20, 80, 40, 150]])
# Eligible for certain: 600 + 50 + 200 + 100 + 20 = 970. Unknown: 80 + 40 = 120.
# With e = 0.5 there are 970 + 60 = 1030, with all 1090.
# Contacted: 600 + 50 + 200 + 20 = 870. Able to answer: 600 + 50 + 200 = 850.
BY_HAND = {
    "RR1": (600, 1090),
    "RR2": (650, 1090),
    "RR3": (600, 1030),
    "RR4": (650, 1030),
    "RR5": (600, 970),
    "RR6": (650, 970),
    "COOP1": (600, 870),
    "COOP2": (650, 870),
    "COOP3": (600, 850),
    "COOP4": (650, 850),
    "REF1": (200, 1090),
    "REF2": (200, 1030),
    "REF3": (200, 970),
    "CON1": (870, 1090),
    "CON2": (870, 1030),
    "CON3": (870, 970),
}


def by_name(counts, e):
    above, below = fractions_of(np.asarray(counts), np.asarray(e))
    return {
        name: (one[..., 0].item(), other[..., 0].item())
        for name, one, other in zip(RATES, above, below, strict=True)
    }


def test_every_rate_is_the_fraction_that_aapor_defines():
    assert by_name(COUNTS, [[0.5, 0.5]]) == BY_HAND


def test_unknown_households_and_other_unknown_cases_may_differ_in_e():
    # 0.25 * 80 + 0.75 * 40 = 50, and 970 + 50 = 1020.
    rates = by_name(COUNTS, [[0.25, 0.75]])

    assert [rates[name][1] for name in ("RR3", "RR4", "REF2", "CON2")] == [1020] * 4
    assert rates["RR1"] == BY_HAND["RR1"]


def test_an_e_that_is_not_known_is_no_matter_without_cases_of_unknown_eligibility():
    counts = COUNTS.copy()
    counts[0, [5, 6]] = 0

    assert by_name(counts, [[np.nan, np.nan]])["RR3"] == (600, 970)
    assert np.isnan(by_name(COUNTS, [[np.nan, 0.5]])["RR3"][1])


@pytest.mark.parametrize("rate", RATES)
def test_the_formula_that_is_told_is_the_fraction_that_is_computed(rate):
    letters = dict(zip(("I", "P", "R", "NC", "O", "UH", "UO"), COUNTS[0], strict=False))
    written = formula_of(RATES[rate], one_e=False)
    for one in ("e1 ", "e2 "):
        written = written.replace(one, "0.5 * ")
    above, below = written.split(" / ")

    def worked(sum_of: str) -> float:
        terms = [one.split(" * ") for one in sum_of.strip("()").split(" + ")]
        return sum(letters[one[-1]] * (float(one[0]) if len(one) > 1 else 1) for one in terms)

    assert (worked(above), worked(below)) == BY_HAND[rate]


@given(
    counts=npst.arrays(float, (3, 2, 8), elements=st.integers(0, 10_000)),
    e=npst.arrays(float, (2, 2), elements=st.floats(0, 1)),
)
def test_rates_lie_between_0_and_1_and_in_the_order_of_what_they_take_for_eligible(counts, e):
    above, below = fractions_of(counts, e)
    value = dict(zip(RATES, np.divide(above, below, out=0 * above, where=below > 0), strict=True))
    certain = below[list(RATES).index("RR5")] > 0

    for one in value.values():
        assert ((one >= 0) & (one <= 1)).all()
    for low, middle, high in (
        ("RR1", "RR3", "RR5"),
        ("RR2", "RR4", "RR6"),
        ("REF1", "REF2", "REF3"),
        ("CON1", "CON2", "CON3"),
        ("RR1", "RR2", "COOP2"),
        ("RR5", "COOP1", "COOP3"),
    ):
        assert (value[low] <= value[middle])[certain].all()
        assert (value[middle] <= value[high])[certain].all()
