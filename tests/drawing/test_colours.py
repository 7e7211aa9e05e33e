from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from socialpoll.drawing.colours import (
    INK,
    PAPER,
    SCALE,
    contrast,
    label_colour,
    luminance,
    scale_colours,
    shades,
)

READABLE = 4.5  # WCAG 2.2, criterion 1.4.3

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@given(colours)
def test_a_label_reads_better_than_the_other_colour_would(background):
    chosen = label_colour(background)

    assert chosen in (INK, PAPER)
    assert contrast(chosen, background) == max(
        contrast(INK, background), contrast(PAPER, background)
    )


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_lies_between_1_and_21(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@pytest.mark.parametrize("count", range(1, 12))
def test_labels_can_be_read_on_every_colour_of_a_scale(count):
    found = scale_colours(count)

    assert len(found) == count
    assert all(contrast(label_colour(colour), colour) >= READABLE for colour in found)


@pytest.mark.parametrize("count", range(1, 9))
def test_shades_grow_darker_and_labels_can_be_read_on_each(count):
    found = shades(count)

    assert len(found) == count
    assert all(luminance(one) > luminance(other) for one, other in pairwise(found))
    assert all(contrast(label_colour(colour), colour) >= READABLE for colour in found)


@pytest.mark.parametrize("count", range(2, 12))
def test_a_scale_ends_in_the_colours_of_its_ends_and_repeats_none(count):
    found = scale_colours(count)

    assert (found[0], found[-1]) == (SCALE[0], SCALE[-1])
    assert len(set(found)) == count


@pytest.mark.parametrize("count", [3, 5, 7, 11])
def test_an_odd_scale_has_the_neutral_colour_in_its_middle(count):
    assert scale_colours(count)[count // 2] == SCALE[2]


@pytest.mark.parametrize("count", [2, 4, 6, 10])
def test_an_even_scale_has_no_neutral_colour(count):
    assert SCALE[2] not in scale_colours(count)


def test_a_scale_of_five_is_the_palette():
    assert scale_colours(5) == SCALE


def test_black_on_white_has_the_contrast_that_the_guidelines_state():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
