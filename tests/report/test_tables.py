from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.report import Figure, Interval, Table
from socialpoll.schema import Fact
from tests.report.handmade import AREAS, DECLARED, FACTS, by_sex, composed, row, section, yes_no

APPS = ("whatsapp", "youtube", "instagram", "imo", "none")
GROUP = {"breakdown": "sex", "domain": "female"}
WIDEST = 8
"""Columns that fit the width of an A4 page in portrait."""


def tables_in(report: sp.Report, indicator: str) -> list[Table]:
    blocks = section(report, "indicator", indicator).blocks
    return [one for one in blocks if isinstance(one, Table)]


def printed(report: sp.Report, table: Table, language: str = "en") -> list[list[str]]:
    edition = sp.Edition(report, (language,))

    def cell(one) -> str:
        if one is None:
            return ""
        return edition.number(one) if isinstance(one, Figure | Interval) else edition.text(one)

    head = [edition.text(column.heading) for column in table.columns]
    return [head, *([cell(one) for one in line.cells] for line in table.rows)]


def notes(report: sp.Report, table: Table, language: str = "en") -> list[str]:
    edition = sp.Edition(report, (language,))
    return [edition.text(note) for note in table.notes]


def titles(report: sp.Report, indicator: str, language: str = "en") -> list[str]:
    edition = sp.Edition(report, (language,))
    return [edition.text(one.title) for one in tables_in(report, indicator)]


def apps(**keys) -> list[dict]:
    return [row("apps", 0.9 - place / 10, item=code, **keys) for place, code in enumerate(APPS)]


def apps_by_area(**statuses) -> list[dict]:
    rows = apps()
    for area in AREAS:
        rows += apps(breakdown="area", domain=area, status=statuses.get(area, "usual"))
    return rows


def test_the_table_of_everybody_has_a_row_an_answer_with_interval_and_base():
    report = composed(yes_no(0.94))

    assert printed(report, tables_in(report, "account")[0]) == [
        ["Answer", "Percentage", "95% confidence interval (%)", "Unweighted base"],
        ["Yes", "94.0%", "92.0 to 96.0", "400"],
        ["No", "6.0%", "4.0 to 8.0", "400"],
    ]
    assert printed(report, tables_in(report, "account")[0], "ar")[0] == [
        "الإجابة",
        "النسبة",
        "فترة الثقة عند مستوى 95\u200e%\u200e (بالمائة)",
        "القاعدة غير المرجّحة",
    ]


def test_of_two_answers_the_table_by_group_has_the_one_that_is_compared():
    report = composed([*yes_no(0.94), *by_sex(0.95, 0.93)])
    table = tables_in(report, "account")[1]

    assert titles(report, "account")[1] == "Has an account: “Yes”, by Sex"
    assert titles(report, "account", "ar")[1] == "امتلاك حساب: «نعم»، حسب النوع"
    assert printed(report, table) == [
        ["Sex", "Percentage", "95% confidence interval (%)", "Unweighted base"],
        ["Males", "95.0%", "93.0 to 97.0", "400"],
        ["Females", "93.0%", "91.0 to 95.0", "400"],
        ["Overall", "94.0%", "92.0 to 96.0", "400"],
    ]
    assert [line.role for line in table.rows] == ["body", "body", "total"]


def test_few_groups_stand_side_by_side_with_their_intervals_and_bases():
    rows = (
        apps()
        + apps(breakdown="sex", domain="male", n=210)
        + apps(breakdown="sex", domain="female")
    )
    report = composed(rows)
    table = printed(report, tables_in(report, "apps")[1])

    assert table[0] == [
        "Answer",
        "Males",
        "Males: 95% confidence interval (%)",
        "Females",
        "Females: 95% confidence interval (%)",
    ]
    assert table[1] == ["WhatsApp", "90.0%", "88.0 to 92.0", "90.0%", "88.0 to 92.0"]
    assert table[-1] == ["Unweighted base", "210", "", "400", ""]


