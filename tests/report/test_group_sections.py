from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import Figure, Table, report_from_json, report_to_json
from tests.report.handmade import (
    PUBLISHER,
    TITLE,
    comparison,
    composed,
    everything,
    released,
    row,
    section,
    sentences,
    yes_no,
)

MUSCAT = ("area", "muscat")
BY_AREA = [
    *yes_no(0.6, breakdown="area", domain="muscat", n=120),
    *yes_no(0.3, breakdown="area", domain="dhofar", n=90),
]
CROSSED = [
    *yes_no(0.7, breakdown="area|sex", domain="muscat|male", n=60),
    *yes_no(0.5, breakdown="area|sex", domain="muscat|female", n=60),
    *yes_no(0.2, breakdown="area|sex", domain="dhofar|male", n=45),
    *yes_no(0.4, breakdown="area|sex", domain="dhofar|female", n=45),
]
EVERYTHING = [*yes_no(0.4), *BY_AREA, *CROSSED, row("age", 40, statistic="mean", unit="years")]


def of_group(rows=EVERYTHING, comparisons=(), group=MUSCAT, **changes) -> sp.Report:
    return composed(rows, comparisons, group=group, **changes)


def tables(report: sp.Report, indicator: str) -> list[Table]:
    return [one for one in section(report, "indicator", indicator).blocks if isinstance(one, Table)]


def cells(report: sp.Report, table: Table) -> list[list[str]]:
    edition = sp.Edition(report, ("en",))
    return [
        [
            edition.number(cell) if isinstance(cell, Figure) else edition.text(cell)
            for place, cell in enumerate(row.cells)
            if table.columns[place].kind != "interval"
        ]
        for row in table.rows
    ]


def test_the_title_names_the_group_in_every_language():
    report = of_group()

    assert report.title == {"en": "Media use: Muscat", "ar": "استخدام وسائل الإعلام: مسقط"}
    assert (report.name, report.group) == ("media-use-area-muscat", "area-muscat")


def test_a_report_of_everybody_is_of_no_group():
    assert composed(EVERYTHING).group == ""


def test_a_group_is_told_beside_everybody():
    told = sentences(of_group(), "account")

    assert told[1:3] == [
        "Muscat: the poll found that 60% of respondents answered “Yes” and 40% “No”.",
        "Overall: 40% of respondents answered “Yes” and 60% “No”.",
    ]


def test_key_findings_are_of_the_group_and_everybody():
    report = of_group()
    edition = sp.Edition(report, ("en",))
    lead, line = section(report, "headlines").blocks

    assert edition.text(lead.phrases[-1]) == (
        "This report shows the figures of one group beside those of all respondents: Muscat "
        "(Governorate)."
    )
    assert [edition.text(one) for one in line.phrases] == [
        "Has an account (Muscat): 60% of respondents answered “Yes” and 40% “No”.",
        "Overall: 40% of respondents answered “Yes” and 60% “No”.",
    ]


def test_the_margin_of_error_of_everybody_is_not_that_of_a_group():
    whole, part = (
        " ".join(everything(replace(one, sections=(section(one, "headlines"),)), "en"))
        for one in (composed(EVERYTHING), of_group())
    )

    assert "The margin of error is ±2.5 percentage points" in whole
    assert "margin of error" not in part


def test_a_note_gives_no_number_of_everybody_as_the_base_of_a_group():
    report = of_group()
    edition = sp.Edition(report, ("en",))
    notes = [edition.text(one.notes[0]) for one in tables(report, "account")]

    assert notes == [
        "Base: respondents who answered this question.",
        "Base: respondents who answered this question (120, unweighted).",
    ]


def test_a_table_has_the_group_and_everybody_with_the_base_of_each():
    report = of_group()
    beside, _ = tables(report, "account")

    assert cells(report, beside) == [["Muscat", "60.0%", "120"], ["Overall", "40.0%", "400"]]


def test_many_answers_stand_side_by_side_for_the_group_and_everybody():
    apps = ("whatsapp", "youtube", "x", "none")
    rows = [
        row("apps", 0.9 - number / 10, item=app, **place)
        for place in ({}, {"breakdown": "area", "domain": "muscat", "n": 120})
        for number, app in enumerate(apps)
    ]
    report = of_group(rows)
    (table,) = tables(report, "apps")

    assert [one.name for one in table.columns] == [
        "answer",
        "muscat.estimate",
        "muscat.interval",
        "_T.estimate",
        "_T.interval",
    ]
    assert cells(report, table)[0] == ["WhatsApp", "90.0%", "90.0%"]


def test_a_crossing_with_the_breakdown_is_a_table_within_the_group():
    report = of_group()
    _, within = tables(report, "account")

    assert sp.Edition(report, ("en",)).text(within.title) == (
        "Has an account (Muscat): “Yes”, by Sex"
    )
    assert cells(report, within) == [
        ["Males", "70.0%", "60"],
        ["Females", "50.0%", "60"],
        ["Muscat", "60.0%", "120"],
    ]


def test_the_order_of_a_crossing_makes_no_difference():
    turned = [
        one | {"breakdown": "sex|area", "domain": "|".join(reversed(one["domain"].split("|")))}
        for one in CROSSED
    ]
    one, other = (of_group([*yes_no(0.4), *BY_AREA, *rows]) for rows in (CROSSED, turned))

    assert [cells(one, table) for table in tables(one, "account")] == [
        cells(other, table) for table in tables(other, "account")
    ]


