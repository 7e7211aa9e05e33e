from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, strategies as st

from socialpoll.disclosure import round_half_away
from socialpoll.disclosure.screening import rounded

KEYS = {"statistic": "circular_mean", "unit": "minutes after midnight"}
FINITE = st.floats(allow_nan=False, allow_infinity=False)
EVERY_DIGIT = Context(prec=400)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.125, 2, 0.13),
        (0.285, 2, 0.29),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (0.0005, 3, 0.001),
        (-0.5, 0, -1.0),
        (-2.5, 0, -3.0),
        (0.5, 0, 1.0),
        (0.49999999999999994, 0, 0.0),
        (4503599627370497.5, 0, 4503599627370498.0),
        (1e300, 3, 1e300),
    ],
)
def test_ties_go_away_from_zero_as_the_number_is_written(value, decimals, expected):
    assert round_half_away([value], decimals)[0] == expected


@example(1000000000000000.5, 0)
@given(FINITE, st.integers(0, 6))
def test_rounding_an_array_is_rounding_the_written_decimal(value, decimals):
    by_hand = Decimal(repr(value)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EVERY_DIGIT
    )

    assert round_half_away([value], decimals)[0] == float(by_hand)


@given(FINITE, st.integers(0, 6))
def test_rounding_a_second_time_changes_nothing(value, decimals):
    once = round_half_away([value], decimals)

    assert round_half_away(once, decimals).tolist() == once.tolist()


@given(FINITE, st.integers(0, 6))
def test_rounding_treats_both_signs_alike(value, decimals):
    assert round_half_away([-value], decimals)[0] == -round_half_away([value], decimals)[0]


def test_what_rounds_to_nothing_has_no_sign():
    assert math.copysign(1, round_half_away([-0.04], 1)[0]) == 1


def test_what_is_not_finite_stays_as_it_is():
    given_values = [math.nan, math.inf, -math.inf]

    assert np.array_equal(round_half_away(given_values, 1), given_values, equal_nan=True)


def test_the_shape_is_kept():
    assert round_half_away(np.full((2, 3), 0.25), 1).tolist() == [[0.3] * 3] * 2


def test_negative_decimals_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        round_half_away([1.0], -1)


def test_a_ratio_keeps_the_decimals_of_a_share():
    frame = pd.DataFrame(
        {"statistic": ["ratio", "mean"], "unit": ["a/b", "a"], "estimate": [1 / 3] * 2}
    )
    assert rounded(frame)["estimate"].tolist() == [0.333, 0.3]


def test_times_of_day_are_whole_minutes_and_begin_again_at_midnight():
    figures = {"estimate": [1439.5, 0.5], "ci_low": [1439.4, 1439.5], "ci_high": [0.2, 61.0]}
    precision = {"se": [0.26, 12.34], "moe": [0.5, 24.25], "cv": [float("nan")] * 2}
    made = rounded(pd.DataFrame({**figures, **precision, **KEYS}))

    assert made["estimate"].tolist() == [0, 1]
    assert made["ci_low"].tolist() == [1439, 0]
    assert made["ci_high"].tolist() == [0, 61]
    # An error of nothing would say that the time is fixed.
    assert made["se"].tolist() == [0.3, 12.3]
    assert made["moe"].tolist() == [0.5, 24.3]


def test_differences_of_times_do_not_begin_again():
    pair = {"difference": [719.96], "se": [1.26], "ci_low": [-3.04], "ci_high": [1442.96]}
    made = rounded(pd.DataFrame({**pair, **KEYS}))

    assert made[list(pair)].to_numpy().tolist() == [[720.0, 1.3, -3.0, 1443.0]]


def test_concentrations_have_three_decimals():
    made = rounded(
        pd.DataFrame(
            {"estimate": [0.85649], "se": [0.01254], "statistic": "concentration", "unit": "_Z"}
        )
    )

    assert made[["estimate", "se"]].to_numpy().tolist() == [[0.856, 0.013]]