def test_many_groups_have_a_table_with_intervals_and_one_of_all_answers():
    report = composed(apps_by_area())

    assert titles(report, "apps") == [
        "Platforms used",
        "Platforms used: “WhatsApp”, by Governorate",
        "Platforms used, by Governorate",
    ]
    table = printed(report, tables_in(report, "apps")[2])
    assert table[0][0] == "Governorate"
    assert table[0][-1] == "Unweighted base"
    assert table[1] == ["Muscat", "90.0%", "80.0%", "70.0%", "60.0%", "50.0%", "400"]
    assert len(table) == 1 + len(AREAS) + 1


def test_many_answers_are_parted_into_tables_of_nearly_equal_width():
    from socialpoll.report.tables import _parted

    assert [len(part) for part in _parted(list(range(8)))] == [4, 4]
    assert [len(part) for part in _parted(list(range(9)))] == [5, 4]
    assert [len(part) for part in _parted(list(range(11)))] == [4, 4, 3]
    assert [len(part) for part in _parted(list(range(5)))] == [5]


def test_parts_of_a_table_are_numbered():
    codes = [f"o{number}" for number in range(8)]
    question = sp.Multiple(
        name="many",
        text="Many?",
        options=tuple(sp.Code(code=code, label=code) for code in codes),
    )
    rows = [row("many", 0.1, item=code) for code in codes]
    rows += [
        row("many", 0.1, item=code, breakdown="area", domain=area)
        for area in AREAS
        for code in codes
    ]
    report = composed(rows, questions=(*composed_questions(), question))

    assert titles(report, "many")[2:] == [
        "Many?, by Governorate (part 1 of 2)",
        "Many?, by Governorate (part 2 of 2)",
    ]


def composed_questions():
    from tests.report.handmade import questionnaire

    return questionnaire().questions


def test_few_answers_stand_side_by_side_with_their_intervals():
    shares = {"low": 0.3, "middle": 0.3, "high": 0.4}
    rows = [row("trust", share, category=code) for code, share in shares.items()]
    rows += [
        row("trust", share, category=code, breakdown="area", domain=area)
        for area in AREAS
        for code, share in shares.items()
    ]
    report = composed(rows)
    table = printed(report, tables_in(report, "trust")[1])

    assert table[0] == [
        "Governorate",
        "Does not trust",
        "Does not trust: 95% confidence interval (%)",
        "Neither",
        "Neither: 95% confidence interval (%)",
        "Trusts",
        "Trusts: 95% confidence interval (%)",
        "Unweighted base",
    ]
    assert len(tables_in(report, "trust")) == 2


def test_a_mean_has_one_figure_a_group_in_its_unit():
    keys = {"statistic": "mean", "unit": "hours"}
    rows = [row("hours", 6.0, **keys), row("hours", 6.4, breakdown="sex", domain="female", **keys)]
    report = composed(rows)

    assert printed(report, tables_in(report, "hours")[1]) == [
        ["Sex", "Mean", "95% confidence interval", "Unweighted base"],
        ["Females", "6.4 hours", "6.2 to 6.6", "400"],
        ["Overall", "6.0 hours", "5.8 to 6.2", "400"],
    ]


def test_a_median_and_a_variance_are_headed_by_their_names_and_units():
    median = {"statistic": "median", "unit": "years"}
    report = composed([row("age", 34.0, **median), row("age", 36.0, **median, **GROUP)])
    squared = {"statistic": "variance", "unit": "years²"}
    spread = composed([row("age", 90.0, **squared), row("age", 80.0, **squared, **GROUP)])

    assert printed(report, tables_in(report, "age")[1])[0][1] == "Median (years)"
    assert printed(spread, tables_in(spread, "age")[1])[0][1] == "Variance (years²)"
    assert printed(spread, tables_in(spread, "age")[1], "ar")[0][1].startswith("التباين (مربّع")


