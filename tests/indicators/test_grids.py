from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError, ReleaseError
from socialpoll.report import Chart
from socialpoll.schema import Code, Grid, Group, Grouping, Item, Missing, Questionnaire, Single

KEYS = ["category", "statistic", "breakdown", "domain", "estimate", "se", "n_base"]


def poll(*, sensitive=False):
    services = Grid(
        name="services",
        text={"en": "How good are they?", "ar": "ما مدى جودتها؟"},
        items=(
            Item(code="health", label={"en": "Health", "ar": "الصحة"}),
            Item(code="roads", label={"en": "Roads", "ar": "الطرق"}, column="q2"),
        ),
        code_type="integer",
        options=tuple(
            Code(code=place, label={"en": en, "ar": ar})
            for place, (en, ar) in enumerate([("Bad", "سيئة"), ("Good", "جيدة")], 1)
        ),
        missing=(Missing(code=8, label="?", reason="dont_know", in_base=True),),
        ordered=True,
        sensitive=sensitive,
    )
    sex = Single(
        name="sex", text="Sex", options=tuple(Code(code=one, label=one) for one in ("m", "f"))
    )
    good = Grouping(
        name="good",
        of="services_roads",
        label="Good",
        groups=(
            Group(code="good", label="Good", codes=(2,)),
            Group(code="bad", label="Bad", codes=(1,)),
        ),
    )
    return Questionnaire(
        title={"en": "Services", "ar": "الخدمات"}, questions=(sex, services), derived=(good,)
    )


def responses(**more):
    random = np.random.default_rng(7)
    frame = pd.DataFrame(
        {
            "sex": random.choice(["m", "f"], 400),
            "services_health": random.choice([1, 2, 8], 400, p=[0.5, 0.4, 0.1]),
            "q2": random.choice([1, 2, 8], 400, p=[0.2, 0.7, 0.1]),
        }
    )
    return sp.bind(frame, poll(**more))


@pytest.mark.parametrize("indicator", [sp.Share, sp.Mean])
def test_the_figures_of_a_grid_are_those_of_its_items(indicator):
    answers = responses()
    frame = sp.estimate(answers, indicator("services"), by="sex").frame

    assert set(frame["question"]) == {"services"}
    for item in ("health", "roads"):
        alone = sp.estimate(answers, indicator(f"services_{item}"), by="sex").frame
        rows = frame[frame["item"] == item].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows[KEYS], alone[KEYS])


def test_a_mean_of_a_grid_has_one_name_for_all_its_items():
    frame = sp.estimate(responses(), [sp.Mean("services"), "services"]).frame

    assert list(frame["indicator"].unique()) == ["services_mean", "services"]
    assert frame.loc[frame["indicator"] == "services_mean", "item"].tolist() == ["health", "roads"]


def test_an_item_can_be_grouped_and_broken_down_by():
    frame = sp.estimate(responses(), "good", by="services_health").frame

    assert set(frame["breakdown"]) == {"_T", "services_health"}


def test_groups_are_compared_within_each_item():
    estimates = sp.compare(sp.estimate(responses(), sp.Mean("services"), by="sex"), within="sex")

    assert estimates.comparisons["item"].tolist() == ["health", "roads"]


def test_quantiles_are_of_single_items():
    with pytest.raises(EstimationError, match="shares, means and totals only"):
        sp.estimate(responses(), sp.Quantile("services"))

    assert len(sp.estimate(responses(), sp.Quantile("services_roads"))) == 1


def test_an_item_of_a_sensitive_grid_is_sensitive():
    with pytest.raises(ReleaseError, match="sensitive"):
        sp.release(sp.estimate(responses(sensitive=True), "services"), sp.MinBase(30))


def test_waves_with_another_item_have_no_figures_of_the_grid_but_of_common_items():
    old = responses()
    asked = poll()
    changed = dataclasses.replace(
        asked.questions[1],
        items=(
            asked.questions[1].items[0],
            Item(code="roads", label={"en": "Streets", "ar": "الشوارع"}),
        ),
    )
    frame = pd.DataFrame({"sex": ["m", "f"] * 50, "services_health": 1, "services_roads": 2})
    new = sp.bind(frame, dataclasses.replace(asked, questions=(asked.questions[0], changed)))
    waves = sp.stack({"1": old, "2": new})

    with pytest.raises(EstimationError, match="not the same in all waves"):
        sp.estimate(waves, "services")
    assert set(sp.estimate(waves, "services_health").frame["wave"]) == {"1", "2"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_names_each_item_in_its_language(language):
    estimates = sp.estimate(responses(), [sp.Mean("services"), "services"], by="sex")
    report = sp.compose(
        sp.release(estimates, sp.MinBase(30)),
        title={"en": "Services", "ar": "الخدمات"},
        publisher=sp.Publisher(name={"en": "Centre", "ar": "المركز"}),
    )
    labels = report.labels["item:services"]
    assert labels["health"][language] == {"en": "Health", "ar": "الصحة"}[language]
    assert (
        report.labels["category:services"]["2"][language] == {"en": "Good", "ar": "جيدة"}[language]
    )


def test_the_means_of_items_are_told_in_the_order_of_asking():
    estimates = sp.estimate(responses(), sp.Mean("services"))
    report = sp.compose(
        sp.release(estimates, sp.MinBase(30)),
        title={"en": "Services", "ar": "الخدمات"},
        publisher=sp.Publisher(name={"en": "Centre", "ar": "المركز"}),
    )
    written = repr(report.sections)

    assert "the means by item were {answers}" in written


def test_the_means_of_items_are_drawn_as_numbers_and_not_as_percentages():
    estimates = sp.estimate(responses(), sp.Mean("services"), by="sex")
    report = sp.compose(
        sp.release(estimates, sp.MinBase(30)),
        title={"en": "Services", "ar": "الخدمات"},
        publisher=sp.Publisher(name={"en": "Centre", "ar": "المركز"}),
    )
    blocks = [block for section in report.sections for block in section.blocks]
    charts = [one for one in blocks if isinstance(one, Chart)]

    assert len(charts) == 2
    assert {one.unit for one in charts} == {"decimal"}
