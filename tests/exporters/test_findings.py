from __future__ import annotations

import csv
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ExportError
from socialpoll.report import Publisher, Remark
from tests.report.made_findings import ASKED, findings, remark

AWKWARD = '</td><script>alert("&")</script>'
VOID = {"meta", "br", "hr"}


class Reading(HTMLParser):
    """Takes the tags with what is open around them, and the words of a page."""

    def __init__(self, content):
        super().__init__()
        self.tags, self.words, self.open, self.languages = [], [], [], []
        self.feed(content.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag):
        opened, _ = self.open.pop()
        assert opened == tag

    def handle_data(self, data):
        self.words.append(data)
        self.languages.append(next((one for _, one in reversed(self.open) if one), None))

    def named(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def written(tmp_path, name, found):
    return sp.write_findings(found, tmp_path / name).read_bytes()


def page(tmp_path, *remarks, **more):
    return Reading(written(tmp_path, "f.html", findings(*remarks, **more)))


def rows(tmp_path, *remarks):
    content = written(tmp_path, "f.csv", findings(*remarks)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(content)))


def test_a_page_is_well_formed_and_loads_and_runs_nothing(tmp_path):
    found = page(tmp_path, remark(found=AWKWARD), remark("", what=AWKWARD, row=None))

    assert found.open == []
    assert {tag for tag, _ in found.tags}.isdisjoint({"script", "link", "img", "iframe", "object"})
    links = [one["href"] for one in found.named("a")]
    assert [one for one in links if not one.startswith(("#ar-", "#en-"))] == ["#en", "#ar"]
    assert not any({"src", "style", "onload"} & set(one) for _, one in found.tags)
    assert found.words.count(AWKWARD) == 2


def test_a_page_is_in_the_languages_of_the_poll_each_with_its_direction(tmp_path):
    found = page(tmp_path, remark())

    assert found.tags[0] == ("html", {"lang": "ar", "dir": "rtl"})
    assert found.named("article") == [
        {"class": "edition", "id": "ar", "lang": "ar", "dir": "rtl"},
        {"class": "edition", "id": "en", "lang": "en", "dir": "ltr"},
    ]


def test_words_of_the_program_are_marked_as_english(tmp_path):
    found = page(tmp_path, remark("", what="no such column", row=None))

    pairs = list(zip(found.words, found.languages, strict=True))
    assert [lang for words, lang in pairs if "no such column" in words] == ["en", "en"]
    assert {lang for words, lang in pairs if "سائر أجزاء الاستطلاع" in words} == {"ar"}


def test_a_page_about_synthetic_answers_says_so(tmp_path):
    made_up = replace(ASKED, methodology=replace(ASKED.methodology, synthetic=True))
    found = replace(findings(remark()), questionnaire=made_up)

    assert sum("synthetic" in one for one in page(tmp_path, remark()).words) == 0
    assert sum("synthetic" in one for one in Reading(written(tmp_path, "f.html", found)).words) == 1


def test_headings_go_down_step_by_step_and_tables_have_captions_and_headings(tmp_path):
    found = page(tmp_path, remark(), remark("speeding", "warning", found="3 minutes"))

    levels = [int(tag[1]) for tag, _ in found.tags if tag in {"h1", "h2", "h3"}]
    assert levels == [1, 2, 2, 3, 2, 3] * 2
    assert len(found.named("table")) == len(found.named("caption")) == 6
    assert {one["scope"] for one in found.named("th")} == {"col", "row"}
    identities = [one["id"] for _, one in found.tags if "id" in one]
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize("name", ["f.html", "f.csv"])
def test_the_same_findings_are_the_same_bytes(tmp_path, name):
    several = [remark(), remark("", "note", row=None)]

    assert written(tmp_path, name, findings(*several)) == written(
        tmp_path, name, findings(*several)
    )


def test_the_table_has_a_row_a_finding_and_reads_back(tmp_path):
    several = [remark(question="use", count=3, found='a "b", c\nd'), remark("", "note", row=None)]

    first, second = rows(tmp_path, *several)

    assert first["found"] == 'a "b", c\nd'
    assert (first["question"], first["row"], first["count"]) == ("use", "3", "3")
    assert (second["severity"], second["rule"], second["row"]) == ("note", "", "")


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1+2", "@x", "\tx", "\rx"])
@pytest.mark.parametrize("field", ["found", "what", "advice", "where"])
def test_a_spreadsheet_calculates_nothing_of_the_table(tmp_path, word, field):
    content = written(tmp_path, "f.csv", findings(remark(**{field: word})))

    frame = pd.read_csv(StringIO(content.decode("utf-8-sig"), newline=""), dtype=str)
    assert frame[field].tolist() == [f"'{word}"]


def test_no_findings_are_a_table_of_headings_and_a_page_that_says_so(tmp_path):
    assert rows(tmp_path) == []
    assert written(tmp_path, "f.csv", findings()).startswith(b"\xef\xbb\xbfseverity,rule,")
    assert "Found: 0 errors, 0 warnings and 0 notes." in page(tmp_path).words


@pytest.mark.parametrize("name", ["f.pdf", "f", "f.html.txt", ".csv"])
def test_other_endings_are_refused_with_those_allowed_and_nothing_is_written(tmp_path, name):
    with pytest.raises(ExportError) as caught:
        written(tmp_path / "out", name, findings())

    assert caught.value.allowed == "'.html' or '.csv'"
    assert not (tmp_path / "out").exists()


def test_the_ending_may_be_in_capitals(tmp_path):
    assert written(tmp_path, "F.HTML", findings()).startswith(b"<!DOCTYPE html>")


def test_where_a_folder_has_the_name_of_the_file_nothing_is_left_behind(tmp_path):
    (tmp_path / "f.html").mkdir()

    with pytest.raises(ExportError, match="there is a folder of that name"):
        written(tmp_path, "f.html", findings())

    assert [one.name for one in tmp_path.iterdir()] == ["f.html"]


def test_a_poll_of_one_language_has_a_page_of_one_language(tmp_path):
    found = sp.Findings(
        remarks=(Remark(severity="note", where="", what="x"),),
        questionnaire=ASKED,
        title={"en": "Poll"},
        languages=("en",),
        publisher=Publisher(name={"en": "A centre"}),
    )

    read = Reading(written(tmp_path, "f.html", found))

    assert read.tags[0] == ("html", {"lang": "en", "dir": "ltr"})
    assert read.named("article") == read.named("nav") == []
