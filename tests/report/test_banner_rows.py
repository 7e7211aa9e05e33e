from __future__ import annotations

import socialpoll as sp
from tests.report import handmade
from tests.report.banner_polls import everything, printed
from tests.report.handmade import by_sex, row, yes_no


def cells(rows: list[dict], **changes) -> list[list[str]]:
    return printed(sp.tabulate(handmade.released(rows, **changes)).table())


def test_every_column_has_its_base_and_effective_base_from_the_figures():
    table = sp.tabulate(everything(), sp.Banner(rows=("trust",)))
    frame = everything().frame.query("indicator == 'trust' and category == 'low'")
    rows = [row.figures for row in table.layout.rows if row.role in ("base", "effective")]

    assert [one.value for one in rows[0]] == frame["n_base"].tolist()
    assert [one.value for one in rows[1]] == frame["n_effective"].tolist()


def test_a_base_is_told_again_where_it_changes_and_only_there():
    table = sp.tabulate(everything(), sp.Banner(rows=("trust", "trust_boxes", "trust_mean")))
    roles = [row.role for row in table.layout.rows]

    assert roles == [
        "question",
        "base",
        "effective",
        *["figure"] * 9,
        "base",
        "effective",
        "figure",
    ]


def test_a_base_of_others_says_of_whom():
    rows = [
        *[row("apps", 0.5, item=one, n=380) for one in ("whatsapp", "imo")],
        *[
            row("citizens", 0.4, question="apps", item=one, n=400, base="all")
            for one in ("whatsapp", "imo")
        ],
    ]
    found = cells(rows)

    asked = "respondents who answered “Yes” to “Has an account” and answered this question"
    assert found == [
        [f"Platforms used (base: {asked})", ""],
        ["Unweighted base", "380"],
        ["WhatsApp", "50.0%"],
        ["imo", "50.0%"],
        ["Platforms used: all respondents", ""],
        ["Unweighted base: all respondents", "400"],
        ["WhatsApp", "40.0%"],
        ["imo", "40.0%"],
    ]


def test_a_base_that_is_hidden_in_one_row_is_that_of_the_others():
    hidden = row("account", None, category="yes", status="withheld")
    found = cells([hidden, row("account", 0.06, category="no")])

    assert found[1:] == [["Unweighted base", "400"], ["Yes", "[c]"], ["No", "6.0%"]]


def test_a_group_that_is_suppressed_shows_neither_figures_nor_base():
    rows = [
        *yes_no(0.94),
        *yes_no(0.95, breakdown="sex", domain="male"),
        *yes_no(None, breakdown="sex", domain="female", status="suppressed"),
    ]

    assert cells(rows)[1:] == [
        ["Unweighted base", "400", "400", "[c]"],
        ["Yes", "94.0%", "95.0%", "[c]"],
        ["No", "6.0%", "5.0%", "[c]"],
    ]


def test_columns_that_an_indicator_does_not_have_stay_empty():
    found = cells(
        [*yes_no(0.94), *by_sex(0.95, 0.93), row("hours", 3.2, statistic="mean", unit="hours")]
    )

    assert found[-2:] == [["Unweighted base", "400", "", ""], ["Mean", "3.2 hours", "", ""]]


def test_fewer_columns_need_no_base_of_their_own():
    rows = [
        *yes_no(0.94),
        *by_sex(0.95, 0.93),
        row("holders", 900.0, question="account", statistic="total", unit="persons"),
    ]

    assert [one[0] for one in cells(rows)].count("Unweighted base") == 1


def test_intervals_stand_beside_the_figures_and_bases_have_none():
    rows = [*yes_no(0.94), *by_sex(0.95, 0.93)]
    table = sp.tabulate(
        handmade.released(rows), sp.Banner(intervals=True, columns=("sex",))
    ).table()

    assert [one.kind for one in table.columns] == ["label", *["figure", "interval"] * 3]
    assert printed(table)[1:3] == [
        ["Unweighted base", "400", "", "400", "", "400", ""],
        ["Yes", "94.0%", "92.0 to 96.0", "95.0%", "93.0 to 97.0", "93.0%", "91.0 to 95.0"],
    ]


def test_what_is_not_weighted_has_one_base():
    facts = tuple(one for one in handmade.FACTS if one.stage not in ("responses", "weighting"))

    assert cells(yes_no(0.94), facts=facts)[1] == ["Base", "400"]


def test_every_row_of_the_block_is_as_long_as_its_columns():
    table = sp.tabulate(everything()).table()

    assert {len(row.cells) for row in table.rows} == {len(table.columns)}
    assert {row.role for row in table.rows} == {"group", "total", "body"}
