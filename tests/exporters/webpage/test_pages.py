from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.exporters.webpage.pages import pages_document
from socialpoll.report.own_sections_writing import sections_at
from tests.exporters.made_report import made_report
from tests.report.pictured import jpeg, png
from tests.report.test_own_sections import OWN


def page(language: str = "en", **changes) -> str:
    report = replace(made_report(), **changes)
    return pages_document([sp.Edition(report, (language,))], "page.html").content.decode()


@pytest.fixture(scope="module")
def own() -> str:
    places = ("before findings", "after findings", "end")
    return page(sections=tuple(one for place in places for one in sections_at(place, OWN)))


def test_recommendations_are_a_numbered_list_and_other_items_are_not(own):
    assert "<ol>\n<li>Teach.</li>\n<li>Ask again.</li>\n</ol>" in own
    assert "<ul>\n<li>One</li>\n</ul>" in own


def test_paragraphs_of_a_passage_stand_before_its_list(own):
    assert "<p>First, in lines.</p>\n<p>Second.</p>\n<ul>" in own


def test_a_timeline_is_a_table_with_a_head(own):
    head = re.search(
        r"<caption>Phases and their status</caption>\n<thead>(.*?)</thead>", own, re.DOTALL
    )

    assert re.findall(r"<bdi>(.*?)</bdi>", head[1]) == [
        "Phase",
        "Start",
        "End",
        "Status",
        "Next step",
    ]


def test_pictures_are_inside_the_page_with_their_sentences_and_captions(own):
    found = re.findall(
        r'<img src="data:(.*?);base64,(.*?)" alt="(.*?)" style="width: (.*?)cm">', own
    )

    assert [(kind, b64decode(content), alt) for kind, content, alt, _ in found] == [
        ("image/png", png(), "A hall"),
        ("image/jpeg", jpeg(), "A phone"),
    ]
    assert found[1][3] == "4"
    assert own.count("<figcaption>") == 1
    assert "<figcaption>The hall.</figcaption>" in own


def test_a_page_is_in_the_colour_of_its_house():
    styled = page(style=sp.HouseStyle(primary="#5B2A86"))

    assert "--primary: #5B2A86;" in styled
    assert "#12436d" not in styled.lower()
    assert "--primary: #12436D;" in page()


def test_sentences_of_pictures_are_in_the_language_of_the_page():
    arabic = page("ar", sections=tuple(sections_at("after findings", OWN)))

    assert 'alt="قاعة"' in arabic
