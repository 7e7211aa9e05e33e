from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import pytest
from pydantic import Field

from socialpoll.schema import Bands, Code, Mistake, Single, Text, kind_of, read_as, shown
from socialpoll.schema.border import BORDER

KINDS = {"rake": 1, "poststratify": 2}


@dataclass(frozen=True, kw_only=True)
class Inner:
    name: Annotated[str, Field(min_length=1)]
    title: Text | None = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class Outer:
    rows: Annotated[list[Inner], Field(min_length=1)] = field(default_factory=list)
    pair: tuple[str, str] = ("a", "b")
    table: dict[str, str] = field(default_factory=dict)

    __pydantic_config__ = BORDER


def mistake_in(written, kind=Outer, **options):
    _, mistakes = read_as(kind, written, **options)
    assert len(mistakes) == 1, mistakes
    return mistakes[0]


def test_what_is_right_is_read_without_a_mistake():
    assert read_as(Code, {"code": 1, "label": "One"}) == (Code(code=1, label="One"), ())


@pytest.mark.parametrize(
    ("written", "where", "said"),
    [
        ({"rosw": []}, "t.rosw", "did you mean 'rows'? (rows, pair, table)"),
        ({"rows": [{"name": "a", "titel": "A"}]}, "t.rows[1].titel", "did you mean 'title'?"),
        ({"rows": []}, "t.rows", "at least one value"),
        ({"rows": [3]}, "t.rows[1]", "a table in { }"),
        ({"rows": [{"name": ""}]}, "t.rows[1].name", "words in quotes, at least one character"),
        ({"rows": [{"name": "a", "title": 3}]}, "t.rows[1].title", "words, or a table of words"),
        ({"table": 3}, "t.table", "a table in { }"),
        (3, "t", "a table in { }"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_may_stand_there(written, where, said):
    _, mistakes = read_as(Outer, written)

    problem = mistakes[-1].within("t")
    assert problem.where == where
    assert problem.allowed.startswith(said)


def test_a_pair_with_one_value_lacks_a_value():
    problem = mistake_in({"pair": ["a"]}).within("")

    assert (problem.where, problem.what) == ("pair[2]", "a value is missing")


def test_a_kind_that_is_the_name_of_a_key_is_not_taken_for_it():
    band = {"code": "a", "label": "A"}
    written = {"kind": "bands", "nmae": "b", "name": "b", "of": "q", "label": "B", "bands": [band]}

    assert mistake_in(written, Bands).place == ("nmae",)


def test_a_table_with_keys_too_many_is_read_without_them():
    read, mistakes = read_as(Outer, {"rows": [{"name": "a", "x": 1}], "y": 2})

    assert read == Outer(rows=[Inner(name="a")])
    assert [one.place for one in mistakes] == [("rows", 0, "x"), ("y",)]
    assert all(one.unknown_key for one in mistakes)


def test_keys_too_many_are_found_in_tuples_of_python_too():
    mistake = mistake_in({"rows": ({"name": "a", "x": 1},)}, plain=False)

    assert mistake.place == ("rows", 0, "x")


def test_a_wrong_value_leaves_nothing_read():
    read, _ = read_as(Single, {"name": "a", "text": "A?", "options": 3})

    assert read is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({}, "step: the key 'step' is missing; allowed: rake, poststratify"),
        ({"step": "rakes"}, "step: no such step; found 'rakes'; allowed: did you mean 'rake'?"),
        ({"step": ["rake"]}, "step: no such step; found ['rake']; allowed: "),
        ("rake", "of the wrong kind; found 'rake'; allowed: a table in { }"),
    ],
)
def test_a_kind_that_is_not_declared_is_a_mistake(written, said):
    mistake = kind_of(written, "step", KINDS)

    assert isinstance(mistake, Mistake)
    assert str(mistake.within("")).startswith(said)


def test_a_declared_kind_is_found_by_its_name():
    assert kind_of({"step": "poststratify"}, "step", KINDS) == KINDS["poststratify"]


def test_a_long_value_is_cut():
    assert len(shown("x" * 1000)) < 100
