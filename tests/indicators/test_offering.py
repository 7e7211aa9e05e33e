"""Answers that a wave did not offer have no figure there, and the others are as they were."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import WeightingError
from socialpoll.indicators.offering import EMPTIED, NOT_OFFERED
from tests.indicators.polls import CLUSTERED, answers, questionnaire

INDICATORS = ["trust", "apps", "hours", sp.Total("trust", name="n")]


def wave(seed: int, *, offered: bool = True) -> sp.Responses:
    frame = answers(seed)
    if not offered:
        frame["apps"] = [None if pd.isna(one) else one.replace("c", "a") for one in frame["apps"]]
        frame["trust"] = frame["trust"].replace("no", "yes")
    return sp.bind(frame, questionnaire(), CLUSTERED)


def estimated(**not_offered: object) -> sp.Estimates:
    waves = {"a": wave(1, offered=False), "b": wave(2), "c": wave(3)}
    stacked = sp.stack(waves, not_offered=not_offered or None)
    return sp.estimate(stacked, INDICATORS, by="sex")


@pytest.mark.parametrize(
    ("question", "code", "column"), [("apps", "c", "item"), ("trust", "no", "category")]
)
def test_its_figures_are_empty_and_no_others_are_touched(question, code, column):
    plain, found = estimated().frame, estimated(a={question: [code]}).frame
    gone = (plain["wave"] == "a") & (plain["question"] == question) & (plain[column] == code)

    assert gone.sum() == (3 if question == "apps" else 6)
    assert found.loc[gone, [*EMPTIED, "n_category"]].isna().all(axis=None)
    assert set(found.loc[gone, "caveat"]) == {NOT_OFFERED}
    pd.testing.assert_frame_equal(
        found[~gone].drop(columns="weights_id"), plain[~gone].drop(columns="weights_id")
    )


def test_a_set_of_options_has_a_figure_only_where_all_of_them_were_offered():
    waves = {"a": wave(1, offered=False), "b": wave(2)}
    stacked = sp.stack(waves, not_offered={"a": {"apps": ["c"]}})
    sets = (("a", "b"), ("a", "c"), ("c",))
    frame = sp.estimate(stacked, sp.Reach("apps", sets)).frame

    assert frame["estimate"].isna().tolist() == [False, True, True, False, False, False]
    assert frame["caveat"].tolist()[1:3] == [NOT_OFFERED] * 2


def test_there_is_no_change_from_what_was_not_offered_and_one_between_later_waves():
    changes = sp.change(estimated(a={"apps": ["c"]})).query("item == 'c' and breakdown == '_T'")

    assert changes["caveat"].tolist() == [NOT_OFFERED, ""]
    assert changes["change"].isna().tolist() == [True, False]
    assert np.isnan(sp.trend(estimated(a={"apps": ["c"]})).query("item == 'c'")["slope"]).all()


def test_it_enters_no_comparison_and_is_released_as_not_available():
    estimates = sp.compare(estimated(a={"apps": ["c"]}))
    compared = estimates.comparisons.query("item == 'c'")
    release = sp.release(estimates, sp.MinBase(1, 1)).figures.query("item == 'c' and wave == 'a'")

    assert set(compared["wave"]) <= {"b", "c"}
    assert release["estimate"].isna().all()
    assert set(release["caveat"]) == {NOT_OFFERED}


@pytest.mark.parametrize(
    ("not_offered", "told"),
    [
        ({"b": {"apps": ["c"]}}, "code 'c' of 'apps' was given in wave 'b'; found [0-9]+ answers"),
        ({"b": {"trust": ["no"]}}, "code 'no' of 'trust' was given in wave 'b'"),
        ({"d": {"apps": ["c"]}}, "there is no wave 'd'"),
        ({"a": {"hours": [1]}}, "there is no question of codes 'hours'"),
        ({"a": {"apps": ["z"]}}, "question 'apps' has no option 'z'"),
    ],
)
def test_what_was_given_or_is_not_there_cannot_be_said_not_to_have_been_offered(not_offered, told):
    with pytest.raises(WeightingError, match=told):
        sp.stack({"a": wave(1, offered=False), "b": wave(2)}, not_offered=not_offered)
