"""What becomes of interviews without a value of a margin's variables, by closed forms."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from tests.weighting.polls import SEX, answers, bound

SCHOOL = {"low": 500, "middle": 300, "high": 200}
POLICIES = ("own_class", "keep_base", "distribute")


def blanked(rows=(3, 9, 12, 50, 51, 77)):
    frame = answers()
    frame.loc[list(rows), "school"] = None
    return frame


def raked(frame, policy, *others):
    margin = sp.Margin("school", SCHOOL, missing=policy)
    return sp.weigh(bound(frame), sp.Recipe((sp.Rake((*others, margin), total=1000),)))


def levels(frame):
    return {code: (frame["school"] == code).to_numpy() for code in SCHOOL}


def test_a_class_of_their_own_keeps_its_share_of_the_weights():
    frame = blanked()
    lacking, base = frame["school"].isna().to_numpy(), frame["base"].to_numpy()
    share = base[lacking].sum() / base.sum()

    weights = raked(frame, "own_class")

    assert weights.values[lacking].sum() == pytest.approx(1000 * share)
    for code, rows in levels(frame).items():
        assert weights.values[rows].sum() == pytest.approx(SCHOOL[code] * (1 - share))
    assert weights.margins["level"].tolist() == [*SCHOOL, "_M"]
    assert weights.margins["n"].tolist()[-1] == 6


def test_kept_weights_are_left_alone_and_the_targets_lowered_by_them():
    frame = blanked()
    lacking, base = frame["school"].isna().to_numpy(), frame["base"].to_numpy()
    kept = 1000 * base[lacking] / base.sum()

    weights = raked(frame, "keep_base")

    np.testing.assert_allclose(weights.values[lacking], kept)
    for code, rows in levels(frame).items():
        lowered = SCHOOL[code] * (1000 - kept.sum()) / 1000
        assert weights.values[rows].sum() == pytest.approx(lowered)


def test_kept_weights_still_follow_the_other_margins():
    frame = blanked()
    lacking = frame["school"].isna().to_numpy()

    weights = raked(frame, "keep_base", sp.Margin("sex", SEX))

    left = weights.values[lacking].sum()
    for code, rows in levels(frame).items():
        assert weights.values[rows].sum() == pytest.approx(SCHOOL[code] * (1000 - left) / 1000)
    for code, share in SEX.items():
        rows = (frame["sex"] == code).to_numpy()
        assert weights.values[rows].sum() == pytest.approx(1000 * share)


def test_a_margin_that_keeps_weights_moves_none_between_those_with_and_without_a_value():
    frame = blanked()
    lacking, base = frame["school"].isna().to_numpy(), frame["base"].to_numpy()

    weights = raked(frame, "keep_base", sp.Margin("sex", SEX))

    factor = weights.values / base
    men = (frame["sex"] == "male").to_numpy()
    own = {code: factor[rows & men][0] / factor[lacking & men][0]
           for code, rows in levels(frame).items()}  # fmt: skip
    moved = sum(base[rows].sum() * (own[code] - 1) for code, rows in levels(frame).items())
    assert moved == pytest.approx(0, abs=1e-6 * base.sum())
    assert max(own.values()) > 1.1


def test_margins_that_all_keep_weights_still_sum_to_the_population():
    frame = blanked()
    frame.loc[[1, 3, 60], "region"] = None
    regions = sp.Margin("region", {1: 500, 2: 300, 3: 200}, missing="keep_base")

    weights = raked(frame, "keep_base", regions)

    assert weights.values.sum() == pytest.approx(1000)
    left = weights.values[frame["region"].isna()].sum()
    for code, persons in {1: 500, 2: 300, 3: 200}.items():
        rows = (frame["region"] == code).to_numpy()
        assert weights.values[rows].sum() == pytest.approx(persons * (1000 - left) / 1000)


def test_interviews_may_be_distributed_in_several_margins_at_once():
    frame = blanked()
    frame.loc[[1, 3, 60], "region"] = None
    regions = sp.Margin("region", {1: 500, 2: 300, 3: 200}, missing="distribute")

    weights = raked(frame, "distribute", sp.Margin("sex", SEX), regions)

    assert weights.margins["relative_error"].max() <= 1e-8
    assert weights.margins.groupby("margin")["reached"].sum().tolist() == pytest.approx([1000] * 3)
    assert weights.values.sum() == pytest.approx(1000)


def test_distributed_interviews_have_the_average_factor_of_those_with_a_value():
    frame = blanked()
    lacking, base = frame["school"].isna().to_numpy(), frame["base"].to_numpy()

    weights = raked(frame, "distribute")

    factor = weights.values / base
    average = np.average(factor[~lacking], weights=base[~lacking])
    np.testing.assert_allclose(factor[lacking], average)
    mix = np.array([base[rows].sum() for rows in levels(frame).values()]) / base[~lacking].sum()
    for (code, rows), part in zip(levels(frame).items(), mix, strict=True):
        # Of the weight without a value each level has what its cases gave it.
        counted = weights.values[rows].sum()
        spread = base[lacking].sum() * part * factor[rows][0]
        assert counted + spread == pytest.approx(SCHOOL[code])


def test_distributed_interviews_are_like_those_of_their_other_margins():
    frame = blanked()
    lacking, base = frame["school"].isna().to_numpy(), frame["base"].to_numpy()

    weights = raked(frame, "distribute", sp.Margin("sex", SEX))

    factor = weights.values / base
    for code in SEX:
        rows = (frame["sex"] == code).to_numpy()
        average = np.average(factor[rows & ~lacking], weights=base[rows & ~lacking])
        np.testing.assert_allclose(factor[rows & lacking], average, rtol=1e-7)
        assert weights.values[rows].sum() == pytest.approx(1000 * SEX[code])
    assert weights.margins["relative_error"].max() <= 1e-8


def test_part_of_a_crossing_that_is_known_says_who_is_like_it():
    frame = blanked()
    lacking, base = frame["school"].isna().to_numpy(), frame["base"].to_numpy()
    crossed = {(sex, code): persons * SEX[sex] for sex in SEX for code, persons in SCHOOL.items()}
    margin = sp.Margin(("sex", "school"), crossed, missing="distribute")

    weights = sp.weigh(bound(frame), sp.Recipe((sp.Rake((margin,), total=1000),)))

    factor = weights.values / base
    for code in SEX:
        rows = (frame["sex"] == code).to_numpy()
        average = np.average(factor[rows & ~lacking], weights=base[rows & ~lacking])
        np.testing.assert_allclose(factor[rows & lacking], average)


@pytest.mark.parametrize("policy", POLICIES)
def test_where_every_interview_has_a_value_the_policy_changes_nothing(policy):
    plain = raked(answers(), "raise")
    weights = raked(answers(), policy)

    np.testing.assert_allclose(weights.values, plain.values, rtol=1e-9)
    assert len(weights.findings) == 0


@pytest.mark.parametrize("policy", POLICIES)
def test_how_many_have_no_value_is_found_and_what_was_done(policy):
    (finding,) = raked(blanked(), policy).findings.to_dict("records")

    assert (finding["severity"], finding["margin"], finding["level"]) == ("note", "school", "_M")
    assert finding["what"] == f"6 of 240 interviews have no value (missing = {policy!r})"
    assert finding["advice"]


def test_interviews_that_none_is_like_count_as_all_do_and_a_finding_says_so():
    frame = answers()
    frame["region"] = np.where(frame.index < 6, 3, frame["region"] % 2 + 1)
    frame.loc[range(6), "school"] = None
    margin = sp.Margin("school", SCHOOL, missing="distribute")
    regions = sp.Margin("region", {1: 500, 2: 450, 3: 50})

    weights = sp.weigh(bound(frame), sp.Recipe((sp.Rake((regions, margin)),)))

    assert "no interview with a value is like 6 of these" in weights.findings["what"].tolist()[1]
    assert weights.margins["relative_error"].max() <= 1e-8


def test_a_finding_says_where_linearisation_does_not_follow_the_mix(monkeypatch):
    frame = blanked(range(0, 240, 7))
    others = [sp.Margin("sex", SEX), sp.Margin("region", {1: 500, 2: 300, 3: 200})]

    followed = raked(frame, "distribute", *others)
    monkeypatch.setattr("socialpoll.weighting.mixing.FOLLOWED", 17)
    known = raked(frame, "distribute", *others)

    assert [one.value for one in known.noted if "too many groups" in one.what] == ["18"]
    assert not [one for one in followed.noted if "too many groups" in one.what]
    np.testing.assert_array_equal(known.values, followed.values)
    errors = [sp.estimate(one, ["age_group"]).frame["se"].to_numpy() for one in (followed, known)]
    np.testing.assert_allclose(errors[1], errors[0], rtol=0.1)


@pytest.mark.parametrize("policy", POLICIES)
def test_weights_do_not_depend_on_the_order_of_the_rows(policy):
    frame = blanked()
    order = np.random.default_rng(4).permutation(len(frame))

    straight = raked(frame, policy, sp.Margin("sex", SEX))
    turned = raked(frame.iloc[order].reset_index(drop=True), policy, sp.Margin("sex", SEX))

    np.testing.assert_allclose(turned.values, straight.values[order], rtol=1e-9)


@pytest.mark.parametrize("policy", POLICIES)
def test_post_stratification_takes_the_same_policies(policy):
    frame = blanked()

    alone = sp.PostStratify("school", SCHOOL, total=1000, missing=policy)

    weights = sp.weigh(bound(frame), sp.Recipe((alone,)))
    np.testing.assert_allclose(weights.values, raked(frame, policy).values, rtol=1e-8)


@pytest.mark.parametrize("policy", POLICIES)
def test_policies_and_merges_go_together(policy):
    frame = blanked()
    merge = {"some": ["middle", "high"]}
    margin = sp.Margin("school", SCHOOL, missing=policy, merge=merge)

    weights = sp.weigh(bound(frame), sp.Recipe((sp.Rake((margin,), total=1000),)))

    two = [one for one in weights.margins["level"] if one != "_M"]
    assert two == ["low", "some"]
    assert weights.margins["relative_error"].max() <= 1e-8


def test_recipes_of_other_policies_are_other_recipes():
    canonical = {
        sp.Recipe((sp.Rake((sp.Margin("school", SCHOOL, missing=one),)),)).canonical
        for one in ("raise", *POLICIES)
    }

    assert len(canonical) == 4
