from __future__ import annotations

import json

import docx
import pytest

import socialpoll as sp
from socialpoll.exporters.word import built_in_template

DONE, FAILED, MISUSED = 0, 1, 2


@pytest.fixture
def house(tmp_path):
    def house(*paragraphs: str):
        document = docx.Document()
        document.add_heading("{{ title }}", 1)
        for text in paragraphs:
            document.add_paragraph(text)
        path = tmp_path / "house.docx"
        document.save(path)
        return path

    return house


def test_new_writes_the_built_in_template(told, tmp_path):
    path = tmp_path / "new" / "house.docx"

    shown = told("template", "new", path)

    assert (shown.exit_code, shown.stdout) == (DONE, f"Wrote {path}\n")
    assert path.read_bytes() == built_in_template()


def test_new_overwrites_nothing(told, house):
    path = house()
    before = path.read_bytes()

    shown = told("template", "new", path)

    assert shown.exit_code == FAILED
    assert "there is a file already" in shown.stderr
    assert path.read_bytes() == before


def test_new_writes_word_files_only(told, tmp_path):
    shown = told("template", "new", tmp_path / "house.dotx")

    assert shown.exit_code == FAILED
    assert "found: '.dotx'" in shown.stderr
    assert list(tmp_path.iterdir()) == []


def test_vars_lists_every_variable_with_its_meaning(told):
    shown = told("template", "vars")

    assert shown.exit_code == DONE
    listed = [line.split(maxsplit=1) for line in shown.stdout.splitlines()]
    assert dict(listed) == sp.template_variables()


def test_vars_can_be_read_by_programs(told):
    shown = told("template", "vars", "--json")

    assert json.loads(shown.stdout) == sp.template_variables()


def test_check_of_a_sound_template_ends_with_0(told, house):
    path = house("{{ subtitle }}")

    shown = told("template", "check", path)

    assert shown.exit_code == DONE
    assert shown.stdout == f"no problems, no shortcomings in {path}\n"


def test_check_of_the_built_in_template_finds_nothing(told, tmp_path):
    path = sp.write_template(tmp_path / "house.docx")

    shown = told("template", "check", path)

    assert (shown.exit_code, shown.stdout) == (
        DONE,
        f"no problems, no shortcomings in {path}\n",
    )


def test_check_tells_every_problem_and_ends_with_1(told, house):
    path = house("{{ subtitel }}", "{% for a in facts %}")

    shown = told("template", "check", path)

    assert shown.exit_code == FAILED
    lines = shown.stdout.splitlines()
    assert lines[0] == ('body, paragraph 2 ("{{ subtitel }}"): no such variable: subtitel')
    assert lines[1] == "  found: {{ subtitel }}"
    assert lines[2].startswith("  allowed: did you mean 'subtitle'?")
    assert 'body, paragraph 3 ("{% for a in facts %}"): it is never closed' in lines
    assert lines[-1] == f"2 problems, no shortcomings in {path}"


def test_check_tells_shortcomings_and_ends_with_0(told, house):
    path = house()
    document = docx.Document(path)
    document.add_table(rows=2, cols=1)
    document.save(path)

    shown = told("template", "check", path)

    assert shown.exit_code == DONE
    lines = shown.stdout.splitlines()
    assert lines[0] == "accessibility: body, table 1: a table without a header row"
    assert lines[-1] == f"no problems, 2 shortcomings in {path}"


def test_check_of_a_file_that_is_no_template_says_so(told, tmp_path):
    path = tmp_path / "notes.docx"
    path.write_text("hello")

    shown = told("template", "check", path)

    assert (shown.exit_code, shown.stdout.splitlines()[0]) == (FAILED, "no Word file")
    assert told("template", "check", tmp_path / "nowhere.docx").exit_code == MISUSED


def test_preview_fills_the_template_in_both_languages(told, house, tmp_path):
    shown = told("template", "preview", house("{{ synthetic_notice }}"), "-o", tmp_path / "out")

    assert shown.exit_code == DONE
    assert shown.stdout.splitlines()[1:] == ["  brief-ar.docx", "  brief-en.docx"]
    texts = {
        tag: [one.text for one in docx.Document(tmp_path / "out" / f"brief-{tag}.docx").paragraphs]
        for tag in ("ar", "en")
    }
    assert "Social media" in texts["en"][0]
    assert "التواصل الاجتماعي" in texts["ar"][0]
    assert all(notice for _, notice in texts.values())


def test_preview_of_a_template_with_problems_tells_all_of_them(told, house, tmp_path):
    shown = told("template", "preview", house("{{ x }}", "{{ y }}"), "-o", tmp_path / "out")

    assert shown.exit_code == FAILED
    assert shown.stderr.startswith("Error: 2 problems in house.docx\n")
    assert not (tmp_path / "out").exists()
