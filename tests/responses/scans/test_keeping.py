"""What was counted serves all that it holds, as long as there is room for it."""

from __future__ import annotations

import pytest

from socialpoll.errors import CombinationsError, Problem
from socialpoll.responses.scans import keeping
from socialpoll.responses.scans.keeping import Kept, Of


def combinations(number):
    return range(number)


def of(names, **summed):
    return Of.some({*names.split()}, summed)


def test_the_shortest_tally_that_holds_all_variables_serves():
    kept = Kept()
    long, short = combinations(9), combinations(4)
    kept.keep(of("sex uses hours"), long)
    kept.keep(of("sex uses"), short)

    assert kept.serving({"sex"}, {}, 10) is short
    assert kept.serving({"hours", "sex"}, {}, 10) is long
    assert kept.serving({"hours"}, {}, 8) is None
    assert kept.serving({"age"}, {}, 10) is None


def test_sums_of_a_number_serve_where_no_more_is_asked_of_it():
    kept, sums = Kept(), combinations(4)
    kept.keep(of("sex hours income", hours=2, income=1), sums)

    assert kept.serving({"sex", "hours"}, {"hours": 1}, 10) is sums
    assert kept.serving({"sex", "hours"}, {"hours": 2, "rooms": 1}, 10) is sums
    assert kept.serving({"sex"}, {}, 10) is sums
    assert kept.serving({"sex", "hours"}, {}, 10) is None
    assert kept.serving({"sex", "income"}, {"income": 2}, 10) is None


def test_those_of_no_use_for_the_longest_time_make_room_for_others(monkeypatch):
    monkeypatch.setattr(keeping, "ROOM", 10)
    kept, tallies = Kept(), {name: combinations(4) for name in "abc"}
    kept.keep(of("a"), tallies["a"])
    kept.keep(of("b"), tallies["b"])
    kept.serving({"a"}, {}, 10)
    kept.keep(of("c"), tallies["c"])

    assert [one for one in "abc" if tallies[one] in kept] == ["a", "c"]

    large = kept.keep(of("d"), combinations(99))

    assert kept.serving({"d"}, {}, 100) is large
    assert kept.serving({"a"}, {}, 100) is None


def test_variables_with_others_that_were_too_many_are_too_many():
    kept, refusal = Kept(), CombinationsError("the answers", [Problem("too many")])
    kept.refuse(of("hours sex"), 100, refusal)

    kept.require_few(of("hours"), 100)
    kept.require_few(of("hours sex"), 101)
    for wanted, most in ((of("hours sex"), 100), (of("hours sex age"), 50)):
        with pytest.raises(CombinationsError):
            kept.require_few(wanted, most)


def test_a_number_of_too_many_values_may_have_few_sums_but_not_the_other_way_round():
    kept, refusal = Kept(), CombinationsError("the answers", [Problem("too many")])
    kept.refuse(of("sex hours"), 100, refusal)
    kept.require_few(of("sex hours", hours=1), 100)

    kept.refuse(of("sex income", income=1), 100, refusal)
    with pytest.raises(CombinationsError):
        kept.require_few(of("sex income"), 100)
