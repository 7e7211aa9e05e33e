from __future__ import annotations

import hashlib
import zipfile
from html.parser import HTMLParser
from io import StringIO

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ExportError
from socialpoll.exporters.word import check_accessibility
from socialpoll.schema import Code, Questionnaire, Single

AWKWARD = '<script>alert("&")</script> =1+1 \u202egnp.exe'


def codebook(words=AWKWARD):
    options = (Code(code="a", label={"en": words, "ar": f"نعم {words}"}),)
    question = Single(name="q", text={"en": words, "ar": f"سؤال {words}"}, options=options)
    title = {"en": words, "ar": words}
    return sp.codebook(Questionnaire(title=title, languages=("en", "ar"), questions=(question,)))


class Reading(HTMLParser):
    """Takes the tags, attributes and words of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def written(tmp_path, **options):
    return {
        path.name: path.read_bytes()
        for path in sp.write_codebook(codebook(), to=tmp_path, **options)
    }


def test_a_codebook_is_a_document_a_language_and_one_table(tmp_path):
    assert list(written(tmp_path, formats=["word", "html", "csv"])) == [
        "codebook-en.docx",
        "codebook-ar.docx",
        "codebook-en.html",
        "codebook-ar.html",
        "codebook.csv",
    ]


def test_the_same_codebook_is_the_same_bytes(tmp_path):
    formats = ["word", "html", "csv"]
    first, second = (
        {name: hashlib.sha256(one).hexdigest() for name, one in made.items()}
        for made in (written(tmp_path / place, formats=formats) for place in ("a", "b"))
    )

    assert first == second


@pytest.mark.parametrize(("tag", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_page_says_its_language_and_direction_and_loads_nothing(tmp_path, tag, direction):
    content = written(tmp_path, formats="html", languages=tag)[f"codebook-{tag}.html"]

    page = Reading()
    page.feed(content.decode("utf-8"))

    assert page.tags[0] == ("html", {"lang": tag, "dir": direction})
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "img", "iframe"})
    assert not any({"src", "onload"} & set(attributes) for _, attributes in page.tags)
    links = [attributes["href"] for _, attributes in page.tags if "href" in attributes]
    assert links == [f"#{tag}-text"]
    assert any(AWKWARD in words for words in page.words)


def test_tables_of_a_page_have_headings(tmp_path):
    page = Reading()
    page.feed(written(tmp_path, formats="html", languages="ar")["codebook-ar.html"].decode())

    headings = [attributes for tag, attributes in page.tags if tag == "th"]
    assert len(headings) > 6
    assert [one["scope"] for one in headings].count("col") == 6
    assert sum(tag == "caption" for tag, _ in page.tags) == 2


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_word_document_is_accessible_and_arabic_runs_to_the_left(tmp_path, tag):
    content = written(tmp_path, languages=tag)[f"codebook-{tag}.docx"]

    assert check_accessibility(content) == ()
    with zipfile.ZipFile(tmp_path / f"codebook-{tag}.docx") as package:
        body = package.read("word/document.xml").decode("utf-8")
    assert ("<w:bidiVisual" in body) == (tag == "ar")
    assert "&lt;" in body
    assert "<script" not in body


def test_a_spreadsheet_does_not_calculate_the_table(tmp_path):
    made = sp.write_codebook(codebook("=1+1"), to=tmp_path, formats="csv")

    frame = pd.read_csv(StringIO(made[0].read_text(encoding="utf-8-sig")))
    assert frame["label_en"].tolist() == ["'=1+1"]


@pytest.mark.parametrize("options", [{"formats": "pdf"}, {"languages": ["fr"]}])
def test_formats_and_languages_that_there_are_not_are_refused(tmp_path, options):
    with pytest.raises(ExportError, match="a codebook has no such"):
        written(tmp_path / "out", **options)

    assert not (tmp_path / "out").exists()
