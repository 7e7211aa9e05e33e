from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest

from socialpoll.drawing import draw
from socialpoll.errors import ReportError
from socialpoll.exporters.word import WordOptions, check_accessibility, render
from socialpoll.exporters.word.package import unpack
from socialpoll.report import Column, Figure, Interval, Row, Section, Table, Text
from tests.exporters.made_report import (
    ALT_AR,
    banner_section,
    banner_table,
    dots,
    edition,
    made_report,
    said,
    sections,
    share,
)
from tests.exporters.schemas import problems_by_schema

docx = pytest.importorskip("docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ARABIC = re.compile("[\u0600-\u06ff]")
MARKS = str.maketrans("", "", "\u200e\u200f")
WITHOUT_CHARTS = WordOptions(charts=False)


def brief(*languages: str, options: WordOptions = WITHOUT_CHARTS, digits="latn", **changes):
    report = replace(made_report(), **changes)
    chosen = replace(edition(*languages, report=report), digits=digits)
    (document,) = render(chosen, options)
    return document


def opened(document):
    return docx.Document(BytesIO(document.content))


def of_blocks(*blocks, role: str = "text", **changes):
    section = Section(role, said("Own words", "كلمات خاصة"), blocks)
    return opened(brief("ar", "en", sections=(section,), **changes))


def tables_of(document, style: str):
    return [table for table in document.tables if table.style.name == style]


def cells_of(row) -> list[str]:
    """Return the texts of a row in the order of the file, lines parted by a bar."""
    cells = row._tr.findall(f"{W}tc")
    lines = [["".join(t.text for t in p.iter(f"{W}t")) for p in c.iter(f"{W}p")] for c in cells]
    return ["|".join(one).translate(MARKS) for one in lines]


def shown(document, *styles: str) -> list[str]:
    """Return, in their order, the words of captions and the styles of what they stand above."""
    found = [one for one in document.iter_inner_content() if one.style.name in styles]
    captions = {"caption", "Caption"}
    return [
        one.text.translate(MARKS) if one.style.name in captions else one.style.name for one in found
    ]


def pairs_of(document) -> list[tuple[str, str]]:
    rows = [row for table in tables_of(document, "Facing Columns") for row in table.rows]
    return [tuple(cells_of(row)) for row in rows]


@pytest.fixture(scope="module")
def facing():
    own = sections()
    several = (*own[:2], banner_section(banner_table(), banner_table(1)), *own[2:])
    return brief("ar", "en", options=WordOptions(), sections=several)


@pytest.fixture(scope="module")
def document(facing):
    return opened(facing)


def figures(*rows: Row, kind: str = "figure") -> Table:
    columns = (
        Column("group", said("Group", "الفئة"), "label"),
        Column("share", said("Percentage", "النسبة"), kind),
    )
    return Table(said("Shares", "النسب"), columns, rows)


def test_a_brief_in_two_languages_is_named_after_both(facing):
    assert facing.name == "brief-ar-en.docx"
    assert brief("en", "ar").name == "brief-en-ar.docx"


def test_the_same_edition_is_the_same_bytes(facing):
    own = sections()
    several = (*own[:2], banner_section(banner_table(), banner_table(1)), *own[2:])
    again = brief("ar", "en", options=WordOptions(), sections=several)

    assert again.content == facing.content


@pytest.mark.parametrize("languages", [("ar", "en"), ("en", "ar")])
def test_word_is_given_what_the_schema_of_its_format_allows(facing, languages, tmp_path):
    path = tmp_path / "brief.docx"
    path.write_bytes(facing.content if languages[0] == "ar" else brief(*languages).content)

    assert problems_by_schema(path) == []


@pytest.mark.parametrize("languages", [("ar", "en"), ("en", "ar")])
def test_a_brief_in_two_languages_is_accessible(facing, languages):
    made = facing if languages[0] == "ar" else brief(*languages)

    assert check_accessibility(made.content) == ()


def test_a_table_of_figures_without_a_header_row_is_still_told_in_such_a_brief(facing):
    document = opened(facing)
    table = tables_of(document, "Poll Table")[0]
    row = table.rows[0]._tr.trPr
    row.remove(row.find(f"{W}tblHeader"))
    file = BytesIO()
    document.save(file)

    assert "a table without a header row" in {
        one.what for one in check_accessibility(file.getvalue())
    }


def test_no_tag_or_mark_of_the_template_is_left_in_any_part(facing):
    parts = unpack(facing.content)
    texts = {name: parts[name].decode() for name in parts if name.endswith((".xml", ".rels"))}

    assert [name for name, one in texts.items() if re.search(r"\{\{|\{%|[\ue000\ue001]", one)] == []


def test_a_sentence_and_its_counterpart_stand_in_one_row_in_the_order_of_the_languages():
    blocks = (
        Text((said("Most agree.", "يوافق معظمهم."),)),
        Text((said("Few do not.", "قلة لا."),)),
    )

    pairs = pairs_of(of_blocks(*blocks))

    place = pairs.index(("يوافق معظمهم.", "Most agree."))
    assert pairs[place + 1] == ("قلة لا.", "Few do not.")


def test_arabic_stands_at_the_right_whichever_language_leads():
    for languages in (("ar", "en"), ("en", "ar")):
        section = Section("text", said("S", "ق"), (Text((said("Here", "هنا"),)),))
        document = opened(brief(*languages, sections=(section,)))
        for table in tables_of(document, "Facing Columns"):
            mirrored = table._tbl.tblPr.find(f"{W}bidiVisual") is not None
            first = cells_of(table.rows[0])[0]
            assert mirrored == bool(ARABIC.search(first)), first


def test_a_paragraph_has_the_direction_and_the_language_of_its_words(document):
    rows = [row for table in tables_of(document, "Facing Columns") for row in table.rows]
    for row in rows:
        arabic, english = (cell.find(f"{W}p") for cell in row._tr.findall(f"{W}tc"))
        assert arabic.find(f"{W}pPr/{W}bidi") is not None
        assert english.find(f"{W}pPr/{W}bidi") is None
        for run in english.iter(f"{W}r"):
            spoken = run.find(f"{W}rPr/{W}lang")
            if run.find(f"{W}rPr/{W}rtl") is None:
                assert spoken.get(f"{W}val") == "en-GB"
        for run in arabic.iter(f"{W}r"):
            if run.find(f"{W}rPr/{W}rtl") is not None:
                assert run.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ar-EG"


def test_where_arabic_is_second_its_words_are_arabic_to_word():
    document = opened(brief("en", "ar"))

    spoken = list(document.element.body.iter(f"{W}lang"))

    assert {one.get(f"{W}bidi") for one in spoken} - {None} == {"ar-EG"}
    assert "ar-EG" not in {one.get(f"{W}val") for one in spoken}


def test_a_heading_holds_both_languages_and_is_listed_once(document):
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    entries = [one.text for one in document.paragraphs if one.style.name == "toc 1"]
    assert len(headings) > 1

    lines = [one.translate(MARKS).split("\n") for one in headings]

    assert all(ARABIC.search(one[0]) and not ARABIC.search(one[1]) for one in lines)
    assert [one.translate(MARKS).strip("\t") for one in entries] == [
        " · ".join(one) for one in lines
    ]


def test_figures_are_printed_once_between_the_labels_of_both_languages():
    rows = (
        Row((said("Males", "الذكور"), share(0.4))),
        Row((said("Everybody", "الجميع"), share(0.5)), "total"),
    )

    (table,) = tables_of(of_blocks(figures(*rows)), "Poll Table")

    assert [cells_of(row) for row in table.rows] == [
        ["الفئة", "النسبة|Percentage", "Group"],
        ["الذكور", "40.0%", "Males"],
        ["الجميع", "50.0%", "Everybody"],
    ]


def test_an_interval_is_read_to_the_right_without_a_word():
    rows = (Row((said("Males", "الذكور"), Interval(0.381, 0.4266, "percent", 1, "u"))),)

    (table,) = tables_of(of_blocks(figures(*rows, kind="interval")), "Poll Table")

    assert cells_of(table.rows[1])[1] == "38.1–42.7 [u]"
    text = "".join(one.text for one in table.rows[1]._tr.findall(f"{W}tc")[1].iter(f"{W}t"))
    assert text.startswith("\u200e38.1–42.7\u200e")


def test_an_interval_keeps_its_word_where_the_digits_differ():
    rows = (Row((said("Males", "الذكور"), Interval(0.381, 0.4266, "percent", 1))),)

    (table,) = tables_of(of_blocks(figures(*rows, kind="interval"), digits="arab"), "Poll Table")

    assert cells_of(table.rows[1])[2] == "38.1 to 42.7"


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(0.3, 0.4, "percent", 1, "c"), "[c]"),
        (Interval(None, None, "percent", 1), "[x]"),
        (Interval(90.0, 150.0, "clock", 0), "01:30–02:30"),
        (Interval(1.25, 2.5, "hours", 1), "1.3–2.5"),
    ],
)
def test_an_interval_of_any_unit_stands_once(interval, words):
    rows = (Row((said("Males", "الذكور"), interval)),)

    (table,) = tables_of(of_blocks(figures(*rows, kind="interval")), "Poll Table")

    assert cells_of(table.rows[1])[1] == words


