from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from socialpoll.demo.register import __main__ as script
from socialpoll.register import LinkageKey


@pytest.fixture
def polled(monkeypatch) -> list[tuple[list[str], Path, LinkageKey]]:
    """What was to be polled, by which key, instead of polls: these are looked at elsewhere."""
    pytest.importorskip("pyarrow", reason="the extra 'register' is not installed")
    calls = []

    def poll(tables, *, to, key, said):
        calls.append(([table.data.name for table in tables], to, key))
        said("Matching the records")
        return SimpleNamespace(paths=(to / "review.csv", to / "brief-en.docx"))

    monkeypatch.setattr(script, "poll_from_register", poll)
    return calls


def run(*arguments: str) -> tuple[int, list[str]]:
    outcome = CliRunner().invoke(script.main, arguments)
    return outcome.exit_code, outcome.output.splitlines()


def test_the_script_says_what_it_does_and_lists_what_it_wrote(polled, tmp_path):
    status, said = run("--people", "50", "--to", str(tmp_path), "--brief")

    assert status == 0
    assert said[0] == "Matching the records"
    assert said[-2:] == ["  review.csv", "  brief-en.docx"]
    assert polled[0][:2] == (
        [f"{name}.parquet" for name in ("reference", "civil_status", "health", "education")],
        tmp_path / "poll",
    )


def test_every_run_has_a_key_of_its_own_which_is_kept_nowhere(polled, tmp_path):
    for _ in range(2):
        run("--people", "20", "--format", "csv", "--to", str(tmp_path), "--brief")
    one, other = (key.pseudonym("person", "1") for *_, key in polled)

    assert one != other
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".csv"}


def test_without_being_asked_to_it_polls_nobody(polled, tmp_path):
    assert run("--people", "20", "--to", str(tmp_path)) == (0, [])
    assert polled == []


def test_people_who_are_easily_mistaken_are_not_polled(polled, tmp_path):
    status, said = run("--hard", "--brief", "--to", str(tmp_path))

    assert status == 2
    assert "leave out --hard or --brief" in said[-1]
    assert polled == [] == list(tmp_path.iterdir())
