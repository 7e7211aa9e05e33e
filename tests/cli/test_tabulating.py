from __future__ import annotations

import pytest

from tests.poll.polls import changed, write_poll

DONE, FAILED, MISUSED = 0, 1, 2
BANNERS = '\n[[banners]]\nname = "use"\nrows = ["use"]\n\n[publication]'


@pytest.fixture
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")


def test_a_table_of_everything_is_shown_where_the_poll_has_no_banners(told, poll_file, wide):
    shown = told("tables", poll_file, "--language", "en")

    assert shown.exit_code == DONE
    assert shown.stderr == ""
    for words in ("Results by group", "Has an account", "Hours a day", "Males", "Females"):
        assert words in shown.stdout


def test_no_line_is_wider_than_the_terminal(told, poll_file, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")

    shown = told("tables", poll_file, "--language", "en")

    assert max(map(len, shown.stdout.splitlines())) <= 60


def test_tables_are_in_the_first_language_of_the_publication(told, poll_file, wide):
    assert "لديه حساب" in told("tables", poll_file).stdout


def test_banners_of_the_poll_are_shown_by_their_names(told, tmp_path, wide):
    file = write_poll(tmp_path, changed(("[publication]", BANNERS)))

    shown = told("tables", file, "--banner", "use", "-l", "en")

    assert "Light" in shown.stdout
    assert "Mean" not in shown.stdout
    assert "Mean" in told("tables", write_poll(tmp_path / "without"), "-l", "en").stdout


def test_rows_and_columns_are_parted_by_commas(told, poll_file, wide):
    shown = told("tables", poll_file, "--rows", "use", "--columns", "sex,sex|account", "-l", "en")

    assert shown.exit_code == DONE
    assert "Light" in shown.stdout
    assert "Hours a day" not in shown.stdout
    assert "Sex" in shown.stdout


def test_a_page_is_written_and_named(told, poll_file, tmp_path):
    page = tmp_path / "out" / "tables.html"

    shown = told("tables", poll_file, "--html", page)

    assert shown.stdout == f"Wrote {page}\n"
    assert page.read_text(encoding="utf-8").count("<table>") == 2


def test_a_page_of_another_ending_is_refused_before_anything_is_read(told, tmp_path, poll_file):
    (poll_file.parent / "answers.csv").unlink()

    shown = told("tables", poll_file, "--html", tmp_path / "tables.pdf")

    assert shown.exit_code == FAILED
    assert "'.html'" in shown.stderr


def test_it_is_said_where_nothing_may_be_shown(told, tmp_path):
    strict = ("minimum_base = 5\nflag_below = 10", "minimum_base = 1000\nflag_below = 1000")
    file = write_poll(tmp_path, changed(strict))

    shown = told("tables", file)

    assert shown.exit_code == DONE
    assert shown.stdout == "No figure of these tables may be shown.\n"


def test_a_row_that_is_not_there_is_refused_with_what_might_be_meant(told, poll_file):
    shown = told("tables", poll_file, "--rows", "acount")

    assert shown.exit_code == FAILED
    assert "did you mean 'account'?" in shown.stderr
