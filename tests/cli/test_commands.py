from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

import socialpoll as sp
from socialpoll.cli import main
from tests.plugins.installing import exporting
from tests.poll.polls import POLL, answers, changed, write_poll

DONE, FAILED, MISUSED = 0, 1, 2


def test_check_of_a_sound_poll_ends_with_0_and_says_so(told, poll_file):
    shown = told("check", poll_file)

    assert shown.exit_code == DONE
    assert shown.stdout.endswith(f"no errors, 1 warning, no notes in {poll_file}\n")


def test_check_lists_what_is_wrong_and_ends_with_1(told, poll_file):
    table = answers().replace("female", "f")
    (poll_file.parent / "answers.csv").write_text(table, encoding="utf-8")

    shown = told("check", poll_file)

    assert shown.exit_code == FAILED
    assert "severity" in shown.stdout
    assert "question sex," in shown.stdout
    assert shown.stdout.endswith(f"1 error, no warnings, no notes in {poll_file}\n")


def test_warnings_and_notes_alone_are_no_failure(told, tmp_path):
    file = write_poll(tmp_path, changed(("total = 1000", "total = 1002")))

    shown = told("check", file)

    assert shown.exit_code == DONE
    assert "no errors, 1 warning, 1 note in" in shown.stdout


def test_every_mistake_of_a_poll_file_is_told_on_standard_error(told, tmp_path):
    file = write_poll(tmp_path, changed(("seed", "sead"), ('exporter = "csv"', "exporter = 1")))

    shown = told("check", file)

    assert shown.exit_code == FAILED
    assert shown.stdout == ""
    lines = shown.stderr.splitlines()
    assert lines[:2] == [
        "Error: 2 problems in poll.toml",
        "  - poll.toml, sead: unknown key 'sead'",
    ]
    assert lines[2].startswith("    allowed: did you mean 'seed'? (name, questionnaire,")
    assert lines[3:] == [
        "    advice: correct or remove it",
        "  - poll.toml, exports[1].exporter: of the wrong kind",
        "    found: 1",
        "    allowed: words in quotes",
    ]


def test_run_writes_the_documents_and_tells_their_names(told, poll_file, tmp_path):
    out = tmp_path / "out"

    shown = told("run", poll_file, "-o", out)

    assert shown.exit_code == DONE
    assert shown.stdout.splitlines() == [
        f"Wrote 3 files to {out}",
        "  accounts.csv",
        "  release.json",
        "  manifest.json",
    ]
    assert shown.stderr == ""
    assert {one.name for one in out.iterdir()} == {"accounts.csv", "release.json", "manifest.json"}


@pytest.mark.parametrize("command", [("run",), ("export", "csv")])
@pytest.mark.parametrize("moment", ["2999-04-01T09:00:00+04:00", "2999-04-01T09:00:00"])
def test_documents_under_embargo_are_made_with_a_warning(told, tmp_path, command, moment):
    date = "release_date = 2019-04-01\n"
    file = write_poll(tmp_path, changed((date, f"{date}embargo = {moment}\n")))
    name, *others = command

    shown = told(name, file, *others, "-o", tmp_path / "out")

    assert shown.exit_code == DONE
    assert (tmp_path / "out" / "accounts.csv").exists()
    assert shown.stderr.startswith("Warning: embargoed until 2999-04-01 09:00")


def test_an_embargo_that_is_over_is_not_spoken_of(told, tmp_path):
    date = "release_date = 2019-04-01\n"
    over = f"{date}embargo = 2019-04-01T09:00:00+04:00\n"

    shown = told("run", write_poll(tmp_path, changed((date, over))), "-o", tmp_path / "out")

    assert (shown.exit_code, shown.stderr) == (DONE, "")


