"""What a standard of disclosure asks for and a poll does not say, and where it is to be said."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import missing_disclosures, report_from_json, report_to_json
from socialpoll.report.disclosures import PLACES, STANDARDS
from socialpoll.report.methodology import ITEMS
from socialpoll.schema import Methodology
from tests.report.handmade import DECLARED, FACTS, composed, released, yes_no

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "methodology-card.md"
LATER = sp.LifeCycle(next_release=dt.date(2020, 4, 7))
ALWAYS = {"collection", "instrument"}
"""What is known of every poll."""


def names(gaps) -> list[str]:
    return [one.name for one in gaps]


def complete() -> sp.Report:
    return replace(composed(yes_no(0.9)), life_cycle=LATER)


def bare() -> sp.Report:
    report = composed(yes_no(0.9), declared=sp.Declaration(), facts=())
    return replace(report, publisher=sp.Publisher(name="A centre"))


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_complete_poll_lacks_no_disclosure(standard):
    assert missing_disclosures(Methodology(DECLARED, FACTS), standard) == ()
    assert missing_disclosures(complete(), standard) == ()


@pytest.mark.parametrize("standard", STANDARDS)
def test_all_gaps_of_an_undocumented_poll_are_listed_in_the_order_of_the_card(standard):
    elements = STANDARDS[standard].elements
    wanted = [name for name in PLACES if name in elements and name not in ALWAYS]
    of_the_record = [name for name in wanted if name not in ("contact", "next_release")]

    assert names(missing_disclosures(bare(), standard)) == wanted
    assert names(missing_disclosures(Methodology(), standard)) == of_the_record


@pytest.mark.parametrize(
    ("gap", "standards"),
    [
        ("sponsor", {"aapor", "bpc", "esomar"}),
        ("conducted_by", {"aapor", "esomar"}),
        ("population", set(STANDARDS)),
        ("area", set(STANDARDS)),
        ("sampling_frame", {"aapor", "sims"}),
        ("mode", set(STANDARDS)),
        ("quality", {"aapor", "sims"}),
        ("tables", {"bpc", "sims"}),
        ("mandate", {"sims"}),
        ("confidentiality", {"sims"}),
        ("frequency", {"sims"}),
        ("revision_policy", {"sims"}),
    ],
)
def test_a_gap_is_found_by_its_standards_in_record_report_and_json(gap, standards):
    declared = replace(DECLARED, **{gap: None})
    report = replace(composed(yes_no(0.9), declared=declared), life_cycle=LATER)

    for standard in STANDARDS:
        expected = [gap] if standard in standards else []
        assert names(missing_disclosures(Methodology(declared, FACTS), standard)) == expected
        assert names(missing_disclosures(report, standard)) == expected
        again = report_from_json(report_to_json(report))
        assert names(missing_disclosures(again, standard)) == expected


def test_a_gap_says_what_the_standard_asks_and_where_to_say_it():
    declared = replace(DECLARED, tables=None)
    [gap] = missing_disclosures(Methodology(declared, FACTS), "bpc")

    assert gap == sp.Gap(
        "tables",
        "A web address where full computer tables may be viewed",
        "tables under [methodology] of the questionnaire file",
    )


def test_what_the_report_holds_is_looked_for_in_reports():
    report = replace(complete(), publisher=sp.Publisher(name="A centre"), life_cycle=sp.LifeCycle())

    assert names(missing_disclosures(report, "bpc")) == ["contact"]
    assert names(missing_disclosures(report, "sims")) == ["contact", "next_release"]


def test_the_list_begins_with_aapor():
    assert missing_disclosures(Methodology()) == missing_disclosures(Methodology(), "aapor")


def test_every_element_is_of_an_item_of_the_card_or_of_the_report():
    card = {item.name for item in ITEMS}

    assert set(PLACES) == card | {"contact", "next_release"}
    assert {one for each in STANDARDS.values() for one in each.elements} <= set(PLACES)


def test_a_declared_item_is_said_under_its_own_key():
    keys = {one.name for one in fields(sp.Declaration)}
    places = (place for place in PLACES.values() if "under [methodology]" in place)
    said = {key for place in places for key in re.findall(r"\w+", place.partition(" under ")[0])}

    assert said - {"and"} <= keys
    assert keys - said == {"synthetic"}


def test_a_standard_that_nobody_knows_is_refused():
    with pytest.raises(ReportError, match="no such disclosure standard") as caught:
        missing_disclosures(Methodology(), "aapur")

    assert "aapor" in caught.value.allowed


def test_a_release_itself_is_refused_with_what_to_pass():
    with pytest.raises(ReportError, match="neither a report nor") as caught:
        missing_disclosures(released(yes_no(0.9)))

    assert caught.value.found == "Release"
    assert "release.methodology" in caught.value.advice


def test_a_report_without_a_card_is_refused():
    report = replace(composed(yes_no(0.9)), sections=())

    with pytest.raises(ReportError, match="no methodology card"):
        missing_disclosures(report)


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_reference_lists_what_each_standard_asks(standard):
    page = PAGE.read_text(encoding="utf-8")
    one = STANDARDS[standard]
    headings = {item.name: item.heading.key for item in ITEMS}

    assert one.title in page
    for name, element in one.elements.items():
        assert f"| {headings.get(name, name)} | `{name}` |" in page
        assert element in page
