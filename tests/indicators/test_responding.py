"""Parts of all time: what those spend of it whom a set of options reaches."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from tests.indicators.polls import CLUSTERED, answers, bound, questionnaire
from tests.indicators.test_mentioning import question

SETS = (("a",), ("a", "b"))
OF_TIME = sp.Reach("apps", SETS, time="hours")
AREA = {"x": 500.0, "y": 300.0, "z": 200.0}


def spent(cells, hours, weight=None, **more) -> sp.Responses:
    """Return a simple random sample of cells such as ``"a b"``, with hours a day."""
    asked = sp.Questionnaire(
        title="t",
        questions=(
            questionnaire()["sex"],
            question(),
            sp.Number(name="hours", text="?", unit={"en": "hours"}),
        ),
    )
    data = pd.DataFrame({"q": list(cells), "hours": list(hours), "sex": "m"})
    data.loc[1::2, "sex"] = "f"
    data["weight"] = 1.0 if weight is None else weight
    return sp.bind(data, asked, sp.SampleDesign(weight="weight", **more))


def test_a_set_has_the_time_of_whoever_chose_any_of_it():
    responses = spent(["a b", "a", "none", "b c", "dk", "a"], [1, 2, 3, 4, 5, None])
    frame = sp.estimate(responses, sp.Reach("q", (("a",), ("b", "a")), time="hours")).frame

    assert frame["item"].tolist() == ["a", "a|b"]
    assert frame["estimate"].tolist() == pytest.approx([3 / 10, 7 / 10])
    assert frame["n_category"].tolist() == [2, 3]
    assert set(frame["n_base"]) == {4}
    assert set(frame["indicator"]) == {"q_reach_of_time"}
    assert set(zip(frame["statistic"], frame["unit"], strict=True)) == {("share_of_time", "share")}


def test_figures_are_those_that_r_survey_makes_of_the_ratio():
    # R 4.2, survey 4.1: svyratio(~y0 + y1, ~x, subset(postStratify(design, ~area, counts), ...))
    estimates = [
        [0.558066888531484, 0.853435341776547],
        [0.593031477642508, 0.856040231770716],
        [0.510208904435231, 0.849869883491952],
    ]
    errors = [
        [0.0687872686511313, 0.0655498040016712],
        [0.0545006585744123, 0.0451071986608023],
        [0.1450044982440445, 0.1232234697655803],
    ]
    frame = sp.estimate(sp.poststratify(bound(4, size=90), "area", AREA), OF_TIME, by="sex").frame

    assert frame["estimate"].tolist() == pytest.approx(np.ravel(estimates).tolist(), rel=1e-12)
    assert frame["se"].tolist() == pytest.approx(np.ravel(errors).tolist(), rel=1e-9)


def test_the_part_of_a_set_is_the_ratio_of_its_time_to_all_time():
    data = answers(4, 90)
    chose = data["apps"].fillna("").str.contains("a|b")
    data["here"] = data["hours"].where(chose, 0.0).where(data["apps"].notna())
    own = questionnaire()
    here = sp.Number(name="here", text="?", unit={"en": "hours"})
    asked = sp.Questionnaire(title="t", questions=(*own.questions, here))
    source = sp.rake(sp.bind(data, asked, CLUSTERED), {"sex": {"m": 900.0, "f": 1100.0}})
    wanted = [sp.Reach("apps", ("a", "b"), time="hours"), sp.Ratio("here", "hours")]
    frame = sp.estimate(source, wanted, by=["sex", "area"]).frame
    compared = ["estimate", "se", "ci_low", "df", "deff", "cv", "n_base", "population"]
    part, ratio = (
        frame[frame["statistic"] == one].reset_index(drop=True)
        for one in ("share_of_time", "ratio")
    )

    # Who did not answer which they use is in neither.
    pd.testing.assert_frame_equal(part[compared], ratio[compared])
    assert part["ci_high"].tolist() == pytest.approx(
        ratio["ci_high"].clip(upper=1).tolist(), nan_ok=True
    )
    assert (ratio["ci_high"] > 1).any()


def test_replicates_agree_with_linearisation():
    random = np.random.default_rng(6)
    cells = [" ".join(one for one in "abc" if random.random() < 0.4) or "none" for _ in range(200)]
    responses = spent(cells, random.gamma(4, 1, 200))
    wanted = sp.Reach("q", (("a",), ("a", "c")), time="hours")
    linear, replicated = (
        sp.estimate(one, wanted, by="sex").frame
        for one in (responses, sp.replicate(responses, sp.Jackknife()))
    )

    assert replicated["se"].to_numpy() == pytest.approx(linear["se"].to_numpy(), rel=0.02)


@settings(max_examples=6, deadline=None)
@given(
    cells=st.lists(
        st.sampled_from(["a", "b", "c", "a b", "a b c", "none", "dk", ""]), min_size=3, max_size=30
    ),
    seed=st.integers(0, 99),
)
def test_equal_time_gives_the_reach_and_the_unit_of_time_does_not_matter(cells, seed):
    random = np.random.default_rng(seed)
    weight, hours = random.lognormal(0, 1, len(cells)), random.gamma(2, 2, len(cells))
    sets = (("a",), ("a", "b"), ("b", "c"))
    of_time, reach = sp.Reach("q", sets, time="hours"), sp.Reach("q", sets)
    compared = ["estimate", "se", "n_base", "n_category"]
    answered = sp.Not(sp.Is("q", "dk"))
    equal = spent(cells, np.full(len(cells), 2.5), weight)
    first, second = (
        sp.estimate(equal, one, where=answered).frame[compared] for one in (of_time, reach)
    )
    pd.testing.assert_frame_equal(first, second, atol=1e-12)

    plain, scaled = (
        sp.estimate(spent(cells, hours * times, weight), of_time).frame[compared]
        for times in (1.0, 60.0)
    )
    pd.testing.assert_frame_equal(plain, scaled)
    part = plain["estimate"].dropna()
    assert ((part >= -1e-12) & (part <= 1 + 1e-12)).all()
    assert part.empty or part[0] <= part[1] + 1e-12


def test_where_nobody_spends_any_time_there_is_no_part_of_it():
    frame = sp.estimate(
        spent(["a", "a b"] * 6, [0, 1] * 6), sp.Reach("q", ("a",), time="hours"), by="sex"
    ).frame
    nobody = frame[frame["domain"] == "m"]

    assert nobody[["estimate", "se", "ci_low", "ci_high", "deff"]].isna().all(axis=None)
    assert (nobody["n_base"] == 6).all()
    assert nobody["caveat"].str.contains("no time").all()


def test_of_an_option_that_nobody_uses_there_is_no_interval_and_the_caveat_says_why():
    frame = sp.estimate(
        spent(["a", "none"] * 9, range(18)), sp.Reach("q", ("b",), time="hours")
    ).frame

    assert frame["estimate"][0] == 0
    assert frame["caveat"][0] == "zero cases"
    assert np.isnan(frame["ci_low"][0])


def test_an_opt_in_sample_has_parts_without_precision():
    responses = spent(["a", "b"] * 9, [1.0, 3.0] * 9, sampling="opt_in")
    frame = sp.estimate(responses, sp.Reach("q", ("a",), time="hours")).frame

    assert frame["estimate"][0] == pytest.approx(0.25)
    assert frame[["se", "ci_low", "ci_high"]].isna().all(axis=None)


def test_waves_have_each_its_own_time_and_a_change_between_them():
    waves = {"1": spent(["a", "b"] * 20, [1.0, 3.0] * 20), "2": spent(["a", "b"] * 20, [2.0] * 40)}
    wanted = sp.Reach("q", ("a",), time="hours")
    estimates = sp.estimate(sp.stack(waves), wanted)

    assert estimates.frame["estimate"].tolist() == pytest.approx([0.25, 0.5])
    assert sp.change(estimates)["change"].tolist() == pytest.approx([0.25])


def test_parts_of_time_of_another_base_are_refused():
    with pytest.raises(EstimationError, match="of those who gave theirs") as caught:
        sp.Reach("q", ("a",), "all", "hours")
    assert caught.value.where == "Reach.base"


@pytest.mark.parametrize(
    ("hours", "time", "message"),
    [
        ([1.0, 2.0], "sex", "is no time"),
        ([1.0, 2.0], "q", "is no time"),
        ([1.0, -2.0], "hours", "below 0"),
    ],
)
def test_what_is_no_time_is_refused(hours, time, message):
    with pytest.raises(EstimationError, match=message) as caught:
        sp.estimate(spent(["a", "b"], hours), sp.Reach("q", ("a",), time=time))
    assert caught.value.where == "Reach.time"
    assert caught.value.allowed


def test_time_that_is_no_question_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownNameError) as caught:
        sp.estimate(spent(["a"], [1.0]), sp.Reach("q", ("a",), time="hour"))
    assert "hours" in str(caught.value.allowed)
