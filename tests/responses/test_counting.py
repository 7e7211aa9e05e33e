"""Rows count as the cases they stand for."""

from __future__ import annotations

import numpy as np

from socialpoll.responses.counting import ONE_EACH, Counting, Repeats

TIMES = np.array([3, 1, 2])
SOME = np.array([True, False, True])


def test_rows_are_counted_by_what_they_stand_for_as_truths_and_as_places():
    several = Counting(TIMES)

    assert [one.number(SOME) for one in (ONE_EACH, several)] == [2, 5]
    assert [one.number(np.flatnonzero(SOME)) for one in (ONE_EACH, several)] == [2, 5]


def test_cases_are_counted_by_place():
    place = np.array([1, 0, 1])

    assert ONE_EACH.by_place(place, 3).tolist() == [1, 2, 0]
    assert Counting(TIMES).by_place(place, 3).tolist() == [1, 5, 0]


def test_only_rows_that_are_cases_have_a_first_one():
    blank = np.array([False, False, True])

    assert ONE_EACH.told(blank, "a blank") == "a blank, first in row 2"
    assert ONE_EACH.told(blank) == "first in row 2"
    assert Counting(TIMES).told(blank, "a blank") == "a blank"
    assert Counting(TIMES).told(blank) == ""


def test_squares_of_weights_come_of_their_sum_and_their_dispersion():
    weights = [np.array([1.0, 2.0, 6.0]), np.array([4.0]), np.array([0.5, 0.5])]
    dispersion = np.array([((one - one.mean()) ** 2).sum() for one in weights])
    sums = np.array([one.sum() for one in weights])

    ends = (np.array([find(one) for one in weights]) for find in (np.min, np.max))
    squared = Repeats(TIMES, dispersion, *ends).squared(sums)

    assert np.allclose(squared, [(one**2).sum() for one in weights], rtol=1e-15)