def test_percentiles_have_a_row_each_and_stand_side_by_side_for_groups():
    keys = {"statistic": "quantile", "unit": "hours"}
    parts = {"p25": 2.0, "p75": 6.5}
    overall = [row("hours", hours, category=code, **keys) for code, hours in parts.items()]
    groups = [row("hours", hours, category=code, **keys, **GROUP) for code, hours in parts.items()]
    report = composed([*overall, *groups])
    first, second = tables_in(report, "hours")

    assert printed(report, first)[0][:2] == ["Percentile", "Quantile"]
    assert [line[:2] for line in printed(report, first)[1:]] == [
        ["percentile 25", "2.0 hours"],
        ["percentile 75", "6.5 hours"],
    ]
    assert printed(report, second)[0][1::2][:2] == ["percentile 25", "percentile 75"]


def test_a_profile_has_its_groups_as_rows_and_no_overall_figure():
    keys = {"question": "age_group", "breakdown": "apps"}
    rows = [
        row("ages", share, category=band, domain=app, **keys)
        for app in ("whatsapp", "imo")
        for band, share in (("18-29", 0.4), ("30+", 0.6))
    ]
    report = composed(rows)
    (table,) = tables_in(report, "ages")

    assert titles(report, "ages") == ["Age group by Platforms used"]
    assert [line[0] for line in printed(report, table)] == ["Platforms used", "WhatsApp", "imo"]
    assert "Groups overlap: a respondent may be in several of them." in notes(report, table)


def test_a_crossing_is_told_by_both_of_its_parts():
    rows = [
        *yes_no(0.5),
        *yes_no(0.6, breakdown="sex|age_group", domain="male|18-29"),
        *yes_no(0.4, breakdown="sex|age_group", domain="female|30+"),
    ]
    report = composed(rows)
    table = tables_in(report, "account")[1]

    assert titles(report, "account")[1] == "Has an account: “Yes”, by Sex and Age group"
    assert [line[0] for line in printed(report, table)[1:3]] == [
        "Males, 18–29",
        "Females, 30 and over",
    ]
    assert printed(report, table, "ar")[1][0] == "الذكور، من 18 إلى 29 سنة"


def test_no_table_is_wider_than_the_page():
    report = composed([*apps_by_area(), *yes_no(0.9), *by_sex(0.9, 0.9)])
    widths = [
        len(block.columns)
        for one in report.sections
        for block in one.blocks
        if isinstance(block, Table)
    ]

    assert max(widths) <= WIDEST


def test_every_row_has_a_cell_a_column():
    report = composed([*apps_by_area(wusta="suppressed"), *yes_no(0.9), *by_sex(0.9, 0.9)])

    for one in report.sections:
        for block in one.blocks:
            if isinstance(block, Table):
                assert {len(line.cells) for line in block.rows} == {len(block.columns)}
                assert len({column.name for column in block.columns}) == len(block.columns)


def test_a_suppressed_group_shows_its_shorthand_alone_and_a_note_says_why():
    report = composed(apps_by_area(wusta="suppressed", musandam="low_reliability"))
    table = tables_in(report, "apps")[1]
    lines = {line[0]: line[1:] for line in printed(report, table)}

    assert lines["Wusta"] == ["[c]", "[c]", "[c]"]
    assert lines["Musandam"] == ["90.0% [u]", "88.0 to 92.0", "400"]
    assert notes(report, table)[-2:] == [
        "[c] suppressed: fewer than 30 respondents in the group",
        "[u] low reliability: fewer than 100 respondents in the group",
    ]
    assert notes(report, table, "ar")[-2:] == [
        "[c] محجوب: عدد المستجيبين في الفئة أقل من 30",
        "[u] منخفض الموثوقية: عدد المستجيبين في الفئة أقل من 100",
    ]


