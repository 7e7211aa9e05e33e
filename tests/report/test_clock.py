"""Mean times and windows of the clock in words and tables: as times, in both languages."""

from __future__ import annotations

import pytest

from socialpoll.report import Chart, Edition, Interval, report_from_json, report_to_json
from socialpoll.report.language import Language
from socialpoll.report.writing import figure_written
from tests.report.handmade import comparison, composed, row, section, sentences
from tests.report.test_tables import notes, printed, tables_in, titles

MEAN = {
    "question": "busiest",
    "statistic": "circular_mean",
    "unit": "minutes after midnight",
    "half": 20,
}
LENGTH = {"question": "busiest", "statistic": "concentration", "unit": "_Z", "half": 0.05}
SPREAD = "no preferred time established"


def mean_times(overall: float, **groups: float) -> list[dict]:
    rows = [row("mean_time", overall, **MEAN)]
    return rows + [
        row("mean_time", one, breakdown="sex", domain=sex, **MEAN) for sex, one in groups.items()
    ]


def apart(difference: float, p: float) -> dict:
    keys = {name: one for name, one in MEAN.items() if name != "half"}
    return comparison("mean_time", "male", "female", difference, p, **keys)


def windows() -> list[dict]:
    shares = {"21:00-02:00": 0.41, "06:00-24:00": 0.8}
    return [row("parts", share, item=code, question="busiest") for code, share in shares.items()]


def test_a_mean_time_is_printed_as_a_time_of_the_clock():
    report = composed(mean_times(1290, male=1285, female=5))
    _, by_sex = tables_in(report, "mean_time")

    assert printed(report, by_sex) == [
        ["Sex", "Mean time", "95% confidence interval", "Unweighted base"],
        ["Males", "21:25", "21:05 to 21:45", "400"],
        ["Females", "00:05", "23:45 to 00:25", "400"],
        ["Overall", "21:30", "21:10 to 21:50", "400"],
    ]
    assert printed(report, by_sex, "ar")[1:3] == [
        ["الذكور", "21:25", "من 21:05 إلى 21:45", "400"],
        ["الإناث", "00:05", "من 23:45 إلى 00:25", "400"],
    ]
    assert notes(report, by_sex)[0] == (
        "Base: respondents who answered “Yes” to “Has an account” and gave a time "
        "(400, unweighted)."
    )


def test_a_mean_time_is_told_as_a_time_of_the_clock():
    report = composed(mean_times(1290))

    assert (
        "The poll found that the mean time was 21:30 (95% confidence interval: 21:10 to 21:50)."
        in sentences(report, "mean_time")
    )
    assert (
        "أشارت نتائج الاستطلاع إلى أن متوسط الوقت كان الساعة 21:30 "
        "(فترة الثقة عند مستوى 95 بالمائة: من 21:10 إلى 21:50)."
        in sentences(report, "mean_time", "ar")
    )


def test_nothing_is_said_in_minutes():
    report = composed(mean_times(1290, male=1285, female=5), [apart(-160, 0.001)])
    for language in ("en", "ar"):
        said = " ".join(sentences(report, "mean_time", language))
        assert "1290" not in said
        assert "1,290" not in said


def test_after_midnight_is_later_than_before_it():
    report = composed(mean_times(1410, male=1380, female=60), [apart(-120, 0.001)])

    assert (
        "Sex: the mean time is later for Females (01:00) than for Males (23:00), "
        "a statistically significant difference." in sentences(report, "mean_time")
    )
    assert (
        "النوع: متوسط الوقت أكثر تأخراً في فئة «الإناث» (01:00) مقارنةً بفئة «الذكور» (23:00)، "
        "والفرق ذو دلالة إحصائية." in sentences(report, "mean_time", "ar")
    )


def test_mean_times_that_do_not_differ_are_said_not_to():
    report = composed(mean_times(1410, male=1400, female=1415), [apart(-15, 0.4)])

    assert (
        "Sex: there is no statistically significant difference between Males (23:20) and Females "
        "(23:35) in the mean time." in sentences(report, "mean_time")
    )