def test_run_tells_what_failed_writes_the_rest_and_ends_with_1(told, tmp_path, install):
    install("failing", exporting("failing", "lambda edition, options: 1 / 0"))
    tables = '[[exports]]\nexporter = "failing"\n[[exports]]\nexporter = "csv"'
    file = write_poll(tmp_path, changed(('[[exports]]\nexporter = "csv"', tables)))

    shown = told("run", file, "-o", tmp_path / "out", "--in-process")

    assert shown.exit_code == FAILED
    assert "  accounts.csv\n" in shown.stdout
    assert "exporter 'failing', edition ar: the exporter failed: ZeroDivisionError" in shown.stderr
    assert (tmp_path / "out" / "accounts.csv").exists()


def test_run_can_be_of_one_exporter(told, poll_file, tmp_path):
    shown = told("run", poll_file, "-o", tmp_path / "out", "--only", "word")

    assert shown.exit_code == FAILED
    assert "the poll makes nothing with exporter 'word'" in shown.stderr


def test_export_makes_what_the_poll_file_does_not_ask_for(told, poll_file, tmp_path, install):
    render = "lambda e, o: [Document(f'{e.language}.txt', repr(o).encode(), 'text/plain')]"
    options = "__import__('dataclasses').make_dataclass('O', [('a', int, 0), ('b', tuple, ())])"
    install("cards", exporting("cards", render, options=options))
    arguments = ("export", poll_file, "cards", "-o", tmp_path, "--language", "ar", "--in-process")

    shown = told(*arguments, "--option", "a=3", "--option", "b=x", "--option", "b=y=z")

    assert shown.exit_code == DONE
    assert shown.stdout.splitlines() == [f"Wrote 1 file to {tmp_path}", "  ar.txt"]
    assert (tmp_path / "ar.txt").read_text("utf-8") == "O(a=3, b=('x', 'y=z'))"


def test_export_is_in_all_languages_unless_some_are_named(told, poll_file, tmp_path, install):
    render = "lambda e, o: [Document(f'{e.language}.txt', e.digits.encode(), 'text/plain')]"
    install("cards", exporting("cards", render))

    shown = told("export", poll_file, "cards", "-o", tmp_path, "--digits", "arab", "--in-process")

    assert shown.stdout.splitlines()[1:] == ["  ar.txt", "  en.txt"]
    assert (tmp_path / "ar.txt").read_text("utf-8") == "arab"


def test_export_makes_one_document_in_two_languages(told, poll_file, tmp_path, install):
    render = "lambda e, o: [Document('-'.join(e.languages) + '.txt', b'', 'text/plain')]"
    install("cards", exporting("cards", render, facing="True"))

    shown = told(
        "export", poll_file, "cards", "-o", tmp_path, "-l", "ar+en", "-l", "en", "--in-process"
    )

    assert shown.stdout.splitlines()[1:] == ["  ar-en.txt", "  en.txt"]


def test_export_names_an_exporter_that_makes_no_document_in_two_languages(told, poll_file):
    shown = told("export", poll_file, "csv", "-l", "ar+en")

    assert shown.exit_code == FAILED
    assert "'csv' does not put two languages into one document" in shown.stderr


def test_export_makes_documents_of_each_group(told, poll_file, tmp_path):
    shown = told("export", poll_file, "csv", "-o", tmp_path, "--for-each", "sex")

    assert shown.exit_code == DONE
    assert shown.stdout.splitlines()[1:] == [
        "  accounts-sex-male.csv",
        "  accounts-sex-female.csv",
    ]


def test_a_crossing_is_named_by_repeating_the_option(told, poll_file, tmp_path):
    crossed = ("--for-each", "sex", "--for-each", "account")

    shown = told("export", poll_file, "csv", "-o", tmp_path, *crossed)

    assert "  accounts-sex-account-male-yes.csv" in shown.stdout.splitlines()


def test_export_refuses_a_breakdown_that_nothing_is_measured_by(told, poll_file, tmp_path):
    shown = told("export", poll_file, "csv", "-o", tmp_path, "--for-each", "sexx")

    assert shown.exit_code == FAILED
    assert "did you mean 'sex'?" in shown.stderr