def test_a_figure_with_a_word_is_written_in_both_languages():
    rows = (Row((said("Males", "الذكور"), Figure(3.0, "hours", 1))),)

    (table,) = tables_of(of_blocks(figures(*rows)), "Poll Table")

    assert cells_of(table.rows[1])[1].split("|")[1] == "3.0 hours"
    assert ARABIC.search(cells_of(table.rows[1])[1].split("|")[0])


def test_where_the_digits_differ_each_language_has_its_table():
    table = figures(Row((said("Males", "الذكور"), share(0.4), share(0.5))))
    wider = replace(table, columns=(*table.columns, Column("all", said("All", "الكل"))))

    first, second = tables_of(of_blocks(wider, digits="arab"), "Poll Table")

    assert cells_of(first.rows[1]) == ["الذكور", "٤٠٫٠٪", "٥٠٫٠٪"]
    assert cells_of(second.rows[1]) == ["Males", "40.0%", "50.0%"]
    assert first._tbl.tblPr.find(f"{W}bidiVisual") is not None
    assert second._tbl.tblPr.find(f"{W}bidiVisual") is None


def test_a_list_is_mirrored_from_the_other_side():
    columns = (
        Column("item", said("Item", "البند"), "label"),
        Column("answer", said("Answer", "الجواب"), "text"),
    )
    row = Row((said("Mode", "الطريقة"), said("Telephone", "الهاتف")))

    (table,) = tables_of(of_blocks(Table(said("How", "كيف"), columns, (row,))), "Poll Table")

    assert [cells_of(row) for row in table.rows] == [
        ["البند", "الجواب", "Answer", "Item"],
        ["الطريقة", "الهاتف", "Telephone", "Mode"],
    ]


