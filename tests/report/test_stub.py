from __future__ import annotations

import pytest

import socialpoll as sp
from tests.report import handmade
from tests.report.banner_polls import everything, stub
from tests.report.handmade import row, text


def rows(*names: str, language: str = "en", **changes) -> list[str]:
    """Return the stub without its bases."""
    table = sp.tabulate(everything(), sp.Banner(rows=names, columns=("sex",), **changes))
    bases = {"Unweighted base", "Effective base", "القاعدة غير المرجّحة", "القاعدة الفعالة"}
    return [one for one in stub(table, language) if one not in bases]


def test_nets_and_scores_stand_beneath_the_answers_whatever_order_they_come_in():
    expected = [
        "Trust (base: respondents who answered this question)",
        "Disagree",
        "Neither",
        "Agree",
        "Fully agree",
        "Don't know",
        "Net: Fully agree / Agree",
        "Net: Neither",
        "Net: Disagree",
        "Don't know",
        "Mean",
        "Net score, from -100 to 100",
    ]

    assert rows("trust", "trust_boxes", "trust_mean", "trust_net") == expected
    assert rows("trust_mean", "trust_boxes", "trust", "trust_net") == expected


def test_questions_stand_where_the_first_of_their_indicators_is_named():
    found = rows("apps_count", "age", "apps")

    assert found[0].startswith("Apps")
    assert found[1:6] == ["App A", "App B", "App C", "None", "Mean number chosen"]
    assert found[6].startswith("Age")


def test_what_is_alone_is_called_by_its_own_name():
    assert rows("age_group") == [
        "Age group (base: respondents who answered this question)",
        "Under 40",
        "40 and over",
    ]
    assert rows("apps_nets", language="ar") == [
        "أنواع التطبيقات (القاعدة: المستجيبون الذين أجابوا عن هذا السؤال)",
        "أ أو ب",
    ]


def test_several_figures_of_another_kind_have_a_heading_of_their_own():
    assert rows("age_group", "age", "age_quantiles") == [
        "Age (base: respondents who answered this question)",
        "Under 40",
        "40 and over",
        "Mean (years)",
        "Age: percentiles",
        "percentile 25",
        "percentile 50",
    ]


def test_items_stand_under_their_grid_with_their_nets_and_means():
    found = rows("gov", "gov_mean", "useful_boxes")

    assert found == [
        "Accounts (base: respondents who answered this question)",
        "Useful",
        "Disagree",
        "Neither",
        "Agree",
        "Fully agree",
        "Don't know",
        "Net: Fully agree",
        "Net: Neither / Agree",
        "Net: Disagree",
        "Don't know",
        "Mean",
        "Clear",
        "Disagree",
        "Neither",
        "Agree",
        "Fully agree",
        "Don't know",
        "Mean",
    ]


def test_a_grid_of_means_alone_has_a_row_an_item():
    assert rows("gov_mean")[1:] == ["Useful", "Clear"]


def test_answers_are_sorted_by_the_figures_of_everybody_and_what_is_none_stays_last():
    total = everything().frame.query("indicator == 'apps' and breakdown == '_T'")
    named = {"a": "App A", "b": "App B", "c": "App C"}
    largest = [
        named[one] for one in total.sort_values("estimate", ascending=False)["item"] if one in named
    ]

    assert rows("apps", sort="largest")[1:] == [*largest, "None"]
    assert rows("apps", sort="smallest")[1:] == [*largest[::-1], "None"]
    assert rows("trust", sort="largest")[-1] == "Don't know"


def test_answers_without_a_figure_of_everybody_follow_those_with_one_in_their_order():
    estimates = {"whatsapp": 0.2, "youtube": None, "instagram": 0.5, "imo": None, "none": 0.9}
    found = [
        row("apps", value, item=code, status="usual" if value is not None else "withheld")
        for code, value in estimates.items()
    ]

    table = sp.tabulate(handmade.released(found), sp.Banner(sort="largest"))

    assert stub(table)[2:] == ["Instagram", "WhatsApp", "YouTube", "imo", "None"]


def test_percentiles_keep_their_order():
    assert rows("age_quantiles", sort="largest")[1:] == ["percentile 25", "percentile 50"]


@pytest.mark.parametrize("sort", ["questionnaire", "largest"])
def test_a_title_of_its_own_heads_a_second_indicator_of_a_question(sort):
    found = [
        *handmade.yes_no(0.9),
        row(
            "holders", 900.0, question="account", category="yes", statistic="total", unit="persons"
        ),
        row("holders", 100.0, question="account", category="no", statistic="total", unit="persons"),
    ]
    release = handmade.released(found, titles={"holders": text("Holders", "أصحاب الحسابات")})
    table = sp.tabulate(release, sp.Banner(sort=sort))

    assert stub(table) == [
        "Has an account (base: respondents who answered this question)",
        "Unweighted base",
        "Yes",
        "No",
        "Holders",
        "Yes",
        "No",
    ]
    assert stub(table, "ar")[4] == "أصحاب الحسابات"


def test_a_profile_is_told_of_each_group_alone():
    found = [
        row("ages", share, question="age_group", category=code, breakdown="apps", domain=app)
        for app in ("whatsapp", "imo")
        for code, share in (("18-29", 0.4), ("30+", 0.6))
    ]
    table = sp.tabulate(handmade.released(found))

    assert stub(table)[0] == (
        "Age group by Platforms used (base: respondents in each group who answered this question)"
    )
    assert [one.domain for one in table.layout.heads] == ["whatsapp", "imo"]
