"""Cells of workbooks, pages and slides, each with its place, by the indicator that they are of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import lxml.html
import openpyxl
from pptx import Presentation

import socialpoll as sp
from socialpoll.exporters.slides.template import FOOT
from tests.disclosure.reading import MARKS, Piece, read_page

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from pptx.chart.chart import Chart
    from pptx.slide import Slide

__all__ = ["cells_by_format"]

Cells = Mapping[str, Sequence[Piece]]
BETWEEN = "|"
"""Stands between the cells of a table in the notes of a slide."""
SHORTHAND = re.compile(r" (\[\w\])")
UNSEEN = MARKS | str.maketrans("", "", "\u202a\u202b\u202c")
NUMBERS = {
    "0.0%": "{:.1%}",
    "#,##0": "{:,.0f}",
    "#,##0.0": "{:,.1f}",
}
"""Number formats, as Python knows them."""


def cells_by_format(
    report: sp.Report, indicators: Sequence[str], language: str, documents: Mapping[str, bytes]
) -> dict[str, Cells]:
    """Read the findings of a report in a language: from its workbook, its deck and its page.

    Parameters
    ----------
    report : Report
    indicators : sequence of str
        In the order of the report.
    language : str
    documents : mapping of str to bytes
        By the name of the exporter that made them: ``excel``, ``slides`` and ``webpage``.

    Returns
    -------
    dict of str to mapping
        As the exporters are called, and ``charts`` for the sheets behind those of the deck.
    """
    words = sp.Edition(report, (language,)).text
    titles = {one.name: words(one.title) for one in report.sections if one.name in indicators}
    return {
        "excel": cells_of_workbook(documents["excel"], indicators),
        "slides": cells_of_notes(documents["slides"], titles),
        "charts": cells_of_charts(documents["slides"]),
        "webpage": cells_of_page(documents["webpage"], language, indicators),
    }


def cells_of_workbook(content: bytes, indicators: Sequence[str]) -> Cells:
    """Read the sheets of indicators, whose tables are named after them; marks join their figure."""
    found = defaultdict(list)
    for sheet in openpyxl.load_workbook(BytesIO(content)):
        ((name, area),) = [(one.name, one.ref) for one in sheet.tables.values()]
        indicator, _, _ = name.rpartition("_")
        if indicator in indicators:
            head, *rows = sheet[area]
            above = [cell.value.translate(MARKS) for cell in head]
            for row in rows:
                shown = [as_shown(cell) for cell in row]
                found[indicator] += _pieces(sheet["A1"].value, above, _joined(shown))
    return found


def as_shown(cell: Cell) -> str:
    """Return what a spreadsheet program shows of a cell."""
    if cell.data_type == "n" and cell.value is not None:
        return NUMBERS[cell.number_format].format(cell.value)
    return (cell.value or "").translate(MARKS)


def _joined(shown: Sequence[str]) -> Iterator[str]:
    """Yield cells, with the marks that stand in the next column behind their number."""
    for one, after in pairwise([*shown, ""]):
        marked = one[-1:].isdigit() or one.endswith("%")
        yield f"{one} {after}" if marked and after in ("[u]", "[r]") else one


def _pieces(caption: str, above: Sequence[str], row: Iterable[str]) -> Iterator[Piece]:
    label, *cells = row
    for head, words in zip(above[1:], cells, strict=False):
        yield Piece(words, "cell", caption=caption.translate(MARKS), row=label, above=(head,))


def cells_of_page(content: bytes, language: str, indicators: Sequence[str]) -> Cells:
    """Read the tables of the findings of one language, which stand in the order of the release."""
    page = lxml.html.document_fromstring(content.decode())
    article = page.get_element_by_id(language)
    sections = article.xpath(".//section[contains(@class, 'role-indicator')]")
    found = {}
    for indicator, section in zip(indicators, sections, strict=True):
        assert section.get("id") == f"{language}-{indicator}"
        pieces = read_page(lxml.html.tostring(section))
        found[indicator] = [one for one in pieces if one.kind == "cell"]
    return found


def cells_of_notes(content: bytes, titles: Mapping[str, str]) -> Cells:
    """Read the tables in the notes of a deck; the first line of notes is the title of a finding.

    Parameters
    ----------
    content : bytes
    titles : mapping of str to str
        Of indicators, in the language of the deck.
    """
    found = {}
    by_title = {title: indicator for indicator, title in titles.items()}
    for slide in Presentation(BytesIO(content)).slides:
        first, *lines = notes_of(slide)
        if first in by_title:
            found[by_title[first]] = [piece for one in tables_in(lines) for piece in one]
    return found


def notes_of(slide: Slide) -> list[str]:
    if not slide.has_notes_slide:
        return [""]
    return slide.notes_slide.notes_text_frame.text.translate(MARKS).split("\n")


def tables_in(lines: Sequence[str]) -> Iterator[list[Piece]]:
    """Yield the cells of each table; its title stands above it."""
    caption = ""
    for tabular, several in groupby(lines, lambda one: BETWEEN in one):
        block = list(several)
        if tabular:
            head, *rows = [list(map(str.strip, one.split(BETWEEN))) for one in block]
            yield [piece for row in rows for piece in _pieces(caption, head, row)]
        caption = block[-1]


def cells_of_charts(content: bytes) -> Cells:
    """Read the sheets behind the charts of a deck, which are named after their indicators.

    A bar and its interval are two cells; its label tells its shorthand, which is left out.
    """
    found = defaultdict(list)
    for slide in Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                (foot,) = [one for one in slide.placeholders if one.placeholder_format.idx == FOOT]
                caption = foot.text_frame.paragraphs[0].text
                found[shape.name.partition("-")[0]] += _bars(shape.chart, caption)
    return found


def _bars(chart: Chart, caption: str) -> Iterator[Piece]:
    sheet = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    drawn = [list(one.values) for one in chart.plots[0].series]
    head, *rows = sheet.iter_rows()
    columns = range(1, len(drawn) + 1)
    assert [[row[column].value for row in rows] for column in columns] == drawn
    for label, *cells in rows:
        above = [as_shown(one) for one in head]
        shown = [as_shown(one) for one in cells[: len(drawn)]]
        if len(cells) > len(drawn) and cells[0].value is not None and cells[1].value is not None:
            shown.append(_limits(*cells))
        row = SHORTHAND.sub("", label.value.translate(UNSEEN))
        yield from _pieces(caption, above, [row, *shown])


def _limits(bar: Cell, down: Cell, up: Cell) -> str:
    form = NUMBERS[bar.number_format].format
    return f"{form(bar.value - down.value)} to {form(bar.value + up.value)}"