def test_a_table_that_has_no_room_for_both_comes_in_one_language_after_the_other():
    columns = (
        Column("group", said("Group", "الفئة"), "label"),
        *(
            Column(f"c{place}", said(f"Unquestionably{place}", f"السؤال{place}"), "figure")
            for place in range(7)
        ),
    )
    row = Row((said("Respondents", "المستجيبون"), *[share(0.5)] * 7))

    document = of_blocks(Table(said("Wide", "واسع"), columns, (row,)))

    firsts = [cells_of(one.rows[0])[0] for one in tables_of(document, "Poll Table")]
    assert firsts == ["الفئة", "Group"]
    # Each has its own title above it.
    assert shown(document, "Caption", "Poll Table") == [
        "جدول 1: واسع", "Poll Table", "Table 1. Wide", "Poll Table",
    ]  # fmt: skip


def test_tables_and_charts_have_one_number_in_both_languages(document):
    captions = [one.text.translate(MARKS) for one in document.paragraphs]
    numbers = {
        word: [int(found[1]) for one in captions if (found := re.match(rf"{word} (\d+)", one))]
        for word in ("Table", "جدول", "Figure", "شكل")
    }

    assert numbers["Table"] == numbers["جدول"] == list(range(1, len(numbers["Table"]) + 1))
    assert numbers["Figure"] == numbers["شكل"] == list(range(1, len(numbers["Figure"]) + 1))
    assert numbers["Table"]
    assert numbers["Figure"]


