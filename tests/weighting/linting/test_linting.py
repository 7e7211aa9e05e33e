"""What is told of a recipe before it is run."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import TargetError
from socialpoll.weighting.linting.lint import problems_of
from tests.weighting.polls import CROSSED, QUESTIONNAIRE, REGION, SEX, answers, bound

SCHOOLS = ("low", "middle", "high")


def sample(sizes, **columns):
    """Answers of one region after another, so many each, all else alike."""
    regions = np.repeat(list(sizes), list(sizes.values()))
    everyone = np.arange(regions.size)
    frame = pd.DataFrame({"region": regions, "sex": np.where(everyone % 2 == 0, "male", "female")})
    frame = frame.assign(school="low", apps="a", age=np.where(everyone % 4 < 2, 20, 50), base=1.0)
    return bound(frame.assign(**columns))


def raking(*margins, **options):
    return sp.Recipe((sp.Rake(tuple(sp.Margin(*one) for one in margins), **options),))


def told(found, what):
    """Return the findings of which something is said."""
    frame = found.frame
    return frame[frame["what"].str.contains(what, regex=False)]


def test_nothing_is_wrong_with_targets_that_are_like_the_sample():
    found = sp.lint(sample({1: 100, 2: 60, 3: 40}), raking(("region", REGION)))

    assert found.problems == ()
    assert found.frame["severity"].tolist() == ["note"]
    assert len(found.merges) == 0
    assert repr(found) == "<Lint: 0 errors, 0 warnings, 1 note, 0 merges proposed>"
    found.raise_if_errors()


def test_what_is_wrong_in_all_steps_is_told_at_once():
    recipe = sp.Recipe(
        (
            sp.PostStratify("sex", {"male": 0.5, "femal": 0.5}),
            sp.Rake((sp.Margin("region", {1: 0.5, 2: 0.3}), sp.Margin("scool", SEX))),
        )
    )

    found = sp.lint(bound(), recipe)

    assert [number for number, _ in found.problems] == [1, 1, 2, 2, 2]
    assert found.problems == tuple(problems_of(bound(), recipe))
    errors = found.frame.query("severity == 'error'")
    assert errors["margin"].tolist() == ["sex", "sex", "", "region", "region"]
    assert "did you mean 'female'?" in errors["advice"].iloc[0]
    with pytest.raises(TargetError, match="5 problems in the recipe"):
        found.raise_if_errors()


def test_later_steps_are_said_to_be_looked_at_with_base_weights():
    recipe = sp.Recipe((sp.PostStratify("sex", SEX), sp.PostStratify("region", REGION)))

    notes = told(sp.lint(bound(), recipe), "looked at with base weights")

    assert notes["step"].tolist() == [2]
    assert notes["severity"].tolist() == ["note"]


def test_a_step_after_one_about_response_is_looked_at_with_base_weights_too():
    frame = answers().assign(result=np.where(np.arange(240) % 5 == 0, "refusal", "interview"))
    responses = bound(frame, disposition="result", interviewed=("interview",))
    recipe = sp.Recipe((sp.NonResponse(within="region"), sp.PostStratify("sex", SEX)))

    assert told(sp.lint(responses, recipe), "looked at with base weights")["step"].tolist() == [2]


def test_shares_of_a_later_step_are_of_the_persons_of_the_step_before():
    steps = (
        sp.PostStratify("sex", {"male": 500, "female": 500}),
        sp.Rake((sp.Margin("sex", SEX), sp.Margin("region", {1: 500, 2: 300, 3: 200}))),
    )

    assert problems_of(bound(), sp.Recipe(steps)) == []


def test_steps_without_margins_are_passed_over():
    steps = (sp.PostStratify("sex", SEX), sp.Trim(upper=10.0), sp.PostStratify("region", REGION))

    assert sp.lint(bound(), sp.Recipe(steps)).frame["step"].unique().tolist() == [1, 3]


def test_an_empty_recipe_has_nothing_to_be_told():
    assert len(sp.lint(bound(), sp.Recipe()).frame) == 0


@pytest.mark.parametrize(("n", "said"), [(29, "few respondents"), (4, "very few respondents")])
def test_levels_of_few_respondents_are_warned_of(n, said):
    found = told(sp.lint(sample({1: 100, 2: 60, 3: n}), raking(("region", REGION))), "few resp")

    assert found[["severity", "level", "value"]].to_numpy().tolist() == [["warning", "3", str(n)]]
    assert found["what"].iloc[0].startswith(said)


def test_thirty_respondents_are_not_few():
    found = sp.lint(sample({1: 100, 2: 60, 3: 30}), raking(("region", REGION)))

    assert told(found, "few resp").empty


@pytest.mark.parametrize(
    ("sizes", "level", "factor"),
    [({1: 470, 2: 500, 3: 30}, "3", 6.67), ({1: 900, 2: 50, 3: 50}, "1", 0)],
)
def test_extreme_factors_are_foretold(sizes, level, factor):
    targets = {1: 0.5, 2: 0.3, 3: 0.2} if factor else {1: 0.1, 2: 0.5, 3: 0.4}

    found = told(sp.lint(sample(sizes), raking(("region", targets))), "an extreme factor")

    assert level in found["level"].tolist()
    values = dict(zip(found["level"], found["value"].astype(float), strict=True))
    assert values[level] == pytest.approx(factor or 0.1 / 0.9, rel=0.01)


def test_a_target_of_0_for_nobody_is_only_noted():
    found = sp.lint(sample({1: 100, 2: 60}), raking(("region", {1: 0.6, 2: 0.4, 3: 0})))

    assert told(found, "a target of 0")[["severity", "level"]].to_numpy().tolist() == [
        ["note", "3"]
    ]


def test_the_design_effect_of_one_margin_is_foretold_by_hand():
    # 100 of 200 shall weigh as 150, the others as 50: Σw² = 100·1.5² + 100·0.5², over 200.
    responses = sample({1: 100, 2: 100})

    found = sp.lint(responses, raking(("region", {1: 0.75, 2: 0.25})))

    assert told(found, "design effect")["value"].tolist() == ["1.250"]


def test_the_design_effect_of_a_step_is_that_of_its_weights():
    recipe = raking(("sex", SEX), ("region", REGION), ("age_group", {"18-39": 0.4, "40+": 0.6}))

    foretold = told(sp.lint(bound(), recipe), "reaching all margins")["value"].iloc[0]

    weights = sp.weigh(bound(), recipe)
    assert float(foretold) == pytest.approx(weights.diagnostics["deff"].iloc[1], abs=1e-3)


def test_a_costly_step_is_warned_of():
    found = sp.lint(sample({1: 190, 2: 10}), raking(("region", {1: 0.5, 2: 0.5})))

    assert told(found, "design effect")["severity"].tolist() == ["warning"]


def test_a_margin_inside_another_is_noted():
    found = told(sp.lint(bound(), raking(("sex", SEX), (("sex", "region"), CROSSED))), "contained")

    assert found[["margin", "value"]].to_numpy().tolist() == [["sex", "sex|region"]]


def test_margins_that_are_nearly_the_same_are_warned_of():
    responses = sample({1: 100, 2: 60, 3: 40})
    ages = np.where(np.repeat([1, 2, 3], [100, 60, 40]) == 1, 20, 50)
    same = sample({1: 100, 2: 60, 3: 40}, age=np.where(np.arange(200) == 0, 50, ages))
    recipe = raking(("region", REGION), ("age_group", {"18-39": 0.5, "40+": 0.5}))

    assert told(sp.lint(responses, recipe), "nearly the same").empty
    found = told(sp.lint(same, recipe), "nearly the same")
    assert found["severity"].tolist() == ["warning"]
    assert 0.95 < float(found["value"].iloc[0]) < 1


def test_margins_that_cannot_be_reached_together_are_warned_of():
    same = sample({1: 100, 2: 100}, age=np.repeat([20, 50], 100))
    recipe = raking(("region", {1: 0.6, 2: 0.4}), ("age_group", {"18-39": 0.4, "40+": 0.6}))

    found = sp.lint(same, recipe)

    assert found.problems == ()
    assert told(found, "hardly be reached together")["severity"].tolist() == ["warning"]


def test_targets_that_are_estimates_are_noted():
    targets = sp.Targets.from_weights(bound(), "sex")

    found = sp.lint(bound(), raking(("sex", targets)))

    assert len(told(found, "estimates of another poll")) == 1


def test_interviews_without_a_value_are_counted_where_the_margin_says_what_becomes_of_them():
    frame = answers()
    frame.loc[[3, 9], "school"] = [None, "dk"]
    margin = sp.Margin(
        "school", dict.fromkeys(["low", "middle", "high"], 1 / 3), missing="own_class"
    )

    found = sp.lint(bound(frame), sp.Recipe((sp.Rake((margin,)),)))

    assert found.problems == ()
    assert told(found, "2 of 240 interviews have no value")["margin"].tolist() == ["school"]


def small_region():
    return sample({1: 540, 2: 48, 3: 12}), raking(("sex", SEX), ("region", REGION))


def test_merges_are_ranked_by_the_design_effect_they_save():
    merges = sp.lint(*small_region()).merges

    assert merges["saves"].is_monotonic_decreasing
    assert set(merges["codes"]) == {"1|3", "2|3"}
    assert (merges["deff_before"] - merges["deff_after"]).tolist() == merges["saves"].tolist()
    assert merges["n"].tolist() == [552, 60]


def test_a_merge_that_is_written_in_the_recipe_saves_what_was_foretold():
    responses, recipe = small_region()
    for merge in sp.lint(responses, recipe).merges.itertuples():
        written = tomllib.loads(merge.recipe)["merge"]
        margins = (sp.Margin("sex", SEX), sp.Margin("region", REGION, merge=written))

        weights = sp.weigh(responses, sp.Recipe((sp.Rake(margins),)))

        assert weights.diagnostics["deff"].iloc[1] == pytest.approx(merge.deff_after, rel=1e-3)


def test_nothing_is_merged_that_the_recipe_does_not_say():
    responses, recipe = small_region()
    sp.lint(responses, recipe)

    assert sp.weigh(responses, recipe).margins["level"].tolist()[2:] == ["1", "2", "3"]


def test_merges_that_fill_an_empty_level_save_infinitely_much():
    found = sp.lint(sample({1: 100, 3: 40}), raking(("region", REGION)))

    merges = found.merges
    assert merges["codes"].tolist() == ["1|2", "2|3"]
    assert np.isinf(merges["saves"]).all()
    assert merges["unreachable"].tolist() == [0, 0]
    assert merges["deff_after"].is_monotonic_increasing
    (problem,) = [one for _, one in found.problems]
    assert merges["recipe"].iloc[0] in problem.advice


def test_on_a_scale_only_neighbours_are_merged():
    scale = sp.Scale(
        name="region",
        text="Region",
        code_type="integer",
        options=tuple(sp.Code(code=code, label=str(code)) for code in (1, 2, 3)),
    )
    questions = tuple(scale if one.name == "region" else one for one in QUESTIONNAIRE.questions)
    frame = sample({1: 540, 2: 48, 3: 12}).frame
    frame = frame.drop(columns=["apps_a", "apps_b", "age_group"]).assign(apps="a")
    responses = sp.bind(frame, replace(QUESTIONNAIRE, questions=questions))

    merges = sp.lint(responses, raking(("region", REGION))).merges

    assert set(merges["codes"]) <= {"1|2", "2|3"}


def test_the_merges_of_a_crossing_are_of_its_variables():
    frame = answers()
    frame = frame[~((frame["sex"] == "male") & (frame["region"] == 2))].reset_index(drop=True)

    merges = sp.lint(bound(frame), raking((("sex", "region"), CROSSED))).merges

    assert merges["variable"].unique().tolist() == ["region"]
    assert set(merges["codes"]) == {"1|2", "2|3"}
    written = tomllib.loads(merges["recipe"].iloc[0])["merge"]
    margin = sp.Margin(("sex", "region"), CROSSED, merge=written)
    assert problems_of(bound(frame), sp.Recipe((sp.Rake((margin,)),))) == []


def test_a_variable_of_several_margins_is_merged_in_all_of_them():
    frame = answers()
    frame = frame[frame["region"] != 2].reset_index(drop=True)
    recipe = raking(("region", REGION), (("sex", "region"), CROSSED))

    found = sp.lint(bound(frame), recipe)

    best = found.merges.iloc[:2]
    assert best["margin"].tolist() == ["region", "sex|region"]
    assert best["codes"].nunique() == best["deff_after"].nunique() == 1
    assert best["unreachable"].tolist() == [0, 0]
    assert repr(found) == "<Lint: 2 errors, 1 warning, 4 notes, 2 merges proposed>"
    assert "and merge them likewise in sex|region" in found.problems[0][1].advice
    margins = tuple(
        sp.Margin(of, targets, merge=tomllib.loads(line)["merge"])
        for of, targets, line in zip(
            ("region", ("sex", "region")), (REGION, CROSSED), best["recipe"], strict=True
        )
    )
    weights = sp.weigh(bound(frame), sp.Recipe((sp.Rake(margins),)))
    assert weights.diagnostics["deff"].iloc[1] == pytest.approx(
        best["deff_after"].iloc[0], rel=1e-3
    )


def test_following_the_advice_step_by_step_leads_to_a_recipe_that_can_be_run():
    frame = answers(480)
    lacking = (frame["region"] == 2) & (frame["school"] == "low")
    lacking |= (frame["region"] == 3) & (frame["school"] != "middle")
    responses = bound(frame[~lacking].reset_index(drop=True))
    of = ("region", "school")
    crossed = {(one, school): share / 3 for one, share in REGION.items() for school in SCHOOLS}
    merge: dict[str, object] = {}
    problems = []
    for _ in range(4):
        found = sp.lint(responses, sp.Recipe((sp.Rake((sp.Margin(of, crossed, merge=merge),)),)))
        problems.append(len(found.problems))
        if not found.problems:
            break
        merge = tomllib.loads(found.merges["recipe"].iloc[0])["merge"]

    assert problems == [1, 1, 0]
    sp.weigh(responses, sp.Recipe((sp.Rake((sp.Margin(of, crossed, merge=merge),)),)))


def test_where_no_merge_helps_the_advice_is_to_leave_a_variable_out():
    frame = answers()[["sex", "region", "school", "apps", "age", "base"]]
    frame = frame[(frame["region"] == 1) | ((frame["region"] == 2) & (frame["sex"] == "female"))]
    two = {("male", 1): 0.3, ("male", 2): 0.2, ("female", 1): 0.3, ("female", 2): 0.2}
    merged = {(sex, 3): 0.0 for sex in SEX} | two

    found = sp.lint(
        bound(frame.reset_index(drop=True)),
        sp.Recipe(
            (sp.Rake((sp.Margin(("sex", "region"), merged, merge={"region": {"x": [2, 3]}}),)),)
        ),
    )

    assert len(found.merges) == 0
    assert "group sex or region more coarsely, or leave one out of the crossing" in (
        found.problems[0][1].advice
    )
