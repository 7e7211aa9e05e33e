"""Nasty data: a value with a caveat, or an error that says what to do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import BindingError, DesignError
from tests.indicators.polls import CLUSTERED, ELEMENTS, answers, questionnaire

EVERYTHING = [
    sp.Share("trust"),
    sp.Share("apps"),
    sp.Mean("hours"),
    sp.Ratio("hours", "rooms"),
    sp.Total("rooms"),
    sp.Total("area"),
    sp.Quantile("hours"),
    sp.Variance("rooms"),
]


def estimated(data: pd.DataFrame, design: sp.SampleDesign = ELEMENTS, by="area") -> pd.DataFrame:
    return sp.estimate(sp.bind(data, questionnaire(), design), EVERYTHING, by=by).frame


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), size=st.integers(12, 40), cut=st.sampled_from(["", "area"]))
def test_no_figure_lacks_precision_without_a_caveat_and_no_interval_has_no_width(seed, size, cut):
    data = answers(seed, size)
    if cut:
        data.loc[data.index > 2, "area"] = "x"
    frame = estimated(data, by=["area", "sex", ("sex", "area")])
    without = frame[["estimate", "se", "ci_low", "ci_high"]].isna().any(axis=1)
    assert (frame[without]["caveat"] != "").all()
    width = frame["ci_high"] - frame["ci_low"]
    assert (width[width.notna()] > 0).all()


def test_equal_weights_give_the_figures_of_no_weights():
    data = answers(3)
    weighted = estimated(data.assign(weight=25.0))
    plain = sp.estimate(
        sp.bind(data, questionnaire(), replace(ELEMENTS, weight=None)), EVERYTHING[:4], by="area"
    ).frame
    columns = ["estimate", "se", "deff", "n_effective"]
    expected = weighted[weighted["indicator"].isin(plain["indicator"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(plain[columns], expected[columns], rtol=1e-9)


def test_weights_over_six_orders_of_magnitude_keep_their_digits():
    data = answers(3)
    heavy = 10.0 ** np.linspace(-3, 3, len(data))
    frame = estimated(data.assign(weight=heavy))
    mean = frame[(frame["indicator"] == "hours") & (frame["domain"] == "_T")].iloc[0]
    assert mean["estimate"] == pytest.approx(np.average(data["hours"], weights=heavy))
    assert mean["n_effective"] == pytest.approx(heavy.sum() ** 2 / (heavy**2).sum())
    assert mean["se"] > 0


def test_cluster_names_that_repeat_across_strata_are_refused_until_they_are_declared_nested():
    data = answers(3)
    data["cluster"] = "psu-" + data["cluster"].astype(str)
    with pytest.raises(DesignError, match="nested"):
        sp.bind(data, questionnaire(), replace(CLUSTERED, nested=False))
    frame = estimated(data, CLUSTERED)
    numbered = estimated(answers(3), CLUSTERED)
    pd.testing.assert_frame_equal(frame[["se", "df"]], numbered[["se", "df"]])


def test_one_row_has_figures_without_precision():
    alone = replace(ELEMENTS, strata=None, lonely="certainty")
    frame = estimated(answers(3).head(1), alone)
    everybody = frame[(frame["domain"] == "_T") & (frame["statistic"] == "mean")].iloc[0]
    assert np.isfinite(everybody["estimate"])
    assert np.isnan(everybody["se"])
    assert "one case" in everybody["caveat"]


def test_one_row_without_a_policy_is_a_lonely_cluster():
    with pytest.raises(DesignError, match="1 stratum has only one") as caught:
        estimated(answers(3).head(1), replace(ELEMENTS, strata=None))
    assert "declare a policy" in caught.value.advice


def test_no_rows_are_refused_with_advice():
    with pytest.raises(BindingError, match="not one row") as caught:
        estimated(answers(3).head(0))
    assert "filter" in caught.value.advice


def test_relabelled_codes_give_the_same_figures():
    data = answers(3)
    options = tuple(sp.Code(code=one, label={"und": one}) for one in ("1", "2"))
    asked = questionnaire()
    sex = sp.Single(name="sex", text={"und": "sex"}, options=options)
    relabelled = replace(asked, questions=(sex, *asked.questions[1:]))
    numbered = data.assign(sex=data["sex"].map({"m": "1", "f": "2"}))
    before = sp.estimate(sp.bind(data, asked, CLUSTERED), EVERYTHING, by="sex").frame
    after = sp.estimate(sp.bind(numbered, relabelled, CLUSTERED), EVERYTHING, by="sex").frame
    columns = ["estimate", "se", "ci_low", "ci_high", "df", "deff"]
    pd.testing.assert_frame_equal(before[columns], after[columns])
