"""Targets that do not fit the sample, the questionnaire or one another are refused beforehand."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import TargetError
from tests.weighting.polls import CROSSED, REGION, SEX, answers, bound

STEP = "step 1 (rake), "
HERE = f"{STEP}margin "


def problems_of(margins, responses=None, **options):
    with pytest.raises(TargetError) as raised:
        sp.rake(bound() if responses is None else responses, margins, **options)
    return [str(one) for one in raised.value.problems]


def without(frame, **codes):
    """Leave out the answers that have all of the codes."""
    rows = np.logical_and.reduce([frame[name] == code for name, code in codes.items()])
    return frame[~rows].reset_index(drop=True)


def test_a_level_of_the_sample_without_a_target_is_told_with_both_lists():
    (problem,) = problems_of({"region": {1: 0.5, 2: 0.5}})

    assert problem.startswith(f"{HERE}region: respondents of levels that have no target")
    assert "found 3 (n = 60); in the sample: 1 (n = 120), 2 (n = 60), 3 (n = 60)" in problem
    assert "allowed: levels with a target: 1, 2" in problem
    assert "add their targets, merge them with other levels in the margin" in problem


def test_a_target_for_a_code_that_does_not_exist_is_told_with_the_nearest_code():
    found = problems_of({"sex": {"mail": 0.5, "female": 0.5}})

    assert "a target for a code that 'sex' does not have; found 'mail'" in found[0]
    assert "did you mean 'male'? (male, female)" in found[0]
    assert "correct the codes of the targets" in found[1]


def test_a_target_for_a_missing_code_is_refused():
    (problem,) = problems_of({"school": {"low": 0.3, "middle": 0.3, "high": 0.3, "dk": 0.1}})

    assert "a target for a missing code of 'school'; found 'dk'" in problem


def test_a_level_without_respondents_is_told_with_the_merge_that_costs_least():
    (problem,) = problems_of({"region": REGION}, bound(without(answers(), region=2)))

    assert "targets for levels that have no respondents; found 2 (target 0.3)" in problem
    assert "merge 1 with 2, best by the design effect (then 1.23)" in problem
    assert 'write merge = { "1 or 2" = [1, 2] } in the margin' in problem


def test_a_cell_without_respondents_is_told_with_a_merge_of_one_of_its_variables():
    frame = without(answers(), sex="male", region=2)

    (problem,) = problems_of({("sex", "region"): CROSSED}, bound(frame))

    assert "found male|2 (target 0.15)" in problem
    assert 'write merge = { region = { "1 or 2" = [1, 2] } }' in problem


def test_levels_whose_weights_are_all_zero_cannot_reach_a_target():
    frame = answers()
    frame.loc[frame["region"] == 2, "base"] = 0.0

    (problem,) = problems_of({"region": REGION}, bound(frame))

    assert "respondents whose weights are all 0 cannot reach a target; found 2 (n = 60)" in problem


def test_a_target_of_zero_for_respondents_is_refused():
    (problem,) = problems_of({"region": {1: 0.6, 2: 0.4, 3: 0}})

    assert "a target of 0 for a level that has respondents; found 3 (n = 60)" in problem


@pytest.mark.parametrize(
    ("value", "said"), [(-0.5, "-0.5"), (float("nan"), "blank"), (float("inf"), "inf")]
)
def test_a_target_that_is_no_count_is_refused(value, said):
    (problem,) = problems_of({"sex": {"male": value, "female": 0.5}})

    assert f"a target that is no count and no share; found male: {said}" in problem


def test_an_unknown_variable_is_told_with_the_nearest_name():
    (problem,) = problems_of({"sexx": SEX})

    assert "no such question or derived variable; found 'sexx'; allowed: did you mean 'sex'?" in (
        problem
    )


def test_a_number_is_to_be_banded_first():
    (problem,) = problems_of({"age": {20: 0.5, 30: 0.5}})

    assert "'age' is a number and has no categories to weight by" in problem
    assert "band it first: use 'age_group', its bands" in problem


def test_a_number_without_bands_is_to_be_given_some():
    frame = answers()[["age"]]
    questionnaire = sp.Questionnaire(
        title="t", questions=(sp.Number(name="age", text="Age", unit="years"),)
    )

    (problem,) = problems_of({"age": {20: 1}}, sp.bind(frame, questionnaire))

    assert "declare a derived variable of kind 'bands' of 'age'" in problem


def test_a_question_of_several_answers_cannot_be_a_margin():
    (problem,) = problems_of({"apps": {"a": 0.5, "b": 0.5}})

    assert "'apps' may have several answers, and its options overlap" in problem


def test_interviews_without_a_value_are_counted_by_kind_and_named():
    frame = answers()
    frame.loc[[3, 9], "school"] = [None, "dk"]

    (problem,) = problems_of(
        {"school": dict.fromkeys(["low", "middle", "high"], 1 / 3)}, bound(frame)
    )

    assert "2 of 240 interviews have no value of 'school'" in problem
    assert "found 1 blank, 1 with the missing code 'dk' (rows 3, 9)" in problem


def test_a_value_missing_from_cases_without_an_interview_is_no_mistake():
    frame = answers()
    frame["result"] = "interview"
    frame.loc[[3, 9], ["sex", "result"]] = [None, "refusal"]

    responses = bound(frame, disposition="result", interviewed=("interview",))

    assert sp.rake(responses, {"sex": SEX}).values[[3, 9]].tolist() == [0, 0]


def test_margins_that_disagree_on_the_total_are_refused_with_both_totals():
    (problem,) = problems_of(
        {"sex": {"male": 500, "female": 500}, "region": {1: 600, 2: 300, 3: 200}}
    )

    assert problem.startswith(f"{HERE}region: margins that disagree on how many persons")
    assert "found a sum of 1,100; that of sex, the first margin in counts, is 1,000 (+10.00%)" in (
        problem
    )


def test_a_margin_that_disagrees_with_the_declared_total_is_refused():
    (problem,) = problems_of({"sex": {"male": 500, "female": 500}}, total=1_250_000)

    assert "found a sum of 1,000; the declared total is 1,250,000 (-99.92%)" in problem


def test_shares_that_do_not_sum_to_one_are_refused():
    (problem,) = problems_of({"sex": {"male": 0.5, "female": 0.4}})

    assert "shares that do not sum to 1; found a sum of 0.9" in problem


def test_percentages_are_not_taken_for_counts():
    (problem,) = problems_of({"sex": {"male": 50, "female": 50}})

    assert "targets that sum to 100 look like percentages" in problem
    assert sp.rake(bound(), {"sex": {"male": 50, "female": 50}}, total=100).values.sum() == (
        pytest.approx(100)
    )


def test_targets_of_nothing_but_zeros_are_refused():
    (problem,) = problems_of({"sex": {"male": 0, "female": 0}})

    assert "all targets are 0" in problem


def test_margins_that_disagree_about_a_variable_in_both_are_refused():
    crossed = {("male", 1): 0.3, ("male", 2): 0.15, ("male", 3): 0.1} | {
        ("female", 1): 0.2,
        ("female", 2): 0.15,
        ("female", 3): 0.1,
    }

    (problem,) = problems_of({("sex", "region"): crossed, "sex": SEX}, total=1000)

    assert problem.startswith(f"{STEP}margins sex|region and sex: two margins that disagree")
    assert "found female: 45 % (450 persons) in sex|region, 50 % (500 persons) in sex" in problem


def test_margins_that_share_variables_in_another_order_are_compared_by_code():
    turned = {(region, sex): value for (sex, region), value in CROSSED.items()}
    schools = {(*key, "low"): value for key, value in turned.items()}

    problems = problems_of({("sex", "region"): CROSSED, ("region", "sex", "school"): schools})

    assert not any("disagree" in one for one in problems)


def test_margins_that_agree_about_a_shared_variable_are_reached():
    weights = sp.rake(
        bound(),
        {
            "sex": SEX,
            ("region", "sex"): {(region, sex): value for (sex, region), value in CROSSED.items()},
        },
    )

    assert weights.margins["relative_error"].max() <= 1e-8


def test_a_margin_given_twice_is_refused():
    step = sp.Rake((sp.Margin("sex", SEX), sp.Margin("sex", SEX)))

    with pytest.raises(TargetError, match="a margin is given twice; found sex"):
        sp.weigh(bound(), sp.Recipe((step,)))


def test_two_ways_of_writing_one_code_are_two_targets():
    (problem, *_) = problems_of({"region": {1: 0.5, "1": 0.1, 2: 0.2, 3: 0.2}})

    assert "two targets for one level; found 1" in problem


def test_everything_that_is_wrong_is_told_at_once():
    frame = without(answers(), region=2)
    frame.loc[0, "school"] = None

    found = problems_of(
        {
            "sexx": SEX,
            "age": {1: 1},
            "sex": {"male": 0.5, "woman": 0.5},
            "region": REGION,
            "school": {"low": 0.3, "middle": 0.3, "high": 0.3},
        },
        bound(frame),
    )

    said = ["no such question", "is a number", "1 of 180 interviews", "does not have"]
    said += ["have no target", "no respondents", "do not sum to 1"]
    assert [words in problem for words, problem in zip(said, found, strict=True)] == [True] * 7


def test_the_error_names_the_step_of_a_longer_recipe():
    steps = (sp.PostStratify("sex", SEX), sp.PostStratify("region", {1: 0.5, 2: 0.5}))

    with pytest.raises(TargetError, match=r"the targets of step 2 \(poststratify\)"):
        sp.weigh(bound(), sp.Recipe(steps))