def test_a_table_of_groups_is_parted_alike_in_both_languages(document):
    heads = [cells_of(table.rows[0]) for table in tables_of(document, "Poll Table")]
    grouped = [one for one in heads if any("|" in cell for cell in one[1:-1])]

    assert grouped
    assert all(ARABIC.search(one[0]) and not ARABIC.search(one[-1]) for one in grouped)


def test_the_titles_of_a_chart_that_is_drawn_twice_stand_above_their_pictures():
    labels = [
        said(f"A very long answer, number {one}", f"إجابة طويلة جداً رقم {one}") for one in "12"
    ]
    chart = dots()
    points = tuple(replace(chart.series[0].points[0], label=label) for label in labels)
    long = replace(chart, series=(replace(chart.series[0], points=points),))
    section = Section("text", said("Own words", "كلمات خاصة"), (long,))

    document = opened(brief("ar", "en", options=WordOptions(), sections=(section,)))

    assert shown(document, "Caption", "Figure") == [
        "شكل 1: استخدام يوتيوب", "Figure", "Figure 1. Use of YouTube", "Figure",
    ]  # fmt: skip


def test_a_chart_is_drawn_once_where_its_labels_have_room_for_both_languages(document):
    told = [
        one.get("descr")
        for one in document.element.body.iter()
        if isinstance(one.tag, str) and one.tag.endswith("}docPr")
    ]

    assert told.count("نقاط: استخدام يوتيوب حسب الفئة. Dots: use of YouTube by group.") == 1
    assert {ALT_AR, "Bars: 94% of citizens use WhatsApp."} <= set(told)


def test_numbers_of_the_second_language_are_read_in_its_direction_in_a_chart():
    drawn = []

    def artist(chart, edition, form):
        drawn.append([edition.text(point.label) for point in chart.series[0].points])
        return draw(chart, edition, form)

    chart = dots()
    ages = replace(chart.series[0].points[0], label=said("18–29", "من 18 إلى 29 سنة"))
    whole = replace(chart, series=(replace(chart.series[0], points=(ages,)),))
    report = replace(made_report(), sections=(Section("text", said("S", "ق"), (whole,)),))

    list(render(replace(edition("ar", "en", report=report), artist=artist)))

    assert drawn == [["من 18 إلى 29 سنة · \u200e18–29\u200e"]]


def test_recommendations_are_counted_in_each_language_by_itself():
    bullets = [
        Text((said("Do this.", "افعلوا هذا."),), "bullet"),
        Text((said("Do that.", "افعلوا ذلك."),), "bullet"),
    ]

    document = of_blocks(*bullets, role="recommendations")

    numbered = [
        one.get(f"{W}val")
        for table in tables_of(document, "Facing Columns")
        for one in table._tbl.iter(f"{W}numId")
    ]
    assert numbered == ["3", "3"]
    lists = unpack(brief("ar", "en").content)["word/numbering.xml"].decode()
    assert lists.count("<w:num ") == 3


def test_the_running_title_and_the_page_are_in_both_languages(document):
    section = document.sections[-1]
    (title,) = section.header.tables[0].rows
    page = section.footer.paragraphs[0]._p

    assert [bool(ARABIC.search(one)) for one in cells_of(title)] == [True, False]
    fields = [one.get(f"{W}instr").strip() for one in page.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES", "PAGE", "NUMPAGES"]


def test_the_properties_name_the_report_in_both_languages(document):
    report = made_report()

    assert document.core_properties.title == f"{report.title['ar']} · {report.title['en']}"
    assert document.core_properties.language == "ar"


def test_more_than_two_languages_are_refused():
    with pytest.raises(ReportError, match="two languages at most"):
        brief("ar", "en", "ar-OM")
