"""What the plugin promises, tested as users meet it: by its name."""

# ruff: noqa: S101, PLR2004 - a test asserts, and what it expects is literal

from __future__ import annotations

import struct
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.report import Said, Section, Text
from socialpoll.testing import Check, check_exporter, sample_report

SIZE = struct.Struct(">II")


@pytest.mark.parametrize("check", check_exporter(sp.PluginHost().exporter("cards")))
def test_it_keeps_what_exporters_promise(check: Check) -> None:
    """Each promise is a test of its own."""
    check()


def report_of(*findings: str) -> sp.Report:
    """Return a report with these key findings."""
    texts = tuple(Text((Said({"und": one}),), "bullet") for one in findings)
    report = sample_report()
    section = Section("headlines", Said({"und": "Key findings"}), texts)
    return replace(report, sections=(section,))


def made(report: sp.Report, **options: object) -> dict[str, bytes]:
    """Return the content of each file by its name."""
    return {one.name: one.content for one in sp.render(report, "cards", **options)}


def test_there_is_a_square_card_for_each_finding_and_a_text_of_all() -> None:
    """Of 1080 by 1080 dots: the size of a PNG stands in its first chunk."""
    files = made(report_of("One in three.", "Two in three."), languages="en")

    assert list(files) == ["sample-card-01-en.png", "sample-card-02-en.png", "sample-cards-en.txt"]
    sizes = {SIZE.unpack(one[16:24]) for name, one in files.items() if name.endswith("png")}
    assert sizes == {(1080, 1080)}
    assert b"card-02-en.png: Two in three." in files["sample-cards-en.txt"]


def test_a_finding_that_is_too_long_goes_on_over_the_next_card() -> None:
    """No word of it is lost."""
    files = made(report_of(" ".join(f"word{number}" for number in range(90))), languages="en")

    told = files["sample-cards-en.txt"].decode()
    assert len(files) > 2
    assert all(f"word{number}" in told for number in range(90))


def test_there_are_no_more_cards_than_asked_for() -> None:
    """The text goes with the cards."""
    files = made(report_of("One.", "Two.", "Three."), languages="ar", most=2, captions=False)

    assert list(files) == ["sample-card-01-ar.png", "sample-card-02-ar.png"]


def test_a_report_without_key_findings_has_no_cards() -> None:
    """There is nothing to be shown, and no error."""
    assert made(replace(report_of(), sections=())) == {}


def test_a_number_of_cards_that_is_none_is_refused() -> None:
    """The host tells users about options that do not fit."""
    with pytest.raises(sp.SocialpollError, match="most"):
        made(report_of("One."), most=0)
