"""The plan of the bundled poll against a count of every set of platforms, and as it is printed."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.exporters.word import WordOptions, render
from tests.disclosure.reading import read_word

TITLES = {"en": "How to reach citizens", "ar": "كيف نصل إلى المواطنين"}
MOST = 3


@pytest.fixture(scope="module")
def plan(poll):
    return poll.plan()


@pytest.fixture(scope="module")
def counted(poll):
    """Weights, whether each case uses each platform, and the groups, of all interviews."""
    weights = poll.weights()
    frame = weights.responses.frame
    options = [one.code for one in poll.questionnaire["platforms"].options if not one.exclusive]
    used = {one: (frame[f"platforms_{one}"] == 1).fillna(value=False) for one in options}
    return weights.values, used, frame


def test_no_set_of_three_platforms_reaches_more_of_an_audience_than_the_one_of_its_plan(
    plan, counted
):
    values, used, frame = counted
    sets = [one for size in range(1, MOST + 1) for one in combinations(used, size)]
    reached = {one: np.any([used[code] for code in one], axis=0) for one in sets}
    advised = [one for one in plan.audiences if not one.refusal]
    assert len(advised) > 15

    for audience in advised:
        everybody = audience.breakdown == "_T"
        within = True if everybody else frame[audience.breakdown] == audience.domain
        weight = np.where((values > 0) & within, values, 0.0)
        shares = {one: weight[those].sum() / weight.sum() for one, those in reached.items()}

        assert audience.chosen.observed == pytest.approx(max(shares.values()), abs=5.01e-4)
        assert shares[audience.chosen.options] == pytest.approx(max(shares.values()), rel=1e-12)
        if not everybody:
            shared = shares[plan.audiences[0].chosen.options]
            assert audience.shared.reached.observed == pytest.approx(shared, abs=5.01e-4)
            lost = max(shares.values()) - shared
            assert audience.shared.loss == pytest.approx(lost, abs=1.01e-3)


def test_audiences_of_few_respondents_get_no_advice(plan, counted):
    _, _, frame = counted
    refused = {one.domain: one.base for one in plan.audiences if one.refusal == "small base"}
    interviews = frame.loc[counted[0] > 0, "governorate"].value_counts()

    assert refused == {one: interviews[one] for one in ("musandam", "wusta")}
    assert max(refused.values()) < plan.outreach.minimum_base


@pytest.mark.parametrize("language", list(TITLES))
def test_the_brief_prints_the_reach_of_every_audience_with_its_interval(report, plan, language):
    (brief,) = render(sp.Edition(report, (language,)), WordOptions(charts=False))
    under = [one for one in read_word(brief.content) if one.under[:1] == (TITLES[language],)]
    told = {number for one in under if one.kind == "cell" for number in one.numbers}
    chosen = [one.chosen for one in plan.audiences if one.chosen is not None]

    for reached in chosen:
        for share in (reached.expected, reached.low, reached.high):
            assert f"{100 * share:.1f}" in told
