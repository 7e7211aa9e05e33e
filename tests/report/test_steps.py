from __future__ import annotations

import pytest

from tests.report.recipes import step, told


def both(*facts) -> tuple[str, str]:
    return told(*facts, language="en"), told(*facts, language="ar")


@pytest.mark.parametrize(
    ("changes", "english", "arabic"),
    [
        (
            {},
            (
                "Weights were multiplied by the number of persons of whom one was selected "
                "(adults in the household, at most 4)."
            ),
            (
                "ضُربت الأوزان الترجيحية في عدد الأفراد الذين اختير واحد منهم (عدد البالغين في "
                "الأسرة، بحد أقصى 4)."
            ),
        ),
        (
            {"way": "chances", "at_most": None},
            "Weights were divided by the number of chances of selection (adults in the household).",
            "قُسمت الأوزان الترجيحية على عدد فرص الاختيار (عدد البالغين في الأسرة).",
        ),
        (
            {"way": "probability", "at_most": None},
            "Weights were divided by the probability of selection (adults in the household).",
            "قُسمت الأوزان الترجيحية على احتمال الاختيار (عدد البالغين في الأسرة).",
        ),
        (
            {"way": "sizes", "variables": ("area", "sex"), "at_most": None},
            (
                "In each stratum of Governorate and Sex, weights were multiplied by the number of "
                "population units over the number of sampled cases."
            ),
            (
                "ضُربت الأوزان الترجيحية في كل طبقة من طبقات المحافظة والنوع في عدد وحدات المجتمع "
                "المستهدف مقسوماً على عدد حالات العينة."
            ),
        ),
    ],
)
def test_selection_is_told_by_the_way_in_which_cases_were_selected(changes, english, arabic):
    assert both(step("selection", **changes)) == (english, arabic)


CLASSES = [
    (1, "1 class", "فئة واحدة"),
    (2, "2 classes", "فئتين"),
    (3, "3 classes", "3 فئات"),
    (11, "11 classes", "11 فئة"),
    (100, "100 classes", "100 فئة"),
]


@pytest.mark.parametrize(("number", "english", "arabic"), CLASSES)
def test_classes_of_nonresponse_are_counted(number, english, arabic):
    assert both(step("nonresponse", classes=number)) == (
        (
            "The weight of eligible cases without an interview was given to interviews within "
            f"{english} by Governorate; the largest factor is 1.70."
        ),
        (
            "وُزّعت أوزان الحالات المؤهلة التي لم تُجرَ معها مقابلة على المقابلات المنجزة ضمن "
            f"{arabic} حسب المحافظة؛ أكبر معامل تعديل هو 1.70."
        ),
    )


@pytest.mark.parametrize(("number", "english", "arabic"), CLASSES)
def test_classes_of_unknown_eligibility_are_counted(number, english, arabic):
    assert both(step("unknown_eligibility", classes=number)) == (
        (
            "The weight of cases of unknown eligibility was given to cases of known "
            f"eligibility within {english} by Governorate; the largest factor is 1.25."
        ),
        (
            "وُزّعت أوزان الحالات التي لا تُعرف أهليتها على الحالات المعروفة الأهلية ضمن "
            f"{arabic} حسب المحافظة؛ أكبر معامل تعديل هو 1.25."
        ),
    )


@pytest.mark.parametrize(("number", "english", "arabic"), CLASSES)
def test_classes_of_propensity_are_counted(number, english, arabic):
    changes = {"classes": number, "smallest": None, "largest": None}

    assert both(step("propensity", **changes)) == (
        (
            "The weight of eligible cases without an interview was given to interviews within "
            f"{english} of the probability to respond, estimated by a logistic regression on "
            "Governorate and Age."
        ),
        (
            "وُزّعت أوزان الحالات المؤهلة التي لم تُجرَ معها مقابلة على المقابلات المنجزة ضمن "
            f"{arabic} حسب احتمال الاستجابة المقدَّر بانحدار لوجستي، متغيراته: المحافظة والعمر."
        ),
    )


