from __future__ import annotations

import pyreadstat
import pytest

import socialpoll as sp

DONE, FAILED, MISUSED = 0, 1, 2


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
