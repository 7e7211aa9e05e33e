"""A report as a web page: what is on it, who can read it, and that it loads and runs nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import socialpoll as sp
from socialpoll.errors import ExportError
from socialpoll.report import Figure, HouseStyle, Section
from socialpoll.report.colours import contrast
from socialpoll.schema.legible import legible
from tests.exporters.hostile import HOSTILE, LONG
from tests.exporters.made_report import bars, by_governorate, dots, said, stacked
from tests.exporters.slides.made_decks import photograph
from tests.exporters.webpage.made_page import (
    LANGUAGES,
    content_of,
    hostile_content,
    page_report,
    parsed,
    words,
)

VOID = {"br", "col", "hr", "img", "input", "link", "meta"}
HEADINGS = ("h1", "h2", "h3", "h4")
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "article", "div", "header", "nav"),
    *("section", "footer", "h1", "h2", "h3", "p", "a", "span", "bdi", "ul", "ol", "li", "figure"),
    *("figcaption", "details", "summary", "table", "caption", "colgroup", "thead", "tbody", "tr"),
    *("th", "td", "data", "sup", "dl", "dt", "dd", "img", "svg", "g", "path", "use", "defs"),
    *("clippath", "rect"),
}


@pytest.fixture(scope="module")
def content() -> bytes:
    return content_of()


@pytest.fixture(scope="module")
def page(content):
    return parsed(content)


@pytest.fixture(scope="module")
def articles(page):
    return {one.get("lang"): one for one in page.iter("article")}


class Nesting(HTMLParser):
    """Holds a page to closing every tag where it was opened."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.feed(content.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def alts(language: str) -> list[str]:
    """Return the sentences of the charts of the report, by themselves."""
    return [one.alt.words[language] for one in (bars(), dots(), stacked())]


def style_of(page) -> str:
    return page.find(".//style").text


def test_every_tag_is_closed_where_it_was_opened_and_known(content):
    read = Nesting(content)

    assert read.open == []
    assert read.tags <= ALLOWED


def test_a_page_is_refused_everything_that_is_not_inside_it(content, page):
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    sources = page.xpath("//@src | //@href | //@xlink:href", namespaces={"xlink": "x"})

    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert sources
    assert [one for one in sources if not one.startswith(("#", "data:image/png;base64,"))] == []
    assert b"url(" not in content.replace(b"url(#", b"")
    assert b"@import" not in content


def test_names_are_unique_and_every_link_and_outline_leads_to_one(page):
    names = page.xpath("//@id")
    leading = [one.removeprefix("#") for one in page.xpath("//@href") if one.startswith("#")]
    labelled = page.xpath("//@aria-labelledby")

    assert [one for one, times in Counter(names).items() if times > 1] == []
    assert set(leading) | set(labelled) <= set(names)
    shared = page.xpath("//svg[@aria-hidden]//defs")[0]
    assert len(shared) > 20
    assert not shared.text_content().strip()


def test_every_language_is_an_article_with_its_direction(page, articles):
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert {tag: one.get("dir") for tag, one in articles.items()} == {"ar": "rtl", "en": "ltr"}
    assert len(list(page.iter("main"))) == 1


def test_links_lead_from_each_language_to_the_others(articles):
    links = {
        tag: [(one.get("href"), one.get("hreflang"), words(one)) for one in nav.iter("a")]
        for tag, article in articles.items()
        for nav in article.xpath(".//nav[@class='languages']")
    }

    assert links == {"ar": [("#en", "en", "English")], "en": [("#ar", "ar", "العربية")]}


def test_the_first_language_is_seen_until_a_link_leads_into_another(page):
    style = style_of(page)

    assert "body:not(:has(#en:target, #en :target)) #en { display: none; }" in style
    assert "body:has(#en:target, #en :target) article:not(#en) { display: none; }" in style
    assert "#ar { display: none; }" not in style


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_one_language_has_nothing_to_choose(language):
    page = parsed(content_of(None, language, charts=False))

    assert page.xpath("//nav[@class='languages'] | //article") == []
    assert ":target" not in style_of(page)
    assert [one.get("id") for one in page.iter("main")] == [f"{language}-text"]


