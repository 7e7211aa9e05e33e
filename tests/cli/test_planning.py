from __future__ import annotations

import pandas as pd
import pytest

from tests.poll.outreach_polls import write_outreach

DONE, FAILED = 0, 1


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    return write_outreach(tmp_path_factory.mktemp("poll"))


def test_the_plan_is_shown_in_words_and_tables(told, planned, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")

    shown = told("plan", planned, "--language", "en")

    assert shown.exit_code == DONE
    assert shown.stderr == ""
    assert shown.stdout.startswith("How to reach citizens\n")
    rows = [line.split() for line in shown.stdout.splitlines()]
    assert ["Males", "WhatsApp", "and", "YouTube"] in [row[:4] for row in rows]
    assert "Has an account" not in shown.stdout


def test_the_plan_is_in_the_first_language_of_the_publication(told, planned):
    assert told("plan", planned).stdout.startswith("كيف نصل إلى المواطنين\n")


def test_a_file_has_a_row_an_audience(told, planned, tmp_path):
    file = tmp_path / "out" / "plan.csv"

    shown = told("plan", planned, "--csv", file)

    assert (shown.exit_code, shown.stdout) == (DONE, f"Wrote {file}\n")
    written = pd.read_csv(file, keep_default_na=False)
    assert list(zip(written["domain"], written["platforms"], strict=True)) == [
        ("_T", "whatsapp|youtube"),
        ("male", "whatsapp|youtube"),
        ("female", "whatsapp|youtube"),
    ]


def test_a_poll_that_asks_for_no_plan_ends_with_1(told, poll_file):
    shown = told("plan", poll_file)

    assert (shown.exit_code, shown.stdout) == (FAILED, "")
    assert shown.stderr == f"No plan: {poll_file} has no [outreach]\n"