def test_a_report_of_a_crossing_has_what_is_left_of_larger_ones():
    rows = [
        *yes_no(0.4),
        *CROSSED,
        *yes_no(0.8, breakdown="area|sex|age_group", domain="muscat|male|18-29"),
    ]
    report = of_group(rows, group=(("area", "sex"), "muscat|male"))
    beside, within = tables(report, "account")

    assert report.title["en"] == "Media use: Muscat, Males"
    assert cells(report, beside)[0] == ["Muscat, Males", "70.0%", "60"]
    assert cells(report, within)[1][0] == "Muscat, Males"


def test_indicators_that_are_not_measured_by_the_breakdown_are_left_out():
    names = [one.name for one in of_group().sections if one.role == "indicator"]

    assert names == ["account"]


def test_figures_are_those_of_the_group_its_parts_and_everybody():
    report = of_group()

    assert {(one["breakdown"], one["domain"]) for one in report.figures} == {
        ("_T", "_T"),
        ("area", "muscat"),
        ("area|sex", "muscat|male"),
        ("area|sex", "muscat|female"),
    }
    assert "dhofar" not in report.labels["domain:area"]


def test_sentences_carry_the_rows_that_they_came_from():
    report = of_group()
    found, *_ = section(report, "indicator", "account").blocks[1].phrases

    assert [report.figures[place]["domain"] for place in found.rows] == ["muscat", "muscat"]
    assert [report.figures[place]["estimate"] for place in found.rows] == [0.6, 0.4]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_other_group_has_a_figure_in_the_report(language):
    others = {"en": ("Dhofar", "30.0%", "20.0%"), "ar": ("ظفار", "30.0", "20.0")}
    report = of_group()
    findings = [one for one in report.sections if one.role in ("headlines", "indicator")]
    said = "\n".join(everything(replace(report, sections=tuple(findings)), language))

    assert not [one for one in others[language] if one in said]


def test_what_is_suppressed_stays_so():
    hidden = yes_no(None, breakdown="area", domain="muscat", status="suppressed")
    shown = row("age", 40, statistic="mean", unit="years")
    of_area = row("age", 35, statistic="mean", unit="years", breakdown="area", domain="muscat")
    report = of_group([*yes_no(0.4), *hidden, shown, of_area])

    assert cells(report, tables(report, "account")[0])[0] == ["Muscat", "[c]", "[c]"]
    assert sentences(report, "account")[1:] == [
        "Overall: 40% of respondents answered “Yes” and 60% “No”.",
        "No figure of this indicator may be shown for this group.",
    ]


def test_groups_within_the_group_are_compared_where_they_were_tested():
    tested = comparison(
        "account",
        "muscat|male",
        "muscat|female",
        0.2,
        0.01,
        breakdown="area|sex",
        category="yes",
    )

    assert sentences(of_group(comparisons=[tested]), "account")[-1] == (
        "Muscat, Sex: the share who answered “Yes” is higher for Males (70%) than for Females "
        "(50%), a statistically significant difference."
    )


def test_a_report_of_a_group_survives_json():
    report = of_group()

    assert report_from_json(report_to_json(report)) == report


def test_methodology_and_wording_are_those_of_the_poll():
    whole, part = composed(EVERYTHING), of_group()

    for role in ("publisher", "methodology", "instrument"):
        assert section(whole, role) == section(part, role)


def test_banners_compare_groups_and_stand_in_the_report_of_everybody():
    release_rows = [*yes_no(0.4), *BY_AREA]
    banner = sp.Banner(rows=("account",), columns=("area",))
    report = sp.compose(
        released(release_rows), title=TITLE, publisher=PUBLISHER, banners=[banner], group=MUSCAT
    )

    assert "banner" not in {one.role for one in report.sections}


@pytest.mark.parametrize(
    ("group", "what", "found"),
    [
        (("arae", "muscat"), "nothing in the release is measured by this breakdown", "'arae'"),
        (("area", "muskat"), "there is no such group", "'muskat'"),
    ],
)
def test_a_group_that_is_not_there_is_refused_with_the_nearest(group, what, found):
    with pytest.raises(ReportError, match=what) as caught:
        of_group(group=group)

    assert caught.value.found == found
    assert caught.value.allowed.startswith(("did you mean 'area'?", "did you mean 'muscat'?"))


def test_a_group_of_which_nothing_may_be_shown_has_no_report():
    hidden = yes_no(None, breakdown="area", domain="dhofar", status="suppressed")

    with pytest.raises(ReportError, match="nothing of this group may be shown"):
        of_group([*yes_no(0.4), *hidden], group=("area", "dhofar"))


def test_a_change_of_the_group_is_told_with_its_name():
    rows = list(
        chain.from_iterable(
            yes_no(share, wave=wave, **place)
            for wave, shares in (("2019", (0.4, 0.5)), ("2020", (0.4, 0.6)))
            for share, place in zip(
                shares, ({}, {"breakdown": "area", "domain": "muscat"}), strict=True
            )
        )
    )
    tested = comparison(
        "account",
        "muscat",
        "muscat",
        0.1,
        0.001,
        breakdown="area",
        category="yes",
        wave="2020",
        against="waves",
    ) | {"wave_b": "2019"}
    report = of_group(rows, [tested])
    last = [one for one in report.sections if one.role == "indicator"][-1]
    edition = sp.Edition(report, ("en",))
    said = [edition.text(one) for block in last.blocks for one in getattr(block, "phrases", ())]

    assert (
        "Muscat: From 2019 to 2020, the share who answered “Yes” rose by 10.0 percentage points, "
        "from 50.0% to 60.0%, a statistically significant change."
    ) in said
