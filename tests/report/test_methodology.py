from __future__ import annotations

from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.schema import Fact
from tests.report.handmade import DECLARED, FACTS, composed, section, yes_no
from tests.report.recipes import card


def changed(*facts: Fact) -> tuple[Fact, ...]:
    return (*FACTS, *facts)


def without(*stages: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in FACTS if fact.stage not in stages)


def test_the_card_tells_how_the_poll_was_made():
    said = card(composed(yes_no(0.9)))

    assert said["Sponsor"] == "A ministry"
    assert said["Conducted by"] == "A centre"
    assert said["Geographic coverage"] == "All governorates"
    assert said["Revision policy"] == "Mistakes alone are revised."
    assert said["Target population"] == "Citizens aged 18 and over"
    assert said["Sample design"] == "Random sample of persons, stratified by Governorate"
    assert said["Languages of the interviews"] == "Arabic and English"
    assert said["Fieldwork"] == "From 3 March 2019 to 21 March 2019"
    assert said["Sample size"] == "403 respondents out of 800 sampled"
    assert said["Response rate"] == "50.4% of all sampled cases gave an interview"
    assert said["Margin of error"] == (
        "±2.5 percentage points at the 95% confidence level, for a share of one half"
    )
    assert said["Design effect"] == "1.31 (median of the percentages for all respondents)"
    assert said["Weighting variables"] == (
        "Sex and Age group; population: 1,250,000; design effect of the weights: 1.23"
    )
    assert said["Sources of the weighting"] == "Census 2020"
    assert said["Questionnaire"].startswith("8 questions; the exact wording")
    assert "no complementary suppression is applied" in said["Suppression and rounding"]


def test_the_card_speaks_arabic():
    said = card(composed(yes_no(0.9)), "ar")

    assert said["حجم العينة"] == "403 مستجيبين (عدد حالات العينة: 800)"
    assert said["هامش الخطأ"] == "\u200e±2.5 نقطة مئوية عند مستوى ثقة 95 بالمائة، لنسبة قدرها النصف"
    assert said["متغيرات الترجيح"].startswith("النوع والفئة العمرية؛")
    assert said["مصادر الترجيح"] == "تعداد 2020"
    assert said["لغات المقابلات"] == "العربية والإنجليزية"
    assert said["جمع البيانات"] == "من 3 مارس 2019 إلى 21 مارس 2019"


@pytest.mark.parametrize(
    ("harm", "english", "arabic"),
    [
        ("respondents", "figures of the fewest respondents were", "أقل عدد من المستجيبين"),
        ("cells", "as few figures as possible were", "أقل عدد ممكن من الأرقام"),
        ("log", "few figures of few respondents were", "مستجيبين قليلين"),
    ],
)
def test_the_card_tells_how_small_counts_are_protected(harm, english, arabic):
    values = {"policy": "cells", "complementary": True, "threshold": 10, "zeros": "hide"}
    report = composed(
        yes_no(0.9), facts=(*FACTS[:-1], Fact("disclosure", "policy", values | {"harm": harm}))
    )

    said = card(report)["Suppression and rounding"]
    assert "given, or not given, by fewer than 10 respondents are suppressed [c]" in said
    assert "nobody or everybody gave" in said
    assert f"where there was a choice, {english} suppressed" in said
    assert "no complementary suppression" not in said
    assert arabic in card(report, "ar")["الحجب والتقريب"]


def test_a_line_without_an_answer_is_printed_as_not_reported():
    report = composed(yes_no(0.9), declared=sp.Declaration(), facts=())
    said = card(report)

    assert said["Sponsor"] == said["Response rate"] == said["Weighting variables"] == "not reported"
    assert card(report, "ar")["الجهة الراعية"] == "غير مذكور"
    assert len(said) == len(card(composed(yes_no(0.9))))


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ({"sampling": "opt_in"}, "People chose to take part themselves; the sample is not random"),
        ({"sampling": "probability"}, "Simple random sample of persons"),
        (
            {"sampling": "probability", "clustered": True, "stages": 2},
            "Random sample of clusters; stages of sampling: 2",
        ),
        (
            {
                "sampling": "probability",
                "clustered": True,
                "stratified": True,
                "strata_columns": ("vstrat",),
                "stages": 1,
            },
            (
                "Stratified random sample of clusters; precision is estimated from the clusters "
                "of the first stage"
            ),
        ),
        (
            {"sampling": "probability", "stratified": True, "strata_columns": ("area", "vstrat")},
            "Stratified random sample of persons",
        ),
        (
            {
                "sampling": "probability",
                "clustered": True,
                "stratified": True,
                "strata_columns": ("area",),
                "stages": 2,
            },
            "Random sample of clusters, stratified by Governorate; stages of sampling: 2",
        ),
    ],
)
def test_the_design_is_told_as_the_data_show_it(design, words):
    facts = changed(Fact("responses", "design", design))

    assert card(composed(yes_no(0.9), facts=facts))["Sample design"] == words


def test_a_sample_that_is_not_random_has_no_margin_and_the_card_says_why():
    facts = changed(Fact("indicators", "precision", {"level": 0.95, "probability": False}))
    report = composed(yes_no(0.9), facts=facts)

    assert card(report)["Margin of error"] == "None is stated, because the sample is not random"
    assert card(report)["Intervals and tests"] == "not reported"
    lead = section(report, "headlines").blocks[0].phrases
    said = [sp.Edition(report, ("en",)).text(one) for one in lead]
    assert said[-1] == "No margin of error is stated, because the sample is not random."


