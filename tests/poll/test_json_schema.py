from __future__ import annotations

import json
import tomllib

import jsonschema
import pytest

import socialpoll as sp
from socialpoll.demo import POLL_FILE
from socialpoll.errors import PollFileError, ProblemsError
from socialpoll.poll.json_schema import FILES, json_schema_of
from tests.schema.questionnaires import one_of_every_kind


def tables(path):
    return json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=str))


def mistakes(file, written):
    return list(jsonschema.Draft202012Validator(json_schema_of(file)).iter_errors(written))


@pytest.mark.parametrize("file", FILES)
def test_a_schema_is_a_schema_with_a_name_of_its_own(file):
    schema = json_schema_of(file)

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:socialpoll:schema:{file}:1"
    assert {"title", "description"} <= schema.keys()


@pytest.mark.parametrize("file", ["questionnaire", "poll"])
def test_the_files_of_the_bundled_poll_are_allowed(file):
    assert mistakes(file, tables(POLL_FILE.with_name(f"{file}.toml"))) == []


def test_every_kind_of_question_is_allowed(tmp_path):
    path = one_of_every_kind().save(tmp_path / "q.toml")

    assert mistakes("questionnaire", tables(path)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "grid"', 'kind = "gird"'),
        ("ordered = true", 'ordered = "yes"'),
        ('format = "DD/MM/YYYY"', 'format = "DDMMYY"'),
        ("longest = 300", "longest = 0"),
        ("items = [", "itms = ["),
        ('name = "why"', "name = 3"),
    ],
)
def test_a_mistake_in_a_questionnaire_is_refused_by_schema_and_reader(tmp_path, old, new):
    path = one_of_every_kind().save(tmp_path / "q.toml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert mistakes("questionnaire", tables(path))
    with pytest.raises(ProblemsError):
        sp.Questionnaire.load(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n[publication]", "\n[publicaton]"),
        ("[[exports]]", "[[exprots]]"),
        ("share = ", "shar = "),
        ("exporter = ", "exporters = "),
    ],
)
def test_a_mistake_in_a_poll_is_refused_by_schema_and_reader(tmp_path, old, new):
    text = POLL_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "poll.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert mistakes("poll", tables(path))
    with pytest.raises(PollFileError):
        sp.Poll.load(path)


def test_a_file_of_another_kind_has_no_schema():
    with pytest.raises(PollFileError, match="no such kind of file"):
        json_schema_of("release")
