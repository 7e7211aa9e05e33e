from __future__ import annotations

from pathlib import Path

import pytest

import socialpoll.register as reg
from socialpoll.errors import RegisterError
from tests.register.handmade import COLUMNS, LAYOUT, csv_of, numbered, table_of


@pytest.fixture
def data(tmp_path) -> Path:
    return csv_of(tmp_path / "health.csv", numbered([{}]))


def problems(tables: list[reg.AgencyTable], layout: reg.RegisterLayout = LAYOUT):
    with pytest.raises(RegisterError) as caught:
        reg.check_sources(tables, layout)
    return caught.value.problems


@pytest.mark.parametrize(
    ("changes", "what", "found"),
    [
        ({"name": ""}, "a table has no name", ""),
        ({"data": "people.xlsx"}, "the file is of no known kind", "people.xlsx"),
        ({"data": "people.csv"}, "there is no such file", "people.csv"),
        ({"separator": ""}, "cells have one sign between them", "''"),
        ({"table": "people"}, "a table is named of what is no database", "'people'"),
        ({"columns": COLUMNS | {"sx": "sex"}}, "there is no such attribute", "'sx'"),
        ({"columns": COLUMNS | {"sex": ("a", "b")}}, "an attribute has one column", "'sex'"),
        ({"columns": COLUMNS | {"name": ()}}, "an attribute has no column", "'name'"),
        ({"columns": {"name": "name"}}, "no column tells the records apart", ""),
        ({"authority": {"job": 1}}, "authority over what the table does not have", "'job'"),
        ({"codes": {"name": {"a": "b"}}}, "codes of what the table has none of", "'name'"),
        ({"codes": {"sex": {}}}, "there are no codes", ""),
        ({"codes": {"sex": {"1": "mal"}}}, "code '1' stands for one that there is not", "'mal'"),
    ],
)
def test_a_mistake_of_a_table_is_told(data, changes, what, found):
    (problem,) = problems([table_of(data, **changes)])

    assert (problem.what, problem.found) == (what, found)


@pytest.mark.parametrize(
    ("layout", "what"),
    [
        (reg.RegisterLayout({"sex": "male"}), "an attribute has no list of codes"),
        (reg.RegisterLayout({"sex": ()}), "an attribute has no list of codes"),
        (reg.RegisterLayout({"sex": ("male", "male")}), "codes are there twice"),
        (reg.RegisterLayout({"sex": ("male",), "name": ("a",)}), "a name is taken"),
        (reg.RegisterLayout({"sex": ("male",)}, places="sex"), "places are no list"),
        (
            reg.RegisterLayout({"sex": ("male",)}, places=("governorate",)),
            "a place is no attribute with codes",
        ),
        (reg.RegisterLayout({"sex": ("male",)}, places=("sex", "sex")), "a place is there twice"),
        (reg.RegisterLayout({"sex": ("male",)}, keys=("person",)), "a name is taken"),
        (reg.RegisterLayout({"sex": ("male",), "sex_source": ("a",)}), "a name is taken"),
        (
            reg.RegisterLayout({"sex": ("male",)}, identifier="["),
            "the pattern of identifiers is no regular expression",
        ),
    ],
)
def test_a_mistake_of_the_layout_is_told(data, layout, what):
    columns = {"record": "no", "sex": "sex"}

    assert [one.what for one in problems([table_of(data, columns=columns)], layout)] == [what]


def test_all_mistakes_of_all_tables_are_told_at_once(data):
    one = table_of(data, columns=COLUMNS | {"sx": "sex"}, authority={"nme": 1})
    other = table_of(data, codes={"sex": {"1": "man"}})

    told = problems([one, other])

    assert [problem.what for problem in told] == [
        "tables have one name",
        "there is no such attribute",
        "authority over what the table does not have",
        "code '1' stands for one that there is not",
    ]
    assert [problem.allowed for problem in told[1:3]] == [
        "did you mean 'sex'? (record, identifier, name, birth_date, sex, governorate)",
        "did you mean 'name'? (record, identifier, name, birth_date, sex, governorate, sx)",
    ]


def test_no_tables_are_a_mistake():
    assert [one.what for one in problems([])] == ["there are no tables"]
