from __future__ import annotations

from itertools import pairwise

import pytest

from socialpoll.exporters.word.table_template import TEXT_WIDTH
from socialpoll.exporters.word.tabular import parts_of, table_variables
from tests.exporters.made_report import banner_table, by_governorate, edition

LANDSCAPE = 14004
HUGE = 100_000


def test_the_first_column_of_a_group_spans_it_and_the_others_span_nothing():
    columns = table_variables(edition("en"), banner_table(2))["columns"]

    assert [(one["group"], one["span"]) for one in columns] == [
        ("", 0),
        ("", 0),
        ("Sex", 2),
        ("Sex", 0),
        ("Age group", 3),
        ("Age group", 0),
        ("Age group", 0),
    ]


@pytest.mark.parametrize(("table", "grouped"), [(banner_table(), True), (by_governorate(), False)])
def test_a_table_says_whether_its_columns_stand_in_groups(table, grouped):
    assert table_variables(edition("en"), table)["grouped"] is grouped


def test_letters_stand_beside_the_figure_and_the_text_has_both():
    rows = table_variables(edition("en"), banner_table())["rows"]
    cell = rows[0]["cells"][3]

    assert (cell["plain"], cell["letters"]) == ("94.0%", " A B")
    assert cell["text"].startswith("94.0% ")


def test_a_suppressed_figure_has_no_letters():
    rows = table_variables(edition("en"), banner_table())["rows"]

    assert {(one["plain"], one["letters"]) for one in rows[6]["cells"][1:]} == {("[c]", "")}


def test_letters_in_arabic_stand_at_the_side_where_reading_goes_on():
    rows = table_variables(edition("ar"), banner_table())["rows"]

    assert rows[0]["cells"][3]["letters"] == "\u200f A B"


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("room", [TEXT_WIDTH, LANDSCAPE])
def test_parts_have_every_column_once_and_the_labels_always(language, room):
    table = banner_table()

    parts = parts_of(edition(language), table, room)

    assert len(parts) > 1
    assert all(part.columns[0] == table.columns[0] for part in parts)
    assert [one for part in parts for one in part.columns[1:]] == list(table.columns[1:])
    assert {len(row.cells) for part in parts for row in part.rows} - {1} == {
        len(part.columns) for part in parts
    }
    assert all(part.notes == table.notes for part in parts)


def test_parts_are_cut_between_groups():
    parts = parts_of(edition("en"), banner_table(3), TEXT_WIDTH)

    assert len(parts) > 1
    for first, second in pairwise(parts):
        assert first.columns[-1].group != second.columns[1].group


def test_parts_are_numbered_in_their_titles():
    made = edition("en")
    parts = parts_of(made, banner_table(), LANDSCAPE)

    assert [made.text(one.title) for one in parts] == [
        f"Platforms by everything (part {number} of {len(parts)})"
        for number in range(1, len(parts) + 1)
    ]


@pytest.mark.parametrize(
    ("table", "room"), [(banner_table(), HUGE), (banner_table(1), LANDSCAPE), (by_governorate(), 1)]
)
def test_a_table_that_fits_or_has_no_groups_is_not_parted(table, room):
    assert parts_of(edition("en"), table, room) == [table]
