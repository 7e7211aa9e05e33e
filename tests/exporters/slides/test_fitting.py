from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.exporters.slides.charts import parts_of_chart
from socialpoll.exporters.slides.fitting import (
    SIZES,
    fit_words,
    height_of,
    lines_in,
    parts_that_fit,
    pieces_of,
)
from socialpoll.exporters.slides.pages import BOXES, Line
from socialpoll.exporters.slides.tables import grids_of
from socialpoll.exporters.slides.words import Words
from socialpoll.report import Column, Edition, Figure, Interval, Point, Row, Series, Table
from tests.exporters.made_report import banner_table, bars, dots, made_report, said
from tests.exporters.slides.made_decks import content_of, deck_report, notes, opened, titles

EDITION = Edition(made_report(), ("en",))
WHOLE = BOXES["whole"]
LONG = "word " * 1000
texts = st.lists(
    st.text("abc é\u0628\u062a ", max_size=900).map(str.strip), min_size=1, max_size=12
)


def rows_table(several: int, words: str = "An answer") -> Table:
    return Table(
        said("Answers", "الإجابات"),
        (
            Column("answer", said("Answer", "الإجابة"), "label"),
            Column("share", said("Share", "نسبة")),
        ),
        tuple(
            Row((said(f"{words} {one}", f"{words} {one}"), Figure(one / 1000, "percent", 1)))
            for one in range(several)
        ),
    )


def words_of(parts) -> list[str]:
    return [word for part in parts for line in part for word in line.text.split()]


@settings(max_examples=25)
@given(texts)
def test_lines_over_several_slides_lose_no_word_and_fit_each(written):
    lines = [Line(one) for one in written]

    size, parts = parts_that_fit(lines, WHOLE)

    assert words_of(parts) == words_of([lines])
    assert SIZES[0] >= size >= SIZES[-1]
    for part in parts:
        taken = sum(lines_in(one.text, WHOLE.width, size) for one in part)
        assert height_of(taken, size) <= WHOLE.height


def test_few_words_are_written_large():
    assert parts_that_fit([Line("A line.")], WHOLE)[0] == SIZES[0]


def test_a_word_longer_than_a_line_is_parted_and_none_of_it_lost():
    pieces = list(pieces_of("x" * 5000, 10.0, 16.0, 5))

    assert "".join(pieces).replace(" ", "") == "x" * 5000
    assert len(pieces) > 1


@pytest.mark.parametrize("text", ["A title", LONG, "x" * 5000, "م" * 5000], ids=len)
def test_a_title_is_as_large_as_fits_and_shortened_where_none_does(text):
    box = BOXES["title"]

    shown, size = fit_words(text, box, (28.0, 16.0), bold=True)

    assert height_of(lines_in(shown, box.width, size, bold=True), size) <= box.height
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_what_a_slide_shortens_is_whole_in_its_notes():
    title = said(LONG, LONG)
    weather = replace(deck_report().sections[-1], title=title)
    deck = opened(content_of("en", replace(deck_report(), sections=(weather,))))

    assert titles(deck)[1].endswith("…")
    assert " ".join(LONG.split()) in notes(deck.slides[1])


def test_a_long_table_goes_on_under_its_head_and_loses_no_row():
    grids = grids_of(EDITION, rows_table(70), WHOLE)

    assert len(grids) > 1
    assert {one.rows[0].cells for one in grids} == {("Answer", "Share")}
    assert [row.cells[0] for one in grids for row in one.rows[1:]] == [
        f"An answer {one}" for one in range(70)
    ]
    assert all(sum(one.heights) <= WHOLE.height for one in grids)


def test_a_row_longer_than_a_slide_goes_on_and_loses_no_word():
    grids = grids_of(EDITION, rows_table(1, LONG), WHOLE)
    shown = " ".join(row.cells[0] for one in grids for row in one.rows[1:])

    assert len(grids) > 1
    assert shown.split() == f"{LONG} 0".split()
    assert [row.cells[1] for row in grids[1].rows[1:]] == [""] * (len(grids[1].rows) - 1)


def test_a_heading_inside_a_table_is_not_left_at_the_foot_of_a_slide():
    table = rows_table(60)
    heading = Row((said("A heading", "عنوان"),), "group")
    for place in range(15, 30):
        rows = (*table.rows[:place], heading, *table.rows[place:])
        for grid in grids_of(EDITION, replace(table, rows=rows), WHOLE):
            assert grid.rows[-1].role != "group"


def test_a_wide_table_is_parted_by_groups_of_columns_with_its_first_column_in_each():
    grids = grids_of(EDITION, banner_table(), WHOLE)

    assert len(grids) > 1
    for grid in grids:
        assert sum(grid.widths) == pytest.approx(WHOLE.width)
        assert sum(span for _, span in grid.groups) == len(grid.widths)
        assert grid.rows[0].cells[0] == "Answer"


def test_figures_in_tables_are_written_as_everywhere():
    interval = Interval(0.1, 0.2, "percent")
    table = replace(
        rows_table(1),
        rows=(
            Row((said("a", "a"), Figure(None, "percent", 0, "c"))),
            Row((said("b", "b"), interval)),
        ),
    )

    (grid,) = grids_of(EDITION, table, WHOLE)

    assert [row.cells[1] for row in grid.rows[1:]] == ["[c]", "10.0 to 20.0"]


def test_a_chart_of_many_bars_is_parted_with_everybody_in_each():
    points = tuple(
        Point(said(f"Area {one}", f"منطقة {one}"), Figure(one / 100, "percent"))
        for one in range(40)
    )
    chart = replace(dots(), series=(*dots().series, Series(said("Area", "منطقة"), points)))

    parts = parts_of_chart(Words(EDITION), chart)

    assert all(one.reference == chart.reference for one in parts)
    assert [point for one in parts for series in one.series for point in series.points] == [
        point for series in chart.series for point in series.points
    ]
    assert "Area 39 39%" in EDITION.text(parts[-1].alt)
    assert "Area 39" not in EDITION.text(parts[0].alt)


def test_a_chart_that_can_be_read_is_whole():
    assert parts_of_chart(Words(EDITION), bars()) == [bars()]
