"""A page in another language has the code, the headings and the links of its English page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
TRANSLATED = sorted(DOCS.rglob("*.ar.md"))
BLOCKS = re.compile(r"^```\S.*?^```$", re.MULTILINE | re.DOTALL)
HEADINGS = re.compile(r"^(#+) (.+)$", re.MULTILINE)
IDS = re.compile(r"^(#+) .+ \{ #(\S+) \}$", re.MULTILINE)
LINKS = re.compile(r"\]\(([^)]+)\)")
INLINE = re.compile(r"`([^`\n]+)`")


def english(page: Path) -> str:
    return page.with_name(page.name.replace(".ar.md", ".md")).read_text(encoding="utf-8")


def slug(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-")


def prose(text: str) -> str:
    return BLOCKS.sub("", text)


@pytest.fixture(params=TRANSLATED, ids=lambda one: one.stem)
def page(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_a_translated_page_has_exactly_the_code_of_the_english_one(page):
    code = BLOCKS.findall(english(page))

    assert BLOCKS.findall(page.read_text(encoding="utf-8")) == code
    assert len(code) > 1


def test_a_translated_page_has_the_headings_of_the_english_one_under_the_same_anchors(page):
    original = HEADINGS.findall(prose(english(page)))

    translated = IDS.findall(prose(page.read_text(encoding="utf-8")))
    assert translated == [(level, slug(title)) for level, title in original]


def test_a_translated_page_links_to_what_the_english_one_links_to(page):
    original = set(LINKS.findall(english(page)))

    links = set(LINKS.findall(page.read_text(encoding="utf-8")))
    assert links ^ original == {page.name.replace(".ar.md", ".md"), page.name}


def test_a_translated_page_names_the_same_files_and_keys_in_its_sentences(page):
    original = set(INLINE.findall(prose(english(page))))

    assert set(INLINE.findall(prose(page.read_text(encoding="utf-8")))) == original
