"""Parts of all answers given, and the reach of sets, in words and tables of both languages."""

from __future__ import annotations

from socialpoll.report import Chart, report_from_json, report_to_json
from tests.report.handmade import comparison, composed, row, section, sentences
from tests.report.test_tables import notes, printed, tables_in, titles

PARTS = {"whatsapp": 0.4, "youtube": 0.3, "instagram": 0.2, "imo": 0.1}
OF_RESPONSES = {"question": "apps", "statistic": "share_of_responses"}


def parts(**keys) -> list[dict]:
    several = {**OF_RESPONSES, **keys}
    return [row("parts", share, item=code, **several) for code, share in PARTS.items()]


def sets(**keys) -> list[dict]:
    shares = {"whatsapp": 0.62, "whatsapp|youtube": 0.8, "whatsapp|youtube|imo": 0.85}
    return [
        row("reach", share, item=code, question="apps", **keys) for code, share in shares.items()
    ]


def said(report, name, language="en") -> str:
    return " ".join(sentences(report, name, language))


def test_parts_of_all_answers_are_printed_with_their_own_heading_and_base():
    report = composed(parts())
    (table,) = tables_in(report, "parts")

    assert printed(report, table)[:2] == [
        ["Answer", "Share of all answers given", "95% confidence interval (%)", "Unweighted base"],
        ["WhatsApp", "40.0%", "38.0 to 42.0", "400"],
    ]
    assert printed(report, table, "ar")[0][1] == "النسبة من مجموع الخيارات المختارة"
    assert notes(report, table)[0] == (
        "Base: all options chosen by respondents who answered “Yes” to “Has an account” and "
        "answered this question (400, unweighted)."
    )
    assert notes(report, table, "ar")[0].startswith(
        "القاعدة: جميع الخيارات التي اختارها المستجيبون الذين"
    )
    assert "Percentages are weighted; bases are unweighted." in notes(report, table)
    assert "Percentages may not add to 100 because of rounding." in notes(report, table)


def test_parts_of_all_answers_are_told_as_such():
    report = composed(parts())

    assert (
        "The poll found that the options with the largest shares of all answers given included "
        "WhatsApp (40%), YouTube (30%) and Instagram (20%)." in said(report, "parts")
    )
    assert "من الخيارات ذات النسب الأكبر من مجموع الخيارات المختارة" in said(report, "parts", "ar")


def test_two_shares_of_one_question_are_told_apart_by_their_titles():
    shares = [row("apps", 2 * share, item=code) for code, share in PARTS.items()]
    report = composed([*shares, *parts()])
    charts = [
        block for block in section(report, "indicator", "parts").blocks if isinstance(block, Chart)
    ]

    assert titles(report, "parts")[0].startswith("Platforms used: share of all answers given")
    assert not titles(report, "apps")[0].startswith("Platforms used:")
    assert [point.figure.value for point in charts[0].series[0].points] == [0.4, 0.3, 0.2, 0.1]
    assert report_from_json(report_to_json(report)) == report


def test_groups_differ_in_a_part_of_all_answers():
    groups = [
        row("parts", share, item="imo", breakdown="sex", domain=sex, **OF_RESPONSES)
        for sex, share in (("male", 0.15), ("female", 0.05))
    ]
    apart = comparison("parts", "male", "female", 0.1, 0.001, item="imo", **OF_RESPONSES)
    same = [row("parts", 0.1, item="imo", **OF_RESPONSES)]
    report = composed([*same, *groups], [apart])
    untested = composed([*same, *groups])

    assert "shares are higher for Males than for Females" in said(report, "parts")
    assert "the share of “imo” in all answers given" in said(untested, "parts")
    assert "نسبة «إيمو» من مجموع الخيارات المختارة" in said(untested, "parts", "ar")


def test_sets_of_options_are_named_by_all_they_hold():
    report = composed(sets())
    (table,) = tables_in(report, "reach")

    assert [line[0] for line in printed(report, table)[1:]] == [
        "WhatsApp",
        "WhatsApp or YouTube",
        "WhatsApp, YouTube or imo",
    ]
    assert printed(report, table, "ar")[2][0] == "واتساب أو يوتيوب"
    assert titles(report, "reach") == ["Platforms used: reach"]
    assert titles(report, "reach", "ar") == ["المنصات المستخدمة: نسبة الوصول"]
    assert "Each line counts once whoever chose any of its answers; lines overlap." in notes(
        report, table
    )
    assert report.labels["item:apps"]["whatsapp|youtube"]["en"] == "WhatsApp or YouTube"


def test_reach_is_told_set_by_set():
    report = composed(sets())

    assert (
        "The poll found that 62% of those asked chose “WhatsApp”, 80% chose “WhatsApp or YouTube” "
        "and 85% chose “WhatsApp, YouTube or imo”." in said(report, "reach")
    )
    assert "بالمائة اختاروا «واتساب أو يوتيوب»" in said(report, "reach", "ar")


def test_the_base_of_parts_is_told_without_a_number_where_none_is_shown():
    report = composed(parts(status="suppressed"))
    (table,) = tables_in(report, "parts")

    assert notes(report, table)[0].startswith("Base: all options chosen by respondents who")
    assert "unweighted)" not in notes(report, table)[0]


def test_parts_of_all_time_have_a_heading_a_base_and_notes_of_their_own():
    report = composed(sets(statistic="share_of_time"))
    (table,) = tables_in(report, "reach")

    assert titles(report, "reach") == ["Platforms used: share of all time spent"]
    assert printed(report, table)[0][1] == "Share of all time spent"
    assert printed(report, table)[2][:2] == ["WhatsApp or YouTube", "80.0%"]
    assert printed(report, table, "ar")[0][1] == "النسبة من مجموع الوقت"
    assert report.labels["statistic"]["share_of_time"]["en"] == "Share of all time spent"
    assert notes(report, table)[0] == (
        "Base: all time spent by respondents who answered “Yes” to “Has an account”, answered this "
        "question and said how much time they spend (400, unweighted)."
    )
    assert notes(report, table, "ar")[0].startswith(
        "القاعدة: مجموع الوقت الذي يقضيه المستجيبون الذين"
    )
    assert "Each line has all the time of whoever chose any of it; lines overlap." in notes(
        report, table
    )


def test_parts_of_all_time_are_told_set_by_set():
    groups = [
        row("reach", share, item="imo", question="apps", statistic="share_of_time", **sex)
        for sex, share in (
            ({"breakdown": "sex", "domain": "male"}, 0.15),
            ({"breakdown": "sex", "domain": "female"}, 0.05),
        )
    ]
    same = row("reach", 0.1, item="imo", question="apps", statistic="share_of_time")
    report = composed([*sets(statistic="share_of_time")])
    grouped = composed([same, *groups])

    assert (
        "The poll found that 62% of all time was spent by those who chose “WhatsApp”, 80% by those "
        "who chose “WhatsApp or YouTube” and 85% by those who chose “WhatsApp, YouTube or imo”."
        in said(report, "reach")
    )
    assert "بالمائة من مجموع الوقت يقضيها من اختاروا «واتساب»" in said(report, "reach", "ar")
    assert "the share of all time spent by those who chose “imo”" in said(grouped, "reach")
    assert "نسبة ما يقضيه من اختاروا «إيمو» من مجموع الوقت" in said(grouped, "reach", "ar")
