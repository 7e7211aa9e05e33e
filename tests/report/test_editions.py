from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.disclosure import Revision
from socialpoll.errors import ReportError
from socialpoll.report.blocks import Table, Text
from socialpoll.report.editions import told_of
from tests.disclosure.test_superseding import REASON, first, second

TITLE = {"en": "Use", "ar": "الاستخدام"}
PUBLISHER = sp.Publisher(name={"en": "A centre", "ar": "مركز"})


def composed(release: sp.Release, **changes) -> sp.Report:
    return sp.compose(release, title=TITLE, publisher=PUBLISHER, languages=["en", "ar"], **changes)


def introduction(report: sp.Report, language: str) -> str:
    edition = sp.Edition(report, (language,))
    [section] = [one for one in report.sections if one.role == "publisher"]
    phrases = [phrase for one in section.blocks if isinstance(one, Text) for phrase in one.phrases]
    return " ".join(edition.text(one) for one in phrases)


def cells(report: sp.Report, indicator: str, language: str = "en") -> dict[str, list[str]]:
    """Return the written cells of an indicator's tables by the label of their row."""
    edition = sp.Edition(report, (language,))
    [section] = [one for one in report.sections if one.name == indicator]
    found: dict[str, list[str]] = {}
    for table in (one for one in section.blocks if isinstance(one, Table)):
        for label, *rest in (row.cells for row in table.rows):
            written = [edition.number(one) for one in rest if one is not None]
            found.setdefault(edition.text(label), []).extend(written)
    return found


def notes(report: sp.Report, indicator: str, language: str = "en") -> list[str]:
    edition = sp.Edition(report, (language,))
    [section] = [one for one in report.sections if one.name == indicator]
    tables = [one for one in section.blocks if isinstance(one, Table)]
    return [edition.text(note) for one in tables for note in one.notes]


def test_a_date_of_the_life_cycle_is_read_from_a_string_and_else_refused():
    assert sp.LifeCycle(next_release="2024-03-01").next_release == dt.date(2024, 3, 1)
    with pytest.raises(ReportError, match="release_date: this is no day; found 'soon'"):
        sp.LifeCycle(release_date="soon")


def test_an_edition_says_what_it_corrects_how_much_and_why_in_english():
    said = introduction(composed(second()), "en")

    assert "This edition corrects edition 1 of 28 April 2019. 4 figures are revised [r]." in said
    assert said.endswith(f"Reason: {REASON['en']}")


def test_an_edition_says_so_in_arabic():
    said = introduction(composed(second()), "ar")

    assert "هذا الإصدار تصحيح للإصدار رقم 1 الصادر في 28 أبريل 2019." in said
    assert "نُقّحت 4 أرقام [r]." in said
    assert said.endswith(f"السبب: {REASON['ar']}")


def test_a_first_edition_says_nothing_of_corrections():
    assert "edition" not in introduction(composed(first()), "en")


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "This edition corrects an earlier one."),
        ({"edition": "1b"}, "This edition corrects edition 1b."),
        ({"release_date": dt.date(2019, 4, 1)}, "This edition corrects the one of 1 April 2019."),
    ],
)
def test_the_earlier_edition_is_named_as_far_as_it_is_known(known, sentence):
    revision = Revision(revised=0, new=1, withdrawn=2, unchanged=3, **known)
    edition = sp.Edition(composed(first()), ("en",))

    assert [edition.text(one) for one in told_of(revision)] == [
        sentence,
        "No figure is revised.",
        "1 figure is shown for the first time.",
        "2 figures are no longer shown.",
    ]


def test_revised_figures_are_marked_in_tables_and_the_mark_is_explained():
    report = composed(second())

    found = cells(report, "use")
    assert [one.endswith("[r]") for one in found["Overall"][:1]] == [True]
    assert "[r] revised" in notes(report, "use")
    assert "[r] منقّح" in notes(report, "use", "ar")
    assert not any("[r]" in one for several in cells(report, "hours").values() for one in several)
    assert "[r] revised" not in notes(report, "hours")


def test_a_revised_figure_of_low_reliability_has_both_marks():
    south = cells(composed(second()), "use")["south"]

    assert south[0].endswith("% [u] [r]")


def test_a_revised_figure_is_spoken_of_like_any_other():
    before, after = (
        next(one for one in composed(release).sections if one.role == "headlines")
        for release in (first(), second())
    )

    assert len(after.blocks) == len(before.blocks)
    assert "[r]" not in " ".join(
        sp.Edition(composed(second()), ("en",)).text(phrase)
        for block in after.blocks
        for phrase in block.phrases
    )


def test_a_report_stands_where_its_release_does():
    life = composed(second()).life_cycle

    assert (life.edition, life.status, life.supersedes) == ("2", "revised", "1")
    assert composed(first()).life_cycle == sp.LifeCycle(
        edition="1", release_date=dt.date(2019, 4, 28)
    )


def test_a_declared_life_cycle_holds_and_is_told_what_it_supersedes():
    declared = sp.LifeCycle(edition="2b", status="provisional")

    assert composed(second(), life_cycle=declared).life_cycle == replace(declared, supersedes="1")
    words = replace(declared, supersedes="the edition on paper")
    assert composed(second(), life_cycle=words).life_cycle == words


def test_a_report_of_an_edition_is_read_back_from_json():
    from socialpoll.report import report_from_json, report_to_json

    report = composed(second())

    assert report_from_json(report_to_json(report)) == report
