from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from socialpoll.report.colours import WHITE, contrast, darkened, luminance, tint

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#767676", 4.54), ("#949494", 3.03), ("#FF0000", 4.00), ("#0000FF", 8.59)],
)
def test_contrasts_with_white_are_those_that_are_published(colour, ratio):
    assert contrast(colour, WHITE) == pytest.approx(ratio, abs=0.005)


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_between_one_and_twenty_one(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0000001


@given(colours, st.floats(1, 21))
def test_a_darkened_colour_has_the_contrast_that_is_wanted_and_is_no_brighter(colour, wanted):
    made = darkened(colour, wanted)

    assert contrast(made, WHITE) >= wanted
    assert luminance(made) <= luminance(colour)


@given(colours)
def test_a_tint_of_all_is_the_colour_and_of_nothing_is_white(colour):
    assert (tint(colour, 1), tint(colour, 0)) == (colour, WHITE)
