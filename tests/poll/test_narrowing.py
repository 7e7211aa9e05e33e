from __future__ import annotations

import json

import pytest
from docx import Document

import socialpoll as sp
from socialpoll.errors import ExportError, PollFileError
from socialpoll.poll import Withheld
from tests.plugins.installing import exporting
from tests.poll.polls import changed, write_poll

CSV = '[[exports]]\nexporter = "csv"'


def loaded(folder, *exports: str, changes: tuple[tuple[str, str], ...] = ()) -> sp.Poll:
    tables = "\n".join(f"[[exports]]\n{one}" for one in exports)
    return sp.Poll.load(write_poll(folder, changed((CSV, tables), *changes)))


def only_of_males(rows: int = 60) -> str:
    """Return answers of hardly any women, so that nothing of theirs may be shown."""
    lines = ["region,base,sex,account,hours"]
    for case in range(rows):
        sex = "female" if case < 3 else "male"
        region = "north" if case % 4 < 2 else "south"
        lines.append(f"{region},1.5,{sex},{('yes', 'no', 'yes')[case % 3]},{case % 5}")
    return "\n".join(lines) + "\n"


def test_each_group_has_a_document_in_each_language_named_after_it(tmp_path):
    poll = loaded(tmp_path, 'exporter = "word"\nfor_each = "sex"\noptions = { charts = false }')

    run = poll.run(tmp_path / "out")

    assert run.failures == ()
    assert [one.name for one in run.paths] == [
        "brief-ar-sex-male.docx",
        "brief-en-sex-male.docx",
        "brief-ar-sex-female.docx",
        "brief-en-sex-female.docx",
        "release.json",
        "manifest.json",
    ]


def test_a_brief_of_a_group_names_it_and_tells_its_figures(tmp_path):
    poll = loaded(tmp_path, 'exporter = "word"\nfor_each = "sex"\noptions = { charts = false }')
    run = poll.run(tmp_path / "out", only="word")
    brief = Document(str(run.paths[1]))
    said = "\n".join(one.text for one in brief.paragraphs)
    cells = [[cell.text for cell in row.cells] for one in brief.tables for row in one.rows]
    shown = run.release.figures.set_index(["indicator", "domain", "category"])["estimate"]

    assert brief.core_properties.title == "Accounts in March: Males"
    assert "Males: the poll found that" in said
    assert ["Males", f"{shown['account', 'male', 'yes']:.1%}"] in [one[:2] for one in cells]
    assert ["Overall", f"{shown['account', '_T', 'yes']:.1%}"] in [one[:2] for one in cells]


def test_whatever_names_its_files_after_the_report_is_not_named_twice(tmp_path):
    run = loaded(tmp_path, 'exporter = "csv"\nfor_each = "sex"').run(tmp_path / "out")

    assert [one.name for one in run.paths[:2]] == [
        "accounts-sex-male.csv",
        "accounts-sex-female.csv",
    ]


def test_the_documents_of_everybody_and_of_groups_stand_beside_each_other(tmp_path):
    run = loaded(tmp_path, 'exporter = "csv"', 'exporter = "csv"\nfor_each = "sex"').run(
        tmp_path / "out"
    )

    assert run.failures == ()
    assert [one.name for one in run.paths[:3]] == [
        "accounts.csv",
        "accounts-sex-male.csv",
        "accounts-sex-female.csv",
    ]
    assert run.report.group == ""


def test_an_exporter_of_a_plugin_need_not_know_of_groups(tmp_path, install):
    install(
        "texts",
        exporting("texts", "lambda edition, options: [Document('all.tar.gz', b'1', 'a/b')]"),
    )
    run = loaded(tmp_path, 'exporter = "texts"\nlanguages = ["en"]\nfor_each = "sex"').run(
        tmp_path / "out"
    )

    assert [one.name for one in run.paths[:2]] == [
        "all.tar-sex-male.gz",
        "all.tar-sex-female.gz",
    ]


