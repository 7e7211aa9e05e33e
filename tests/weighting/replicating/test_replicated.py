from __future__ import annotations

import numpy as np
import pytest

from socialpoll.errors import WeightingError
from socialpoll.weighting.replicating.copies import copies_of
from socialpoll.weighting.replicating.replicated import centred, variance
from socialpoll.weighting.replicating.replication import Bootstrap, Jackknife
from socialpoll.weighting.replicating.supplied import GivenReplicates
from tests.weighting.designs import elements

R = 200
ESTIMATES = np.random.default_rng(2).normal(5, 1, (R, 3))
FULL = np.array([5.1, 4.9, 5.0])


def copies(scale=0.5, rscales=None, *, mse=False):
    method = GivenReplicates(np.ones((4, R)), scale, rscales, mse=mse)
    return copies_of(method, elements([4]), base=np.ones(4))


def failed(*numbers):
    out = np.zeros(R, dtype=bool)
    out[list(numbers)] = True
    return out


def test_deviations_are_from_the_mean_of_the_replicates():
    found = variance(ESTIMATES, FULL, copies())

    assert found == pytest.approx(0.5 * (R - 1) * np.cov(ESTIMATES.T))


def test_or_from_the_full_sample():
    apart = ESTIMATES - FULL

    assert variance(ESTIMATES, FULL, copies(mse=True)) == pytest.approx(0.5 * apart.T @ apart)


def test_replicates_of_factor_0_do_not_enter_the_mean():
    rscales = np.repeat([0.0, 2.0], R // 2)
    part = ESTIMATES[R // 2 :]

    found = variance(ESTIMATES, FULL, copies(0.5, rscales))

    assert found == pytest.approx((len(part) - 1) * np.cov(part.T))


def test_the_variance_is_the_product_of_the_deviations():
    deviations = centred(ESTIMATES, FULL, copies())

    assert deviations.shape == ESTIMATES.shape
    assert variance(ESTIMATES, FULL, copies()) == pytest.approx(deviations.T @ deviations)


def test_the_bootstrap_divides_by_the_replicates_that_are_left():
    units = elements([4])
    drawn = copies_of(Bootstrap(R, seed=1), units, base=np.ones(4))
    apart = np.delete(ESTIMATES, [3, 9], axis=0) - FULL

    found = variance(ESTIMATES, FULL, drawn, failed(3, 9))

    assert found == pytest.approx(apart.T @ apart / (R - 2))


def test_what_failed_counts_as_the_average_of_the_others():
    rscales = np.linspace(0.5, 1.5, R)
    left = ~failed(0, 50)
    apart = ESTIMATES[left] - FULL
    total = apart.T @ (rscales[left][:, None] * apart)

    found = variance(ESTIMATES, FULL, copies(0.5, rscales, mse=True), ~left)

    assert found == pytest.approx(0.5 * total * rscales.sum() / rscales[left].sum())


def test_estimates_of_replicates_that_failed_are_not_read():
    broken = ESTIMATES.copy()
    broken[7] = np.nan

    found = centred(broken, FULL, copies(), failed(7))

    assert (found[7] == 0).all()
    assert np.isfinite(found).all()


def test_a_figure_that_is_none_in_some_replicates_is_left_out_of_these_alone():
    broken = ESTIMATES.copy()
    broken[[7, 30], 1] = np.nan
    apart = np.delete(ESTIMATES, [7, 30], axis=0)[:, 1] - FULL[1]

    found = variance(broken, FULL, copies(0.5, mse=True))

    assert found[1, 1] == pytest.approx(0.5 * apart @ apart * R / (R - 2))
    others = variance(ESTIMATES, FULL, copies(0.5, mse=True))
    assert np.delete(found, 1, 1)[[0, 2]] == pytest.approx(np.delete(others, 1, 1)[[0, 2]])


def test_a_figure_that_is_none_in_more_than_1_in_100_has_no_variance_and_leaves_others_theirs():
    broken = ESTIMATES.copy()
    broken[[7, 30, 31], 1] = np.nan

    found = np.diag(variance(broken, FULL, copies()))

    assert np.isnan(found).tolist() == [False, True, False]
    assert found[[0, 2]] == pytest.approx(np.diag(variance(ESTIMATES, FULL, copies()))[[0, 2]])


def test_replicates_that_failed_count_among_those_in_which_a_figure_is_none():
    broken = ESTIMATES.copy()
    broken[[7, 30], 1] = np.nan

    found = np.diag(variance(broken, FULL, copies(), failed(1)))

    assert np.isnan(found).tolist() == [False, True, False]


def test_more_than_1_in_100_failures_are_an_error_that_counts_them():
    assert np.isfinite(variance(ESTIMATES, FULL, copies(), failed(1, 2))).all()
    with pytest.raises(WeightingError, match=r"3 of 200; allowed: 1% at most"):
        variance(ESTIMATES, FULL, copies(), failed(1, 2, 3))


def test_no_unit_of_a_small_jackknife_may_fail():
    left_out = copies_of(Jackknife(), elements([4]), base=np.ones(4))

    with pytest.raises(WeightingError, match="1 of 4"):
        variance(np.ones((4, 1)), np.ones(1), left_out, np.arange(4) == 0)


def test_failures_of_all_replicates_that_count_are_an_error():
    rscales = np.zeros(R)
    rscales[5] = 1.0

    with pytest.raises(WeightingError, match="1 of 200"):
        variance(ESTIMATES, FULL, copies(0.5, rscales), failed(5))
