"""Answers in order: by domain, by value, equal ones in the order of the rows."""

from __future__ import annotations

import numpy as np

from socialpoll.totals import Basis, Mass, Rows, Values
from tests.indicators.polls import ELEMENTS, answers, bound


def test_answers_are_in_order_within_each_domain_and_ties_in_that_of_the_rows():
    responses, data = bound(4, ELEMENTS), answers(4)
    ordered = Rows(responses, Mass(responses.base_weight)).ordered(
        Basis(Values(("rooms",)), ("sex",))
    )
    assert ordered.domains == 2
    for domain, sex in enumerate("mf"):
        group = data[data["sex"] == sex].sort_values("rooms", kind="stable")
        value, weight = ordered.of(domain)
        assert value.tolist() == group["rooms"].tolist()
        assert weight.tolist() == group["weight"].tolist()


def test_options_that_overlap_hold_a_case_each_time_and_nobody_is_in_an_empty_domain():
    responses, data = bound(4, ELEMENTS), answers(4)
    gone = Mass(np.where(data["apps"].fillna("").str.contains("c"), 0.0, responses.base_weight))
    ordered = Rows(responses, gone).ordered(Basis(Values(("rooms",)), ("apps",)))
    counted = data[~data["apps"].fillna("").str.contains("c")]["apps"].fillna("")
    sizes = [ordered.of(domain)[0].size for domain in range(3)]
    assert sizes == [int(counted.str.contains(one).sum()) for one in "abc"]
    assert sizes[2] == 0
