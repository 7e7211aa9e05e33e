from __future__ import annotations

import json
import locale
import os
import random
from importlib.metadata import version
from pathlib import Path

import pytest

import socialpoll as sp
from tests.plugins.installing import exporting
from tests.poll.polls import changed, write_poll

DONE, FAILED = 0, 1
OPTIONS = '''
from dataclasses import dataclass, field
from typing import Literal

@dataclass(frozen=True)
class Options:
    """How cards are made.

    Parameters
    ----------
    depth : int
        How many cards a question has.
    look : {"plain", "bright"}
        The ``look`` of a card,
        front and back.
    """

    depth: int = 3
    look: Literal["plain", "bright"] = "plain"
    tags: tuple[str, ...] = field(default=(), metadata={"doc": "Words on every card."})
'''


def test_plugins_are_listed_with_what_is_wrong(told, install):
    install("torn", "print('loading'); raise RuntimeError('the disk is gone')")

    shown = told("plugins")

    assert shown.exit_code == DONE
    words = " ".join(shown.stdout.split())
    assert "csv reader" in words
    assert "torn plugin torn 1.0 broken" in words
    assert "loading" not in shown.stdout.splitlines()[0]


def test_plugins_are_listed_as_json(told, install):
    install("cards", exporting("cards", requires="('no-such-thing>=2',)"), version="2.0")
    install("torn", "print('loading'); raise RuntimeError('no')")

    listed = json.loads(told("plugins", "--json").stdout)

    by_name = {(one["name"], one["kind"]): one for one in listed}
    assert by_name["word", "exporter"]["distribution"] == "socialpoll"
    assert by_name["torn", "plugin"]["state"] == "broken"
    assert by_name["cards", "exporter"] == {
        "name": "cards",
        "kind": "exporter",
        "title": "An exporter",
        "distribution": "cards",
        "version": "2.0",
        "state": "missing requirement",
        "reason": "it needs no-such-thing>=2 (not installed)",
        "install": 'pip install "no-such-thing>=2"',
    }


def test_a_plugin_can_be_blocked_for_a_listing(told, install):
    install("torn", "raise RuntimeError('loaded')")

    listed = json.loads(told("plugins", "--json", "--block", "torn").stdout)

    [torn] = [one for one in listed if one["name"] == "torn"]
    assert (torn["state"], torn["reason"]) == ("blocked", "blocked by name")


def test_what_a_plugin_prints_in_the_process_of_a_command_is_no_output_of_it(
    told, poll_file, tmp_path, install
):
    install(
        "cards", "print('loading')\n" + exporting("cards", "lambda e, o: print('drawing') or []")
    )

    shown = told("export", poll_file, "cards", "-o", tmp_path / "out", "-l", "en", "--in-process")

    assert shown.stdout == f"Wrote no files to {tmp_path / 'out'}\n"
    assert shown.stderr == "loading\ndrawing\n"


def test_an_exporter_is_shown_with_all_there_is_to_know_of_it(told, install):
    code = OPTIONS + exporting("cards", options="Options", requires="('pluggy>=1', 'none-such>=2')")
    install("socialpoll-cards", code, version="2.1", points={"tools": "socialpoll_cards"})

    shown = told("plugins", "show", "cards")

    assert shown.exit_code == DONE
    assert shown.stdout.splitlines()[:10] == [
        "exporter:      cards",
        "title:         An exporter",
        "from:          socialpoll-cards 2.1, plugin tools",
        "state:         missing requirement: it needs none-such>=2 (not installed)",
        'install:       pip install "none-such>=2"',
        "files:         .txt",
        "media type:    text/plain",
        "languages:     one a document",
        f"needs:         pluggy>=1 ({version('pluggy')} is installed)",
        "needs:         none-such>=2 (not installed)",
    ]
    words = " ".join(shown.stdout.split())
    assert "depth a whole number 3 How many cards a question has." in words
    assert "look 'plain' or 'bright' plain The look of a card, front and back." in words
    assert "tags several of words [] Words on every card." in words


@pytest.mark.parametrize("name", ["cards", "tools", "socialpoll-cards"])
def test_what_is_shown_may_be_named_by_its_name_its_plugin_or_its_distribution(told, install, name):
    code = OPTIONS + exporting("cards", options="Options", facing="True")
    install("socialpoll-cards", code, points={"tools": "socialpoll_cards"})

    [cards] = json.loads(told("plugins", "show", name, "--json").stdout)

    assert cards["languages"] == "one a document, or two that face each other"
    assert cards["options"][0] == {
        "name": "depth",
        "kind": "a whole number",
        "default": 3,
        "doc": "How many cards a question has.",
    }


