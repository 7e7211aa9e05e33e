from __future__ import annotations

import re

import pytest

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


def test_new_starts_a_plugin_and_says_what_to_do_next(told, tmp_path):
    folder = tmp_path / "my plugin"

    shown = told("new", folder, "--plugin", "cards", "--kind", "reader")

    assert shown.exit_code == DONE
    lines = shown.stdout.splitlines()
    assert lines[0] == f"Started the plugin cards in {folder}"
    assert "  src/socialpoll_cards/__init__.py" in lines
    assert lines[-2:] == [f"  pip install -e '{folder}[test]'", f"  pytest '{folder}'"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--kind", "rule"),
        ("--plugin", "cards", "--kind", "cards"),
        ("--plugin", "cards", "--template", "minimal"),
        ("--plugin", "cards", "--from", __file__),
    ],
)
def test_a_plugin_is_started_from_its_name_alone(told, tmp_path, arguments):
    assert told("new", tmp_path / "new", *arguments).exit_code == MISUSED
    assert not (tmp_path / "new").exists()


def test_a_plugin_whose_name_is_reserved_ends_with_1(told, tmp_path):
    shown = told("new", tmp_path / "new", "--plugin", "word")

    assert shown.exit_code == FAILED
    assert "reserved" in shown.stderr
