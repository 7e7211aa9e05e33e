from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.demo.register.people import WORDS
from socialpoll.demo.register.typos import slips_of
from socialpoll.register import normalise_name
from socialpoll.register.arabic import (
    LETTERS,
    LIGATURES,
    RARE,
    NameParts,
    name_parts,
    sql_name_parts,
    sql_normalised,
)

PARTICLES = ["بن", "بنت", "ابن", "ال", "آل", "عبد", "أبو", "أم", "بو", "الله", "الدين", "الرحمن"]
OF_FORM = {"hamza", "teh_marbuta", "alef_maqsura", "article", "compound"}

words = st.sampled_from([*WORDS, *PARTICLES])
letters = st.sampled_from([*LETTERS, *RARE, *"".join(LIGATURES), *"ابتلمد اAz '-"])
names = st.one_of(
    st.lists(words, max_size=7).map(" ".join),
    st.lists(st.one_of(words, st.text(letters, max_size=4)), max_size=6).map(" ".join),
    st.text(letters, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


@pytest.fixture(scope="module")
def normalised_by_duckdb():
    duckdb = pytest.importorskip("duckdb", reason="the extra 'register' is not installed")
    connection = duckdb.connect()
    query = "SELECT unnest($1::VARCHAR[]) AS name"

    def normalised(several: list[str]) -> list[str]:
        relation = connection.sql(query, params=[several]).project(sql_normalised("name"))
        return [one for (one,) in relation.fetchall()]

    return normalised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إبراهيم", "ابراهيم"),
        ("آمنة", "امنه"),
        ("فاطمة", "فاطمه"),
        ("ليلى", "ليلي"),
        ("رؤى", "روى"),
        ("عائشة", "عايشة"),
        ("شيماء", "شيما"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("الحارثي", "حارثي"),
        ("ال حارثي", "الحارثي"),
        ("عبد الله", "عبدالله"),
        ("عبد الرحمن", "عبدالرحمن"),
        ("عبد رحمن", "عبدالرحمن"),
        ("أبو بكر", "ابوبكر"),
        ("أبي بكر", "أبو بكر"),
        ("أم كلثوم", "امكلثوم"),
        ("نور الدين", "نورالدين"),
        ("نصر الله", "نصرالله"),
        ("آل سعيد", "آلسعيد"),
        ("البو سعيدي", "بوسعيدي"),
        ("أبو عبد الله", "ابوعبدالله"),
        ("سالم بن علي", "سالم علي"),
        ("شيخة بنت سالم", "شيخة سالم"),
        ("سالم  بن بن علي", "سالم علي"),
        ("ﻣﺤﻤﺪ ﺍﻷﺳﻮﺩ", "محمد الأسود"),
        ("کریم", "كريم"),
        ("محمد\u200f سالم", "محمد سالم"),
        ("ا\u0654حمد", "أحمد"),
        ("سالم، علي", "سالم علي"),
        ("SALIM Al-Harthy", "salim al harthy"),
    ],
)
def test_two_spellings_of_a_name_have_one_form(one, other):
    assert normalise_name(one) == normalise_name(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("حسن", "حسين"), ("حمد", "حمود"), ("سالم", "سليم"), ("علي", "عالي"), ("الله", "له")],
)
def test_names_that_are_not_the_same_keep_forms_of_their_own(one, other):
    assert normalise_name(one) != normalise_name(other)


def test_every_slip_of_form_that_typists_make_is_undone():
    different = {
        (word, slip)
        for word in WORDS
        for kind, slip in slips_of(word)
        if kind in OF_FORM and normalise_name(slip) != normalise_name(word)
    }

    assert different == set()


def test_no_two_names_fall_together_but_by_an_article():
    forms: dict[str, set[str]] = {}
    for word in WORDS:
        forms.setdefault(normalise_name(word), set()).add(word)
    together = [one for one in forms.values() if len(one) > 1]

    assert together == [{"سعيد", "آل سعيد"}, {"وليد", "الوليد"}]


@pytest.mark.parametrize("text", ["", " ", "١٢٣", "…", "ـ", "بن", "ًٌٍ"])
def test_what_has_no_letter_of_a_name_has_an_empty_form(text):
    assert normalise_name(text) == ""


@settings(max_examples=25)
@given(several=st.lists(names, min_size=20, max_size=40))
def test_duckdb_gives_every_name_the_form_that_python_gives_it(normalised_by_duckdb, several):
    texts = [one.replace("\0", "") for one in several]

    assert normalised_by_duckdb(texts) == [normalise_name(one) for one in texts]


@given(name=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join))
def test_the_form_of_a_form_is_itself(name):
    assert normalise_name(normalise_name(name)) == normalise_name(name)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", NameParts()),
        ("سالم", NameParts("سالم")),
        ("سالم الحارثي", NameParts("سالم", family="حارثي")),
        ("سالم بن علي الحارثي", NameParts("سالم", "علي", family="حارثي")),
        ("سالم بن علي بن حمد الحارثي", NameParts("سالم", "علي", "حمد", "حارثي")),
        ("سالم بن علي بن حمد بن سيف بن ناصر الحارثي", NameParts("سالم", "علي", "حمد", "حارثي")),
        ("عبد الله بن أبي بكر آل سعيد", NameParts("عبدالله", "ابوبكر", family="سعيد")),
    ],
)
def test_a_name_has_parts_which_duckdb_finds_too(text, parts):
    duckdb = pytest.importorskip("duckdb", reason="the extra 'register' is not installed")
    found = sql_name_parts("name")

    assert name_parts(text) == parts
    assert tuple(found) == NameParts._fields
    relation = duckdb.sql("SELECT $1 AS name", params=[normalise_name(text)])
    rows = relation.project(", ".join(found.values())).fetchall()
    assert rows == [tuple(one or None for one in parts)]