def test_where_no_time_is_preferred_none_is_printed_and_the_report_says_so():
    spread = row("mean_time", 200, **MEAN) | {"caveat": SPREAD, "ci_low": None, "ci_high": None}
    women = row("mean_time", 800, breakdown="sex", domain="female", **MEAN)
    men = row("mean_time", 700, breakdown="sex", domain="male", **MEAN)
    men |= {"caveat": f"df<1; {SPREAD}", "ci_low": None, "ci_high": None}
    report = composed([spread, men, women])
    overall, by_sex = tables_in(report, "mean_time")

    assert printed(report, overall)[1] == ["Overall", "[x]", "[x]", "400"]
    assert printed(report, by_sex)[1:3] == [
        ["Males", "[x]", "[x]", "400"],
        ["Females", "13:20", "13:00 to 13:40", "400"],
    ]
    assert {
        "There is no mean time where no preferred time of day could be established.",
        "[x] not available",
    } <= set(notes(report, overall))
    assert "The poll found that the answers do not show a preferred time of day." in sentences(
        report, "mean_time"
    )
    assert not any("03:20" in one or "11:40" in one for one in sentences(report, "mean_time"))
    assert "أشارت نتائج الاستطلاع إلى أن الإجابات لا تدل على وجود وقت مفضّل من اليوم." in sentences(
        report, "mean_time", "ar"
    )


def test_a_concentration_is_told_with_the_ends_of_its_scale():
    report = composed([row("spread", 0.857, **LENGTH)])

    assert (
        "The poll found that the concentration of times was 0.857 on a scale from 0 (spread over "
        "the day) to 1 (all at one time) (95% confidence interval: 0.807 to 0.907)."
        in sentences(report, "spread")
    )
    assert printed(report, tables_in(report, "spread")[0])[0][1] == "Concentration of times"


def test_windows_are_named_by_their_times_and_add_up_to_nothing():
    report = composed(windows())
    [table] = tables_in(report, "parts")

    assert [one[:2] for one in printed(report, table)[1:]] == [
        ["21:00 to 02:00", "41.0%"],
        ["06:00 to 24:00", "80.0%"],
    ]
    assert printed(report, table, "ar")[1][0] == "من 21:00 إلى 02:00"
    assert not any("add to" in note for note in notes(report, table))
    assert (
        "The poll found that 41% of those asked gave a time from 21:00 to 02:00 and 80% from 06:00 "
        "to 24:00." in sentences(report, "parts")
    )
    assert (
        "أشارت نتائج الاستطلاع إلى أن 41 بالمائة ممن طُرح عليهم السؤال ذكروا وقتاً في الفترة من "
        "21:00 إلى 02:00 و80 بالمائة في الفترة من 06:00 إلى 24:00."
        in sentences(report, "parts", "ar")
    )
    assert report.labels["item:busiest"]["21:00-02:00"] == {
        "en": "21:00 to 02:00",
        "ar": "من 21:00 إلى 02:00",
    }


def test_two_windows_each_have_their_column():
    rows = windows() + [one | {"breakdown": "sex", "domain": "male"} for one in windows()]
    _, by_sex = tables_in(composed(rows), "parts")

    assert [column.name for column in by_sex.columns] == [
        "group",
        "21:00-02:00.estimate",
        "21:00-02:00.interval",
        "06:00-24:00.estimate",
        "06:00-24:00.interval",
        "base",
    ]


def test_indicators_of_one_question_are_told_apart():
    bands = [row("busiest", 0.5, category="00"), row("busiest", 0.5, category="06")]
    report = composed(
        [*bands, *mean_times(1290), row("spread", 0.8, **LENGTH), *windows()],
    )

    assert [titles(report, one)[0] for one in ("busiest", "mean_time", "spread", "parts")] == [
        "Busiest time",
        "Busiest time: mean time",
        "Busiest time: concentration of times",
        "Busiest time: parts of the day",
    ]


