from __future__ import annotations

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from tests.poll.polls import answers, changed, write_poll


def write_lying(folder, responses: str, engine: str = "duckdb"):
    """Write a poll whose answers are counted where they lie."""
    named = 'responses = "answers.csv"'
    return write_poll(folder, changed((named, f'responses = "{responses}"\nengine = "{engine}"')))


def refused(folder, responses: str, engine: str = "duckdb"):
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write_lying(folder, responses, engine))
    [problem] = caught.value.problems
    return problem


def lay(folder, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(answers(), encoding="utf-8")


def test_an_engine_counts_a_file_beside_the_poll_file(tmp_path):
    poll = sp.Poll.load(write_lying(tmp_path, "answers.csv"))

    assert (poll.engine, poll.source) == ("duckdb", tmp_path / "answers.csv")
    assert poll.inputs == ("poll.toml", "questionnaire.toml", "answers.csv", "targets/sex.csv")


@pytest.mark.parametrize("folder", ["polls", "polls [1]"])
@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_a_pattern_names_several_files_and_each_is_an_input(tmp_path, folder, engine):
    root = tmp_path / folder
    for name in ("lying/b.csv", "lying/a.csv", "lying/notes.txt"):
        lay(root, name)

    poll = sp.Poll.load(write_lying(root, "lying/*.csv", engine))

    assert poll.inputs[2:4] == ("lying/a.csv", "lying/b.csv")
    assert len(poll.scan()) == 120


def test_a_folder_of_parquet_files_has_partitions_as_columns(tmp_path):
    file = write_lying(tmp_path, "lying")
    pd.read_csv(tmp_path / "answers.csv").to_parquet(
        tmp_path / "lying", partition_cols=["region"], basename_template="{i}.parquet"
    )

    poll = sp.Poll.load(file)

    assert poll.inputs[2:4] == ("lying/region=north/0.parquet", "lying/region=south/0.parquet")
    assert poll.scan().methodology.fact("responses", "design")["strata"] == 2


@pytest.mark.parametrize(
    "name", ["../answers.csv", "../*.csv", "/polls/*.csv", "lying/../../*.csv"]
)
def test_answers_outside_the_folder_are_refused(tmp_path, name):
    lay(tmp_path, "answers.csv")

    problem = refused(tmp_path / "poll", name)

    assert problem.where == "poll.toml, responses"
    assert problem.what == "a file outside the folder of the poll file"


def test_a_pattern_does_not_follow_links_out_of_the_folder(tmp_path):
    lay(tmp_path, "elsewhere/a.csv")
    (tmp_path / "poll").mkdir()
    (tmp_path / "poll" / "lying").symlink_to(tmp_path / "elsewhere")

    for name in ("lying/*.csv", "l*/a.csv"):
        assert "outside the folder" in refused(tmp_path / "poll", name).what


@pytest.mark.parametrize("name", ["none.parquet", "none/*.csv", "targets"])
def test_answers_that_are_not_there_are_told_with_what_may_be_named(tmp_path, name):
    problem = refused(tmp_path, name)

    assert (problem.what, problem.found) == ("the answers are not there yet", repr(name))
    assert "a folder of Parquet files" in problem.allowed


@pytest.mark.parametrize(("name", "kinds"), [("poll.toml", ".toml"), ("[aq]*", ".csv, .toml")])
def test_files_of_other_kinds_are_refused(tmp_path, name, kinds):
    problem = refused(tmp_path, name)

    assert "Parquet or CSV files" in problem.what
    assert (problem.found, problem.allowed) == (kinds, ".parquet, .csv")


def test_an_engine_that_is_none_is_refused_and_nothing_else(tmp_path):
    problem = refused(tmp_path, "answers*.csv", "duck")

    assert problem.where == "poll.toml, engine"
    assert problem.allowed == "'duckdb' or 'polars'"
