from __future__ import annotations

import pytest

from socialpoll.exporters.webpage.tables import table_lines
from socialpoll.exporters.word.ooxml import parse
from tests.exporters.made_report import banner_table, by_governorate, edition

LANGUAGES = ["ar", "en"]


def page(table, language="en"):
    """Read a table as XML: what is not well-formed is refused."""
    return parse(f"<page>{''.join(table_lines(edition(language), table))}</page>".encode())


def words(element) -> str:
    return "".join(element.itertext())


def covered(row) -> int:
    return sum(int(one.get("colspan", 1)) for one in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_of_groups_has_two_rows_of_heads_that_cover_every_column(language):
    table = banner_table()
    root = page(table, language)
    upper, lower = root.findall(".//thead/tr")
    alone = [one for one in upper if one.get("rowspan") == "2"]

    assert len(alone) == 2
    assert covered(upper) == len(table.columns) == covered(lower) + len(alone)
    assert sum(int(one.get("span")) for one in root.iter("colgroup")) == len(table.columns)
    assert {one.get("scope") for one in upper if one not in alone} == {"colgroup"}
    assert {one.get("scope") for one in (*lower, *alone)} == {"col"}


def test_every_group_spans_its_own_columns():
    groups = page(banner_table(2)).findall(".//th[@scope='colgroup']")

    assert [(words(one), one.get("colspan")) for one in groups] == [
        ("Sex", "2"),
        ("Age group", "3"),
    ]


def test_rows_have_heads_and_headings_among_them_begin_a_part():
    table = banner_table(1)
    root = page(table)

    parts = root.findall(".//tbody")
    heading = parts[1].find("tr/th")
    assert len(parts) == 2
    assert (heading.get("scope"), words(heading)) == ("rowgroup", "Hours a day")
    assert heading.get("colspan") == str(len(table.columns))
    rows = [row for part in parts for row in part if row.get("class") != "group"]
    assert all([one.get("scope") for one in row.findall("th")] == ["row"] for row in rows)
    assert all(len(row) == len(table.columns) for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_stand_beside_their_figure_and_apart_from_it(language):
    root = page(banner_table(), language)

    cell = next(one for one in root.iter("td") if one.find("sup") is not None)
    assert words(cell.find("sup")) == "A B"
    assert words(cell.find("bdi/data")).replace("\u200e", "") == "94.0%"
    assert cell.find("bdi/data").get("value") == "0.94"
    assert cell.find("sup/bdi") is not None


def test_a_suppressed_figure_has_no_letters():
    rows = [row for row in page(banner_table()).iter("tr") if "[c]" in words(row)]

    assert len(rows) == 1
    assert rows[0].find(".//sup") is None


def test_a_wide_table_can_be_moved_by_keys_and_is_called_by_its_title():
    (frame,) = page(banner_table()).findall("div")

    assert frame.attrib == {
        "class": "scrolled wide",
        "role": "region",
        "tabindex": "0",
        "aria-label": "Platforms by everything",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_without_groups_has_one_row_of_heads_and_its_groups_of_rows_span_it(language):
    root = page(by_governorate(), language)

    assert len(root.findall(".//thead/tr")) == 1
    assert root.find("div").attrib == {"class": "scrolled"}
    heading = root.find(".//tr[@class='group']/th")
    assert heading.get("colspan") == "4"
    assert len(root.findall(".//tr[@class='total']")) == 1
