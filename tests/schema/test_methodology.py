from __future__ import annotations

from socialpoll.schema import Declaration, Fact, Methodology


def test_facts_stand_in_the_order_they_were_added_and_the_last_counts():
    first = Fact("weighting", "rake", {"margins": 2})
    last = Fact("weighting", "rake", {"margins": 3})

    methodology = Methodology().adding(first).adding(last)

    assert methodology.facts == (first, last)
    assert methodology.fact("weighting", "rake") == {"margins": 3}
    assert methodology.fact("weighting", "trim") is None


def test_adding_a_fact_leaves_the_record_as_it_was():
    methodology = Methodology()

    methodology.adding(Fact("responses", "cases"))

    assert methodology.facts == ()


def test_plain_strings_of_a_declaration_serve_every_language():
    declared = Declaration(sponsor="Statistics", limitations=["One", {"en": "Two"}])

    assert declared.sponsor == {"und": "Statistics"}
    assert declared.limitations == ({"und": "One"}, {"en": "Two"})
