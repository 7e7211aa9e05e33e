"""What the plugin promises, tested as users meet it: by its name."""

# ruff: noqa: D103, S101 - a test asserts, and its name is the sentence that it holds true

from __future__ import annotations

from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.report import Column, Figure, Row, Said, Section, Table, Text
from socialpoll.testing import Check, check_exporter

WORDS = {"en": "Has an account", "ar": "لديه حساب"}


@pytest.mark.parametrize("check", check_exporter(sp.PluginHost().exporter("markdown")))
def test_it_keeps_what_exporters_promise(check: Check) -> None:
    check()


@pytest.fixture
def report() -> sp.Report:
    table = Table(
        title=Said({"en": "Accounts | all", "ar": "الحسابات"}),
        columns=(
            Column("group", Said({"en": "Group", "ar": "المجموعة"}), "label"),
            Column("share", Said({"en": "Share", "ar": "النسبة"})),
        ),
        rows=(
            Row((Said(WORDS), Figure(0.9125, "percent", 1)), "total"),
            Row((Said({"und": "Sex"}),), "group"),
            Row((Said({"und": "Males"}), Figure(None, "percent", 1, "c"))),
        ),
        notes=(Said({"und": "Weighted."}),),
    )
    finding = Text((Said({"en": "Most *have* one.", "ar": "لدى معظمهم حساب."}),), "bullet")
    return sp.Report(
        name="accounts",
        title={"en": "Accounts in March", "ar": "الحسابات في مارس"},
        languages=("ar", "en"),
        publisher=sp.Publisher(name={"en": "A centre", "ar": "مركز"}),
        sections=(
            Section("headlines", Said({"en": "Key findings", "ar": "أبرز النتائج"}), (finding,)),
            Section("indicator", Said(WORDS), (table,)),
        ),
        synthetic=True,
    )


def written(report: sp.Report, **options: object) -> dict[str, str]:
    documents = sp.render(report, "markdown", **options)
    return {one.name: one.content.decode("utf-8") for one in documents}


def test_there_is_a_file_for_each_language(report: sp.Report) -> None:
    assert list(written(report)) == ["accounts-ar.md", "accounts-en.md"]


def test_arabic_runs_from_right_to_left(report: sp.Report) -> None:
    arabic = written(report)["accounts-ar.md"]

    assert arabic.startswith('<div dir="rtl" lang="ar">')
    assert "# الحسابات في مارس" in arabic


def test_findings_and_tables_are_in_it(report: sp.Report) -> None:
    lines = written(report, languages="en")["accounts-en.md"].splitlines()

    assert r"- Most \*have\* one." in lines
    assert r"**Accounts \| all**" in lines
    start = lines.index("| Group | Share |")
    assert lines[start + 1 : start + 4] == [
        "| :--- | ---: |",
        "| **Has an account** | **91.3%** |",
        "| **Sex** |  |",
    ]
    assert r"\[c\]" in lines[start + 4]


def test_columns_of_a_group_are_headed_by_its_words_too(report: sp.Report) -> None:
    columns = (
        Column("answer", Said({"und": "Answer"}), "label"),
        Column("men", Said({"und": "Men (A)"}), group=Said({"en": "Sex", "ar": "الجنس"})),
    )
    row = Row((Said({"und": "Yes"}), Figure(0.9125, "percent", 1, letters="B")))
    table = Table(Said({"und": "By sex"}), columns, (row,))
    banner = Section("banner", Said({"und": "By sex"}), (table,))

    lines = written(replace(report, sections=(banner,)), languages="en")["accounts-en.md"]

    assert "| Answer | Sex: Men (A) |" in lines
    assert "| Yes | 91.3% B |" in lines


def test_tables_can_be_left_out(report: sp.Report) -> None:
    text = written(report, languages="en", tables=False)["accounts-en.md"]

    assert "Key findings" in text
    assert "|" not in text


def test_made_up_data_are_called_so(report: sp.Report) -> None:
    assert "\n> " in written(report, languages="en")["accounts-en.md"]


def test_the_same_report_gives_the_same_bytes(report: sp.Report) -> None:
    assert written(report) == written(report)
