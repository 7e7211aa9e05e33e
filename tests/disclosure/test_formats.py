"""Every number in every file of a run is a figure that the attacker knows, or on a closed list."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from click.testing import CliRunner
from lxml import html

import socialpoll as sp
from socialpoll.cli import main
from socialpoll.report import Chart, report_to_json
from tests.disclosure.listed import MANIFEST, unlisted
from tests.disclosure.published import Published
from tests.disclosure.reading import (
    DIGITS,
    MARKS,
    NUMBER,
    Piece,
    leaves,
    read_json,
    read_page,
    read_word,
    text_of_picture,
    unread,
)
from tests.disclosure.searching import misdrawn, misfed, misreported, missaved, unsaid

POLLS = ["small", "demo"]


@pytest.fixture(params=POLLS)
def published(request: pytest.FixtureRequest) -> Published:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def page(demo: Published) -> bytes:
    """The banner table of the bundled poll as a page, in English."""
    sections = tuple(one for one in demo.run.report.sections if one.role == "banner")
    path = demo.folder.parent / "tables.html"
    sp.write_tables(replace(demo.run.report, sections=sections), path, languages="en")
    return path.read_bytes()


def test_a_brief_says_no_number_that_is_not_a_shown_figure_or_a_listed_fact(published):
    content = published.file("brief-en.docx")
    pieces = read_word(content)

    assert len([one for one in pieces if one.kind == "cell" and one.numbers]) > 80
    assert len([one for one in pieces if one.kind == "alt" and one.numbers]) >= 4
    assert unread(content, pieces) == []
    assert unsaid(published, pieces) == []


def test_a_brief_in_arabic_says_no_number_that_the_one_in_english_does_not(published):
    told = {}
    for language in ("ar", "en"):
        content = published.file(f"brief-{language}.docx")
        pieces = read_word(content)
        assert unread(content, pieces) == []
        told[language] = Counter(one for piece in pieces for one in _unnumbered(piece))

    assert len(told["ar"]) > 40
    assert told["ar"] - told["en"] == Counter()


def _unnumbered(piece: Piece) -> list[str]:
    """Return the numbers of a piece without that of its table, and of parts of this."""
    if piece.kind != "caption":
        return piece.numbers
    return NUMBER.findall(re.sub(r"^\w+ \d+[.:]|\(\D+\d+\D+\d+\)$", "", piece.words))


@pytest.fixture(params=POLLS)
def webpage(request: pytest.FixtureRequest) -> tuple[Published, dict[str, list[Piece]]]:
    """A poll and what its web page says, by language; charts are there as their data."""
    published = request.getfixturevalue(request.param)
    (document,) = sp.render(published.run.report, "webpage", charts=False)
    articles = html.document_fromstring(document.content.decode()).iter("article")
    return published, {one.get("lang"): read_page(html.tostring(one)) for one in articles}


def test_a_web_page_says_no_number_that_is_not_a_shown_figure_or_a_listed_fact(webpage):
    published, told = webpage

    assert len([one for one in told["en"] if one.kind == "cell" and one.numbers]) > 80
    assert unsaid(published, [one for one in told["en"] if one.kind != "hidden"]) == []
    numbers = {
        tag: Counter(one for piece in told[tag] for one in piece.numbers) for tag in ("ar", "en")
    }
    assert numbers["ar"] - numbers["en"] == Counter()


def test_a_picture_draws_no_number_that_is_not_a_shown_figure(published, drawn_texts):
    report = published.run.report
    charts = 0
    for section in report.sections:
        for block in section.blocks:
            if not isinstance(block, Chart):
                continue
            drawn_texts.clear()
            alone = replace(section, blocks=(block,))
            sp.render(replace(report, sections=(alone,)), "chart", languages=["en"])
            charts += 1
            assert drawn_texts
            assert misdrawn(published, section.name, drawn_texts) == []
    assert charts >= 4


def test_a_picture_carries_no_number_beside_its_dots(published):
    pictures = sorted(published.folder.glob("*.png"))

    assert len(pictures) >= 8
    for one in pictures:
        told = text_of_picture(one.read_bytes())
        assert set(told) <= {"Software"}
        assert "matplotlib" in told.get("Software", "matplotlib").lower()


@pytest.mark.parametrize("profile", ["machine", "excel"])
def test_the_feed_has_the_shown_figures_and_nothing_of_the_hidden_ones(published, profile):
    (document,) = sp.render(published.run.report, "csv", languages=["en"], profile=profile)

    assert misfed(published, document.content) == []


def test_a_saved_release_has_the_shown_figures_and_nothing_of_the_hidden_ones(published):
    saved = read_json(published.file("release.json"))

    assert missaved(published, saved) == []


def test_every_comparison_is_of_two_shown_figures(published):
    release = published.run.release
    figures = release.figures
    shown = figures[figures["flag"] != "suppressed"]
    keys = ["indicator", "item", "category", "breakdown", "domain"]
    known = {tuple(row) for row in shown[keys].itertuples(index=False)}
    pairs = release.comparisons.to_dict("records")

    assert len(pairs) > 2
    for pair in pairs:
        for side in ("domain_a", "domain_b"):
            assert (*(pair[one] for one in keys[:-1]), pair[side]) in known


def test_a_manifest_has_no_number_that_is_not_listed(published):
    manifest = read_json(published.file("manifest.json"))
    paths = [path for path, _ in leaves(manifest)]

    assert len(paths) > 60
    assert unlisted(paths, MANIFEST) == []


def test_the_report_as_data_has_no_number_that_is_not_a_shown_figure_or_a_fact(published):
    report = read_json(report_to_json(published.run.report).encode())

    assert misreported(published, report) == []


def test_a_page_of_tables_says_no_number_that_is_not_a_shown_figure(demo, page):
    pieces = read_page(page)

    assert len([one for one in pieces if one.kind == "cell" and one.numbers]) > 10
    assert unsaid(demo, [one for one in pieces if one.kind != "hidden"]) == []
    assert [one for one in pieces if one.kind == "hidden" and unhidden(one.words)] == []


def unhidden(words: str) -> bool:
    """Whether what no reader sees has a number of its own."""
    return bool(DIGITS.search(re.sub(r"width=device-width, initial-scale=1|March 2019", "", words)))


def test_the_tables_on_the_command_line_say_no_more_than_those_of_the_page(small, tmp_path):
    path = tmp_path / "tables.html"
    poll = str(small.poll.folder / "poll.toml")
    runner = CliRunner(env={"COLUMNS": "200"})
    written = runner.invoke(main, ["tables", poll, "-l", "en", "--html", str(path)])
    shown = runner.invoke(main, ["tables", poll, "-l", "en"])
    pieces = read_page(path.read_bytes())
    said = Counter(one for piece in pieces if piece.kind != "hidden" for one in piece.numbers)

    assert (written.exit_code, shown.exit_code) == (0, 0)
    assert unsaid(small, [one for one in pieces if one.kind != "hidden"]) == []
    numbers = Counter(NUMBER.findall(shown.stdout.translate(MARKS)))
    assert len(numbers) > 20
    assert set(numbers) <= set(said)