BY_MODEL = {
    "level": 0.95,
    "probability": False,
    "model_based": True,
    "deff_median": 1.31,
    "headline_margin": 0.0246,
}


@pytest.mark.parametrize(
    ("language", "margin", "tests", "lead"),
    [
        (
            "en",
            (
                "Margin of error",
                (
                    "±2.5 percentage points at the 95% confidence level, for a share of one "
                    "half; it is model-based, because the sample is not random"
                ),
            ),
            (
                "Intervals and tests",
                (
                    "precision is model-based, because the sample is not random: respondents are "
                    "taken to be like all others of the target population with whom they share the "
                    "weighting variables"
                ),
            ),
            (
                "The margin of error is ±2.5 percentage points at the 95% confidence level; it is "
                "model-based, because the sample is not random."
            ),
        ),
        (
            "ar",
            (
                "هامش الخطأ",
                (
                    "\u200e±2.5 نقطة مئوية عند مستوى ثقة 95 بالمائة، لنسبة قدرها النصف؛ وهو مبني "
                    "على نموذج لأن العينة ليست عشوائية"
                ),
            ),
            (
                "فترات الثقة والاختبارات",
                (
                    "الدقة مبنية على نموذج لأن العينة ليست عشوائية: يُفترض أن المستجيبين لا "
                    "يختلفون عن بقية أفراد المجتمع المستهدف الذين لهم القيم نفسها في متغيرات "
                    "الترجيح"
                ),
            ),
            (
                "يبلغ هامش الخطأ \u200e±2.5 نقطة مئوية عند مستوى ثقة 95 بالمائة، وهو مبني على "
                "نموذج لأن العينة ليست عشوائية."
            ),
        ),
    ],
)
def test_precision_by_a_model_is_said_to_be_so(language, margin, tests, lead):
    report = composed(yes_no(0.9), facts=changed(Fact("indicators", "precision", BY_MODEL)))
    said = card(report, language)
    phrases = section(report, "headlines").blocks[0].phrases

    assert said[margin[0]] == margin[1]
    assert tests[1] in said[tests[0]]
    assert sp.Edition(report, (language,)).text(phrases[-1]) == lead


def test_without_dispositions_there_is_no_response_rate():
    facts = changed(Fact("responses", "cases", {"cases": 403, "interviews": 403}))
    said = card(composed(yes_no(0.9), facts=facts))

    assert said["Response rate"] == "not reported"
    assert said["Sample size"] == "403 respondents"


RR3 = (
    "AAPOR response rate 3 (RR3): 58.3%, with 50.0% of the cases of unknown eligibility taken as "
    "eligible"
)
RATES = {"RR1": 0.5504, "RR3": 0.5825, "unknown": True, "e": 0.5, "weighted": False}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {},
            [
                "AAPOR response rate 1 (RR1): 55.0%",
                RR3,
            ],
        ),
        (
            {"unknown": False, "e": None, "RR3": 0.5504, "weighted": True},
            [
                "AAPOR response rate 1 (RR1): 55.0%",
                "it is known of every case whether it was eligible",
                "cases are counted with their base weights",
            ],
        ),
        ({"RR3": None, "e": None}, ["AAPOR response rate 1 (RR1): 55.0%"]),
        ({"RR1": None}, ["not reported"]),
    ],
)
def test_response_rates_are_those_of_aapor_where_outcomes_are_declared(values, words):
    facts = changed(Fact("responses", "rates", {**RATES, **values}))

    assert card(composed(yes_no(0.9), facts=facts))["Response rate"] == "; ".join(words)


def test_response_rates_are_told_in_arabic():
    facts = changed(Fact("responses", "rates", {**RATES, "weighted": True}))

    assert card(composed(yes_no(0.9), facts=facts), "ar")["معدل الاستجابة"] == (
        "معدل الاستجابة الأول وفق تعريفات الجمعية الأمريكية لبحوث الرأي العام: 55.0 بالمائة؛ معدل "
        "الاستجابة الثالث وفق التعريفات نفسها: 58.3 بالمائة، باعتبار 50.0 بالمائة من الحالات "
        "التي لا تُعرف أهليتها مؤهلةً؛ احتُسبت الحالات بأوزانها الأساسية"
    )


@pytest.mark.parametrize(
    ("adjust", "words"), [("none", "without adjustment"), ("holm", "adjusted for their number")]
)
def test_it_is_told_how_differences_were_tested(adjust, words):
    facts = changed(Fact("indicators", "comparisons", {"adjust": adjust}))

    assert words in card(composed(yes_no(0.9), facts=facts))["Intervals and tests"]


def test_it_is_told_that_nothing_was_tested():
    facts = tuple(fact for fact in FACTS if fact.name != "comparisons")

    said = card(composed(yes_no(0.9), facts=facts))
    assert "differences were not tested" in said["Intervals and tests"]


def test_a_poll_without_weighting_says_so_and_a_poll_of_which_nothing_is_known_does_not():
    said = card(composed(yes_no(0.9), facts=without("weighting")))
    unknown = card(composed(yes_no(0.9), facts=without("weighting", "responses")))

    assert said["Weighting variables"] == said["Sources of the weighting"]
    assert said["Weighting variables"] == "None: nothing was adjusted to population figures"
    assert unknown["Weighting variables"] == unknown["Sources of the weighting"] == "not reported"


def test_fieldwork_of_one_day_is_told_as_a_day():
    declared = replace(DECLARED, fieldwork_end=DECLARED.fieldwork_start)

    assert card(composed(yes_no(0.9), declared=declared))["Fieldwork"] == "3 March 2019"