@pytest.mark.parametrize("command", ["run", "export"])
def test_groups_without_documents_are_told(told, tmp_path, command):
    made = '[[exports]]\nexporter = "csv"\nfor_each = ["sex", "account"]'
    limits = ("minimum_base = 5", "minimum_base = 15"), ("flag_below = 10", "flag_below = 15")
    file = write_poll(tmp_path, changed(('[[exports]]\nexporter = "csv"', made), *limits))
    more = ("csv", "--for-each", "sex", "--for-each", "account") if command == "export" else ()

    shown = told(command, file, *more, "-o", tmp_path / "out")

    assert shown.exit_code == DONE
    # 60 cases: 20 of each sex say yes, 10 say no.
    assert shown.stderr.splitlines() == [
        "No documents of sex|account male|no: nothing of this group may be shown",
        "No documents of sex|account female|no: nothing of this group may be shown",
    ]


def test_an_option_named_like_an_argument_of_the_library_is_still_the_exporters(told, poll_file):
    shown = told("export", poll_file, "csv", "--option", "host=a", "--option", "to=b")

    assert shown.exit_code == FAILED
    assert "there is no option 'host'" in shown.stderr
    assert "there is no option 'to'" in shown.stderr


def test_an_exporter_that_is_not_there_is_refused_before_the_poll_is_read(told, tmp_path):
    file = tmp_path / "poll.toml"
    file.touch()

    shown = told("export", file, "wrod")

    assert shown.exit_code == FAILED
    assert "there is no exporter 'wrod'" in shown.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "no-such-file.toml"],
        ["run"],
        ["paint"],
        ["run", "{poll}", "--colour"],
        ["export", "{poll}", "csv", "--option", "depth"],
        ["export", "{poll}", "csv", "--option", "=3"],
        ["export", "{poll}", "csv", "--digits", "roman"],
    ],
)
def test_a_command_that_is_not_understood_ends_with_2(told, poll_file, arguments):
    shown = told(*(one.format(poll=poll_file) for one in arguments))

    assert shown.exit_code == MISUSED
    assert "Usage:" in shown.stderr


def test_the_demo_runs_the_bundled_poll(told, tmp_path, monkeypatch):
    # A poll of the same shape, but without documents that take their time.
    monkeypatch.setattr("socialpoll.demo.POLL_FILE", write_poll(tmp_path / "poll"))

    shown = told("demo", "-o", tmp_path / "out")

    assert shown.exit_code == DONE
    assert (tmp_path / "out" / "manifest.json").exists()


def test_the_version_is_told(told):
    assert told("--version").stdout == f"socialpoll, version {sp.__version__}\n"


@pytest.mark.parametrize("command", [None, *main.commands])
def test_every_command_has_help_with_examples(told, command):
    shown = told(*([command] if command else []), "--help")

    assert shown.exit_code == DONE
    assert "Examples:\n    socialpoll " in shown.stdout
    assert all(one.help for one in main.commands.values())


def test_the_command_can_be_run_as_a_module(child):
    shown = child("--version")

    assert shown.returncode == DONE
    assert shown.stdout.decode().startswith("socialpoll, version")


def test_a_poll_that_is_refused_leaves_no_traceback(child, tmp_path):
    (tmp_path / "poll.toml").write_text("name =", encoding="utf-8")

    shown = child("run", tmp_path / "poll.toml")

    assert shown.returncode == FAILED
    assert shown.stdout == b""
    assert b"this is no TOML" in shown.stderr
    assert b"Traceback" not in shown.stderr


ARABIC = "ذكور"


@pytest.fixture
def arabic_mistake(tmp_path):
    file = write_poll(tmp_path)
    table = answers().replace("female", ARABIC)
    (tmp_path / "answers.csv").write_text(table, encoding="utf-8")
    return file


