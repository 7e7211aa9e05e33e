from __future__ import annotations

import re

from hypothesis import example, given, settings, strategies as st

from socialpoll.exporters.excel.naming import headings_of, letters_of, sheet_name, table_name

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
several = st.lists(words | st.sampled_from(["Yes", "yes", "YES (2)", "q1", "👍" * 200]), max_size=6)


def named(one, texts):
    names = []
    for text in texts:
        names.append(one(text, names))
    return names


@settings(max_examples=40)
@given(several)
@example(["'", "History", "[]:*?/\\", "A" * 40, "a" * 40])
def test_excel_takes_the_name_of_a_sheet_and_tells_it_from_the_others(texts):
    names = named(sheet_name, texts)

    for name in names:
        assert 1 <= letters_of(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"
    assert len({name.casefold() for name in names}) == len(texts)


@settings(max_examples=40)
@given(several)
@example(["R1C1", "r", "A1", "", "1st"])
def test_excel_takes_the_name_of_a_table_and_never_for_a_cell(texts):
    names = named(table_name, texts)

    for name in names:
        assert letters_of(name) <= 255
        assert re.fullmatch(r"(?:[^\W\d]|[_\\])[\w.\\]*", name)
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[rRcC]|[rR]\d+[cC]\d+", name)
    assert len({name.casefold() for name in names}) == len(texts)


@settings(max_examples=40)
@given(several)
def test_headings_are_one_line_each_and_differ_in_more_than_capitals(texts):
    headings = headings_of(texts)

    assert all(1 <= letters_of(one) <= 255 for one in headings)
    assert all(one == " ".join(one.split()) for one in headings)
    assert len({one.casefold() for one in headings}) == len(texts)


def test_a_heading_that_is_cut_says_so():
    assert headings_of(["word " * 100])[0].endswith("word…")


def test_a_heading_is_not_taken_for_the_number_of_a_letter():
    assert headings_of(["_x0041_", "_x00_", "Sex_x"]) == ("_ x0041_", "_x00_", "Sex_x")
