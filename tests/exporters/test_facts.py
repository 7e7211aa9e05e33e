from __future__ import annotations

from dataclasses import replace

from socialpoll.exporters.facts import cover_of, facts_of, life_cycle_of
from socialpoll.report import Edition, LifeCycle
from tests.exporters.made_report import edition, made_report


def test_what_is_known_of_a_publication_is_told_in_its_language_with_a_label():
    facts = {one["name"]: (one["label"], one["text"]) for one in facts_of(edition("en"))}

    assert facts["name"] == ("Publisher", "Centre for Polls")
    assert facts["release_date"] == ("Release date", "1 April 2019")
    assert facts["licence"] == ("Licence", "CC BY 4.0")


def test_what_is_not_known_is_left_out():
    undated = Edition(replace(made_report(), life_cycle=LifeCycle()), ("ar",))

    assert life_cycle_of(undated)["release_date"] == ""
    assert {"release_date", "embargo", "licence"}.isdisjoint(
        one["name"] for one in facts_of(undated)
    )


def test_a_cover_has_the_date_edition_and_status_in_one_line():
    assert cover_of(facts_of(edition("ar"))) == [
        "تاريخ النشر: 1 أبريل 2019 · رقم الإصدار: 1 · الحالة: نهائي"
    ]