def test_weight_that_is_shared_out_in_one_class_names_no_variables():
    alone = {"variables": (), "classes": 1}

    assert both(step("nonresponse", **alone)) == (
        (
            "The weight of eligible cases without an interview was given to all interviews; the "
            "largest factor is 1.70."
        ),
        (
            "وُزّعت أوزان الحالات المؤهلة التي لم تُجرَ معها مقابلة على جميع المقابلات المنجزة؛ أكبر "
            "معامل تعديل هو 1.70."
        ),
    )
    assert both(step("unknown_eligibility", **alone)) == (
        (
            "The weight of cases of unknown eligibility was given to all cases of known "
            "eligibility; the largest factor is 1.25."
        ),
        (
            "وُزّعت أوزان الحالات التي لا تُعرف أهليتها على جميع الحالات المعروفة الأهلية؛ أكبر "
            "معامل تعديل هو 1.25."
        ),
    )


def test_propensities_are_told_with_their_range():
    assert both(step("propensity")) == (
        (
            "Interviews were weighted by the inverse of their probability to respond, "
            "estimated by a logistic regression on Governorate and Age; estimated "
            "probabilities lie between 31.2% and 88.0%."
        ),
        (
            "رُجّحت المقابلات بمقلوب احتمال الاستجابة المقدَّر بانحدار لوجستي، متغيراته: المحافظة "
            "والعمر؛ تمتد الاحتمالات المقدَّرة من 31.2 بالمائة إلى 88.0 بالمائة."
        ),
    )


def test_a_reference_is_told_with_the_population_it_stands_for():
    assert both(step("reference_propensity")) == (
        (
            "Participants were weighted by the inverse of their probability to take part, "
            "estimated by a logistic model on Sex and Governorate against a reference that "
            "stands for a population of 2,000,000."
        ),
        (
            "رُجّح المشاركون بمقلوب احتمال المشاركة المقدَّر بنموذج لوجستي مقارنةً بمصدر مرجعي يمثّل "
            "مجتمعاً حجمه 2,000,000، ومتغيرات النموذج: النوع والمحافظة."
        ),
    )


def test_raking_is_told_with_the_date_of_its_targets():
    assert both(step("rake")) == (
        (
            "Weights were raked to population figures by Sex and Age group; the population "
            "figures date from 12 December 2020."
        ),
        (
            "عُدّلت الأوزان الترجيحية بالتوفيق النسبي التكراري لتطابق أرقام المجتمع المستهدف "
            "حسب النوع والفئة العمرية؛ التاريخ المرجعي لأرقام المجتمع المستهدف: 12 ديسمبر 2020."
        ),
    )


def test_dates_of_targets_are_told_in_the_order_of_time():
    said = told(step("rake", dates=("2021-01-01", "2019-06-30")))

    assert said.endswith("the population figures date from 30 June 2019 and 1 January 2021.")


def test_a_crossing_is_told_from_margins_beside_each_other():
    assert both(step("poststratify", dates=())) == (
        "Weights were post-stratified to population figures by Sex × Age group.",
        (
            "عُدّلت الأوزان الترجيحية بالتقسيم الطبقي البعدي لتطابق أرقام المجتمع المستهدف حسب "
            "النوع × الفئة العمرية."
        ),
    )


@pytest.mark.parametrize(
    ("error", "english", "arabic"),
    [(0.0214, "2.1%", "2.1 بالمائة"), (0.000034, "0.0034%", "0.0034 بالمائة")],
)
def test_margins_that_were_missed_are_told(error, english, arabic):
    raked = step("rake", dates=(), largest_error=error)

    assert [one.partition("; ")[2] or one.partition("؛ ")[2] for one in both(raked)] == [
        f"the largest relative deviation from the population figures is {english}.",
        f"أكبر انحراف نسبي عن أرقام المجتمع المستهدف هو {arabic}.",
    ]