def test_what_stands_before_show_holds_for_it_too(told, install):
    install("torn", "raise RuntimeError('loaded')")

    shown = told("plugins", "--json", "--block", "torn", "show", "torn")

    assert json.loads(shown.stdout)[0]["state"] == "blocked"


def test_an_exporter_and_a_reader_of_one_name_are_both_shown(told):
    shown = told("plugins", "show", "csv").stdout

    assert shown.startswith("exporter:      csv\n")
    assert "\nreader:        csv\n" in shown
    assert "\nfiles:         .csv, .tsv\n" in shown


def test_a_broken_plugin_is_shown_with_its_reason(told, install):
    install("torn", "raise RuntimeError('the disk is gone')")

    shown = told("plugins", "show", "torn")

    assert (
        "state:         broken: loading it failed: RuntimeError: the disk is gone" in shown.stdout
    )


def test_what_is_not_there_is_refused_with_the_nearest_name(told):
    shown = told("plugins", "show", "wrod")

    assert shown.exit_code == FAILED
    assert "allowed: did you mean 'word'?" in shown.stderr


@pytest.mark.parametrize(("command", "more"), [("run", ()), ("check", ()), ("export", ("csv",))])
def test_commands_that_use_plugins_can_do_without_one(told, poll_file, tmp_path, command, more):
    out = () if command == "check" else ("-o", tmp_path / "out")

    shown = told(command, poll_file, *more, *out, "--block", "csv")

    # The reader of the answers and the exporter have one name, and it is either that is missed.
    assert shown.exit_code == FAILED
    assert "blocked by name" in " ".join((shown.stdout + shown.stderr).split())


NOISY = """
from socialpoll.hooks import Document, Exporter, hookimpl
from socialpoll.report import report_to_json
import locale, os, random, sys

def render(edition, options):
    print("drawing", "رسم")
    print("{'documents': []}", file=sys.__stdout__, flush=True)
    os.write(1, b"bytes on standard output")
    random.seed(1)
    os.environ["OF_A_PLUGIN"] = "left behind"
    os.chdir("/")
    locale.setlocale(locale.LC_ALL, "C")
    words = report_to_json(edition.report)
    yield Document(f"{edition.language}.json", words.encode(), "text/plain")

@hookimpl
def socialpoll_exporters():
    return [Exporter(name="noisy", title="Noise", media_type="text/plain", suffix=".txt",
                     render=render)]
"""


def test_a_run_isolates_the_exporters_of_plugins_and_the_manifest_says_so(told, tmp_path, install):
    install("noisy", NOISY, version="1.2", points={"noise": "noisy"})
    asked = '[[exports]]\nexporter = "noisy"\nlanguages = ["ar"]\n[[exports]]\nexporter = "csv"'
    file = write_poll(tmp_path / "poll", changed(('[[exports]]\nexporter = "csv"', asked)))
    before = (Path.cwd(), random.getstate(), locale.setlocale(locale.LC_ALL))

    shown = told("run", file, "-o", tmp_path / "out")

    assert before == (Path.cwd(), random.getstate(), locale.setlocale(locale.LC_ALL))
    assert "OF_A_PLUGIN" not in os.environ
    assert (shown.exit_code, shown.stderr) == (DONE, "")
    assert shown.stdout.splitlines() == [
        f"Wrote 4 files to {tmp_path / 'out'}",
        *("  ar.json", "  accounts.csv", "  release.json", "  manifest.json"),
    ]
    report = sp.Poll.load(file).report()
    assert (tmp_path / "out" / "ar.json").read_text("utf-8") == sp.report_to_json(report)
    made = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["documents"]
    keys = ("exporter", "plugin", "distribution", "version", "isolated")
    assert [tuple(one[key] for key in keys) for one in made] == [
        ("noisy", "noise", "noisy", "1.2", True),
        ("csv", "exporters", "socialpoll", sp.__version__, False),
    ]


@pytest.mark.parametrize(
    ("said", "switch", "isolated"),
    [
        ("", None, "third-party"),
        ("isolated = false", None, False),
        ("isolated = false", "--isolated", True),
        ("isolated = true", "--in-process", False),
    ],
)
def test_a_switch_goes_before_the_poll_file_and_that_before_the_default(
    told, tmp_path, monkeypatch, said, switch, isolated
):
    asked = []
    kept = sp.PluginHost.limits_for

    def limits_for(host, offer, *, isolated=None):
        asked.append(host._isolated if isolated is None else isolated)
        return kept(host, offer, isolated=False)

    monkeypatch.setattr(sp.PluginHost, "limits_for", limits_for)
    file = write_poll(tmp_path, changed(('exporter = "csv"', f'exporter = "csv"\n{said}')))

    shown = told("run", file, "-o", tmp_path / "out", *([switch] if switch else []))

    assert (shown.exit_code, asked) == (DONE, [isolated])
