"""A page in Chromium, which tells what it asks for, what it shows and how it prints."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.exporters.hostile import RAN
from tests.exporters.webpage.browser import opened
from tests.exporters.webpage.made_page import LANGUAGES, content_of, hostile_content

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PHONE = 360

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("pdftotext")),
    reason="Chromium and poppler look at web pages, and are not installed here",
)
SEEN = (
    "[...document.querySelectorAll('article')].filter(one => one.offsetHeight).map(one => one.id)"
)
BEYOND = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(content_of())
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(CHROMIUM, tmp_path_factory.mktemp("profile")) as one:
        yield one


def told(browser, method: str) -> list[dict]:
    return [one["params"] for one in browser.events if one["method"] == method]


def test_a_page_asks_for_itself_alone_and_nothing_on_it_is_refused(browser, page):
    browser.open(page)
    browser.ask("1")

    asked = [one["request"]["url"] for one in told(browser, "Network.requestWillBeSent")]
    assert [one for one in asked if not one.startswith("data:image/png;base64,")] == [page.as_uri()]
    assert told(browser, "Log.entryAdded") == []
    assert told(browser, "Runtime.consoleAPICalled") == []
    assert told(browser, "Runtime.exceptionThrown") == []


def test_links_choose_the_language_and_links_into_another_do_too(browser, page):
    browser.open(page)
    assert browser.ask(SEEN) == ["ar"]

    browser.ask("document.querySelector('#ar .languages a').click()")
    assert browser.ask(SEEN) == ["en"]

    browser.ask("document.querySelector('#en .languages a').click()")
    assert browser.ask(SEEN) == ["ar"]

    browser.open(page, "#en-recommendations")
    assert browser.ask(SEEN) == ["en"]
    top = "document.querySelector('#en-recommendations').getBoundingClientRect().top"
    assert browser.ask(f"Math.abs({top}) < window.innerHeight")


@pytest.mark.parametrize("width", [PHONE, 768, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_beyond_the_screen_but_inside_boxes_that_scroll(
    browser, page, language, width
):
    browser.open(page, f"#{language}", width=width)
    browser.ask(f"document.querySelectorAll('#{language} details').forEach(one => one.open = true)")

    assert browser.ask(BEYOND) == 0
    boxes = f"[...document.querySelectorAll('#{language} .wide')]"
    scrolls = browser.ask(f"{boxes}.map(one => one.scrollWidth > one.clientWidth)")
    assert scrolls == [width < 1280 or browser.ask(f"{boxes}[0].scrollWidth") > width]


def test_the_contents_are_folded_on_a_phone_and_beside_the_text_on_a_desk(browser, page):
    link = "document.querySelector('#en .contents a').checkVisibility()"
    places = "['.contents', '.reading'].map(one => document.querySelector(`#en ${one}`)"
    places += ".getBoundingClientRect().top)"

    browser.open(page, "#en", width=PHONE)
    contents, text = browser.ask(places)
    assert contents < text
    assert not browser.ask(link)

    browser.open(page, "#en")
    contents, text = browser.ask(places)
    assert contents == text
    assert browser.ask(link)


def test_the_first_tab_shows_the_link_that_skips_to_the_text(browser, page):
    size = "document.querySelector('#ar .skip').offsetWidth"

    browser.open(page)
    assert browser.ask(size) == 1
    for kind in ("keyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", type=kind, key="Tab", windowsVirtualKeyCode=9)
    assert browser.ask("document.activeElement.className") == "skip"
    assert browser.ask(size) > 40


def test_outlines_are_drawn_and_share_their_letters(browser, page):
    browser.open(page, "#en")

    drawn = browser.ask(
        "[...document.querySelectorAll('#en .chart use')].map(one => one.getBoundingClientRect())"
        ".filter(one => one.width && one.height).length"
    )
    assert drawn > 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_print_is_the_language_that_is_seen_on_a4_with_its_tables_and_no_links(
    browser, page, tmp_path, language
):
    browser.open(page, f"#{language}")
    path = tmp_path / "page.pdf"
    path.write_bytes(browser.printed())
    pages = subprocess.run(
        ["pdfinfo", "-l", "99", path], check=True, capture_output=True, text=True
    ).stdout
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True
    ).stdout

    sizes = set(re.findall(r"size: +([\d.]+) x ([\d.]+)", pages))
    assert {tuple(sorted(round(float(one)) for one in size)) for size in sizes} == {(595, 842)}
    assert len(sizes) == 2
    assert ("Recommendations" in text) == (language == "en")
    if language == "en":
        assert "Contents" not in text
        assert "Data of this chart" not in text
        assert "Tables of this finding" not in text
        assert re.search(r"Muscat +\d", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_a_table_that_scrolls_is_read_whole_on_a_phone(browser, page, language):
    browser.open(page, f"#{language}", width=PHONE)
    browser.ask(f"document.querySelectorAll('#{language} details').forEach(one => one.open = true)")

    captions = f"[...document.querySelectorAll('#{language} caption')]"
    ends = browser.ask(
        f"{captions}.map(one => one.getBoundingClientRect())"
        ".map(one => [one.left, one.right]).filter(([left, right]) => right - left > 1)"
    )
    assert len(ends) > 3
    assert [one for one in ends if one[0] < 0 or one[1] > PHONE] == []


def test_digits_line_up_at_the_right_of_their_column_in_every_language(browser, page):
    browser.open(page)
    sides = (
        "[...document.querySelectorAll('td.figure')].map(one => getComputedStyle(one).textAlign)"
    )

    assert set(browser.ask(sides)) == {"right"}


def test_notes_are_printed_on_the_page_where_their_table_ends(browser, page):
    browser.open(page, "#en")
    browser.call("Emulation.setEmulatedMedia", media="print")

    first = "document.querySelector('#en .scrolled + .note')"
    assert browser.ask(f"getComputedStyle({first}).breakBefore") == "avoid"
    browser.call("Emulation.setEmulatedMedia", media="")


def test_no_word_of_a_page_is_run_even_where_a_browser_would_allow_it(browser, tmp_path):
    policy = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
    lax, own = tmp_path / "lax.html", tmp_path / "own.html"
    lax.write_bytes(policy.sub(b"", hostile_content()))
    own.write_text(f"<!DOCTYPE html><img src=x onerror='{RAN}'>", encoding="utf-8")
    ran = "document.documentElement.dataset.ran"

    browser.open(own)
    assert browser.ask(ran) == "1"

    browser.open(lax)
    assert browser.ask(ran) is None
    asked = [one["request"]["url"] for one in told(browser, "Network.requestWillBeSent")]
    assert [one for one in asked if not one.startswith("data:")] == [lax.as_uri()]
    assert told(browser, "Page.javascriptDialogOpening") == []
    assert told(browser, "Runtime.exceptionThrown") == []
