from __future__ import annotations

import pytest

from socialpoll.schema import Fact
from tests.report.recipes import REPLICATION, card, step, weighted

LINES = {"en": "Intervals and tests", "ar": "فترات الثقة والاختبارات"}


def told(*facts: Fact, language: str = "en") -> list[str]:
    """Return the clauses of the line, without those on tests and ranks."""
    said = card(weighted(*facts), language)[LINES[language]]
    return said.split("; " if language == "en" else "؛ ")[:-2]


def replicated(**changes) -> Fact:
    return Fact("weighting", "replication", {**REPLICATION, **changes})


def test_without_replicates_intervals_are_by_linearisation():
    assert told(step("rake")) == ["95% confidence intervals by linearisation"]
    assert told(step("rake"), language="ar") == [
        "فترات الثقة عند مستوى 95 بالمائة محسوبة بالتقريب الخطي"
    ]


def test_replicates_are_told_with_what_was_run_again_in_each():
    facts = (step("rake"), replicated())

    assert told(*facts) == [
        "95% confidence intervals, with standard errors from 500 bootstrap replicates",
        "every weighting step was run again in each replicate",
    ]
    assert told(*facts, language="ar") == [
        (
            "فترات الثقة عند مستوى 95 بالمائة، والأخطاء المعيارية مستمدة من 500 عينة مكررة بطريقة "
            "البوتستراب (السحب مع الإرجاع)"
        ),
        "أُعيد تنفيذ جميع خطوات الترجيح في كل عينة مكررة",
    ]


def test_without_steps_nothing_was_run_again():
    assert told(replicated()) == [
        "95% confidence intervals, with standard errors from 500 bootstrap replicates"
    ]


def test_stages_that_no_replicate_varies_are_told():
    assert told(replicated(stages_left_out=1))[1:] == [
        "replicates vary the first stage of sampling only"
    ]
    assert told(replicated(stages_left_out=1), language="ar")[1:] == [
        "تقتصر العينات المكررة على تباين المرحلة الأولى من المعاينة"
    ]


@pytest.mark.parametrize(
    ("method", "english", "arabic"),
    [
        (
            "jackknife",
            "80 jackknife replicates",
            "80 عينة مكررة بطريقة الجاكنايف (الحذف المتتابع)",
        ),
        ("balanced_repeated", "80 balanced half-samples", "80 نصف عينة متوازناً"),
        (
            "successive_difference",
            "80 replicates of successive differences",
            "80 عينة مكررة بطريقة الفروق المتتالية",
        ),
        (
            "given",
            "80 sets of replicate weights that came with the data",
            "80 مجموعة من الأوزان المكررة الواردة مع البيانات",
        ),
        ("of_a_plugin", "80 replicates", "80 عينة مكررة"),
    ],
)
def test_methods_are_told_by_their_names(method, english, arabic):
    fact = replicated(method=method, replicates=80)

    assert told(fact)[0].endswith(f"standard errors from {english}")
    assert told(fact, language="ar")[0].endswith(f"مستمدة من {arabic}")


@pytest.mark.parametrize(
    ("number", "copies", "halves", "sets"),
    [
        (1, "عينة مكررة واحدة", "نصف عينة متوازن واحد", "مجموعة واحدة"),
        (2, "عينتين مكررتين", "نصفَي عينة متوازنَين", "مجموعتين"),
        (3, "3 عينات مكررة", "3 أنصاف عينات متوازنة", "3 مجموعات"),
        (11, "11 عينة مكررة", "11 نصف عينة متوازناً", "11 مجموعة"),
        (100, "100 عينة مكررة", "100 نصف عينة متوازن", "100 مجموعة"),
    ],
)
def test_replicates_are_counted_as_arabs_count(number, copies, halves, sets):
    for method, noun in (("bootstrap", copies), ("balanced_repeated", halves), ("given", sets)):
        (said,) = told(replicated(method=method, replicates=number), language="ar")

        assert f"مستمدة من {noun}" in said
