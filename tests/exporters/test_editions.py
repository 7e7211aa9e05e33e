"""What readers of the documents see of a correction, a footnote and an embargo."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pandas as pd
import pytest
from docx import Document as Opened

import socialpoll as sp
from socialpoll.exporters.webpage.pages import pages_document
from tests.disclosure.test_footnotes import WORDS, Telling
from tests.disclosure.test_releasing import estimated
from tests.disclosure.test_superseding import second
from tests.report.test_editions import composed

EMBARGO = dt.datetime(2019, 5, 2, 10, tzinfo=dt.timezone(dt.timedelta(hours=4)))
LIFE = sp.LifeCycle(edition="2", status="revised", embargo=EMBARGO)


class Words(HTMLParser):
    """Collects the words of a page, a piece a line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def handle_data(self, data: str) -> None:
        self.lines.append(data)


def brief(report: sp.Report, language: str) -> tuple[list[str], list[list[str]]]:
    """Return paragraphs, and rows of all tables, of the document in Word."""
    [document] = sp.render(report, "word", languages=[language], charts=False)
    opened = Opened(BytesIO(document.content))
    rows = [[cell.text for cell in row.cells] for table in opened.tables for row in table.rows]
    return [one.text for one in opened.paragraphs], rows


def page(report: sp.Report, language: str) -> list[str]:
    words = Words()
    words.feed(pages_document([sp.Edition(report, (language,))], "page.html").content.decode())
    return words.lines


@pytest.mark.parametrize(
    ("language", "corrects", "mark"),
    [
        ("en", "This edition corrects edition 1 of 28 April 2019.", "[r] revised"),
        ("ar", "هذا الإصدار تصحيح للإصدار رقم 1 الصادر في 28 أبريل 2019.", "[r] منقّح"),
    ],
)
def test_a_correction_is_told_and_marked_in_word_and_on_pages(language, corrects, mark):
    report = composed(second())
    paragraphs, rows = brief(report, language)
    lines = page(report, language)

    assert any(corrects in one for one in paragraphs)
    assert any(corrects in one for one in lines)
    assert any(mark in one for one in paragraphs)
    assert any(mark in one for one in lines)
    marked = [cell for row in rows for cell in row if "[r]" in cell]
    assert set(marked) == {one for one in lines if one.endswith("[r]")}
    assert len(marked) == 4


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_footnote_is_printed_in_word_and_on_pages(language):
    report = composed(sp.release(estimated(), sp.MinBase(30, 30), Telling()))
    paragraphs, rows = brief(report, language)

    assert any(f"[1] {WORDS[language]}" in one for one in paragraphs)
    assert any(one.endswith("[1]") for row in rows for one in row)
    assert f"[1] {WORDS[language]}" in page(report, language)


@pytest.mark.parametrize(
    ("language", "moment"),
    [("en", "2 May 2019 10:00 (UTC+04:00)"), ("ar", "2 مايو 2019 10:00 (UTC+04:00)")],
)
def test_an_embargo_stands_on_documents_with_its_hour_and_offset(language, moment):
    report = composed(second(), life_cycle=LIFE)
    paragraphs, _ = brief(report, language)

    assert any(moment in one.replace("\u200e", "") for one in paragraphs)
    assert any(moment in one for one in page(report, language))


def test_the_feed_has_the_marks_the_footnotes_and_the_embargo():
    release = sp.supersede(
        sp.release(estimated(), sp.MinBase(30, 30), Telling()),
        second(),
        reason="a rule was changed",
    )
    report = composed(release, life_cycle=LIFE)

    [document] = sp.render(report, "csv")
    feed = pd.read_csv(StringIO(document.content.decode()), keep_default_na=False)

    figures = release.figures
    assert list(feed["FOOTNOTE"]) == list(figures["footnote"])
    assert list(feed["REVISION"]) == list(figures["revision"])
    assert {"revised", ""} == set(feed["REVISION"])
    assert set(feed["EMBARGO"]) == {EMBARGO.isoformat()}
    assert set(feed["SUPERSEDES"].astype(str)) == {"2"}
