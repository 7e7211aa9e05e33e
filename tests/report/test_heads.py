from __future__ import annotations

from itertools import product
from string import ascii_uppercase

import pytest

import socialpoll as sp
from socialpoll.report.heads import letter_of
from tests.report.banner_polls import answers, everything, questionnaire, words

MARK = "\u200e"
"""Keeps the brackets of a Latin letter in their place among Arabic words."""

ORDER = ["", *ascii_uppercase, *map("".join, product(ascii_uppercase, repeat=2))][1:]


def heads(banner: sp.Banner | None = None, language: str = "en") -> list[list[str | None]]:
    found = sp.tabulate(everything(), banner).layout.heads
    return [
        [
            one.letter,
            *words([one.label], language),
            *(words([one.group], language) if one.group else [None]),
        ]
        for one in found
    ]


def test_letters_go_on_after_z_as_in_spreadsheets():
    assert [letter_of(one) for one in range(len(ORDER))] == ORDER


def test_columns_are_lettered_across_the_table_and_everybody_has_no_letter():
    assert heads() == [
        ["", "Overall", None],
        ["A", "Men", "Sex"],
        ["B", "Women", "Sex"],
        ["C", "North", "Area"],
        ["D", "South", "Area"],
        ["E", "East", "Area"],
        ["F", "App A", "Apps"],
        ["G", "App B", "Apps"],
        ["H", "App C", "Apps"],
        ["I", "None", "Apps"],
        ["J", "Men, Under 40", "Sex and Age group"],
        ["K", "Men, 40 and over", "Sex and Age group"],
        ["L", "Women, Under 40", "Sex and Age group"],
        ["M", "Women, 40 and over", "Sex and Age group"],
    ]


def test_columns_come_in_the_order_that_is_asked_for():
    banner = sp.Banner(columns=("sex|age_group", "sex"), total=False)

    assert [one[:2] for one in heads(banner, "ar")] == [
        ["A", "الرجال، أقل من 40"],
        ["B", "الرجال، 40 فأكثر"],
        ["C", "النساء، أقل من 40"],
        ["D", "النساء، 40 فأكثر"],
        ["E", "الرجال"],
        ["F", "النساء"],
    ]


@pytest.fixture(scope="module")
def stacked() -> sp.Estimates:
    waves = {
        name: sp.bind(answers(seed), questionnaire()) for name, seed in (("late", 2), ("early", 1))
    }
    labels = {"early": {"en": "Early", "ar": "مبكرة"}}
    return sp.compare(sp.estimate(sp.stack(waves, labels=labels), ["trust"], by=["sex"]))


def test_waves_split_every_column_in_their_order_and_the_total_has_letters_too(stacked):
    found = sp.tabulate(stacked).layout.heads

    assert [(one.letter, one.domain, one.wave) for one in found] == [
        ("A", "_T", "late"),
        ("B", "_T", "early"),
        ("C", "m", "late"),
        ("D", "m", "early"),
        ("E", "f", "late"),
        ("F", "f", "early"),
    ]
    assert words([one.period for one in found[:2]]) == ["late", "Early"]


def test_in_the_block_of_waves_the_group_is_above_its_waves(stacked):
    columns = sp.tabulate(stacked).table().columns[1:]

    assert [one.name for one in columns[1:3]] == ["total.early", "sex.m.late"]
    assert words([one.group for one in columns[1:3]]) == ["Overall", "Sex: Men"]
    heads = words([one.heading for one in columns[1:3]], "ar")
    assert heads == [f"مبكرة {MARK}(B){MARK}", f"late {MARK}(C){MARK}"]


def test_names_of_columns_differ():
    names = [one.name for one in sp.tabulate(everything()).layout.heads]

    assert len({*names}) == len(names)
