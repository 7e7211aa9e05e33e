from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given, settings, strategies as st
from rich.cells import cell_len
from rich.console import Console

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report.banner_cells import CellWriter
from socialpoll.report.language import Language
from tests.report import handmade
from tests.report.banner_polls import answers, everything, questionnaire, released
from tests.report.handmade import by_sex, comparison, row, yes_no

RULE = "─"
MARKS = "\u200e\u2067\u2069"


def plain(written: str) -> str:
    """Return text without marks that have no width."""
    return written.translate(dict.fromkeys(map(ord, MARKS)))


def small() -> sp.BannerTable:
    rows = [*yes_no(0.94), *by_sex(0.95, 0.93), row("hours", 3.2, statistic="mean", unit="hours")]
    tested = [
        comparison("account", "male", "female", 0.02, 0.01, category="yes"),
        comparison("account", "male", "female", -0.02, 0.01, category="no"),
    ]
    return sp.tabulate(handmade.released(rows, tested))


def test_a_small_banner_reads_like_this():
    assert small().text(width=60).splitlines()[:18] == [
        "Results by group",
        "",
        "                                Sex",
        "                                ────────────────",
        "                      Overall   Males    Females",
        "                                A        B",
        "",
        "Has an account",
        "Base: respondents who answered this question.",
        "  Unweighted base         400      400      400",
        "  Yes                   94.0%    95.0% B  93.0%",
        "  No                     6.0%     5.0%     7.0% A",
        "",
        "Hours a day",
        "Base: respondents who answered “Yes” to “Has an account” and",
        "gave a number.",
        "  Unweighted base         400",
        "  Mean              3.2 hours",
    ]


def test_in_arabic_the_first_column_is_on_the_right():
    lines = plain(small().text("ar", 60)).splitlines()

    assert [line.split() for line in lines[2:6]] == [
        ["النوع"],
        [RULE * 16],
        ["الإناث", "الذكور", "الإجمالي"],
        ["B", "A"],
    ]
    assert lines[9] == "             400      400        400   القاعدة غير المرجّحة"
    assert lines[10] == "           93.0%  B 95.0%      94.0%                   نعم"
    assert lines[11] == "          A 7.0%     5.0%       6.0%                    لا"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [160, 100, 72])
def test_no_line_is_wider_than_the_console(width, language):
    written = sp.tabulate(released(), sp.Banner(intervals=True)).text(language, width)

    assert max(map(cell_len, written.splitlines())) <= width


@pytest.mark.parametrize("language", ["en", "ar"])
@given(width=st.integers(20, 200))
@settings(max_examples=8)
def test_every_figure_is_there_in_full_however_narrow_the_console(language, width):
    table = sp.tabulate(released(), sp.Banner(rows=("trust", "apps", "trust_mean", "online_mean")))
    writer = CellWriter(Language(language))
    wanted = [
        word
        for row_of in table.layout.rows
        if row_of.role == "figure"
        for figure in row_of.figures
        if figure is not None
        for word in (*writer.number(figure).split(), *writer.mark(figure).split())
    ]
    body = plain(table.text(language, width)).split(plain(writer.phrase(table.layout.notes[0])))[0]
    found = body.split()

    for word in {*map(plain, wanted)}:
        assert found.count(word) >= list(map(plain, wanted)).count(word)


def test_a_table_that_is_too_wide_is_parted_by_whole_breakdowns():
    written = sp.tabulate(everything(), sp.Banner(rows=("trust",))).text(width=80)
    rules = [line for line in written.splitlines() if RULE in line]

    assert [line.count(f" {RULE}") for line in rules] == [2, 1, 1]
    assert written.count("Fully agree   ") == 3


def test_rows_without_a_figure_in_a_part_are_not_in_it():
    men = {"breakdown": "sex", "domain": "male", "statistic": "mean", "unit": "hours"}
    written = sp.tabulate(handmade.released([*yes_no(0.94), row("hours", 3.2, **men)])).text(
        width=36
    )
    parts = written.split(RULE)

    assert ("Yes" in parts[0], "Yes" in parts[-1]) == (True, False)
    assert ("3.2 hours" in parts[0], "3.2 hours" in parts[-1]) == (False, True)


def test_decimals_stand_beneath_each_other():
    lines = small().text(width=100).splitlines()
    yes, no = (
        next(line for line in lines if line.startswith(f"  {one} ")) for one in ("Yes", "No")
    )

    assert [place for place, one in enumerate(yes) if one == "%"] == [
        place for place, one in enumerate(no) if one == "%"
    ]


def test_waves_stand_under_their_group():
    waves = {name: sp.bind(answers(seed), questionnaire()) for seed, name in enumerate("ab", 1)}
    estimates = sp.estimate(sp.stack(waves), ["trust"], by=["sex"])
    lines = sp.tabulate(estimates).text(width=100).splitlines()

    assert [line.split() for line in lines[2:6]] == [
        ["Sex"],
        [lines[3].strip()],
        ["Overall", "Men", "Women"],
        ["a", "b", "a", "b", "a", "b"],
    ]


def test_rich_prints_it_at_the_width_of_its_console():
    table = sp.tabulate(everything())
    console = Console(file=StringIO(), width=90)
    console.print(table)

    printed = [line.rstrip() for line in console.file.getvalue().splitlines()]
    assert printed == table.text(width=90).splitlines()


def test_as_a_string_it_is_its_text_and_its_representation_is_short(monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    table = small()

    assert str(table) == table.text(width=90)
    assert repr(table) == "<BannerTable 'banner': 3 rows, 3 columns>"


def test_the_interval_stands_beneath_its_figure():
    rows = [*yes_no(0.94), *by_sex(0.95, 0.93)]
    lines = (
        sp.tabulate(handmade.released(rows), sp.Banner(intervals=True)).text(width=90).splitlines()
    )
    place = next(number for number, line in enumerate(lines) if line.startswith("  Yes"))

    assert lines[place].split() == ["Yes", "94.0%", "95.0%", "93.0%"]
    assert lines[place + 1].split() == [
        "92.0",
        "to",
        "96.0",
        "93.0",
        "to",
        "97.0",
        "91.0",
        "to",
        "95.0",
    ]


def test_marks_of_the_console_are_no_markup():
    options = handmade.codes(yes=("[red]Yes[/red]", "نعم"), no=("No", "لا"))
    question = sp.Single(name="account", text={"und": "[b]Q"}, options=options)
    table = sp.tabulate(handmade.released(yes_no(0.94), questions=(question,), derived=()))
    console = Console(file=StringIO(), width=90)
    console.print(table)

    assert "[red]Yes[/red]" in console.file.getvalue()
    assert "[b]Q" in console.file.getvalue()


@pytest.mark.parametrize("width", [19, 0, -1])
def test_lines_that_are_too_short_are_refused(width):
    with pytest.raises(ReportError, match="cannot be so short") as caught:
        small().text(width=width)

    assert caught.value.found == f"width={width}"
