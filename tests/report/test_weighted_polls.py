"""From weights that were really made to the sentences of the card."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.report import Chart, Table
from tests.report.handmade import PUBLISHER, TITLE, codes, text
from tests.report.recipes import ADULTS, LINE, VALUES, card

AREAS = {"north": ("North", "الشمال"), "south": ("South", "الجنوب")}
SEXES = {"male": ("Males", "الذكور"), "female": ("Females", "الإناث")}
ASKED = sp.Questionnaire(
    title=TITLE,
    languages=("en", "ar"),
    questions=(
        sp.Single(name="sex", text="?", label=text("Sex", "النوع"), options=codes(**SEXES)),
        sp.Single(name="area", text="?", label=text("Region", "المنطقة"), options=codes(**AREAS)),
        ADULTS,
    ),
)
DESIGN = sp.SampleDesign(weight="base", disposition="outcome", interviewed=("in",))
COUNTS = {"male": 600.0, "female": 400.0}


def responses(**design) -> sp.Responses:
    place = np.arange(120)
    data = pd.DataFrame(
        {
            "sex": np.where(place % 2, "male", "female"),
            "area": np.where(place % 3, "north", "south"),
            "adults": 1 + place % 5,
            "outcome": np.where(place % 4, "in", "out"),
            "base": 2.0,
        }
    )
    return sp.bind(data, ASKED, replace(DESIGN, **design))


RECIPE = sp.Recipe(
    (
        sp.Selection(one_of="adults", at_most=4),
        sp.NonResponse("area"),
        sp.Rake((sp.Margin("sex", sp.Targets("sex", COUNTS, source=text("A census", "تعداد"))),)),
        sp.Rescale("interviews"),
        sp.Require(max_deff=2),
    )
)


def told(source, language: str = "en", precision: sp.Precision | None = None) -> dict[str, str]:
    estimates = sp.estimate(source, "area", precision=precision)
    report = sp.compose(sp.release(estimates, sp.MinBase(5)), title=TITLE, publisher=PUBLISHER)
    return card(report, language)


def test_the_card_tells_the_recipe_that_was_run():
    weights = sp.weigh(responses(), RECIPE)
    largest = weights.methodology.fact("weighting", "nonresponse")["largest_factor"]
    spread = weights.diagnostics.iloc[-1]

    assert told(weights)[LINE["en"]] == (
        "Weighting started from the base weights of the sampled cases. Weights were multiplied by "
        "the number of persons of whom one was selected (adults in the household, at most 4). The "
        "weight of eligible cases without an interview was given to interviews within 2 classes by "
        f"Region; the largest factor is {largest:.2f}. Weights were raked to population figures by "
        "Sex. Weights were scaled to sum to the number of respondents. Requirements checked: "
        f"design effect of the weights at most 2 (found: {spread['deff']:.2f}). The final weights "
        f"lie between {spread['min']:.2f} and {spread['max']:.2f}; the effective sample size is "
        f"{spread['n_effective']:.0f}."
    )
    assert told(weights)["Sources of the weighting"] == "A census"


def test_replicates_are_told_from_the_steps_that_they_ran_again():
    recipe = sp.Recipe((sp.NonResponse("area"), sp.Rake((sp.Margin("sex", COUNTS),))))
    replicates = sp.replicate(sp.weigh(responses(), recipe), sp.Bootstrap(11, seed=1))

    assert told(replicates)["Intervals and tests"] == (
        "95% confidence intervals, with standard errors from 11 bootstrap replicates; every "
        "weighting step was run again in each replicate; differences were not tested; "
        "answers are ranked only where 95% confidence intervals that hold for all of them together "
        "do not overlap"
    )
    assert told(replicates, "ar")["فترات الثقة والاختبارات"] == (
        "فترات الثقة عند مستوى 95 بالمائة، والأخطاء المعيارية مستمدة من 11 عينة مكررة بطريقة "
        "البوتستراب (السحب مع الإرجاع)؛ أُعيد تنفيذ جميع خطوات الترجيح في كل عينة مكررة؛ لم تُختبر "
        "الفروق؛ لا تُرتَّب الإجابات إلا حيث لا تتداخل فترات الثقة المحسوبة لها مجتمعةً عند مستوى "
        "95 بالمائة"
    )


@pytest.mark.parametrize(
    "steps",
    [
        (sp.Selection(one_of="adults"),),
        (sp.NonResponse("area"),),
        (sp.Propensity("area"),),
        (sp.ReferencePropensity("sex", {"male": 6e5, "female": 4e5}),),
        (sp.Rake((sp.Margin("sex", COUNTS),)),),
        (sp.PostStratify("sex", COUNTS),),
        (sp.Rescale(500.0),),
        (sp.Require(max_ratio=9),),
    ],
    ids=lambda steps: steps[0].step,
)
def test_facts_are_written_as_the_card_reads_them(steps):
    weights = sp.weigh(responses(), sp.Recipe(steps))
    (fact,) = (
        one
        for one in weights.methodology.facts
        if one.stage == "weighting" and one.name != "diagnostics"
    )

    assert set(fact.values) == set(VALUES[steps[0].step])


def test_an_opt_in_poll_says_where_its_precision_comes_from():
    weights = sp.weigh(responses(sampling="opt_in"), RECIPE)
    without, by_model = told(weights), told(weights, precision=sp.Precision(opt_in="model"))

    assert without["Margin of error"] == "None is stated, because the sample is not random"
    assert without["Intervals and tests"] == "not reported"
    assert by_model["Margin of error"].endswith(
        "it is model-based, because the sample is not random"
    )
    assert "precision is model-based" in by_model["Intervals and tests"]


def test_estimates_by_a_model_stay_so_when_they_are_released_together():
    weights = sp.weigh(responses(sampling="opt_in"), RECIPE)
    precision = sp.Precision(opt_in="model")
    several = [sp.estimate(weights, one, precision=precision) for one in ("area", "adults")]
    fact = sp.release(several, sp.MinBase(5)).methodology.fact("indicators", "precision")

    assert (fact["probability"], fact["model_based"]) == (False, True)
    assert fact["headline_margin"] > 0


def published(**how) -> tuple[sp.Report, list]:
    weights = sp.weigh(responses(sampling="opt_in"), RECIPE)
    release = sp.release(sp.estimate(weights, "area", by="sex", **how), sp.MinBase(5))
    report = sp.compose(release, title=TITLE, publisher=PUBLISHER)
    return report, [block for section in report.sections for block in section.blocks]


@pytest.mark.parametrize(("opt_in", "there"), [("none", False), ("model", True)])
def test_intervals_have_columns_and_words_only_where_there_are_any(opt_in, there):
    report, blocks = published(precision=sp.Precision(opt_in=opt_in))
    edition = sp.Edition(report, ("en",))
    tables = [one for one in blocks if isinstance(one, Table) and one.columns[-1].name == "base"]
    captions = [edition.text(one.caption) for one in blocks if isinstance(one, Chart)]

    assert [any(one.kind == "interval" for one in table.columns) for table in tables] == [there] * 2
    assert all(len(row.cells) == len(table.columns) for table in tables for row in table.rows)
    assert captions
    assert ["confidence intervals" in one for one in captions] == [there] * len(captions)
