from __future__ import annotations

import json
import tomllib

import jsonschema
import pytest
from hypothesis import given, settings

from socialpoll.errors import QuestionnaireError
from socialpoll.schema import Code, Duration, Questionnaire, Single
from socialpoll.schema.plain import plain
from tests.schema.questionnaires import (
    account,
    asking,
    elaborate_questionnaires,
    one_of_every_kind,
    questionnaires,
)


@given(questionnaires())
def test_a_questionnaire_that_is_written_is_read_as_its_equal(questionnaire):
    assert Questionnaire.loads(questionnaire.dumps()) == questionnaire


@settings(max_examples=40)
@given(elaborate_questionnaires())
def test_what_is_derived_and_what_varied_is_read_as_its_equal(questionnaire):
    assert Questionnaire.loads(questionnaire.dumps()) == questionnaire


def test_every_kind_of_question_comes_back_as_it_was():
    questionnaire = one_of_every_kind()

    assert Questionnaire.loads(questionnaire.dumps()) == questionnaire


def test_writing_what_was_read_changes_no_letter():
    text = one_of_every_kind().dumps()

    assert Questionnaire.loads(text).dumps() == text


def test_arabic_is_written_as_it_is_read():
    assert "وسائل التواصل" in one_of_every_kind().dumps()


def test_a_text_of_one_language_nobody_named_is_written_as_a_plain_string():
    written = tomllib.loads(asking(account()).dumps())

    assert written["title"] == "Poll"


def test_defaults_are_not_written():
    written = tomllib.loads(asking(account()).dumps())

    assert set(written["questions"][0]) == {"name", "kind", "text", "options"}


def test_each_option_has_its_own_line():
    lines = asking(account()).dumps().splitlines()

    assert [line.strip() for line in lines if line.strip().startswith("{")] == [
        '{code = "yes", label = "yes"},',
        '{code = "no", label = "no"},',
    ]


def test_a_duration_without_limit_is_written_as_infinite():
    questionnaire = asking(Duration(name="hours", text="Hours?", maximum=None))

    assert tomllib.loads(questionnaire.dumps())["questions"][0]["maximum"] == float("inf")
    assert Questionnaire.loads(questionnaire.dumps()).questions[0].maximum is None


def test_a_saved_questionnaire_is_loaded_as_its_equal(tmp_path):
    path = one_of_every_kind().save(tmp_path / "questionnaire.toml")

    assert Questionnaire.load(path) == one_of_every_kind()


def test_saving_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "questionnaire.toml"
    path.write_text("old", encoding="utf-8")

    asking(account()).save(path)

    assert [file.name for file in tmp_path.iterdir()] == ["questionnaire.toml"]
    assert Questionnaire.load(path) == asking(account())


def test_saving_where_there_is_no_folder_is_refused_with_the_reason(tmp_path):
    with pytest.raises(QuestionnaireError, match=r"cannot be written; found No such file"):
        asking(account()).save(tmp_path / "nowhere" / "questionnaire.toml")


def test_a_file_that_could_not_be_replaced_is_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "questionnaire.toml"
    path.write_text("old", encoding="utf-8")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(QuestionnaireError, match="No space left"):
        asking(account()).save(path)

    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["questionnaire.toml"]


@settings(max_examples=20)
@given(questionnaires())
def test_the_json_schema_allows_every_questionnaire(questionnaire):
    allowed = jsonschema.Draft202012Validator(Questionnaire.json_schema())

    written = json.loads(json.dumps(plain(questionnaire), default=str))
    assert list(allowed.iter_errors(written)) == []


def test_the_json_schema_forbids_unknown_keys():
    written = plain(asking(account()))
    written["questions"][0]["optoins"] = []

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, Questionnaire.json_schema())


@given(questionnaires())
def test_the_digest_does_not_depend_on_how_a_questionnaire_was_written(questionnaire):
    assert Questionnaire.loads(questionnaire.dumps()).digest == questionnaire.digest


def test_the_digest_tells_one_code_from_another():
    yes = Single(name="q", text="?", options=(Code(code="yes", label="Yes"),))
    one = Single(name="q", text="?", options=(Code(code="1", label="Yes"),))

    assert asking(yes).digest != asking(one).digest
    assert len(asking(yes).digest) == 64
