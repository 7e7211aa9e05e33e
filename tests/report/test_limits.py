from __future__ import annotations

import pytest

from socialpoll.report.limits import weight
from tests.report.recipes import step, told

FREE = {"dates": (), "numbers": (), "variables": ("sex",)}
CUT = {"rule": "weight", "upper": 5.0, "upper_weight": 5.0, "sharing": "none", "variables": ()}


def clauses(*facts, language: str = "en") -> list[str]:
    said = told(*facts, language=language).removesuffix(".")
    return said.split("; " if language == "en" else "؛ ")


@pytest.mark.parametrize(
    ("changes", "english", "arabic"),
    [
        (
            {"distance": "raking", "low": None, "high": None},
            ["distance: multiplicative"],
            ["دالة المسافة: ضربية"],
        ),
        (
            {"distance": "logit", "low": 0.25},
            ["distance: logit", "factors were held between 0.25 and 3"],
            ["دالة المسافة: لوجستية", "حُصرت معاملات التعديل في المدى من 0.25 إلى 3"],
        ),
        (
            {"bounds_on": "weight", "low": 100.0, "high": 2500.0, "equal_within": "household"},
            [
                "distance: truncated linear",
                "weights were held between 100 and 2,500",
                "members of one household or cluster have equal weights",
            ],
            [
                "دالة المسافة: خطية مقيّدة بحدّين",
                "حُصرت الأوزان الترجيحية في المدى من 100 إلى 2,500",
                "تتساوى أوزان أفراد الأسرة أو العنقود الواحد",
            ],
        ),
    ],
)
def test_calibration_is_told_with_its_distance_and_its_bounds(changes, english, arabic):
    made = step("calibrate", **{**FREE, **changes})

    assert clauses(made)[1:] == english
    assert clauses(made, language="ar")[1:] == arabic


@pytest.mark.parametrize(
    ("changes", "english", "arabic"),
    [
        (
            {},
            "Weights above 5 were trimmed",
            "خُفّضت الأوزان الترجيحية التي تزيد على 5 إلى هذا الحد",
        ),
        (
            {"upper": None, "upper_weight": None, "lower": 0.2, "lower_weight": 0.2},
            "Weights below 0.2 were raised",
            "رُفعت الأوزان الترجيحية التي تقل عن 0.2 إلى هذا الحد",
        ),
        (
            {"lower": 0.2, "lower_weight": 0.2},
            "Weights above 5 were trimmed, and weights below 0.2 raised",
            "خُفّضت الأوزان الترجيحية التي تزيد على 5 ورُفعت الأوزان التي تقل عن 0.2 إلى هذين الحدين",
        ),
    ],
)
def test_trimming_is_told_with_its_limits(changes, english, arabic):
    cut = step("trim", **{**CUT, **changes})

    assert clauses(cut)[0] == english
    assert clauses(cut, language="ar")[0] == arabic


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (0, "0 weights were beyond a limit", "لم يتجاوز الحدود أي وزن"),
        (1, "1 weight was beyond a limit", "تجاوز الحدود وزن واحد"),
        (2, "2 weights were beyond a limit", "تجاوز الحدود وزنان"),
        (3, "3 weights were beyond a limit", "تجاوزت الحدود 3 أوزان"),
        (11, "11 weights were beyond a limit", "تجاوز الحدود 11 وزناً"),
        (100, "100 weights were beyond a limit", "تجاوز الحدود 100 وزن"),
    ],
)
def test_weights_beyond_a_limit_are_counted(number, english, arabic):
    cut = step("trim", **CUT, trimmed=number)

    assert clauses(cut)[1] == english
    assert clauses(cut, language="ar")[1] == arabic


BOTH = {"upper": 4.0, "lower": 0.5, "upper_weight": 12_345.6, "lower_weight": 0.4567}


@pytest.mark.parametrize(
    ("rule", "english", "arabic"),
    [
        (
            "median_iqr",
            [
                "upper limit: the median of the weights plus 4 × their interquartile range",
                "lower limit: the median of the weights minus 0.5 × their interquartile range",
            ],
            [
                "الحد الأعلى: وسيط الأوزان مضافاً إليه 4 × المدى الربيعي",
                "الحد الأدنى: وسيط الأوزان مطروحاً منه 0.5 × المدى الربيعي",
            ],
        ),
        (
            "percentile",
            [
                "upper limit: percentile 4 of the weights",
                "lower limit: percentile 0.5 of the weights",
            ],
            ["الحد الأعلى: المئين 4 للأوزان", "الحد الأدنى: المئين 0.5 للأوزان"],
        ),
        (
            "ratio_to_mean",
            ["upper limit: 4 × the mean weight", "lower limit: 0.5 × the mean weight"],
            ["الحد الأعلى: 4 × متوسط الأوزان", "الحد الأدنى: 0.5 × متوسط الأوزان"],
        ),
    ],
)
def test_limits_that_the_weights_decide_are_told_with_their_rule(rule, english, arabic):
    cut = step("trim", **BOTH, rule=rule)
    said, in_arabic = clauses(cut), clauses(cut, language="ar")

    assert said[0] == "Weights above 12,346 were trimmed, and weights below 0.46 raised"
    assert said[1:3] == english
    assert in_arabic[1:3] == arabic


@pytest.mark.parametrize(
    ("sharing", "english", "arabic"),
    [
        (
            "proportional",
            (
                "the difference was shared out among the others in proportion to their "
                "weights, until no weight was beyond a limit"
            ),
            "وُزّع الفرق على بقية الأوزان بالتناسب معها، إلى أن لم يعد أي وزن يتجاوز الحدود",
        ),
        (
            "additive",
            "the difference was shared out among the others in equal parts",
            "وُزّع الفرق على بقية الأوزان بالتساوي",
        ),
        (
            "additive_strict",
            (
                "the difference was shared out among the others in equal parts, until no "
                "weight was beyond a limit"
            ),
            "وُزّع الفرق على بقية الأوزان بالتساوي، إلى أن لم يعد أي وزن يتجاوز الحدود",
        ),
    ],
)
def test_it_is_told_who_got_what_was_cut_off(sharing, english, arabic):
    cut = step("trim", sharing=sharing)

    assert clauses(cut)[3:] == [english, "it was shared out within classes by Governorate"]
    assert clauses(cut, language="ar")[3:] == [arabic, "جرى التوزيع ضمن فئات حسب المحافظة"]


def test_what_was_cut_off_and_not_shared_out_has_no_classes():
    cut = step("trim", sharing="none")

    assert clauses(cut)[3:] == ["the difference was not shared out"]
    assert clauses(cut, language="ar")[3:] == ["لم يُوزَّع الفرق على بقية الأوزان"]


def test_trimming_without_known_limits_is_still_told():
    cut = step("trim", upper_weight=None)

    assert clauses(cut)[0] == "Weights were trimmed"
    assert clauses(cut, language="ar")[0] == "خُفّضت الأوزان الترجيحية المتطرفة"


@pytest.mark.parametrize(
    ("value", "decimals"), [(0.42, 2), (9.99, 2), (10.0, 1), (99.9, 1), (100.0, 0), (12345.6, 0)]
)
def test_weights_are_displayed_in_about_three_digits(value, decimals):
    assert weight(value).decimals == decimals
