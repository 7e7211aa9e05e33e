"""From answers to a plan: what it says of a poll is what counting its answers says."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from tests.report.handmade import questionnaire

APPS = ("whatsapp", "youtube", "instagram", "imo")
OUTREACH = sp.Outreach(reach="apps_best_reach", times="busiest", minimum_base=50)


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    random = np.random.default_rng(8)
    n = 300
    female = random.random(n) < 0.5
    chance = (0.7, 0.6 - 0.3 * female, 0.15 + 0.4 * female, 0.1)
    ticked = {app: random.random(n) < part for app, part in zip(APPS, chance, strict=True)}
    ticked["none"] = ~np.column_stack([*ticked.values()]).any(axis=1)
    return pd.DataFrame(
        {
            "sex": np.where(female, "female", "male"),
            "account": "yes",
            **{f"apps_{app}": one.astype(int) for app, one in ticked.items()},
            "busiest": random.choice(["08:00", "20:00"], n, p=[0.3, 0.7]),
            "weight": random.uniform(0.5, 2, n),
        }
    )


def asked() -> sp.Questionnaire:
    whole = questionnaire()
    kept = [whole[name] for name in ("sex", "account", "apps", "busiest")]
    return questionnaire(questions=tuple(kept), derived=())


def released(answers: pd.DataFrame, sampling: str = "probability") -> sp.Release:
    design = sp.SampleDesign(weight="weight", sampling=sampling)
    responses = sp.bind(answers, asked(), design)
    reach = sp.choose(responses, sp.BestReach("apps", sp.Goal(size=2)), by="sex")
    return sp.release([reach, sp.lead(sp.estimate(responses, "busiest", by="sex"))])


@pytest.fixture(scope="module")
def release(answers) -> sp.Release:
    return released(answers)


@pytest.fixture(scope="module")
def plan(release) -> sp.OutreachPlan:
    return sp.plan(release, OUTREACH)


def reach_in(answers: pd.DataFrame, apps: tuple[str, ...]) -> float:
    anything = answers[[f"apps_{app}" for app in apps]].any(axis=1)
    return float(np.average(anything, weights=answers["weight"]))


def test_the_platforms_of_each_audience_are_those_that_counting_finds(answers, plan):
    groups = {"_T": answers, **dict(list(answers.groupby("sex")))}
    for one in plan.audiences:
        reach = {pair: reach_in(groups[one.domain], pair) for pair in combinations(APPS, 2)}
        best = max(reach, key=reach.get)
        assert one.chosen.options == best
        assert one.chosen.observed == pytest.approx(reach[best], abs=0.0005)


def test_what_is_lost_without_a_platform_is_what_is_left_of_the_other(answers, plan):
    everybody = plan.audiences[0]

    for one in everybody.losses:
        (other,) = (app for app in everybody.chosen.options if app != one.option)
        left = reach_in(answers, (other,))
        assert one.loss == pytest.approx(everybody.chosen.observed - left, abs=0.001)


def test_the_platforms_of_everybody_reach_in_each_group_what_counting_finds(answers, plan):
    everybody, *groups = plan.audiences
    own = {one.domain: one.chosen.options for one in groups}
    assert {options == everybody.chosen.options for options in own.values()} == {True, False}

    for one in groups:
        inside = answers[answers["sex"] == one.domain]
        found = reach_in(inside, everybody.chosen.options)
        assert one.shared.reached.observed == pytest.approx(found, abs=0.0005)
        assert one.shared.loss == pytest.approx(one.chosen.observed - found, abs=0.001)


def test_every_audience_of_a_poll_has_a_first_time(plan):
    assert [(one.times.first.code, one.times.alone) for one in plan.audiences] == [("18", True)] * 3


def test_a_release_that_was_saved_gives_the_same_plan(release, plan, tmp_path):
    again = sp.Release.load(release.save(tmp_path / "release.json"))

    assert sp.plan(again, OUTREACH) == plan


def test_neither_the_order_of_respondents_nor_the_scale_of_weights_matters(answers, plan):
    turned = answers.iloc[::-1].assign(weight=answers["weight"] * 1000)

    pd.testing.assert_frame_equal(sp.plan(released(turned), OUTREACH).frame, plan.frame)


def test_a_sample_that_was_not_drawn_at_random_gets_platforms_and_no_claim(answers, plan):
    made = sp.plan(released(answers, "opt_in"), OUTREACH)

    for one, drawn in zip(made.audiences, plan.audiences, strict=True):
        chosen = one.chosen
        assert (one.refusal, chosen.options) == ("", drawn.chosen.options)
        assert (chosen.expected, chosen.low, chosen.optimism) == (chosen.observed, None, None)
        assert (one.first, one.verdict) == (None, "")
        assert (one.times.first.code, one.times.tested) == ("18", False)
        assert {other.tells for other in (*one.losses, *one.steps)} == {None}