def test_margins_that_were_reached_are_not_said_to_be_missed():
    exact = step("poststratify", largest_error=3e-12)

    assert "deviation" not in told(step("rake")) + told(exact)


def test_margins_that_were_scaled_are_named():
    raked = step("rake", dates=(), rescaled=("age_group",))

    assert [one.partition("; ")[2] or one.partition("؛ ")[2] for one in both(raked)] == [
        "figures by Age group were scaled to the same total.",
        "عُدّلت الأرقام حسب الفئة العمرية تناسبياً ليتساوى مجموعها مع بقية الأرقام.",
    ]


PLAIN = {"dates": (), "distance": "linear", "low": None, "high": None}


@pytest.mark.parametrize(
    ("changes", "english", "arabic"),
    [
        (
            {},
            (
                "figures by Governorate and Sex × Age group and to population totals or means "
                "of Hours a day"
            ),
            (
                "أرقام المجتمع المستهدف حسب المحافظة والنوع × الفئة العمرية، وإجمالياته أو "
                "متوسطاته في ما يأتي: ساعات في اليوم"
            ),
        ),
        (
            {"numbers": ()},
            "figures by Governorate and Sex × Age group",
            "أرقام المجتمع المستهدف حسب المحافظة والنوع × الفئة العمرية",
        ),
        (
            {"variables": ()},
            "totals or means of Hours a day",
            "إجماليات المجتمع المستهدف أو متوسطاته في ما يأتي: ساعات في اليوم",
        ),
    ],
)
def test_calibration_is_told_with_its_categories_and_its_numbers(changes, english, arabic):
    assert both(step("calibrate", **PLAIN, **changes)) == (
        f"Weights were calibrated to population {english}; distance: linear.",
        f"عُويرت الأوزان الترجيحية لتطابق {arabic}؛ دالة المسافة: خطية.",
    )


@pytest.mark.parametrize(
    ("total", "english", "arabic"),
    [
        (403.0, "the number of respondents", "عدد المستجيبين"),
        (1_250_000.0, "1,250,000", "1,250,000"),
    ],
)
def test_a_sum_of_the_weights_is_told_by_what_it_is(total, english, arabic):
    assert both(step("rescale", total=total)) == (
        f"Weights were scaled to sum to {english}.",
        f"ضُربت الأوزان الترجيحية في معامل واحد ليساوي مجموعها {arabic}.",
    )


def test_requirements_are_told_with_what_was_found():
    assert both(step("require")) == (
        (
            "Requirements checked: design effect of the weights at most 2 (found: 1.23); effective "
            "sample size at least 300 (found: 327); largest over smallest weight at most 25 "
            "(found: 9.50); relative deviation from the population figures at most 0.5% "
            "(found: 0.1%)."
        ),
        (
            "جرى التحقق من الشروط الآتية: ألا يزيد أثر التصميم الناتج عن الأوزان الترجيحية على 2 "
            "(الفعلي: 1.23)؛ ألا يقل حجم العينة الفعال عن 300 (الفعلي: 327)؛ ألا تزيد نسبة "
            "أكبر وزن إلى أصغر وزن على 25 (الفعلية: 9.50)؛ ألا يزيد الانحراف النسبي عن أرقام "
            "المجتمع المستهدف على 0.5 بالمائة (الفعلي: 0.1 بالمائة)."
        ),
    )


def test_only_what_was_required_is_told():
    alone = {"min_effective": None, "max_ratio": None, "margin_error": None}

    assert told(step("require", **alone)) == (
        "Requirements checked: design effect of the weights at most 2 (found: 1.23)."
    )


def test_numbers_are_written_in_the_digits_of_the_edition():
    said = told(step("nonresponse"), language="ar", digits="arab")

    assert "ضمن ١١ فئة" in said
    assert said.endswith("أكبر معامل تعديل هو ١٫٧٠.")