@pytest.mark.parametrize("encoding", ["ascii", "cp437"])
def test_a_console_without_arabic_gets_codes_and_is_told(arabic_mistake, encoding):
    shown = CliRunner(charset=encoding).invoke(main, ["check", str(arabic_mistake)])

    assert shown.exit_code == FAILED
    assert "\\u0630" in "".join(shown.stdout.split())
    assert "Set PYTHONUTF8=1" in shown.stderr


def test_a_console_without_arabic_gets_a_plain_message(child, arabic_mistake):
    shown = child("check", arabic_mistake, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")

    assert shown.returncode == FAILED
    assert "\\u0630" in "".join(shown.stdout.decode("cp1252").split())
    assert "Set PYTHONUTF8=1" in shown.stderr.decode("cp1252")
    assert b"Traceback" not in shown.stderr


def test_a_console_with_arabic_shows_it(child, arabic_mistake):
    shown = child("check", arabic_mistake, PYTHONUTF8="1")

    assert ARABIC in shown.stdout.decode("utf-8")
    assert shown.stderr == b""


def test_the_same_poll_gives_the_same_bytes_in_another_process(child, tmp_path):
    file = write_poll(tmp_path / "poll", POLL)
    shutil.copytree(tmp_path / "poll", tmp_path / "copy")

    child("run", file, "-o", tmp_path / "a", PYTHONHASHSEED="1")
    child("run", tmp_path / "copy" / "poll.toml", "-o", tmp_path / "b", PYTHONHASHSEED="2")

    made = [{one.name: one.read_bytes() for one in (tmp_path / to).iterdir()} for to in ("a", "b")]
    assert set(made[0]) == {"accounts.csv", "release.json", "manifest.json"}
    assert made[0] == made[1]


def read_to_the_end(screen: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(screen, 65_536)
        except OSError:  # what Linux says when the other side has closed
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_progress_is_shown_on_a_terminal_and_leaves_nothing_on_standard_output(tmp_path):
    import pty

    file = write_poll(tmp_path / "poll", POLL)
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "socialpoll", "run", str(file), "-o", str(tmp_path / "out")]
    plain = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal, env=plain) as process:
        os.close(terminal)
        shown = read_to_the_end(screen)
        written = process.stdout.read()
    os.close(screen)

    assert re.search(r"(\d+)/\1\b", shown)
    assert b"Wrote 3 files" in written


@pytest.mark.parametrize(("name", "start"), [("f.html", "<!DOCTYPE html>"), ("f.csv", "severity,")])
def test_check_writes_what_it_finds_to_a_file(told, poll_file, tmp_path, name, start):
    shown = told("check", poll_file, "--report", tmp_path / "new" / name)

    assert shown.exit_code == DONE
    assert shown.stdout.endswith(f"Wrote {tmp_path / 'new' / name}\n")
    assert (tmp_path / "new" / name).read_text("utf-8-sig").startswith(start)


def test_check_writes_a_report_where_it_finds_errors_too(told, poll_file, tmp_path):
    table = answers().replace("female", "f")
    (poll_file.parent / "answers.csv").write_text(table, encoding="utf-8")

    shown = told("check", poll_file, "--report", tmp_path / "f.csv")

    assert shown.exit_code == FAILED
    assert "error,undeclared,,sex,1," in (tmp_path / "f.csv").read_text("utf-8-sig")
    assert "undeclared:" in shown.stdout


def test_check_refuses_a_report_of_another_ending_before_it_reads_the_poll(told, tmp_path):
    file = tmp_path / "poll.toml"
    file.touch()

    shown = told("check", file, "--report", tmp_path / "f.xlsx")

    assert shown.exit_code == FAILED
    assert "found: '.xlsx'\n" in shown.stderr
    assert "allowed: '.html' or '.csv'\n" in shown.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["poll.toml"]
