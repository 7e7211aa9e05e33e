"""Intervals of shares: closed forms, and what happens at the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import special

from socialpoll.indicators.intervals import (
    ShareFigures,
    share_limits,
    student,
    t_limits,
    two_sided,
)


def figures(p, variance, df=30.0, cases=400.0, kish=350.0):
    return ShareFigures(*(np.array([one], dtype=float) for one in (p, variance, df, cases, kish)))


def test_the_t_quantile_is_the_textbook_one_and_none_exists_below_one_degree_of_freedom():
    quantiles = student(np.array([np.inf, 10.0, 1.0, 0.0, np.nan]), 0.95)
    assert quantiles[:3] == pytest.approx(
        [1.959963984540054, 2.2281388519649385, 12.706204736432095]
    )
    assert np.isnan(quantiles[3:]).all()


def test_the_logit_interval_is_symmetric_on_the_log_odds():
    limits = share_limits(figures(0.2, 0.0004), 0.95, "logit")
    log_odds = [np.log(x / (1 - x)) for x in (limits.low[0], 0.2, limits.high[0])]
    assert log_odds[1] - log_odds[0] == pytest.approx(log_odds[2] - log_odds[1])
    assert limits.method[0] == "logit"


def test_wilson_at_infinite_df_is_wilsons_interval():
    n, p = 100, 0.3
    z = 1.959963984540054
    limits = share_limits(figures(p, p * (1 - p) / n, df=np.inf), 0.95, "wilson")
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    margin = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert limits.low[0] == pytest.approx(centre - margin)
    assert limits.high[0] == pytest.approx(centre + margin)


def test_nobody_out_of_n_has_the_clopper_pearson_upper_limit_at_half_alpha():
    n = 50.0
    limits = share_limits(figures(0.0, 0.0, df=n - 1, cases=n, kish=n), 0.95, "auto")
    assert limits.low[0] == 0.0
    assert limits.high[0] == pytest.approx(1 - 0.025 ** (1 / n))
    assert limits.method[0] == "nchs"


def test_everybody_out_of_n_mirrors_nobody():
    nobody = share_limits(figures(0.0, 0.0), 0.95, "auto")
    everybody = share_limits(figures(1.0, 0.0), 0.95, "auto")
    assert everybody.low[0] == pytest.approx(1 - nobody.high[0])
    assert everybody.high[0] == 1.0


def test_the_automatic_choice_leaves_the_logit_interval_where_few_effective_cases_remain():
    few = share_limits(figures(0.02, 0.02 * 0.98 / 100), 0.95, "auto")
    many = share_limits(figures(0.2, 0.2 * 0.8 / 100), 0.95, "auto")
    assert (few.method[0], many.method[0]) == ("nchs", "logit")


def test_the_nchs_interval_is_never_narrower_than_that_of_the_actual_sample_size():
    narrow = share_limits(figures(0.02, 1e-9, df=399, cases=400), 0.95, "nchs")
    exact = special.betaincinv(0.02 * 400 + 1, 0.98 * 400, 0.975)
    assert narrow.high[0] == pytest.approx(exact)


@pytest.mark.parametrize("method", ["auto", "logit", "wald", "wilson", "beta", "arcsine", "nchs"])
@given(p=st.floats(0.01, 0.99), size=st.floats(20, 5000), df=st.floats(1, 500))
def test_every_interval_holds_its_share_and_has_width(method, p, size, df):
    limits = share_limits(
        figures(p, p * (1 - p) / size, df=df, cases=5000, kish=4000), 0.95, method
    )
    assert limits.low[0] < p < limits.high[0]


@pytest.mark.parametrize("method", ["logit", "wald", "wilson", "beta", "arcsine", "nchs"])
def test_no_interval_is_given_below_one_degree_of_freedom(method):
    limits = share_limits(figures(0.3, 0.001, df=0.0), 0.95, method)
    assert np.isnan(limits.low[0])
    assert limits.method[0] == ""


def test_a_t_interval_of_no_known_variance_is_no_interval():
    limits = t_limits(np.array([3.0]), np.array([np.nan]), np.array([20.0]), 0.95)
    assert np.isnan([limits.low[0], limits.high[0]]).all()
    assert limits.method[0] == ""


def test_p_values_are_those_of_cauchys_and_the_normal_distribution_at_the_ends_of_students():
    t = np.array([-3.0, 0.0, 1.0, 1.959963984540054])

    cauchy = 1 - 2 / np.pi * np.arctan(np.abs(t))
    assert two_sided(t, np.full(4, 1.0)) == pytest.approx(cauchy)
    assert two_sided(t, np.full(4, np.inf))[1:].tolist() == pytest.approx([1, 0.3173105, 0.05])
    assert np.isnan(two_sided(t, np.full(4, 0.5))).all()
