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


def test_new_writes_the_template_of_two_languages_where_it_is_asked_for(told, tmp_path):
    path = tmp_path / "both.docx"

    shown = told("template", "new", path, "--facing")

    assert (shown.exit_code, shown.stdout) == (DONE, f"Wrote {path}\n")
    assert path.read_bytes() == built_in_template(facing=True)


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
    assert shown.stdout.splitlines() == [
        f"no problems, no shortcomings in {path}",
        "Its documents are in one language",
    ]


@pytest.mark.parametrize(("facing", "held"), [(False, "one language"), (True, "two languages")])
def test_check_of_the_built_in_template_finds_nothing(told, tmp_path, facing, held):
    path = sp.write_template(tmp_path / "house.docx", facing=facing)

    shown = told("template", "check", path)

    assert shown.exit_code == DONE
    assert shown.stdout.splitlines() == [
        f"no problems, no shortcomings in {path}",
        f"Its documents are in {held}",
    ]


def test_check_tells_what_would_be_said_in_one_language_only(told, house):
    path = house("{{ other.subtitel }}", "{%p if facing %}", "{{ other.subtitle }}", "{%p endif %}")

    shown = told("template", "check", path)

    assert shown.exit_code == FAILED
    lines = shown.stdout.splitlines()
    assert lines[0].endswith("no such variable: other.subtitel")
    assert lines[2].startswith("  allowed: did you mean 'subtitle'?")
    assert [line for line in lines if "language only" in line] == [
        'body, paragraph 1 ("{{ title }}"): a text in the first language only',
        'body, paragraph 4 ("{{ other.subtitle }}"): a text in the second language only',
    ]


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
    assert lines[-2] == f"no problems, 2 shortcomings in {path}"


def test_check_of_a_file_that_is_no_template_says_so(told, tmp_path):
    path = tmp_path / "notes.docx"
    path.write_text("hello")

    shown = told("template", "check", path)

    assert (shown.exit_code, shown.stdout.splitlines()[0]) == (FAILED, "no Word file")
    assert told("template", "check", tmp_path / "nowhere.docx").exit_code == MISUSED


def test_preview_fills_the_template_in_each_language_and_in_both_where_it_holds_them(
    told, house, tmp_path
):
    both = "{%p if facing %}", "{{ other.title }}", "{{ other.synthetic_notice }}", "{%p endif %}"

    shown = told(
        "template", "preview", house("{{ synthetic_notice }}", *both), "-o", tmp_path / "out"
    )

    assert shown.exit_code == DONE
    names = ["ar", "en", "ar-en"]
    assert shown.stdout.splitlines()[1:] == [f"  brief-{name}.docx" for name in names]
    texts = {
        tag: [one.text for one in docx.Document(tmp_path / "out" / f"brief-{tag}.docx").paragraphs]
        for tag in names
    }
    assert "Social media" in texts["en"][0]
    assert "التواصل الاجتماعي" in texts["ar"][0]
    assert all(notice for _, notice in (texts["en"], texts["ar"]))
    assert texts["ar-en"] == [*texts["ar"], *texts["en"]]


def test_preview_of_a_template_with_problems_tells_all_of_them(told, house, tmp_path):
    shown = told("template", "preview", house("{{ x }}", "{{ y }}"), "-o", tmp_path / "out")

    assert shown.exit_code == FAILED
    assert shown.stderr.startswith("Error: 2 problems in house.docx\n")
    assert not (tmp_path / "out").exists()
