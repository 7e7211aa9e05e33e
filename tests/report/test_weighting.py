from __future__ import annotations

import re
from typing import get_args

import pytest

from socialpoll.report import missing_disclosures
from socialpoll.schema import Fact, Methodology
from socialpoll.weighting.recipe import Step
from tests.report.handmade import DECLARED, FACTS, composed, yes_no
from tests.report.recipes import (
    LINE,
    REPLICATION,
    SPREAD,
    START,
    VALUES,
    card,
    step,
    weighted,
)

DIAGNOSTICS = Fact("weighting", "diagnostics", SPREAD)
EVERY_STEP = tuple(step(name) for name in VALUES)


def told(*facts: Fact, language: str = "en") -> str:
    return card(weighted(*facts), language)[LINE[language]]


def test_steps_are_told_in_the_order_of_the_recipe():
    raked, again = step("rake", dates=()), step("rake", dates=(), variables=("area",))

    assert told(raked, step("rescale"), again, DIAGNOSTICS) == (
        "Weighting started from the base weights of the sampled cases. Weights were raked to "
        "population figures by Sex and Age group. Weights were scaled to sum to the number of "
        "respondents. Weights were raked to population figures by Governorate. The final weights "
        "lie between 0.42 and 3.10; the effective sample size is 327."
    )
    assert told(raked, step("rescale"), again, DIAGNOSTICS, language="ar") == (
        "انطلق الترجيح من الأوزان الأساسية لحالات العينة. عُدّلت الأوزان الترجيحية بالتوفيق النسبي "
        "التكراري لتطابق أرقام المجتمع المستهدف حسب النوع والفئة العمرية. ضُربت الأوزان الترجيحية "
        "في معامل واحد ليساوي مجموعها عدد المستجيبين. عُدّلت الأوزان الترجيحية بالتوفيق النسبي "
        "التكراري لتطابق أرقام المجتمع المستهدف حسب المحافظة. تمتد الأوزان الترجيحية النهائية من "
        "0.42 إلى 3.10، ويبلغ حجم العينة الفعال 327."
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_step_has_a_sentence_of_its_own(language):
    start = f"{START[language]}. "
    alone = [told(one, language=language).removeprefix(start) for one in EVERY_STEP]

    assert len(set(alone)) == len(VALUES)
    assert told(*EVERY_STEP, language=language) == start + " ".join(alone)


def test_every_step_of_a_recipe_can_be_told():
    assert {one.step for one in get_args(Step)} == set(VALUES)


def test_the_arabic_card_speaks_arabic_alone():
    replicated = Fact("weighting", "replication", REPLICATION)
    said = card(weighted(*EVERY_STEP, DIAGNOSTICS, replicated), "ar")
    without_marks = {line: re.sub(r"\[[cu]\]", "", words) for line, words in said.items()}

    assert [one for one in without_marks.values() if re.search("[A-Za-z]", one)] == []


def start(**design) -> Fact:
    known = next(one for one in FACTS if one.name == "design")
    return Fact("responses", "design", {**known.values, **design})


@pytest.mark.parametrize(
    ("weight", "facts", "english", "arabic"),
    [
        (
            None,
            (step("rake"),),
            "Weighting started from the same weight for every sampled case. ",
            "انطلق الترجيح من وزن متساوٍ لجميع حالات العينة. ",
        ),
        (
            "w",
            (),
            "Respondents count with their base weights, without any adjustment.",
            "احتُسب المستجيبون بأوزانهم الأساسية دون أي تعديل.",
        ),
        (None, (), "No weights were used.", "لم تُستخدم أوزان ترجيحية."),
        (
            "w",
            (Fact("weighting", "made_elsewhere", {"margins": (), "fixed": True}),),
            "The weights came with the data, and count as fixed in standard errors.",
            "وردت الأوزان الترجيحية مع البيانات، وعُدّت ثابتة عند حساب الأخطاء المعيارية.",
        ),
        (
            "w",
            (Fact("weighting", "made_elsewhere", {"margins": ("sex", "area"), "fixed": False}),),
            (
                "The weights came with the data; they were made to population figures by Sex and "
                "Governorate."
            ),
            (
                "وردت الأوزان الترجيحية مع البيانات، وقد أُعدّت لتطابق أرقام المجتمع المستهدف "
                "حسب النوع والمحافظة."
            ),
        ),
    ],
)
def test_it_is_told_what_the_weights_began_with(weight, facts, english, arabic):
    assert told(start(weight=weight), *facts).startswith(english)
    assert told(start(weight=weight), *facts, language="ar").startswith(arabic)


def test_equal_weights_have_no_range():
    same = Fact("weighting", "diagnostics", {**SPREAD, "smallest": 1.0, "largest": 1.0})

    assert told(step("rescale"), same).endswith("number of respondents.")


def test_figures_of_other_weights_have_their_steps_told_apart():
    other = Fact("weighting", "diagnostics", {**SPREAD, "n": 300})
    raked = step("rake", dates=(), variables=("area",))

    assert (
        "; the effective sample size is 327. Some figures rest on other weights, which differ "
        "as follows. Weights were raked to population figures by Governorate. The final"
        in (told(step("rescale"), DIAGNOSTICS, raked, other))
    )


def test_a_poll_of_which_nothing_is_known_has_no_weighting_reported():
    assert card(composed(yes_no(0.9), facts=()))["Weighting"] == "not reported"
    for standard, asked in (("aapor", True), ("bpc", True), ("esomar", False)):
        gaps = {one.name for one in missing_disclosures(Methodology(), standard)}
        assert ("weighting" in gaps) is asked


def test_all_variables_that_weights_adjust_for_are_named_once():
    facts = (step("selection"), step("nonresponse"), step("calibrate"), step("trim"))

    assert card(weighted(*facts, DIAGNOSTICS))["Weighting variables"] == (
        "adults in the household, Governorate, Sex × Age group and Hours a day; population: "
        "1,250,000; design effect of the weights: 1.23"
    )


def test_trimming_within_classes_adjusts_for_nothing():
    assert card(weighted(step("trim")))["Weighting variables"] == "not reported"


def test_weights_made_elsewhere_have_their_variables_reported():
    elsewhere = Fact("weighting", "made_elsewhere", {"margins": ("sex",), "fixed": False})
    methodology = Methodology(
        DECLARED, (*(one for one in FACTS if one.stage != "weighting"), elsewhere)
    )

    assert card(weighted(elsewhere))["Weighting variables"] == "Sex"
    assert [one.name for one in missing_disclosures(methodology)] == ["weighting_sources"]


def test_weights_that_sum_to_the_sample_sum_to_no_population():
    said = card(weighted(step("rake"), step("rescale"), DIAGNOSTICS))["Weighting variables"]

    assert said == "Sex and Age group; design effect of the weights: 1.23"