def test_an_exporter_may_make_something_of_all_documents_together(tmp_path, install):
    finish = "lambda documents, options: [Document(f'{len(documents)}.txt', b'', 'text/plain')]"
    render = "lambda edition, options: [Document(edition.language, b'', 'text/plain')]"
    install("together", exporting("together", render, finish=finish))
    run = loaded(tmp_path, 'exporter = "together"\nfor_each = "sex"').run(tmp_path / "out")

    assert [one.name for one in run.paths[:5]] == [
        "ar-sex-male",
        "en-sex-male",
        "ar-sex-female",
        "en-sex-female",
        "4.txt",
    ]


def test_a_crossing_has_a_document_for_each_of_its_groups(tmp_path):
    crossed = ('by = ["sex"]\nrelease_date', 'by = ["sex", ["sex", "account"]]\nrelease_date')
    run = loaded(
        tmp_path, 'exporter = "csv"\nfor_each = ["sex", "account"]', changes=(crossed,)
    ).run(tmp_path / "out")

    assert [one.name for one in run.paths[:4]] == [
        f"accounts-sex-account-{sex}-{answer}.csv"
        for sex in ("male", "female")
        for answer in ("yes", "no")
    ]


@pytest.fixture
def few_women(tmp_path):
    poll = loaded(
        tmp_path,
        'exporter = "csv"\nfor_each = "sex"',
        changes=(('by = ["sex", "account", ["sex", "account"]]', 'by = ["sex"]'),),
    )
    (tmp_path / "answers.csv").write_text(only_of_males(), encoding="utf-8")
    return poll


def test_a_group_of_which_nothing_may_be_shown_has_no_document_and_is_told(few_women, tmp_path):
    run = few_women.run(tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))

    assert [one.name for one in run.paths[:-2]] == ["accounts-sex-male.csv"]
    assert run.withheld == (Withheld(breakdown="sex", group="female"),)
    assert manifest["withheld"] == [{"breakdown": "sex", "group": "female"}]
    assert manifest["documents"][0]["for_each"] == "sex"


def test_a_check_tells_which_groups_will_have_no_document(few_women):
    (told,) = few_women.check().query("where == 'exports[1].for_each'").to_dict("records")

    assert told["severity"] == "note"
    assert told["what"] == "this group gets no documents: nothing of it may be shown"
    assert told["found"] == "sex: female"


def test_where_no_group_may_be_shown_the_export_fails_and_says_why(tmp_path):
    limits = ("minimum_base = 5\nflag_below = 10", "minimum_base = 50\nflag_below = 50")
    run = loaded(tmp_path, 'exporter = "csv"\nfor_each = "sex"', changes=(limits,)).run(
        tmp_path / "out"
    )

    (failure,) = run.failures
    assert isinstance(failure.error, ExportError)
    assert failure.error.what == "nothing of any group may be shown"
    assert [one.group for one in run.withheld] == ["male", "female"]
    assert run.manifest["failures"][0]["for_each"] == "sex"


@pytest.mark.parametrize(
    ("for_each", "found"),
    [('"region"', '"region"'), ('["account", "sex"]', '["account", "sex"]'), ('"_T"', '"_T"')],
)
def test_a_breakdown_that_nothing_is_measured_by_is_told_with_those_there_are(
    tmp_path, for_each, found
):
    with pytest.raises(PollFileError) as caught:
        loaded(tmp_path, f'exporter = "word"\nfor_each = {for_each}')

    (problem,) = caught.value.problems
    assert problem.what == "no indicator is measured by this breakdown"
    assert problem.where.endswith("exports[1].for_each")
    assert problem.found == found
    assert problem.allowed == '"sex", "account", ["sex", "account"]'


@pytest.mark.parametrize("for_each", ["3", "[]", '""'])
def test_a_breakdown_is_a_name_or_several(tmp_path, for_each):
    with pytest.raises(PollFileError) as caught:
        loaded(tmp_path, f'exporter = "word"\nfor_each = {for_each}')

    assert {"exports[1].for_each" in one.where for one in caught.value.problems} == {True}


def test_the_release_is_that_of_a_run_without_groups(tmp_path):
    one, other = (
        loaded(tmp_path / str(number), f'exporter = "csv"{more}').run(tmp_path / f"{number}-out")
        for number, more in enumerate(("", '\nfor_each = "sex"'))
    )

    assert one.release.dumps() == other.release.dumps()
