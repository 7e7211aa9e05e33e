# ruff: noqa: PD011 - weights and targets have values that are not those of pandas
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import ConvergenceError, WeightingError
from tests.weighting.polls import CROSSED, REGION, SEX, answers, bound, share

MARGINS = {"sex": SEX, "region": REGION, "age_group": {"18-39": 0.4, "40+": 0.6}}


def test_post_stratification_multiplies_by_target_over_sum_of_weights():
    frame = answers()

    weights = sp.poststratify(bound(frame), "region", {1: 500, 2: 300, 3: 200})

    sums = frame.groupby("region")["base"].transform("sum")
    target = frame["region"].map({1: 500, 2: 300, 3: 200})
    assert weights.values == pytest.approx((frame["base"] * target / sums).to_numpy())


def test_raking_to_a_crossing_alone_is_post_stratification():
    raked = sp.rake(bound(), {("sex", "region"): CROSSED})
    stratified = sp.poststratify(bound(), ("sex", "region"), CROSSED)

    assert raked.values == pytest.approx(stratified.values, rel=1e-12)


def test_raking_reaches_every_margin():
    frame = answers()

    weights = sp.rake(bound(frame), MARGINS)

    assert share(weights, frame["sex"] == "male") == pytest.approx(0.5)
    assert share(weights, frame["region"] == 3) == pytest.approx(0.2)
    assert share(weights, frame["age"] < 40) == pytest.approx(0.4)
    assert weights.margins["relative_error"].max() <= 1e-8


def test_shares_alone_keep_the_sum_of_the_base_weights():
    frame = answers()

    assert sp.rake(bound(frame), MARGINS).values.sum() == pytest.approx(frame["base"].sum())


def test_a_declared_total_is_reached():
    assert sp.rake(bound(), MARGINS, total=1_250_000).values.sum() == pytest.approx(1_250_000)


def test_shares_take_their_total_from_the_first_margin_in_counts():
    margins = {"sex": SEX, "region": {1: 5000, 2: 3000, 3: 2000}}

    assert sp.rake(bound(), margins).values.sum() == pytest.approx(10_000)


def test_nothing_depends_on_the_order_of_rows():
    frame = answers()
    order = np.random.default_rng(3).permutation(len(frame))

    weights = sp.rake(bound(frame), MARGINS)
    shuffled = sp.rake(bound(frame.iloc[order].reset_index(drop=True)), MARGINS)

    assert shuffled.values == pytest.approx(weights.values[order], rel=1e-12)


@pytest.mark.parametrize(
    "written",
    [
        lambda codes: codes.astype(str),
        lambda codes: codes.astype(float),
        lambda codes: codes.astype("category"),
        lambda codes: codes.astype("Int64"),
        lambda codes: codes.map({1: "1.0", 2: " 2", 3: "3"}),
    ],
)
def test_nothing_depends_on_how_integer_codes_are_written(written):
    frame = answers()
    plain = sp.rake(bound(frame), MARGINS)

    frame["region"] = written(frame["region"])

    assert sp.rake(bound(frame), MARGINS).values == pytest.approx(plain.values, rel=1e-12)
    assert sp.rake(
        bound(frame), MARGINS | {"region": {"1": 0.5, 2.0: 0.3, np.int64(3): 0.2}}
    ).values == pytest.approx(plain.values, rel=1e-12)


def test_integer_codes_are_levels_and_not_numbers():
    frame = answers()

    weights = sp.poststratify(bound(frame), "region", REGION)

    for code, target in REGION.items():
        assert share(weights, frame["region"] == code) == pytest.approx(target)


def test_nothing_depends_on_the_labels_and_the_order_of_codes():
    frame = answers()
    questions = [
        sp.Single(name="sex", text="?", options=tuple(sp.Code(code=c, label="x") for c in codes))
        for codes in (("male", "female"), ("female", "male"))
    ]
    raked = [
        sp.poststratify(
            sp.bind(frame, sp.Questionnaire(title="t", questions=(one,))), "sex", SEX
        ).values
        for one in questions
    ]

    assert raked[0] == pytest.approx(raked[1], rel=1e-12)


@given(st.floats(1e-6, 1e6))
def test_the_scale_of_base_weights_does_not_matter_to_shares(scale):
    frame = answers(60)
    plain = sp.rake(bound(frame), MARGINS, total=1000)

    frame["base"] *= scale

    assert sp.rake(bound(frame), MARGINS, total=1000).values == pytest.approx(plain.values)


