"""Effect sizes: textbook values, other ways to the same number, and what they do not depend on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.indicators.effect_sizes import effect_sizes
from tests.indicators.polls import bound
from tests.indicators.ticked import drawn, ticked

CLUSTERED = sp.SampleDesign(strata="stratum", clusters="cluster", nested=True, weight="weight")
TABLES = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(1, 60), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def of_counts(counts, df=np.inf):
    """Return the effect sizes of a table of a simple random sample."""
    shares = np.asarray(counts, dtype=float) / np.sum(counts)
    flat = shares.ravel()
    v = (np.diag(flat) - np.outer(flat, flat)) / np.sum(counts)
    return effect_sizes(shares, v, df, 0.95)


def test_the_odds_ratio_of_aspirin_has_the_textbooks_interval():
    # Agresti (2002), Categorical Data Analysis, §2.2.3 and §3.1.2: 189 of 11,034 on placebo and
    # 104 of 11,037 on aspirin had a myocardial infarction; the odds ratio is 1.83 (1.44 to 2.33).
    found = of_counts([[189, 10845], [104, 10933]])
    assert found.odds_ratio == pytest.approx(1.83, abs=0.005)
    assert (found.odds_low, found.odds_high) == pytest.approx((1.44, 2.33), abs=0.005)


@given(TABLES)
@settings(deadline=None)
def test_v_and_w_are_of_the_mean_square_contingency(table):
    counts = np.array(table, dtype=float)
    expected = np.outer(counts.sum(1), counts.sum(0)) / counts.sum()
    x_square = ((counts - expected) ** 2 / expected).sum()
    found = of_counts(table)
    assert found.cohens_w == pytest.approx(np.sqrt(x_square / counts.sum()))
    assert found.cramers_v == pytest.approx(found.cohens_w / np.sqrt(min(counts.shape) - 1))
    assert 0 <= found.cramers_v <= 1 + 1e-12
    turned = of_counts(counts.T)
    assert (turned.cramers_v, turned.cohens_w) == pytest.approx((found.cramers_v, found.cohens_w))


@given(st.lists(st.integers(1, 60), min_size=4, max_size=4))
@settings(deadline=None)
def test_phi_is_the_correlation_and_changes_its_sign_with_the_order_of_rows(counts):
    a, b, c, d = counts
    found, turned = of_counts([[a, b], [c, d]]), of_counts([[c, d], [a, b]])
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    assert found.phi == pytest.approx((a * d - b * c) / np.sqrt(margins), abs=1e-12)
    assert turned.phi == pytest.approx(-found.phi, abs=1e-12)
    assert turned.odds_ratio == pytest.approx(1 / found.odds_ratio)
    assert (turned.odds_low, turned.odds_high) == pytest.approx(
        (1 / found.odds_high, 1 / found.odds_low)
    )


def test_a_complete_association_has_a_v_of_1():
    assert of_counts(np.diag([3, 4, 5])).cramers_v == pytest.approx(1)
    complete = of_counts([[3, 0], [0, 4]])
    assert (complete.phi, complete.odds_ratio) == (pytest.approx(1), np.inf)
    assert np.isnan([complete.odds_low, complete.odds_high]).all()


def test_an_empty_cell_leaves_no_interval():
    found = of_counts([[0, 5], [4, 6]])
    assert found.odds_ratio == 0
    assert np.isnan([found.odds_low, found.odds_high]).all()


def test_larger_tables_have_no_odds_ratio():
    found = of_counts([[1, 2, 3], [3, 2, 1]])
    assert np.isnan([found.phi, found.odds_ratio, found.odds_low, found.odds_high]).all()


def binary(data: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with two groups, of an option chosen or not."""
    return data.assign(
        g2=data["w_a"].map({0: "a no", 1: "b yes"}), g3=data["y_a"].map({0: "a no", 1: "b yes"})
    )


