"""A plan as a frame has a row an audience, and is empty where nothing is said."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.audience.handmade import FEMALE, MALE, busiest, planned, reached, with_another


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    made = planned(
        reached(),
        reached(p=0.4, **MALE),
        reached(n=60, **FEMALE),
        busiest(0.44, 0.46, p=0.6),
        busiest(0.3, 0.6, tested=False, **MALE),
        times="busiest",
    )
    return made.frame.set_index("domain")


def test_a_row_an_audience_in_the_order_of_the_plan(frame):
    assert list(frame.index) == ["_T", "male", "female"]
    assert list(frame["base"]) == [400, 400, 60]
    assert list(frame["refusal"]) == ["", "", "small base"]


def test_platforms_with_their_reach_less_the_optimism(frame):
    row = frame.loc["_T"]

    assert (row["platforms"], row["rival"]) == ("whatsapp|youtube", "whatsapp|imo")
    assert (row["reach"], row["optimism"], row["expected"]) == (0.93, 0.004, 0.926)
    assert (row["ci_low"], row["ci_high"], row["verdict"]) == (0.906, 0.946, "met")
    assert list(frame["first"]) == [True, False, pd.NA]


def test_the_platform_without_which_most_is_lost(frame):
    row = frame.loc["_T"]

    assert (row["loss_of"], row["loss"]) == ("whatsapp", 0.29)
    assert (row["loss_low"], row["loss_high"], row["loss_tells"]) == (0.25, 0.33, True)


def test_what_comes_first_with_what_is_not_told_apart_from_it(frame):
    assert list(frame["times"]) == ["18|06", "18", ""]
    assert list(frame["times_share"])[:2] == [0.46, 0.6]
    assert list(frame["times_alone"]) == [False, pd.NA, pd.NA]


def test_what_the_platforms_of_everybody_reach_and_how_much_less_stands_last():
    told = planned(reached(), reached(**MALE), with_another(0.01, **FEMALE)).frame.iloc[:, -3:]

    assert list(told.columns) == ["shared_reach", "shared_loss", "shared_tells"]
    assert told.isna().iloc[0].all()
    assert told.iloc[1].tolist() == [0.93, 0.0, False]
    assert told.iloc[2].tolist() == [0.9, 0.06, True]


def test_a_refused_audience_has_nothing_but_its_keys_base_and_reason(frame):
    kept = {"wave", "breakdown", "base", "refusal"}
    row = frame.loc["female"].drop(list(kept))

    assert all(pd.isna(one) or one == "" for one in row)


def test_types_of_columns_do_not_depend_on_what_is_said():
    full = planned(reached(), busiest(0.3, 0.6), times="busiest").frame
    refused = planned(reached(n=10)).frame

    assert full.dtypes.equals(refused.dtypes)
    assert full.dtypes.loc[["base", "expected", "first"]].astype(str).tolist() == [
        "Int64",
        "float64",
        "boolean",
    ]
