"""The tables of the bundled brief against its release: nothing is missing, nothing is added."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from io import BytesIO

import docx
import pytest

import socialpoll as sp
from socialpoll.exporters.word import WordOptions, render
from tests.demo.reading_back import compared, with_sections
from tests.disclosure.reading import Piece, read_word

ARABIC_INDIC = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬٪", "0123456789.,%")
FINDINGS = ("Findings", "النتائج")
EDITIONS = [(("ar",), "arab"), (("en",), "latn"), (("ar", "en"), "latn")]


def legible(content: bytes) -> list[Piece]:
    """Return what stands in a brief, its figures in Latin digits, without texts side by side."""
    document, file = docx.Document(BytesIO(content)), BytesIO()
    for table in document.tables:
        if table.style.name == "Facing Columns":
            table._tbl.getparent().remove(table._tbl)
    document.save(file)
    return [
        replace(one, words=one.words.translate(ARABIC_INDIC)) if one.kind == "cell" else one
        for one in read_word(file.getvalue())
    ]


def cells_by_indicator(pieces: list[Piece], indicators: list[str]) -> dict[str, list[Piece]]:
    """Return the cells of the findings, and of the banner, by the indicator that they are of."""
    chapters = [one.under for one in pieces if one.under and one.under[0].startswith(FINDINGS)]
    headings = [one[1] for one in dict.fromkeys(chapters) if len(one) > 1]
    assert len(headings) == len(indicators)
    found = defaultdict(list)
    for one in (one for one in pieces if one.kind == "cell"):
        for heading, indicator in zip(headings, indicators, strict=True):
            first = heading.partition("\n")[0]
            if one.under[1:] == (heading,) or one.group.startswith(f"{first} ("):
                found[indicator].append(one)
    return found


@pytest.mark.parametrize(("languages", "digits"), EDITIONS)
def test_every_figure_is_read_in_its_place_and_every_number_is_a_figure(
    poll, release, report, languages, digits
):
    edition = sp.Edition(report, languages)
    (brief,) = render(edition, WordOptions(charts=False, digits=digits))
    told = with_sections(release)
    indicators = list(told.figures["indicator"].unique())
    cells = cells_by_indicator(legible(brief.content), indicators)

    read = compared(poll, told, languages, cells)

    assert read.missing == []
    assert read.added == []
    assert sum(map(len, cells.values())) > 1000
