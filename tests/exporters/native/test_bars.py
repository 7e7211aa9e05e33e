from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st
from pptx.oxml.ns import qn

from socialpoll.drawing.bars import in_order
from socialpoll.report import Figure, Point, Series
from tests.exporters.made_report import FORMULA, bars, dots, said
from tests.exporters.native.drawn import all_of, drawn, read, rows, sheet, with_value


@pytest.fixture(scope="module")
def platforms():
    return drawn(bars())


@pytest.fixture(scope="module")
def groups():
    return {language: drawn(dots(), language) for language in ("en", "ar")}


def test_the_bars_are_the_figures_of_the_release_in_the_order_of_pictures(platforms):
    (series,) = bars().series

    assert list(rows(platforms).values()) == [one.figure.value for one in in_order(series)]


def test_the_workbook_holds_what_is_drawn_and_the_reach_of_the_intervals(platforms):
    head, *table = sheet(platforms)

    assert head == [None, "Estimate", "Down to the lower limit", "Up to the upper limit"]
    assert [row[:2] for row in table] == [list(row) for row in rows(platforms).items()]
    assert table[0][1:] == [0.94, 0.02, 0.02]
    assert table[-1][1:] == [None, None, None]


def test_whiskers_are_bound_to_their_columns_of_the_workbook(platforms):
    (whiskers,) = all_of(platforms, "c:errBars")
    links = [one.text for one in whiskers.iter(qn("c:f"))]
    above = [float(one.text) for one in whiskers.find(qn("c:plus")).iter(qn("c:v"))]

    assert links == ["Sheet1!$D$2:$D$8", "Sheet1!$C$2:$C$8"]
    assert above == [0.02] * 5


def test_a_label_that_looks_like_a_formula_is_text(platforms):
    assert f"{FORMULA} [u]" in [row[0] for row in sheet(platforms)]


def test_what_is_suppressed_is_a_gap_and_told_in_its_label(platforms):
    hidden = with_value(bars(), 6, 0.4321, status="c")

    native = drawn(hidden)

    assert rows(native)["Snapchat [c]"] is None
    assert b"0.4321" not in native.content
    assert "0.4321" not in str(sheet(native))


def test_low_reliability_is_a_hollow_bar(platforms):
    fills = {
        int(point.find(qn("c:idx")).get("val")): point.find(f".//{qn('a:srgbClr')}").get("val")
        for point in all_of(platforms, "c:dPt")
    }

    assert fills == {list(rows(platforms)).index(f"{FORMULA} [u]"): "FFFFFF"}


def test_everybody_comes_first_and_headings_have_no_bar(groups):
    values = rows(groups["en"])

    assert list(values)[:4] == ["Everybody", "Sex", "Men", "Women"]
    assert [values[one] for one in ("Everybody", "Sex", "Men")] == [0.7, None, 0.72]


def test_bars_start_at_nought(groups):
    axis = read(groups["en"]).value_axis

    assert (axis.minimum_scale, axis.maximum_scale) == (0.0, 1.0)


def test_a_chart_in_arabic_runs_from_the_right(groups):
    axes = {tag: read(one).value_axis for tag, one in groups.items()}
    fonts = {tag: all_of(one, "a:defRPr")[0] for tag, one in groups.items()}

    assert {tag: one.reverse_order for tag, one in axes.items()} == {"en": False, "ar": True}
    assert fonts["ar"].get("lang").startswith("ar-")
    assert [one.getparent().get("rtl") for one in fonts.values()] == [None, "1"]
    assert fonts["ar"].find(qn("a:cs")).get("typeface") == "Arial"


def test_the_sheet_of_an_arabic_chart_begins_at_the_right(groups):
    sheets = {
        tag: openpyxl.load_workbook(BytesIO(one.workbook)).active for tag, one in groups.items()
    }

    assert {tag: bool(one.sheet_view.rightToLeft) for tag, one in sheets.items()} == {
        "en": False,
        "ar": True,
    }


def test_labels_in_arabic_are_held_in_their_direction_where_others_letters_are_in_them(groups):
    labels = list(rows(groups["ar"]))

    assert "مسقط" in labels
    assert "\u202bمسندم [u]\u202c" in labels


def test_numbers_are_written_by_the_sheet_where_it_writes_them_as_the_language_does(platforms):
    assert {one.text for one in all_of(platforms, "c:formatCode")} == {"0.0%"}
    assert all_of(platforms, "c:rich") == []


@pytest.mark.parametrize(
    ("language", "digits", "unit", "value", "written"),
    [
        ("en", "latn", "hours", 6.2, "6.2 hours"),
        ("ar", "latn", "hours", 6.2, "6.2 ساعة"),
        ("ar", "arab", "percent", 0.62, "٦٢٫٠٪"),
        ("en", "latn", "points", 0.05, "5.0 percentage points"),
    ],
)
def test_other_numbers_are_labels_in_the_words_of_the_language(
    language, digits, unit, value, written
):
    point = Point(said("One", "واحد"), Figure(value, unit, 1))
    chart = replace(bars(), unit=unit, series=(Series(said("", ""), (point,)),))

    native = drawn(chart, language, digits)

    assert [one.text for one in all_of(native, "a:t")] == [written]


def test_a_long_label_is_shortened_and_the_sentence_keeps_it():
    long = "word " * 1000
    (series,) = bars().series
    points = (replace(series.points[0], label=said(long, long)), *series.points[1:])
    chart = replace(bars(), series=(Series(series.label, points),))

    native = drawn(chart)

    assert max(map(len, rows(native))) <= 64
    assert next(iter(rows(native))).endswith("word…")


def test_the_same_chart_is_the_same_bytes(platforms):
    again = drawn(bars())

    assert (again.content, again.workbook) == (platforms.content, platforms.workbook)


@settings(max_examples=15)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6))
def test_every_share_is_read_back_as_it_was_released(thousandths):
    points = tuple(
        Point(said(f"Option {place}", f"خيار {place}"), Figure(one / 1000, "percent", 1))
        for place, one in enumerate(thousandths)
    )
    chart = replace(dots(), series=(Series(said("", ""), points),), reference=None)

    native = drawn(chart)

    shares = [one / 1000 for one in thousandths]
    assert list(rows(native).values()) == shares
    assert [row[1] for row in sheet(native)[1:]] == shares
