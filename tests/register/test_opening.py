"""Tables that cannot be read are told so, and nothing that stands in them."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path

import pytest

import socialpoll.register as reg
from socialpoll.errors import RegisterError
from socialpoll.register.opening import database
from tests.register.handmade import COLUMNS, LAYOUT, RECORD, csv_of, numbered, table_of

pytest.importorskip("duckdb", reason="the extra 'register' is not installed")


def everything_told(error: BaseException) -> str:
    """The error as a log would have it, with those behind it."""
    lines = traceback.format_exception(error)
    behind = [str(one) for one in (error.__cause__, error.__context__) if one is not None]
    return "\n".join([*lines, *behind, repr(error), str(error)])


def refused(*tables: reg.AgencyTable, layout: reg.RegisterLayout = LAYOUT) -> RegisterError:
    with pytest.raises(RegisterError) as caught:
        reg.check_sources(tables, layout)
    return caught.value


def test_columns_that_are_not_there_or_there_twice_are_told_of_all_tables_at_once(tmp_path):
    records = numbered([{}])
    one = table_of(csv_of(tmp_path / "a.csv", records), columns=COLUMNS | {"sex": "sxe"})
    text = (tmp_path / "a.csv").read_text(encoding="utf-8")
    (tmp_path / "b.csv").write_text(text.replace("place", "sex"), encoding="utf-8")
    other = table_of(tmp_path / "b.csv", name="civil")

    problems = refused(one, other).problems

    assert [(told.what, told.where, told.found) for told in problems] == [
        ("there is no such column", "health: sex", "'sxe'"),
        ("columns have one name", "civil", "'sex'"),
        ("there is no such column", "civil: governorate", "'place'"),
    ]
    assert "did you mean 'sex'" in problems[0].allowed


def test_a_pattern_that_only_python_has_is_refused(tmp_path):
    table = table_of(csv_of(tmp_path / "a.csv", numbered([{}])))
    error = refused(table, layout=replace(LAYOUT, identifier="(?!0)[0-9]{8}"))

    assert error.problem.where == "layout: identifier"
    assert error.problem.allowed == "a regular expression as RE2 has them"


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_file_without_a_header_or_with_another_separator_does_not_have_its_first_row_told(
    tmp_path, separator
):
    whole = csv_of(tmp_path / "whole.csv", numbered([{}, {}])).read_text(encoding="utf-8")
    text = whole if separator == ";" else whole.split("\n", 1)[1]
    (tmp_path / "cut.csv").write_text(text, encoding="utf-8")
    error = refused(table_of(tmp_path / "cut.csv", separator=separator))

    assert error.problem.what == "none of its columns is there"
    for cell in (RECORD["name"], RECORD["civil_no"], "12345679"):
        assert cell not in everything_told(error)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.parquet", b"PAR1" + RECORD["name"].encode()),
        ("broken.duckdb", RECORD["name"].encode() * 100),
        ("cp1256.csv", "no,name\n1,سالم الحارثي\n".encode("cp1256")),
        ("open.csv", ('no,name\n1,"' + RECORD["name"] + "\n2,b,c,d\n").encode()),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_not_quoted(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    table = "people" if name.endswith("duckdb") else ""
    columns = {"record": "no", "name": "name"}
    error = refused(table_of(tmp_path / name, table=table, columns=columns))

    assert error.problem.what == "the table cannot be read"
    assert name in error.problem.found
    assert "سالم" not in everything_told(error)


def test_a_failure_in_the_middle_of_a_table_quotes_nobody_either(tmp_path):
    many = csv_of(tmp_path / "many.csv", numbered([{}] * 30_000))
    with many.open("ab") as file:
        file.write(
            f'30001,"{RECORD["name"]} المزروعي\xff'.encode("latin-1", "ignore") + b"\xff\xfe"
        )
    error = refused(table_of(many))

    assert error.problem.where == "health"
    assert "المزروعي" not in everything_told(error)
    assert RECORD["name"] not in everything_told(error)


def test_the_database_leaves_no_file_behind_and_fetches_no_extension(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with database() as connection:
        ((folder,),) = connection.execute("SELECT current_setting('temp_directory')").fetchall()
        ((fetches,),) = connection.execute(
            "SELECT current_setting('autoinstall_known_extensions')"
        ).fetchall()

    assert not fetches
    assert folder
    assert list(tmp_path.iterdir()) == []
    assert not Path(folder).exists()


def test_a_relation_of_a_connection_of_ones_own_is_read_like_a_file(tmp_path):
    import duckdb

    path = csv_of(tmp_path / "a.csv", numbered([{}, {"place": "mars"}]))
    with duckdb.connect() as own:
        own.execute("CREATE TABLE kept AS FROM read_csv($1, all_varchar=true)", [str(path)])
        table = table_of(own.table("kept"))
        found = reg.check_sources([table], LAYOUT).frame
    assert RECORD["name"] not in repr(table)
    assert found.equals(reg.check_sources([table_of(path)], LAYOUT).frame)


def test_a_relation_whose_connection_is_closed_is_refused(tmp_path):
    import duckdb

    with duckdb.connect() as own:
        own.execute("CREATE TABLE kept (no INTEGER)")
        table = table_of(own.table("kept"))
    assert refused(table).problem.what == "the table cannot be read"


@pytest.mark.parametrize("data", [7, None, ["health.csv"]])
def test_what_is_neither_path_nor_relation_is_refused(data):
    assert refused(table_of(data)).problem.what == "that is no table"