def test_mean_times_are_drawn_by_group_and_told_as_times():
    report = composed(mean_times(1410, male=1380, female=60))
    [chart] = [
        one for one in section(report, "indicator", "mean_time").blocks if isinstance(one, Chart)
    ]

    assert (chart.kind, chart.unit, chart.name) == ("dots", "clock", "mean_time-groups")
    assert Edition(report, ("en",)).text(chart.alt) == (
        "Dot chart, Busiest time, by group: Overall 23:30; Sex: Males 23:00 and Females 01:00."
    )


def test_a_concentration_of_times_is_left_to_its_table():
    groups = [row("spread", 0.8, breakdown="sex", domain="male", **LENGTH)]
    report = composed([row("spread", 0.8, **LENGTH), *groups])

    assert not any(
        isinstance(block, Chart) for block in section(report, "indicator", "spread").blocks
    )


def test_groups_are_compared_window_by_window():
    shares = {"21:00-02:00": (0.5, 0.3), "06:00-24:00": (0.78, 0.82)}
    rows, found = windows(), []
    for code, (men, women) in shares.items():
        keys = {"item": code, "question": "busiest"}
        rows.append(row("parts", men, breakdown="sex", domain="male", **keys))
        rows.append(row("parts", women, breakdown="sex", domain="female", **keys))
        apart = men - women
        found.append(comparison("parts", "male", "female", apart, 1 - abs(apart) * 4.9, **keys))

    assert (
        "Sex: shares are higher for Males than for Females, with statistically significant "
        "differences, for 21:00 to 02:00 (50% against 30%)."
        in sentences(composed(rows, found), "parts")
    )


def test_a_lone_window_is_compared_by_its_share():
    keys = {"item": "21:00-02:00", "question": "busiest"}
    rows = [
        row("late", 0.4, **keys),
        row("late", 0.5, breakdown="sex", domain="male", **keys),
        row("late", 0.3, breakdown="sex", domain="female", **keys),
    ]
    report = composed(rows, [comparison("late", "male", "female", 0.2, 0.01, **keys)])

    assert (
        "Sex: the share who gave a time from 21:00 to 02:00 is higher for Males (50%) than for "
        "Females (30%), a statistically significant difference." in sentences(report, "late")
    )
    assert (
        "النوع: نسبة من ذكروا وقتاً في الفترة من 21:00 إلى 02:00 أعلى في فئة «الذكور» (50 بالمائة) "
        "مقارنةً بفئة «الإناث» (30 بالمائة)، والفرق ذو دلالة إحصائية."
        in sentences(report, "late", "ar")
    )


def test_units_and_statistics_have_words():
    labels = composed([*mean_times(1290), row("spread", 0.8, **LENGTH)]).labels

    assert labels["unit"]["minutes after midnight"]["ar"] == "دقائق بعد منتصف الليل"
    assert labels["statistic"]["circular_mean"] == {"en": "Mean time", "ar": "متوسط الوقت"}
    assert labels["statistic"]["concentration"]["en"] == "Concentration of times"
    assert labels["unit"]["_Z"]["en"] == "not applicable"


@pytest.mark.parametrize(
    ("minutes", "latin", "arabic"),
    [(0, "00:00", "٠٠:٠٠"), (1439.6, "00:00", "٠٠:٠٠"), (1440, "24:00", "٢٤:٠٠")],
)
def test_times_are_whole_minutes_in_the_digits_of_the_language(minutes, latin, arabic):
    assert Language("en").time(minutes) == latin
    assert Language("ar", "arab").time(minutes) == arabic


def test_an_interval_of_times_goes_with_its_shorthand():
    assert figure_written(Interval(1430, 10, "clock"), Language("en")) == "23:50 to 00:10"
    assert figure_written(Interval(None, None, "clock", 0, "x"), Language("en")) == "[x]"


def test_a_report_with_times_survives_json():
    report = composed([*mean_times(1290, male=1285, female=5), *windows()])

    assert report_from_json(report_to_json(report)) == report