def test_headings_go_down_step_by_step_from_one_title(articles):
    for article in articles.values():
        levels = [int(one.tag[1]) for one in article.iter(*HEADINGS)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(words(one) for one in article.iter(*HEADINGS))


def test_the_first_link_skips_to_the_text(articles):
    for tag, article in articles.items():
        first = next(article.iter("a"))
        assert first.get("href") == f"#{tag}-text"
        assert article.xpath(f".//*[@id='{tag}-text'][@tabindex='-1']")


def test_the_contents_name_every_section_in_order(articles):
    for article in articles.values():
        listed = [words(one) for one in article.xpath(".//nav[@class='contents']//a")]
        titles = [words(one) for one in article.xpath(".//section/h2")]
        assert listed == titles
        assert len(listed) == len(page_report().sections)


def test_every_picture_has_its_sentence(page, articles):
    for image in page.iter("img"):
        assert image.get("alt").strip()
    for article in articles.values():
        charts = list(article.iter("svg"))
        assert all(one.get("role") == "img" for one in charts)
        assert [one.get("aria-label") for one in charts] == alts(article.get("lang"))
    (shared,) = [one for one in page.iter("svg") if one.get("role") is None]
    assert shared.get("aria-hidden") == "true"


def test_tables_have_captions_and_every_heading_its_scope(articles):
    for article in articles.values():
        tables = list(article.iter("table"))
        assert len(tables) == 7
        assert all(words(one.find("caption")) for one in tables)
        assert all(words(one) for one in article.iter("th"))
        scopes = {one.get("scope") for one in article.iter("th")}
        assert scopes == {"col", "colgroup", "row", "rowgroup"}
        for row in article.xpath(".//tbody/tr"):
            assert row[0].tag == "th"


def test_a_chart_has_its_title_and_base_as_words_and_its_data_as_a_table(articles):
    figure = articles["en"].xpath(".//figure[figcaption]")[0]
    data = figure.find("details/div/table")

    assert figure[0].tag == "figcaption"
    assert words(figure[0]) == words(data.find("caption"))
    assert words(figure.find("details/summary")) == "Data of this chart"
    shown = {words(row[0]): words(row[1]) for row in data.iter("tr") if len(row) > 1}
    points = [one for series in bars().series for one in series.points]
    assert len(shown) == len(points) + 1
    assert "[c]" in shown.values()


def test_figures_are_those_of_the_report_and_what_is_suppressed_is_nowhere():
    secret = 0.123456
    hidden = Figure(secret, "percent", 1, "c")
    table = by_governorate()
    rows = [
        replace(row, cells=(row.cells[0], hidden, *row.cells[2:])) if row.role == "body" else row
        for row in table.rows
    ]
    section = Section("indicator", said("T", "ت"), (replace(table, rows=tuple(rows)),))
    told = content_of(page_report(section), charts=False)
    plain = Section("indicator", said("T", "ت"), (table,))
    shown = parsed(content_of(page_report(plain)))

    figures = [one for row in table.rows for one in row.cells[1:] if isinstance(one, Figure)]
    there = [one.value for one in figures if one.value is not None and one.status != "c"]
    assert b"0.123456" not in told
    assert b"12.3" not in told
    for article in shown.iter("article"):
        read = [float(one.get("value")) for one in article.xpath(".//td//data")]
        assert read == there
        for one in article.xpath(".//td//data"):
            number = re.search(r"[\d.,]+", one.text_content())[0].replace(",", "")
            percent = "%" in one.text_content()
            assert float(number) == pytest.approx(
                float(one.get("value")) * (100 if percent else 1), abs=0.051
            )


def test_the_tables_of_a_finding_are_folded_or_open(articles):
    opened = parsed(content_of(None, "en", artist=photograph, tables="open"))

    folded = articles["en"].xpath(".//details[@class='tables']//caption")
    inside = [words(one) for one in folded]
    assert len(inside) == 2
    assert opened.xpath("//details[@class='tables']") == []
    assert set(inside) <= {words(one) for one in opened.iter("caption")}


def test_without_charts_a_page_has_their_data_and_needs_nobody_who_draws(articles):
    page = parsed(content_of(None, "en", artist=None, charts=False))

    captions = {words(one) for one in page.iter("caption")}
    assert list(page.iter("svg")) == []
    figures = articles["en"].xpath(".//figure[not(@class)]/figcaption")
    assert {words(one) for one in figures} <= captions


def test_charts_that_nobody_can_draw_are_told_with_what_to_do():
    with pytest.raises(sp.errors.ReportError) as caught:
        content_of(artist=None)

    assert "leave charts out" in str(caught.value)


def test_a_chart_drawn_as_dots_is_a_picture_with_its_sentence():
    page = parsed(content_of(None, "en", artist=photograph))

    assert page.xpath("//div[@class='chart']/img/@alt") == alts("en")


def test_the_publication_says_what_it_is_above_and_beneath(articles):
    head, foot = (words(articles["en"].find(one)) for one in ("header", "footer"))
    known = {
        words(term): words(term.getnext()) for term in articles["en"].find("footer").iter("dt")
    }

    for told in ("Centre for Polls", 'Social media & "us"', "1 April 2019", "Embargoed until"):
        assert told in head
    assert "are synthetic" in head
    assert "are synthetic" in foot
    assert known == {
        "Publisher": "Centre for Polls",
        "Release date": "1 April 2019",
        "Edition": "1",
        "Status": "final",
        "Supersedes": "Edition 0",
        "Embargo": "1 April 2019 09:00 (UTC+00:00)",
        "Next release": "1 April 2020",
        "Contact": "polls@example.org",
        "Website": "https://example.org",
        "Licence": "CC BY 4.0",
    }
    assert articles["ar"].find(".//header//img").get("alt") == "الشعار"


def test_recommendations_are_numbered(articles):
    section = articles["en"].xpath(".//section[@class='role-recommendations']")[0]

    assert [words(one) for one in section.find("ol")] == ["Step 1.", "Step 2.", "Step 3."]


def test_words_of_another_language_are_marked_and_those_of_none_are_held():
    publisher = sp.Publisher(name={"en": "Centre"})
    page = parsed(
        content_of(page_report(publisher=publisher, title={"und": "Poll 7"}), charts=False)
    )

    arabic = page.find(".//article[@lang='ar']")
    name, title = arabic.find("header/p/bdi"), arabic.find("header/h1/bdi")
    assert (words(name), name.get("lang"), name.get("dir")) == ("Centre", "en", "ltr")
    assert (words(title), title.attrib) == ("Poll 7", {})


def test_digits_are_chosen():
    latin, arabic = (
        parsed(content_of(None, "ar", charts=False, digits=one)).xpath("string(//td/bdi/data)")
        for one in ("latn", "arab")
    )

    assert (latin, arabic) == ("94.0\u200e%\u200e", "٩٤٫٠٪")


@pytest.mark.parametrize("primary", ["#12436D", "#767676", "#A33B00"])
def test_every_pair_of_colours_can_be_read(primary):
    report = page_report(style=HouseStyle(primary=primary))
    style = style_of(parsed(content_of(report, "en", charts=False)))
    known = dict(re.findall(r"--(\w+): (#[0-9A-F]{6});", style))

    for text in ("ink", "muted", "primary"):
        assert contrast(known[text], "#FFFFFF") >= 4.5
    for text in ("ink", "muted"):
        assert contrast(known[text], known["pale"]) >= 4.5
    assert contrast(known["accent"], "#FFFFFF") >= 3
    used = set(re.findall(r"#[0-9A-Fa-f]{3,6}\b(?=[;,) ])", style))
    assert used <= {*known.values(), "#FFFFFF"}


def test_a_font_cannot_leave_its_place_in_the_style_sheet():
    style = HouseStyle(latin_font='x";}</style><script>a', arabic_font="خط")
    page = parsed(content_of(page_report(style=style), "en", charts=False))

    assert list(page.iter("script")) == []
    assert r'--latin: "x\22 \3b \7d \3c \2f style\3e \3c script\3e a"' in style_of(page)


@pytest.fixture(scope="module")
def hostile() -> bytes:
    return hostile_content()


def test_hostile_words_are_words(hostile):
    page = parsed(hostile)
    shown = words(page.body)

    assert Nesting(hostile).open == []
    assert Nesting(hostile).tags <= ALLOWED
    assert not [name for one in page.iter() for name in one.attrib if name.startswith("on")]
    assert all(one.startswith("#") for one in page.xpath("//a/@href"))
    assert [one for one, times in Counter(page.xpath("//@id")).items() if times > 1] == []
    assert [one for one in HOSTILE if " ".join(legible(one).split()) not in shown] == []
    assert len(LONG) == 5000


def test_hostile_sentences_of_charts_are_whole(hostile):
    labels = parsed(hostile).xpath("//article[@lang='en']//svg/@aria-label")

    assert labels == [legible(f"{HOSTILE[6]}6"), legible(f"{HOSTILE[7]}7")]


def test_the_same_report_is_the_same_bytes(content):
    assert content_of() == content


def test_the_host_makes_one_page_of_all_languages_and_refuses_facing_columns():
    (document,) = sp.render(page_report(), "webpage", charts=False)

    assert (document.name, document.media_type) == ("social-media-2019.html", "text/html")
    with pytest.raises(ExportError, match="does not put two languages into one document"):
        sp.render(page_report(), "webpage", languages="ar+en")
