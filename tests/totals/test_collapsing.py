"""Lonely strata joined with similar ones: who joins whom, and the variance that comes of it."""

from __future__ import annotations

import numpy as np
import pytest

from socialpoll.errors import DesignError
from socialpoll.responses import DesignStage
from socialpoll.totals import Units
from socialpoll.totals.collapsing import joined_strata, pooled_fractions
from tests.totals.test_units import stage, variance


def joined(alone, similar, fraction=None, wave=None):
    given = np.zeros(len(similar)) if fraction is None else np.array(fraction)
    waves = np.zeros(len(similar), np.int32) if wave is None else np.array(wave)
    number = joined_strata(np.array(alone), given, np.array(similar, dtype=float), waves)
    return None if number is None else number.tolist()


@pytest.mark.parametrize(
    ("alone", "similar", "expected"),
    [
        ([2], [0, 10, 2], [0, 1, 0]),
        ([0, 1], [0, 1, 5], [0, 0, 1]),
        ([1], [0, 1, 2], [0, 0, 1]),
        ([1], [3, 3, 3], [0, 0, 1]),
        ([3], [7, 7, 1, 7], [0, 1, 2, 1]),
        ([0, 2], [0, 1, 2], [0, 0, 0]),
        ([0, 1, 2], [0, 5, 6], [0, 0, 0]),
        ([], [0, 1], [0, 1]),
    ],
)
def test_a_lonely_stratum_joins_the_most_similar_and_of_equals_the_neighbour(
    alone, similar, expected
):
    assert joined(alone, similar) == expected


def test_a_stratum_taken_completely_joins_none():
    assert joined([1], [0, 0, 9], [1.0, 0.1, 0.1]) == [0, 1, 1]
    assert joined([1], [0, 0], [1.0, 0.1]) is None


def test_strata_of_different_waves_are_never_joined():
    assert joined([2], [0, 5, 5, 9], wave=[0, 0, 1, 1]) == [0, 1, 2, 2]
    assert joined([1], [5, 5], wave=[0, 1]) is None


def test_the_sampling_fraction_of_joined_strata_is_units_over_population():
    number, count = np.array([0, 0, 1]), np.array([1.0, 3.0, 2.0])
    units, pooled = pooled_fractions(number, count, np.array([0.1, 0.2, 0.5]))
    assert units.tolist() == [4, 2]
    assert pooled.tolist() == pytest.approx([4 / (10 + 15), 0.5])
    assert pooled_fractions(number, count, np.array([0.1, 0.0, 0.5]))[1].tolist() == [0.0, 0.5]


def test_a_pair_of_lonely_strata_has_the_square_of_their_difference():
    units = Units.of([stage([0, 1], [0, 1])], "collapse")
    assert variance(units, np.array([3.0, 8.0])) == pytest.approx(25)
    assert units.stratum.tolist() == [0, 0]
    assert units.lonely == (0, 1)


def test_joined_strata_are_one_stratum_and_the_others_stay():
    first = stage([0, 0, 1, 2, 2], range(5), [0.2, 0.2, 0.1, 0.5, 0.5])
    units = Units.of([first], "collapse")
    z = np.array([1.0, 4.0, 9.0, 2.0, 6.0])
    f = 3 / (2 / 0.2 + 1 / 0.1)
    expected = (1 - f) * 3 * z[:3].var(ddof=1) + (1 - 0.5) * 2 * z[3:].var(ddof=1)
    assert variance(units, z) == pytest.approx(expected)
    assert units.stratum.tolist() == [0, 0, 0, 1, 1]


def test_without_lonely_strata_nothing_is_joined():
    first = stage([0, 0, 1, 1], range(4), [0.2, 0.2, 0.5, 0.5])
    z = np.array([1.0, 4.0, 9.0, 2.0])
    assert variance(Units.of([first], "collapse"), z) == variance(Units.of([first]), z)


def test_the_second_stage_keeps_the_sampling_fractions_of_its_own_strata():
    first = stage([0, 0, 1, 1], [0, 0, 1, 1], [0.2, 0.2, 0.1, 0.1])
    second = stage([0, 0, 1, 1], range(4), [0.5] * 4)
    y = np.array([1.0, 5.0, 2.0, 3.0])
    f = 2 / (1 / 0.2 + 1 / 0.1)
    between = (1 - f) * (6.0 - 5.0) ** 2
    within = 0.5 * 2 * (0.2 * y[:2].var(ddof=1) + 0.1 * y[2:].var(ddof=1))
    units = Units.of([first, second], "collapse")
    assert variance(units, y) == pytest.approx(between + within)


def test_similarity_comes_from_the_stage():
    first = stage([0, 0, 1, 2, 2], range(5))
    near_last = DesignStage(first.stratum, first.unit, None, np.array([0.0, 8.0, 9.0]))
    assert Units.of([near_last], "collapse").stratum.tolist() == [0, 0, 1, 1, 1]


def test_a_lonely_stratum_without_a_partner_is_refused_by_name():
    with pytest.raises(DesignError, match="Musandam"):
        Units.of([stage([0], [0])], "collapse", ("Musandam",))


def test_a_lonely_unit_of_a_later_stage_is_refused():
    first = stage([0] * 3, [0, 0, 1], [0.2] * 3)
    second = stage([0, 0, 1], range(3), [0.5] * 3)
    with pytest.raises(DesignError, match="stage 2"):
        Units.of([first, second], "collapse")