def test_the_odds_ratio_is_that_of_logistic_regression():
    data = binary(drawn(41, 600, spread=0.5, clusters=40))
    responses = ticked(data, CLUSTERED)
    weights = sp.rake(responses, {"g": {"one": 0.35, "two": 0.25, "three": 0.4}})
    found = sp.association(weights, "g2", "g3").effect
    model = sp.regress(weights, ("g3", "b yes"), ["g2"], family="logistic", convention="Stata")
    row = model.frame.iloc[-1]
    assert found.odds_ratio == pytest.approx(row["odds_ratio"])
    assert (found.odds_low, found.odds_high) == pytest.approx((row["odds_low"], row["odds_high"]))


def test_a_pair_of_options_is_as_strong_as_the_two_single_answers_that_say_the_same():
    data = binary(drawn(42, 600, spread=0.5, clusters=40))
    responses = ticked(data, CLUSTERED)
    pair = sp.association(responses, "w", "y").items.iloc[0]
    option = sp.association(responses, "w", "g3").items.iloc[0]
    single = sp.association(responses, "g2", "g3")
    for name in ("cramers_v", "cohens_w", "phi", "odds_ratio", "odds_low", "odds_high"):
        assert pair[name] == pytest.approx(getattr(single.effect, name))
    assert pair["chi_square"] == pytest.approx(single.chi_square)
    # Of an option by two categories, its odds in the first over those in the second.
    assert option["odds_ratio"] == pytest.approx(1 / pair["odds_ratio"])
    assert option["phi"] == pytest.approx(-pair["phi"])


def test_an_option_by_groups_is_as_strong_as_the_single_answer_that_says_the_same():
    responses = ticked(binary(drawn(43)))
    option = sp.association(responses, "g", "w").items.iloc[0]
    single = sp.association(responses, "g", "g2")
    assert (option["row_item"], option["column_item"]) == ("_T", "a")
    assert option["cramers_v"] == pytest.approx(single.effect.cramers_v)
    assert option["chi_square"] == pytest.approx(single.chi_square)


def test_effect_sizes_do_not_grow_with_the_sample():
    data = drawn(44)
    once = sp.association(ticked(data), "w", "y").items
    twice = sp.association(ticked(pd.concat([data, data])), "w", "y").items
    assert twice["chi_square"].tolist() == pytest.approx((2 * once["chi_square"]).tolist())
    assert twice["phi"].tolist() == pytest.approx(once["phi"].tolist())
    assert twice["odds_ratio"].tolist() == pytest.approx(once["odds_ratio"].tolist())


def test_the_level_is_that_of_the_precision():
    responses = bound(45, size=200)
    wide = sp.association(responses, "sex", "trust", precision=sp.Precision(level=0.99)).effect
    usual = sp.association(responses, "sex", "trust").effect
    assert (wide.ci_level, usual.ci_level) == (0.99, 0.95)
    assert wide.odds_low < usual.odds_low < usual.odds_ratio < usual.odds_high < wide.odds_high


def test_a_table_that_weights_fix_has_no_interval():
    table = {(a, b): 100.0 + 10 * (a == "m") * (b == "n") for a in "mf" for b in "ny"}
    data = drawn(46).assign(g=lambda d: d["w_a"].map({0: "n", 1: "y"}))
    data["g2"] = data["w_b"].map({0: "m", 1: "f"})
    found = sp.association(sp.poststratify(ticked(data), ("g2", "g"), table), "g2", "g")
    assert found.caveat == "fixed by weighting"
    assert found.effect.odds_ratio == pytest.approx(1 / 1.1)
    assert np.isnan([found.effect.odds_low, found.effect.odds_high]).all()


def test_every_test_of_a_frame_tells_how_strong_the_association_is():
    found = sp.association(bound(4, size=120), "sex", "area")
    assert found.frame["cramers_v"].tolist() == [found.effect.cramers_v] * 4
    assert len(found.items) == 1
    assert found.items.loc[0, "p"] == found.p
