from __future__ import annotations

import pytest
from lxml import html

import socialpoll as sp
from tests.report import handmade
from tests.report.banner_polls import answers, everything, questionnaire, released, words
from tests.report.handmade import by_sex, comparison, row, text, yes_no

NASTY = "<script>alert('&\"')</script>"


def grid(table: html.HtmlElement) -> list[list[html.HtmlElement]]:
    """Return the cells by row and column as a browser lays them out (HTML, "forming a table")."""
    laid: dict[tuple[int, int], html.HtmlElement] = {}
    for y, line in enumerate(table.iter("tr")):
        x = 0
        for cell in line:
            while (y, x) in laid:
                x += 1
            for down in range(int(cell.get("rowspan", 1))):
                for across in range(int(cell.get("colspan", 1))):
                    assert (y + down, x + across) not in laid
                    laid[y + down, x + across] = cell
    height, width = (1 + max(one) for one in zip(*laid, strict=True))
    return [[laid[y, x] for x in range(width)] for y in range(height)]


def parsed(table: sp.BannerTable, language: str | None = None) -> html.HtmlElement:
    return html.fragment_fromstring(table.html(language))


@pytest.fixture(scope="module")
def stacked() -> sp.Estimates:
    waves = {name: sp.bind(answers(seed), questionnaire()) for seed, name in enumerate("abc", 1)}
    return sp.compare(sp.estimate(sp.stack(waves), ["trust", "apps"], by=["sex", "area"]))


@pytest.mark.parametrize("banner", [sp.Banner(), sp.Banner(total=False), sp.Banner(intervals=True)])
def test_every_row_has_a_cell_in_every_column_and_none_twice(banner):
    table = sp.tabulate(everything(), banner)
    laid = grid(parsed(table))

    assert {len(line) for line in laid} == {len(table.layout.heads) + 1}


def test_the_heads_of_waves_span_their_columns(stacked):
    table = sp.tabulate(stacked)
    head = grid(parsed(table))[:3]
    heads = table.layout.heads

    assert {len(line) for line in head} == {len(heads) + 1}
    for place, one in enumerate(heads, start=1):
        above = [line[place].text_content() for line in head]
        label, period = words([one.label, one.period])
        group = label if one.group is None else words([one.group])[0]
        assert above == [group, label, f"{period}{one.letter}"]


def test_every_heading_says_what_it_is_the_heading_of(stacked):
    for table in (parsed(sp.tabulate(one)) for one in (everything(), stacked)):
        for cell in table.iter("th"):
            scope, span = cell.get("scope"), int(cell.get("colspan", 1))
            where = cell.getparent().getparent().tag
            assert scope in ({"col", "colgroup"} if where == "thead" else {"row", "rowgroup"})
            assert scope == "rowgroup" or where == "thead" or span == 1


def test_column_groups_are_the_breakdowns():
    table = parsed(sp.tabulate(everything()))

    spans = [int(one.get("span")) for one in table.iter("colgroup")]
    assert spans == [1, 1, 2, 3, 4, 4]
    groups = [one for one in table.iter("th") if one.get("scope") == "colgroup"]
    assert [int(one.get("colspan", 1)) for one in groups] == spans[2:]


def test_a_question_is_a_body_of_the_table_with_its_base_in_words():
    bodies = list(
        parsed(sp.tabulate(everything(), sp.Banner(rows=("trust", "apps")))).iter("tbody")
    )

    assert [one.xpath("string(tr[1])") for one in bodies] == [
        "TrustBase: respondents who answered this question.",
        "AppsBase: respondents who answered this question.",
    ]


def test_cells_are_those_of_the_block():
    table = sp.tabulate(released(), sp.Banner(columns=("sex", "area"), levels=(0.01, 0.05)))
    rows = grid(parsed(table))[2:-1]
    for row_of, cells in zip(table.layout.rows, rows, strict=True):
        for figure, cell in zip(row_of.figures, cells[1:], strict=False):
            shown = cell.text_content().split()
            assert (figure is None) == (shown == [])
            if figure is not None and figure.letters:
                assert shown[1:] == figure.letters.split()


def test_arabic_runs_to_the_left_with_its_letters_isolated():
    table = parsed(sp.tabulate(everything()), "ar")

    assert (table.get("dir"), table.get("lang")) == ("rtl", "ar")
    assert [one.text for one in table.iter("bdi")][:3] == ["A", "B", "C"]
    assert "text-align:right" in table.xpath("//td/bdi")[0].get("style")
    english = parsed(sp.tabulate(everything()))
    assert (english.get("dir"), english.get("lang")) == ("ltr", "en")


def test_every_text_of_a_person_is_escaped():
    nasty = text(NASTY, NASTY)
    options = handmade.codes(yes=(NASTY, NASTY), no=("No", "لا"))
    questions = (
        sp.Single(
            name="sex",
            text=nasty,
            label=nasty,
            options=handmade.codes(male=(NASTY, NASTY), female=("F", "F")),
        ),
        sp.Single(name="account", text=nasty, label=nasty, options=options),
    )
    release = handmade.released(
        [*yes_no(0.94), *by_sex(0.95, 0.93)],
        [comparison("account", "male", "female", 0.02, 0.01, category="yes") | {"method": NASTY}],
        questions=questions,
        derived=(),
    )
    made = sp.tabulate(release, sp.Banner(title=NASTY)).html()

    assert "<script" not in made
    table = html.fragment_fromstring(made)
    assert not list(table.iter("script"))
    assert table.findtext("caption") == NASTY
    assert table.text_content().count(NASTY) == 6


def test_letters_are_not_in_the_heads_where_nothing_was_compared():
    table = sp.tabulate(handmade.released([*yes_no(0.94), *by_sex(0.95, 0.93)]))

    assert not list(parsed(table).iter("bdi"))
    assert "Males</th>" in table.html()


def test_a_notebook_shows_it_in_its_language():
    table = sp.tabulate(everything(), language="ar")

    assert table._repr_html_() == table.html("ar") == table.html()


def test_the_interval_stands_beneath_its_figure():
    rows = [
        *yes_no(0.94),
        row("account", None, category="yes", breakdown="sex", domain="male", status="suppressed"),
    ]
    table = sp.tabulate(handmade.released(rows), sp.Banner(intervals=True))
    cells = grid(parsed(table))[4]

    assert [one.text_content() for one in cells] == ["Yes", "94.0%92.0 to 96.0", "[c]"]
