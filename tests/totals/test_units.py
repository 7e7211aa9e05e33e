"""Units: what varies, at which stage, and by how much."""

from __future__ import annotations

import numpy as np
import pytest

from socialpoll.errors import DesignError
from socialpoll.responses import DesignStage
from socialpoll.totals import Units


def stage(stratum, unit, fraction=None):
    given = None if fraction is None else np.asarray(fraction, dtype=float)
    return DesignStage(np.asarray(stratum, np.int32), np.asarray(unit, np.int32), given)


def variance(units: Units, by_row: np.ndarray) -> float:
    totals = np.bincount(units.of_row, weights=by_row)[:, None]
    found = 0.0
    for number, level in enumerate(units.levels):
        if number:
            totals = units.levels[number - 1].raise_to_parents(totals)
        found += float((level.scale[level.group] * level.deviations(totals)[:, 0] ** 2).sum())
    return found


def test_a_simple_random_sample_has_the_textbook_variance_of_a_total():
    y = np.array([3.0, 5.0, 8.0, 1.0])
    units = Units.of([stage([0] * 4, range(4), [0.1] * 4)])
    weighted = y * 10
    expected = 40**2 * (1 - 0.1) * y.var(ddof=1) / 4
    assert variance(units, weighted) == pytest.approx(expected)


def test_clusters_are_compared_within_their_stratum_only():
    units = Units.of([stage([0, 0, 0, 1, 1], [0, 0, 1, 2, 3])])
    assert variance(units, np.array([1.0, 1.0, 2.0, 7.0, 7.0])) == 0.0


def test_the_second_stage_counts_by_the_sampling_fraction_of_the_first():
    first = stage([0] * 6, [0, 0, 0, 1, 1, 1], [0.25] * 6)
    second = stage([0, 0, 0, 1, 1, 1], range(6), [0.5] * 6)
    y = np.array([1.0, 2.0, 6.0, 4.0, 4.0, 5.0])
    within = (
        0.25 * (1 - 0.5) * 3 / 2 * sum(((part - part.mean()) ** 2).sum() for part in (y[:3], y[3:]))
    )
    totals = np.array([9.0, 13.0])
    between = (1 - 0.25) * 2 / 1 * ((totals - totals.mean()) ** 2).sum()
    assert variance(Units.of([first, second]), y) == pytest.approx(within + between)


def test_the_second_stage_is_left_out_where_the_first_has_no_finite_population():
    first = stage([0] * 4, [0, 0, 1, 1])
    second = stage([0, 0, 1, 1], range(4), [0.5] * 4)
    assert len(Units.of([first, second]).levels) == 1


def test_a_lonely_cluster_is_refused_by_name_until_a_policy_is_declared():
    lonely = stage([0, 0, 1], [0, 1, 2])
    with pytest.raises(DesignError, match="Musandam") as caught:
        Units.of([lonely], "error", ("Muscat", "Musandam"))
    assert "certainty" in caught.value.allowed
    assert caught.value.found == "Musandam"


def test_a_lonely_cluster_adds_nothing_under_certainty():
    units = Units.of([stage([0, 0, 1], [0, 1, 2])], "certainty")
    assert variance(units, np.array([4.0, 4.0, 100.0])) == 0.0
    assert units.lonely == (1,)


def test_a_lonely_cluster_is_compared_with_the_mean_of_all_clusters_when_centred():
    units = Units.of([stage([0, 0, 1], [0, 1, 2])], "centered")
    y = np.array([1.0, 1.0, 7.0])
    assert variance(units, y) == pytest.approx((7.0 - 3.0) ** 2)


def test_a_certainty_stratum_adds_nothing_under_every_policy():
    census = stage([0, 0, 1], [0, 1, 2], [0.5, 0.5, 1.0])
    for policy in ("error", "certainty", "centered"):
        assert variance(Units.of([census], policy), np.array([4.0, 4.0, 100.0])) == 0.0


def test_a_lonely_cluster_counts_as_the_average_of_the_others_when_averaged():
    strata = stage([0, 0, 1, 2, 2], range(5))
    y = np.array([1.0, 3.0, 50.0, 2.0, 6.0])
    nothing = variance(Units.of([strata], "certainty"), y)
    assert variance(Units.of([strata], "average"), y) == pytest.approx(nothing * 3 / 2)


def test_there_is_no_average_where_every_stratum_is_lonely():
    with pytest.raises(DesignError, match="no average"):
        Units.of([stage([0, 1], [0, 1])], "average")


def test_a_lonely_unit_of_a_later_stage_is_refused_by_the_policies_of_the_first():
    first = stage([0] * 3, [0, 0, 1], [0.25] * 3)
    second = stage([0, 0, 1], range(3), [0.5] * 3)
    for policy in ("average", "collapse"):
        with pytest.raises(DesignError, match="stage 2"):
            Units.of([first, second], policy)
