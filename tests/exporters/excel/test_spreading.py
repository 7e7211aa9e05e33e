from __future__ import annotations

import pytest

from socialpoll.exporters.excel.spreading import spread
from socialpoll.report import Column, Figure, Interval, Message, Row, Said, Table
from tests.exporters.made_report import banner_table, by_governorate, edition, said


def table(columns, *rows, notes=()) -> Table:
    return Table(said("A table", "جدول"), tuple(columns), tuple(rows), notes)


def words(en: str) -> Said:
    return Said({"und": en})


ANSWER = Column("answer", words("Answer"), "label")
SHARE = Column("share", words("Share"))


def contents(made) -> dict[str, list[object]]:
    return {one.heading: [entry.content for entry in one.entries] for one in made.fields}


def test_numbers_stay_numbers_and_marks_stand_in_a_column_of_their_own():
    figures = [
        Figure(0.25, "percent", 1, "u", "A B", "r 1"),
        Figure(0.5, "percent", 1),
        Figure(None, "percent", 1, "c", "A"),
        Figure(0.7, "percent", 1, "c"),
        Figure(None, "percent", 1),
    ]

    found = contents(spread(edition(), table([SHARE], *(Row((one,)) for one in figures))))

    assert found == {
        "Share": [0.25, 0.5, "[c]", "[c]", "[x]"],
        "Share: Marks": ["A B [u] [r] [1]", "", "", "", ""],
    }


def test_there_is_no_column_of_marks_where_nothing_is_marked():
    made = spread(edition(), table([SHARE], Row((Figure(0.5, "percent"),))))

    assert list(contents(made)) == ["Share"]


def test_an_interval_is_two_numbers_or_its_shorthand_twice():
    column = Column("interval", words("Interval"), "interval")
    intervals = [
        Interval(0.2, 0.31, "percent"),
        Interval(None, None, "percent", 1, "z"),
        Interval(0.1, 0.2, "percent", 1, "c"),
        Interval(1320, 60, "clock", 0, "u"),
        None,
    ]

    found = contents(spread(edition(), table([column], *(Row((one,)) for one in intervals))))

    assert found == {
        "Interval: Lower limit": [0.2, "[z]", "[c]", 1320 / 1440, "[z]"],
        "Interval: Upper limit": [0.31, "[z]", "[c]", 60 / 1440, "[z]"],
        "Interval: Marks": ["", "", "", "[u]", ""],
    }


def test_headings_inside_a_table_become_a_column_and_their_bases_notes():
    def heading(phrase) -> Row:
        return Row((phrase, None), "group")

    def row(label: str) -> Row:
        return Row((words(label), Figure(0.5, "percent")))

    values = {"title": words("Trust"), "who": words("everybody")}
    question = Message("{title} (base: {who})", values)
    parts = [heading(words("Boxes")), row("Top"), heading(words("Points")), row("Much")]

    made = spread(edition(), table([ANSWER, SHARE], heading(question), row("Any"), *parts))

    assert contents(made)["Indicator"] == ["Trust", "Trust: Boxes", "Trust: Points"]
    assert contents(made)["Answer"] == ["Any", "Top", "Much"]
    assert made.notes == ("Trust (base: everybody)",)


def test_a_heading_without_a_base_holds_until_the_next():
    made = spread(edition(), by_governorate())

    assert contents(made)["Indicator"] == ["[z]", *["Governorate"] * 11]
    assert made.totals == {0}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_above_several_columns_stand_in_the_heading_of_each(language):
    made = spread(edition(language), banner_table(2))

    headings = [one.heading for one in made.fields]
    above = {"en": ["Sex: Men (A)", "Age group: 45+ (C)"], "ar": ["الجنس: الذكور", "الفئة العمرية"]}
    assert all(any(one.startswith(words) for one in headings) for words in above[language])
    assert len({one.casefold() for one in headings}) == len(headings)


def test_intervals_of_a_banner_are_told_apart_by_the_figures_before_them():
    group = words("Sex")
    columns = [
        Column(f"{one}.{kind}", words(heading), kind, group)
        for one in ("Men", "Women")
        for kind, heading in (("figure", one), ("interval", "Interval"))
    ]
    cells = (Figure(0.5, "percent"), Interval(0.4, 0.6, "percent")) * 2

    headings = list(contents(spread(edition(), table(columns, Row(cells)))))

    assert headings == [
        "Sex: Men",
        "Sex: Men: Interval: Lower limit",
        "Sex: Men: Interval: Upper limit",
        "Sex: Women",
        "Sex: Women: Interval: Lower limit",
        "Sex: Women: Interval: Upper limit",
    ]


def test_a_unit_that_is_a_word_stands_in_the_heading_of_its_column():
    columns = [SHARE, Column("limits", words("Limits"), "interval"), Column("base", words("Base"))]
    row = Row((Figure(2.5, "hours", 1), Interval(2.4, 2.6, "hours"), Figure(300, "count")))

    assert list(contents(spread(edition(), table(columns, row)))) == [
        "Share (hours)",
        "Limits (hours): Lower limit",
        "Limits (hours): Upper limit",
        "Base",
    ]


def test_units_stand_in_a_column_where_one_column_has_several():
    units = ["hours", "percent", "count", "clock", "points"]
    rows = [Row((words(unit), Figure(1, unit))) for unit in units]

    found = contents(spread(edition(), table([ANSWER, SHARE], *rows)))

    assert list(found) == ["Answer", "Unit", "Share"]
    assert found["Unit"] == ["hours", "%", "number", "time of day", "percentage points"]
    assert found["Share"] == [1, 1, 1, 1 / 1440, 100]


def test_a_heading_that_a_table_cannot_hold_is_whole_in_the_notes():
    long = "word " * 100
    made = spread(edition(), table([Column("long", words(long))], Row((None,)), notes=[words("N")]))

    (heading,) = contents(made)
    assert heading.endswith("word…")
    assert made.notes == ("N", f"Full heading of “{heading}”: {long}")


def test_a_row_that_is_shorter_than_its_table_is_filled_up():
    found = contents(spread(edition(), table([ANSWER, SHARE], Row((words("Nothing"),)))))

    assert found == {"Answer": ["Nothing"], "Share": ["[z]"]}
