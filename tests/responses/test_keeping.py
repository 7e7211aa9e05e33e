"""What was counted serves all that it holds, as long as there is room for it."""

from __future__ import annotations

import pytest

from socialpoll.errors import CombinationsError, Problem
from socialpoll.responses import keeping
from socialpoll.responses.keeping import Kept


def combinations(number):
    return range(number)


def test_the_shortest_tally_that_holds_all_variables_serves():
    kept = Kept()
    long, short = combinations(9), combinations(4)
    kept.keep({"sex", "uses", "hours"}, long)
    kept.keep({"sex", "uses"}, short)

    assert kept.serving({"sex"}, 10) is short
    assert kept.serving({"hours", "sex"}, 10) is long
    assert kept.serving({"hours"}, 8) is None
    assert kept.serving({"age"}, 10) is None


def test_those_of_no_use_for_the_longest_time_make_room_for_others(monkeypatch):
    monkeypatch.setattr(keeping, "ROOM", 10)
    kept, tallies = Kept(), {name: combinations(4) for name in "abc"}
    kept.keep({"a"}, tallies["a"])
    kept.keep({"b"}, tallies["b"])
    kept.serving({"a"}, 10)
    kept.keep({"c"}, tallies["c"])

    assert [one for one in "abc" if tallies[one] in kept] == ["a", "c"]

    large = kept.keep({"d"}, combinations(99))

    assert kept.serving({"d"}, 100) is large
    assert kept.serving({"a"}, 100) is None


def test_variables_with_others_that_were_too_many_are_too_many():
    kept, refusal = Kept(), CombinationsError("the answers", [Problem("too many")])
    kept.refuse({"hours", "sex"}, 100, refusal)

    kept.require_few({"hours"}, 100)
    kept.require_few({"hours", "sex"}, 101)
    for names, most in (({"hours", "sex"}, 100), ({"hours", "sex", "age"}, 50)):
        with pytest.raises(CombinationsError):
            kept.require_few(names, most)
