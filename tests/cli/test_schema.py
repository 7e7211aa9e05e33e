from __future__ import annotations

import json

import pytest

from socialpoll.poll.json_schema import FILES, json_schema_of


@pytest.mark.parametrize("file", FILES)
def test_a_schema_is_shown(told, file):
    assert json.loads(told("schema", file).stdout) == json_schema_of(file)


def test_a_schema_is_written_to_a_file(told, tmp_path):
    path = tmp_path / "poll.schema.json"

    assert told("schema", "poll", "-o", path).exit_code == 0
    assert json.loads(path.read_text(encoding="utf-8")) == json_schema_of("poll")


def test_a_schema_that_cannot_be_written_is_told(told, tmp_path):
    told = told("schema", "poll", "-o", tmp_path / "nowhere" / "s.json")

    assert told.exit_code == 1
    assert "cannot be written" in told.stderr
