from __future__ import annotations

import re

import pyreadstat
import pytest

import socialpoll as sp

DONE, FAILED, MISUSED = 0, 1, 2


def test_new_starts_a_poll_and_says_what_to_do_next(told, tmp_path):
    folder = tmp_path / "my poll"

    shown = told("new", folder)

    assert shown.exit_code == DONE
    lines = shown.stdout.splitlines()
    assert lines[0] == f"Started a poll in {folder}"
    assert lines[-2] == f"  socialpoll check '{folder}/poll.toml'"
    assert lines[-1] == f"  socialpoll run '{folder}/poll.toml' -o '{folder}/out'"
    assert told("check", folder / "poll.toml").exit_code == DONE


def test_new_lists_the_templates_where_none_is_named(told, tmp_path):
    shown = told("new", tmp_path / "new", "--template")

    assert shown.exit_code == DONE
    assert all(one in shown.stdout for one in ("minimal", "social-media", "e-services"))
    assert not (tmp_path / "new").exists()


def test_new_overwrites_nothing_and_ends_with_1(told, poll_file):
    shown = told("new", poll_file.parent)

    assert shown.exit_code == FAILED
    assert "overwrites nothing" in shown.stderr


def test_new_from_a_file_tells_how_many_places_are_to_be_checked(told, poll_file, tmp_path):
    shown = told("new", tmp_path / "new", "--from", poll_file.parent / "answers.csv")

    assert shown.exit_code == DONE
    assert re.search(r"Look at the \d+ places marked 'check this:'", shown.stdout)
    assert told("check", tmp_path / "new" / "poll.toml").exit_code == DONE


@pytest.mark.parametrize("arguments", [(), ("new", "--from", __file__, "--template", "minimal")])
def test_new_is_not_understood_without_a_folder_or_with_two_beginnings(told, arguments):
    assert told("new", *arguments).exit_code == MISUSED


def test_codebook_writes_a_document_a_language(told, poll_file, tmp_path):
    out = tmp_path / "out"

    done = told("codebook", poll_file, "-o", out, "--format", "html", "--format", "csv")

    assert done.exit_code == 0
    assert "Wrote" in done.stdout
    assert "codebook.csv" in {path.name for path in out.iterdir()}
    assert "asked" in (out / "codebook.csv").read_text(encoding="utf-8").splitlines()[0]


def test_a_codebook_without_bases_needs_no_answers(told, poll_file, tmp_path):
    (poll_file.parent / "answers.csv").write_text("nothing\n1\n", encoding="utf-8")

    done = told("codebook", poll_file, "-o", tmp_path / "out", "--format", "csv", "--no-bases")

    assert done.exit_code == 0
    assert told("codebook", poll_file, "-o", tmp_path / "out", "--format", "csv").exit_code == 1


def test_xlsform_writes_a_form_and_tells_what_it_cannot_hold(told, poll_file, tmp_path):
    path = tmp_path / "out" / "form.xlsx"

    done = told("xlsform", poll_file, "-o", path)

    assert done.exit_code == 0
    asked = [one.name for one in sp.Poll.load(poll_file).questionnaire.questions]
    assert [one.name for one in sp.read_xlsform(path).questionnaire.questions] == asked
    assert done.stdout.startswith("Wrote ")


@pytest.mark.parametrize(
    ("name", "read"), [("a.sav", pyreadstat.read_sav), ("a.dta", pyreadstat.read_dta)]
)
def test_answers_are_written_as_a_data_file_and_what_it_lacks_is_told(
    told, poll_file, tmp_path, name, read
):
    shown = told("answers", poll_file, "-o", tmp_path / name, "--language", "ar")

    assert shown.exit_code == DONE
    frame, metadata = read(str(tmp_path / name))
    poll = sp.Poll.load(poll_file)
    assert len(frame) == len(poll.responses())
    assert metadata.column_names_to_labels["sex"] == poll.questionnaire["sex"].text["ar"]
    assert shown.stdout.startswith("Wrote ")
    assert "the name of the wave is not in the file: '2019-03'" in shown.stdout


def test_answers_are_not_written_to_a_file_of_another_ending(told, poll_file, tmp_path):
    shown = told("answers", poll_file, "-o", tmp_path / "a.xlsx")

    assert shown.exit_code == MISUSED
    assert ".sav" in shown.stderr
    assert not (tmp_path / "a.xlsx").exists()