def test_shorthand_that_is_not_used_is_not_explained():
    report = composed(apps_by_area())

    for table in tables_in(report, "apps"):
        assert [note for note in notes(report, table) if note.startswith("[")] == []


def test_a_figure_fixed_by_weighting_has_no_interval_and_says_why():
    rows = [row("sex", 0.5, category=one, status="fixed") for one in ("male", "female")]
    report = composed(rows)
    table = tables_in(report, "sex")[0]

    assert printed(report, table)[1] == ["Males", "50.0% [w]", "[z]", "400"]
    assert "[w] fixed by weighting, without sampling error" in notes(report, table)
    assert "[z] not applicable" in notes(report, table)


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Precision is model-based, because the sample is not random."),
        ("ar", "الدقة مبنية على نموذج لأن العينة ليست عشوائية."),
    ],
)
def test_a_table_of_precision_by_a_model_says_so(language, note):
    by_model = composed(yes_no(0.9, caveat="model-based"))
    other = composed(yes_no(0.9, caveat="opt-in sample"))

    assert note in notes(by_model, tables_in(by_model, "account")[0], language)
    assert note not in notes(other, tables_in(other, "account")[0], language)


def test_a_group_of_nobody_is_not_available():
    rows = [*yes_no(0.5), *yes_no(0.5, breakdown="sex", domain="male", status="not_available", n=0)]
    report = composed(rows)
    table = tables_in(report, "account")[1]

    assert printed(report, table)[1] == ["Males", "[x]", "[x]", "0"]


def test_other_rules_than_a_minimum_are_not_told_as_one():
    facts = (*FACTS, Fact("disclosure", "policy", {"rules": ("nchs2017",), "minimum_base": 30}))
    rows = apps_by_area(wusta="withheld", muscat="low_reliability")
    report = composed(rows, facts=facts)

    assert notes(report, tables_in(report, "apps")[1])[-2:] == [
        "[c] suppressed: too few respondents, or not reliable enough",
        "[u] low reliability",
    ]


def test_it_is_told_how_percentages_add_up_where_all_of_them_stand():
    rows = [*yes_no(0.94), *by_sex(0.95, 0.93), *apps()]
    report = composed(rows)
    overall, by_group = (notes(report, one) for one in tables_in(report, "account"))
    several = notes(report, tables_in(report, "apps")[0])

    assert "Percentages may not add to 100 because of rounding." in overall
    assert not any("add" in note for note in by_group)
    assert any("percentages may add to more than 100" in note for note in several)


@pytest.mark.parametrize("weighted", [True, False])
def test_it_is_told_what_is_weighted(weighted):
    facts = FACTS if weighted else FACTS[:1]
    report = composed(yes_no(0.94), facts=facts)
    table = tables_in(report, "account")[0]

    assert ("Percentages are weighted; bases are unweighted." in notes(report, table)) == weighted
    assert ("Figures and bases are unweighted." in notes(report, table)) != weighted
    heading = "Unweighted base" if weighted else "Base"
    assert printed(report, table)[0][-1] == heading


def test_tables_and_charts_of_synthetic_data_say_so_in_their_titles():
    from dataclasses import replace

    report = composed(
        [*yes_no(0.94), *by_sex(0.95, 0.93)], declared=replace(DECLARED, synthetic=True)
    )
    blocks = [one for one in section(report, "indicator").blocks if hasattr(one, "title")]

    assert report.synthetic
    assert len(blocks) == 3
    for block in blocks:
        assert sp.Edition(report, ("en",)).text(block.title).endswith("(synthetic data)")
        assert sp.Edition(report, ("ar",)).text(block.title).endswith("(بيانات اصطناعية)")


def test_intervals_of_another_level_are_headed_by_it():
    rows = [{**one, "ci_level": 0.9} for one in yes_no(0.94)]
    report = composed(rows)

    assert printed(report, tables_in(report, "account")[0])[0][2] == "90% confidence interval (%)"
