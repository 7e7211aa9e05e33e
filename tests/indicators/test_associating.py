"""Association: Pearson's test where the sample is simple, Rao and Scott's where it is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import special

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from tests.indicators.polls import CLUSTERED, bound

TABLE = np.array([[20, 10, 5], [15, 25, 25]])


def simple(table=TABLE) -> sp.Responses:
    """Return a simple random sample with this table of counts."""
    row, column = np.nonzero(table)
    times = table[row, column]
    data = pd.DataFrame({"row": np.repeat(row, times), "column": np.repeat(column, times)})
    return sp.bind(data.astype(str), sp.Questionnaire.infer(data.astype(str)))


def pearson(table=TABLE) -> float:
    expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
    return float(((table - expected) ** 2 / expected).sum())


def test_a_simple_random_sample_gives_pearsons_test_but_for_n_less_one():
    found, n = sp.association(simple(), "row", "column"), TABLE.sum()
    assert found.chi_square == pytest.approx(pearson())
    assert found.design_effects == pytest.approx([n / (n - 1)] * 2)
    assert found.statistic == pytest.approx(pearson() / 2 * (n - 1) / n)
    assert (found.df, found.ddf) == pytest.approx((2, 2 * (n - 1)))
    assert found.n_base == n


def test_with_the_normal_distribution_it_is_the_chi_square_test():
    found = sp.association(simple(), "row", "column", precision=sp.Precision(df=np.inf))
    n = TABLE.sum()
    assert found.p == pytest.approx(special.chdtrc(2, pearson() * (n - 1) / n))


def test_clusters_of_alike_cases_count_once():
    data = pd.DataFrame({"a": list("xyxyxxyy"), "b": list("uvuuvuvv")})
    asked = sp.Questionnaire.infer(data)
    once = sp.association(sp.bind(data, asked), "a", "b")
    repeated = data.loc[data.index.repeat(5)].assign(home=np.repeat(np.arange(8), 5))
    five = sp.association(sp.bind(repeated, asked, sp.SampleDesign(clusters="home")), "a", "b")
    assert five.chi_square == pytest.approx(5 * once.chi_square)
    assert five.design_effects == pytest.approx(5 * once.design_effects)
    assert (five.statistic, five.p) == pytest.approx((once.statistic, once.p))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_and_columns_may_change_places(seed):
    responses = bound(seed, size=120)
    one = sp.association(responses, "sex", "area").frame.set_index("test")
    other = sp.association(responses, "area", "sex").frame.set_index("test")
    for column in ("statistic", "df", "ddf", "p"):
        assert one[column].tolist() == pytest.approx(other[column].tolist(), rel=1e-8)


def test_the_shares_are_those_that_are_estimated():
    responses = bound(4, size=120)
    found = sp.association(responses, "sex", "area")
    joint = sp.estimate(responses, "area", by="sex").frame
    within = joint[joint["breakdown"] == "sex"]["estimate"].to_numpy().reshape(2, 3)
    assert found.shares / found.shares.sum(1, keepdims=True) == pytest.approx(within)
    assert found.shares.sum() == pytest.approx(1)


def test_the_wald_test_of_a_two_by_two_table_of_known_rows_is_t_squared():
    # With the rows fixed, N̂_rc - N̂_r N̂_c / N̂ is the difference of shares times a constant.
    data = pd.DataFrame({"a": list("xyxyxxyyxy"), "b": list("uvuuvuvvuv")})
    responses = sp.bind(data, sp.Questionnaire.infer(data))
    weights = sp.poststratify(responses, "a", {"x": 900.0, "y": 1100.0})
    tests = sp.association(weights, "a", "b").frame.set_index("test")
    one = sp.compare(sp.estimate(weights, "b", by="a"), minimum_base=1).comparisons.iloc[0]
    squared = (one["difference"] / one["se"]) ** 2
    assert tests.loc["wald", "statistic"] == pytest.approx(squared)
    assert tests.loc["wald", "p"] == pytest.approx(one["p"])


def test_codes_that_nobody_chose_are_left_out_of_the_table():
    codes = tuple(sp.Code(code=one, label=one) for one in "xyz")
    data = pd.DataFrame({"a": list("xyxyxxyy"), "b": list("uvuuvuvv")})
    inferred = sp.Questionnaire.infer(data)
    asked = sp.Questionnaire(
        title="t", questions=(sp.Single(name="a", text="a", options=codes), inferred["b"])
    )
    found = sp.association(sp.bind(data, asked), "a", "b")
    assert found.rows == ("x", "y")
    assert found.p == pytest.approx(sp.association(sp.bind(data, inferred), "a", "b").p)


def test_a_domain_keeps_the_clusters_outside_it():
    responses = bound(6, size=120)
    found = sp.association(responses, "sex", "area", where=sp.Is("trust", "yes", "no"))
    assert found.n_base < len(responses)
    assert found.df_design == 4


def test_a_table_that_weights_fix_is_not_tested():
    table = {(a, b): 100.0 + 10 * (a == "m") for a in "mf" for b in "xyz"}
    weights = sp.poststratify(bound(7, size=200), ("sex", "area"), table)
    found = sp.association(weights, "sex", "area")
    assert found.caveat == "fixed by weighting"
    assert found.frame["p"].isna().all()


@pytest.mark.parametrize(
    ("row", "column", "error"),
    [
        ("sex", "nowhere", UnknownNameError),
        ("sex", "hours", EstimationError),
        ("apps", "hours", EstimationError),
        ("apps", "apps", EstimationError),
        ("sex", "sex", EstimationError),
    ],
)
def test_what_is_not_two_questions_of_categories_or_options_is_refused(row, column, error):
    with pytest.raises(error):
        sp.association(bound(1), row, column)


def test_one_category_is_associated_with_nothing():
    with pytest.raises(EstimationError, match="fewer than two"):
        sp.association(bound(1), "sex", "area", where=sp.Is("sex", "m"))


def test_an_opt_in_sample_is_not_tested():
    from dataclasses import replace

    opt_in = bound(1, replace(CLUSTERED, sampling="opt_in"))
    with pytest.raises(EstimationError, match="probability"):
        sp.association(opt_in, "sex", "area")


def test_a_test_by_a_model_says_so():
    from dataclasses import replace

    opt_in = bound(1, replace(CLUSTERED, sampling="opt_in"))
    precision = sp.Precision(opt_in="model")

    assert sp.association(opt_in, "sex", "area", precision=precision).caveat == "model-based"
    assert sp.association(bound(1, CLUSTERED), "sex", "area", precision=precision).caveat == ""


def test_stacked_waves_are_not_tested_together():
    waves = sp.stack({"one": bound(1), "two": bound(2)})
    with pytest.raises(EstimationError, match="waves"):
        sp.association(waves, "sex", "area")
