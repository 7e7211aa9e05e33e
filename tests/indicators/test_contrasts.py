"""Contrasts and functions of estimates: closed forms, and what cannot vary."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError
from tests.indicators.polls import bound

AREA = {"x": 500.0, "y": 300.0, "z": 200.0}


def test_a_difference_of_two_domains_is_that_of_compare():
    estimates = sp.compare(sp.estimate(bound(2), "hours", by="sex"), within="sex", minimum_base=1)
    only = estimates.comparisons.iloc[0]
    found = estimates.contrast(
        [({"breakdown": "sex", "domain": "m"}, 1), ({"breakdown": "sex", "domain": "f"}, -1)]
    )
    for name, theirs in (("estimate", "difference"), *((one, one) for one in SAME)):
        assert getattr(found, name) == pytest.approx(only[theirs], rel=1e-12)
    assert found.t == pytest.approx(found.estimate / found.se)


SAME = ("se", "df", "ci_low", "ci_high", "p")


def test_a_contrast_has_the_quadratic_form_of_the_joint_covariance():
    estimates = sp.estimate(bound(4), ["hours", "trust", "apps"], by="area")
    k = np.random.default_rng(1).normal(size=len(estimates))
    found = estimates.contrast(dict(enumerate(k)))
    assert found.estimate == pytest.approx(k @ estimates.frame["estimate"])
    assert found.se == pytest.approx(np.sqrt(k @ estimates.covariance() @ k))


def test_several_contrasts_are_those_of_each_with_p_values_adjusted_together():
    estimates = sp.estimate(bound(4), ["hours", "area"], by="area")
    several = {"first": {1: 1, 2: -1}, "second": {1: 1, 3: -1}, "all of them": {4: 1, 5: 1, 6: 1}}
    found = estimates.contrasts(several, adjust="bonferroni").set_index("contrast")
    for name, coefficients in several.items():
        alone = estimates.contrast(coefficients)
        for column in ("estimate", *SAME, "t"):
            same = pytest.approx(getattr(alone, column), rel=1e-12, nan_ok=True)
            assert found.loc[name, column] == same
    assert found["p_adjusted"][:2].tolist() == pytest.approx(np.minimum(found["p"][:2] * 2, 1))
    assert np.isnan(found.loc["all of them", "p_adjusted"])


def test_no_contrasts_are_refused():
    with pytest.raises(EstimationError, match="no contrasts"):
        sp.estimate(bound(4), "hours").contrasts({})


def test_one_row_alone_is_that_row():
    estimates = sp.estimate(bound(3), "hours")
    found, row = estimates.contrast({0: 1}), estimates.frame.iloc[0]
    for name in ("estimate", "se", "df", "ci_low", "ci_high"):
        assert getattr(found, name) == pytest.approx(row[name])


def test_a_ratio_of_two_totals_is_the_ratio_indicator():
    weights = sp.rake(bound(5), {"sex": {"m": 0.5, "f": 0.5}}, total=1000)
    both = sp.All(sp.Answered("hours"), sp.Answered("rooms"))
    estimates = sp.estimate(
        weights, [sp.Total("hours"), sp.Total("rooms"), sp.Ratio("hours", "rooms")], where=both
    )
    row = estimates.frame.iloc[2]
    numeric = estimates.function(lambda b: b[0] / b[1], [0, 1])
    given = estimates.function(
        lambda b: b[0] / b[1], [0, 1], lambda b: [1 / b[1], -b[0] / b[1] ** 2]
    )
    for found in (numeric, given):
        assert found.estimate == pytest.approx(row["estimate"])
        assert found.se == pytest.approx(row["se"], rel=1e-8)
        assert found.df == row["df"]


def test_shares_that_sum_to_one_do_not_vary_together():
    found = sp.estimate(bound(1), "area").contrast({0: 1, 1: 1, 2: 1})
    assert found.estimate == pytest.approx(1)
    assert found.se == 0
    assert np.isnan([found.t, found.p, found.ci_low]).all()


def test_a_figure_fixed_by_weighting_adds_nothing_to_the_variance():
    weights = sp.poststratify(bound(9), "area", AREA)
    estimates = sp.estimate(weights, ["area", "hours"])
    alone, both = estimates.contrast({3: 1}), estimates.contrast({0: 5, 3: 1})
    assert both.estimate == pytest.approx(alone.estimate + 5 * 0.5)
    assert both.se == pytest.approx(alone.se, rel=1e-12)


def test_the_degrees_of_freedom_are_those_of_all_domains_together():
    estimates = sp.estimate(bound(3, size=24), "hours", by="area")
    for rows in ([1, 2], [1, 3], [1, 2, 3]):
        assert estimates.contrast(dict.fromkeys(rows, 1)).df == estimates.degrees_of_freedom(rows)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (99, "no such row"),
        ({"breakdown": "sex"}, "2 rows"),
        ({"domain": "male"}, "no row has domain"),
        ({"group": "m"}, "no key"),
    ],
)
def test_a_row_that_is_not_exactly_one_is_refused(row, words):
    estimates = sp.estimate(bound(1), "hours", by="sex")
    with pytest.raises(EstimationError, match=words):
        estimates.contrast([(row, 1.0)])
    with pytest.raises(EstimationError, match=words):
        estimates.function(lambda b: b[0], [row])


def test_what_is_not_finite_or_of_another_length_is_refused():
    estimates = sp.estimate(bound(1), "hours")
    with pytest.raises(EstimationError, match="not finite"):
        estimates.function(lambda _: np.inf, [0], lambda _: [1.0])
    with pytest.raises(EstimationError, match="one number a row"):
        estimates.function(lambda b: b[0], [0], lambda _: [1.0, 2.0])
    with pytest.raises(EstimationError, match="no rows"):
        estimates.contrast({0: 0})