def test_base_weights_matter():
    frame = answers()
    unweighted = sp.bind(frame, bound(frame).questionnaire)

    raked = sp.rake(bound(frame), MARGINS, total=1000).values

    assert not np.allclose(raked, sp.rake(unweighted, MARGINS, total=1000).values)


def test_the_answers_are_not_changed():
    frame = answers()
    before = frame.copy(deep=True)

    sp.rake(bound(frame), MARGINS)

    pd.testing.assert_frame_equal(frame, before)


def test_cases_without_an_interview_end_with_weight_zero():
    frame = answers()
    frame["result"] = np.where(np.arange(len(frame)) % 5 == 0, "refusal", "interview")
    interviews = (frame["result"] == "interview").to_numpy()
    responses = bound(frame, disposition="result", interviewed=("interview",))

    weights = sp.rake(responses, MARGINS, total=1000)

    alone = sp.rake(bound(frame[interviews].reset_index(drop=True)), MARGINS, total=1000)
    assert (weights.values[~interviews] == 0).all()
    assert weights.values[interviews] == pytest.approx(alone.values, rel=1e-12)
    assert [step.name for step in weights.mass.steps] == ["interviewed", "rake"]


def test_a_base_weight_of_zero_stays_zero_and_in_the_design():
    frame = answers()
    frame.loc[[4, 7], "base"] = 0.0

    weights = sp.rake(bound(frame), MARGINS, total=1000)

    assert weights.values[[4, 7]].tolist() == [0, 0]
    assert weights.values.sum() == pytest.approx(1000)
    assert weights.diagnostics["n"].tolist() == [238, 238]


def test_post_stratifying_twice_leaves_the_last_margin():
    frame = answers()
    steps = (sp.PostStratify("sex", SEX, total=1000), sp.PostStratify("region", REGION))

    weights = sp.weigh(bound(frame), sp.Recipe(steps))

    first = sp.poststratify(bound(frame), "sex", SEX, total=1000)
    then = frame.assign(base=first.values)
    expected = sp.poststratify(bound(then), "region", REGION)
    assert weights.values == pytest.approx(expected.values, rel=1e-12)
    assert [step.name for step in weights.mass.steps] == ["poststratify", "poststratify"]


def test_raking_after_post_stratification_starts_from_its_weights():
    frame = answers()
    raking = sp.Rake(tuple(sp.Margin(of, targets) for of, targets in MARGINS.items()))
    recipe = sp.Recipe((sp.PostStratify("school", {"low": 50, "middle": 30, "high": 40}), raking))

    weights = sp.weigh(bound(frame), recipe)

    first = sp.weigh(bound(frame), sp.Recipe(recipe.steps[:1]))
    expected = sp.rake(bound(frame.assign(base=first.values)), MARGINS)
    assert weights.values == pytest.approx(expected.values, rel=1e-12)
    assert weights.values.sum() == pytest.approx(120)


def test_no_steps_are_the_base_weights():
    frame = answers()

    weights = sp.weigh(bound(frame), sp.Recipe())

    assert (weights.values == frame["base"]).all()
    assert weights.margins.empty


def test_the_steps_make_the_weights_again():
    frame = answers()
    frame["result"] = np.where(np.arange(len(frame)) % 5 == 0, "refusal", "interview")
    responses = bound(frame, disposition="result", interviewed=("interview",))

    weights = sp.rake(responses, MARGINS)

    assert weights.mass.forward() == pytest.approx(weights.values, rel=1e-15)
    rake = weights.mass.steps[-1]
    assert rake.x.shape == (rake.factor.size, np.linalg.matrix_rank(rake.x))
    assert not rake.x[-1].any()
    assert (rake.slope == rake.factor).all()
    assert {rake.cell.dtype, rake.factor.dtype} == {np.dtype("int32"), np.dtype("float64")}


def test_the_steps_hold_the_totals_of_their_margins():
    weights = sp.rake(bound(), {"sex": SEX, ("sex", "region"): CROSSED}, total=1000)

    (step,) = weights.mass.steps
    sums = np.bincount(step.cell, weights=weights.values)
    assert step.x.shape[1] == 6
    assert (step.x * sums[:, None]).sum(axis=0)[:2] == pytest.approx([500, 500])


