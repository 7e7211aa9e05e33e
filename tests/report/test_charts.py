from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.report import Chart
from tests.report.handmade import AREAS, by_sex, composed, row, section, yes_no

SCALE = {"low": 0.3, "middle": 0.2, "high": 0.4, "dk": 0.1}


def charts_in(report: sp.Report, indicator: str) -> list[Chart]:
    blocks = section(report, "indicator", indicator).blocks
    return [one for one in blocks if isinstance(one, Chart)]


def scale(**keys) -> list[dict]:
    return [row("trust", share, category=code, **keys) for code, share in SCALE.items()]


def test_options_are_bars():
    shares = {"whatsapp": 0.93, "youtube": 0.71, "imo": 0.22}
    report = composed([row("apps", share, item=code) for code, share in shares.items()])
    (chart,) = charts_in(report, "apps")

    assert (chart.kind, chart.name, chart.unit) == ("bars", "apps", "percent")
    assert [point.figure.value for point in chart.series[0].points] == [0.93, 0.71, 0.22]
    assert sp.Edition(report, ("en",)).text(chart.alt) == (
        "Bar chart, Platforms used: WhatsApp 93.0%, YouTube 71.0% and imo 22.0%."
    )


def test_categories_with_an_order_of_their_own_keep_it():
    shares = {"00": 0.1, "06": 0.2, "12": 0.4, "18": 0.3}
    report = composed([row("busiest", share, category=code) for code, share in shares.items()])
    (chart,) = charts_in(report, "busiest")

    assert chart.kind == "dots"
    assert [point.figure.value for point in chart.series[0].points] == list(shares.values())


def test_groups_are_dots_beside_the_figure_of_everybody():
    rows = [*yes_no(0.94), *by_sex(0.95, 0.93)]
    rows += [one for area in AREAS for one in yes_no(0.9, breakdown="area", domain=area)]
    report = composed(rows)
    (chart,) = charts_in(report, "account")

    assert chart.kind == "dots"
    assert [len(series.points) for series in chart.series] == [2, len(AREAS)]
    assert chart.reference is not None
    assert (chart.reference.figure.value, chart.reference.role) == (0.94, "total")
    first = chart.series[0].points[0]
    assert (first.figure.value, first.low, first.high) == (0.95, 0.93, 0.97)


def test_the_alternative_text_of_groups_holds_every_value():
    report = composed([*yes_no(0.94), *by_sex(0.95, 0.93)])
    (chart,) = charts_in(report, "account")

    assert sp.Edition(report, ("en",)).text(chart.alt) == (
        "Dot chart, Has an account: “Yes”, by group: Overall 94.0%; Sex: Males 95.0% and Females "
        "93.0%."
    )
    assert sp.Edition(report, ("ar",)).text(chart.alt).startswith("شكل بياني بالنقاط، امتلاك حساب")


def test_crossings_are_left_to_their_table():
    rows = [*yes_no(0.5), *yes_no(0.6, breakdown="sex|age_group", domain="male|18-29")]

    assert charts_in(composed(rows), "account") == []


def test_a_scale_is_stacked_by_group_with_everybody_first():
    rows = scale() + scale(breakdown="sex", domain="male") + scale(breakdown="sex", domain="female")
    report = composed(rows)
    (chart,) = charts_in(report, "trust")
    edition = sp.Edition(report, ("en",))

    assert (chart.kind, chart.name) == ("stacked", "trust-sex")
    assert [series.outside for series in chart.series] == [False, False, False, True]
    for series in chart.series:
        labels = [edition.text(point.label) for point in series.points]
        assert labels == ["Overall", "Males", "Females"]


def test_a_scale_without_groups_is_one_bar():
    (chart,) = charts_in(composed(scale()), "trust")

    assert chart.name == "trust"
    assert {len(series.points) for series in chart.series} == {1}


def test_a_mean_is_drawn_in_its_unit():
    keys = {"statistic": "mean", "unit": "hours"}
    rows = [row("hours", 6.0, **keys), row("hours", 6.4, breakdown="sex", domain="female", **keys)]
    (chart,) = charts_in(composed(rows), "hours")

    assert (chart.kind, chart.unit) == ("dots", "hours")


@pytest.mark.parametrize("status", ["suppressed", "not_available"])
def test_what_may_not_be_shown_is_no_number_in_a_chart(status):
    rows = [*yes_no(0.94), *yes_no(0.5, breakdown="sex", domain="male", status=status)]
    report = composed(rows)
    (chart,) = charts_in(report, "account")
    point = chart.series[0].points[0]

    assert (point.figure.value, point.low, point.high) == (None, None, None)
    shown = sp.Edition(report, ("en",)).number(point.figure)
    assert shown in sp.Edition(report, ("en",)).text(chart.alt)


def test_totals_and_profiles_have_no_chart():
    total = {"question": "account", "statistic": "total", "unit": "persons", "half": 5}
    rows = [
        row("holders", 100.0, category="yes", **total),
        row("ages", 0.4, question="age_group", category="18-29", breakdown="apps", domain="imo"),
    ]
    report = composed(rows)

    assert charts_in(report, "holders") == charts_in(report, "ages") == []


def test_the_caption_tells_the_base_and_what_the_lines_are():
    report = composed([*yes_no(0.94), *by_sex(0.95, 0.93)])
    (chart,) = charts_in(report, "account")

    assert sp.Edition(report, ("en",)).text(chart.caption) == (
        "Base: respondents who answered this question (400, unweighted). "
        "Lines show 95% confidence intervals."
    )


def test_the_caption_of_intervals_by_a_model_says_so():
    report = composed([*yes_no(0.94), *by_sex(0.95, 0.93, caveat="model-based; zero cases")])
    (chart,) = charts_in(report, "account")

    assert [sp.Edition(report, (one,)).text(chart.caption) for one in ("en", "ar")] == [
        (
            "Base: respondents who answered this question (400, unweighted). Lines show 95% "
            "confidence intervals. Precision is model-based, because the sample is not random."
        ),
        (
            "القاعدة: المستجيبون الذين أجابوا عن هذا السؤال، وعددهم 400 (غير مرجّح). تبيّن "
            "الخطوط فترات الثقة عند مستوى 95 بالمائة. الدقة مبنية على نموذج لأن العينة ليست "
            "عشوائية."
        ),
    ]


def test_names_of_charts_are_plain_names_of_files():
    rows = [{**one, "indicator": "a b/../c"} for one in [*yes_no(0.9), *by_sex(0.9, 0.8)]]
    report = composed(rows)

    assert [one.name for one in charts_in(report, "a b/../c")] == ["a-b-c-groups"]
