"""Wald tests: quadratic forms, and what cannot be tested."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from socialpoll.indicators.sampled import f_tail, t_tails
from socialpoll.indicators.wald import wald_test

V = np.array([[4.0, 1.0], [1.0, 9.0]])
B = np.array([2.0, -3.0])


def test_one_figure_gives_the_square_of_t_and_its_p():
    one = wald_test(np.array([3.0]), np.array([[4.0]]), 12)
    assert one.statistic == pytest.approx(2.25)
    assert one.p == pytest.approx(t_tails(np.array([1.5]), 12)[0])


def test_the_statistic_is_the_quadratic_form_over_its_rank():
    assert wald_test(B, V, 20).statistic == pytest.approx(B @ np.linalg.inv(V) @ B / 2)


def test_no_change_of_units_changes_a_test():
    change = np.diag([1e9, -1e-9])
    moved = wald_test(change @ B, change @ V @ change, 20)
    assert moved.statistic == pytest.approx(wald_test(B, V, 20).statistic)


def test_the_adjusted_test_spends_degrees_of_freedom_on_the_figures():
    plain, adjusted = wald_test(B, V, 20), wald_test(B, V, 20, convention="Stata")
    assert adjusted.ddf == 19
    assert adjusted.statistic == pytest.approx(plain.statistic * 19 / 20)
    assert adjusted.p > plain.p


def test_with_infinite_degrees_of_freedom_it_is_chi_square():
    for convention in ("R", "Stata"):
        one = wald_test(B, V, np.inf, convention=convention)
        assert one.p == pytest.approx(special.chdtrc(2, 2 * one.statistic))


@pytest.mark.parametrize(
    "v", [np.ones((2, 2)), np.zeros((2, 2)), np.full((2, 2), np.nan)], ids=["rank", "zero", "nan"]
)
def test_a_covariance_without_inverse_gives_no_test(v):
    one = wald_test(B, v, 20)
    assert np.isnan([one.statistic, one.p]).all()


def test_below_one_degree_of_freedom_there_is_no_p():
    assert np.isnan(wald_test(B, V, 0).p)
    assert np.isnan(f_tail(2.0, 1, 0.5))
    assert np.isnan(t_tails(np.array([2.0]), 0)).all()


def test_p_of_t_is_normal_for_infinite_degrees_of_freedom():
    assert t_tails(np.array([-1.959963984540054]), np.inf)[0] == pytest.approx(0.05)