def impossible():
    frame = pd.DataFrame({"one": list("aabb") * 5, "other": list("ccdd") * 5})
    frame.loc[0, "other"] = "d"
    return sp.bind(frame, sp.Questionnaire.infer(frame))


HOPELESS = {"one": {"a": 0.2, "b": 0.8}, "other": {"c": 0.5, "d": 0.5}}


def test_margins_that_were_not_reached_are_an_error_with_the_table_of_margins():
    with pytest.raises(ConvergenceError, match=r"after 1000 rounds .* up to 150 % off") as raised:
        sp.rake(impossible(), HOPELESS)

    assert raised.value.margins["relative_error"].max() == pytest.approx(1.5)
    assert "merge levels" in raised.value.advice


def test_margins_that_were_not_reached_are_a_finding_where_that_is_asked_for():
    weights = sp.rake(impossible(), HOPELESS, on_miss="warn")

    (finding,) = weights.findings.to_dict("records")
    assert (finding["severity"], finding["margin"], finding["level"]) == ("error", "one", "a")
    assert weights.values.sum() == pytest.approx(20)


def test_giving_up_early_is_not_reaching():
    with pytest.raises(ConvergenceError, match="after 1 round the margins"):
        sp.rake(bound(), MARGINS, max_iterations=1)


def test_margins_slightly_apart_are_rescaled_to_the_first_and_told():
    margins = {"sex": {"male": 500, "female": 500}, "region": {1: 502, 2: 301, 3: 201}}

    weights = sp.rake(bound(), margins)

    (finding,) = weights.findings.to_dict("records")
    assert (finding["severity"], finding["margin"], finding["value"]) == ("note", "region", "1004")
    assert weights.values.sum() == pytest.approx(1000)
    assert weights.methodology.fact("weighting", "rake")["rescaled"] == ("region",)


def test_margins_slightly_apart_are_rescaled_to_the_declared_total():
    margins = {"sex": {"male": 500, "female": 500}, "region": {1: 502, 2: 301, 3: 201}}

    weights = sp.rake(bound(), margins, total=1004)

    assert weights.findings["margin"].tolist() == ["sex"]
    assert weights.values.sum() == pytest.approx(1004)


def test_shares_that_nearly_sum_to_one_are_rescaled_and_told():
    weights = sp.rake(bound(), {"sex": {"male": 0.501, "female": 0.501}}, total=1000)

    assert weights.findings["value"].tolist() == ["1.002"]
    assert weights.values.sum() == pytest.approx(1000)


def test_margins_nearly_at_one_about_a_variable_may_be_accepted():
    crossed = {
        key: value * (1.001 if key[0] == "male" else 0.999) for key, value in CROSSED.items()
    }
    margins = {"sex": SEX, ("sex", "region"): crossed}

    weights = sp.rake(bound(), margins, on_miss="warn", max_iterations=5)

    said = weights.findings[["severity", "margin"]].to_dict("split")["data"]
    assert said == [["error", "sex"], ["note", "sex"]]


def test_a_sample_without_interviews_of_weight_is_refused():
    frame = answers()
    frame["result"] = np.where(np.arange(len(frame)) == 0, "interview", "refusal")
    frame.loc[0, "base"] = 0.0

    with pytest.raises(WeightingError, match="no case is an interview of positive weight"):
        sp.rake(bound(frame, disposition="result", interviewed=("interview",)), MARGINS)


@given(st.integers(0, 10_000), st.integers(20, 80))
def test_random_samples_reach_random_margins(seed, size):
    random = np.random.default_rng(seed)
    frame = answers(size, seed)
    # Targets of a population that has every combination, so that they can be met by a sample of it.
    person = frame["base"] * random.uniform(0.5, 2, size)
    margins = {
        name: (person.groupby(frame[name]).sum() / person.sum()).to_dict()
        for name in ("sex", "region", "school")
    }

    weights = sp.rake(bound(frame), margins)

    assert weights.margins["relative_error"].max() <= 1e-8
    assert (weights.values > 0).all()


def test_wrong_targets_of_several_steps_are_told_together():
    first = sp.PostStratify("sex", {"male": 0.5, "woman": 0.5})
    second = sp.Rake((sp.Margin("regoin", {1: 0.5, 2: 0.5}),))

    with pytest.raises(sp.SocialpollError) as raised:
        sp.weigh(bound(), sp.Recipe((first, second)))

    said = str(raised.value)
    assert "step 1 (poststratify)" in said
    assert "step 2 (rake)" in said
