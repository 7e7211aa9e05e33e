from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings, strategies as st

from socialpoll.responses import BLANK, FIRST_MISSING, UNREADABLE, bind
from socialpoll.schema import Band, Bands, Group, Grouping, Net, Nets
from tests.responses.asking import (
    asking,
    findings,
    missing,
    multiple,
    number,
    scale,
    single,
)


def bands(*ranges):
    several = (
        Band(code=f"b{place}", label="B", minimum=low, maximum=high)
        for place, (low, high) in enumerate(ranges)
    )
    return Bands(name="g", of="q", label="G", bands=tuple(several))


def grouping(*groups):
    several = (Group(code=f"g{place}", label="G", codes=one) for place, one in enumerate(groups))
    return Grouping(name="g", of="q", label="G", groups=tuple(several))


def nets(*several):
    made = (Net(code=f"n{place}", label="N", codes=one) for place, one in enumerate(several))
    return Nets(name="g", of="q", label="G", nets=tuple(made))


def derived(variable, question, values):
    return bind(pd.DataFrame({"q": values}), asking(question, derived=(variable,)))


def test_both_limits_of_a_band_are_inside_it():
    responses = derived(bands((18, 29), (30, None)), number(), [18, 29, 30, 99])

    assert responses["g"].position.tolist() == [0, 0, 1, 1]


def test_a_number_in_no_band_is_unreadable_and_one_finding_a_value():
    responses = derived(bands((18, 29), (30, None)), number(), [17, 29.5, 17, 20])

    assert responses["g"].position.tolist() == [UNREADABLE, UNREADABLE, UNREADABLE, 0]
    assert findings(responses) == [("g", 0, "17", 2), ("g", 1, "29.5", 1)]


def test_missing_answers_stay_what_they_are():
    question = number(maximum=100, missing=(missing(999), missing("r", "refused")))

    responses = derived(bands((0, 100)), question, [5, 999, "r", None, "x", 101])

    expected = [0, FIRST_MISSING, FIRST_MISSING - 1, BLANK, UNREADABLE, UNREADABLE]
    assert responses["g"].position.tolist() == expected
    assert responses["g"].missing == question.missing
    assert set(responses.findings["question"]) == {"q"}


def test_codes_are_taken_together_in_groups():
    responses = derived(grouping(("a", "c"), ("b",)), single("a", "b", "c"), ["a", "b", "c", None])

    assert responses["g"].position.tolist() == [0, 1, 0, BLANK]


def test_integer_codes_are_grouped_however_they_were_read():
    responses = derived(grouping((1, 2), (3,)), single(1, 2, 3), ["3", "1.0", "2"])

    assert responses["g"].position.tolist() == [1, 0, 0]


def test_points_of_a_scale_can_be_grouped():
    responses = derived(grouping(("low",), ("high",)), scale("low", "high"), ["high", "low"])

    assert responses["g"].position.tolist() == [1, 0]


def test_a_code_in_no_group_is_unreadable_and_a_finding_only_where_it_was_given():
    question = single("a", "b", "c")

    responses = derived(grouping(("a",)), question, ["a", "b", "b"])

    assert responses["g"].position.tolist() == [0, UNREADABLE, UNREADABLE]
    assert findings(responses) == [("g", 1, "b", 2)]
    assert derived(grouping(("a",)), question, ["a"]).findings.empty


def test_whoever_chose_any_code_of_a_net_is_in_it_once():
    question = multiple("a", "b", "c", layout="cell", missing=(missing("dk"),))
    values = ["a b", "c", "b c", None, "dk"]

    responses = derived(nets(("a", "b"), ("b", "c"), ("c",)), question, values)

    assert responses["g"].ticked[:3].tolist() == [[1, 1, 0], [0, 1, 1], [1, 1, 1]]
    assert responses["g"].state.tolist() == [0, 0, 0, BLANK, FIRST_MISSING]
    assert responses["g"].missing == question.missing


def test_an_answer_in_no_net_is_an_answer():
    responses = derived(nets((1, 2)), single(1, 2, 3), ["3", 2, None, "x"])

    assert responses["g"].state.tolist() == [0, 0, BLANK, UNREADABLE]
    assert responses["g"].ticked[:2].tolist() == [[0], [1]]
    assert set(responses.findings["question"]) == {"q"}


def test_nothing_ticked_is_in_no_net_where_it_means_none():
    question = multiple("a", "b", layout="cell", blank="none")

    responses = derived(nets(("a", "b")), question, ["a", None])

    assert responses["g"].ticked.tolist() == [[1], [0]]
    assert responses["g"].state.tolist() == [0, 0]


def test_nets_stand_in_the_frame_as_the_options_of_a_multiple_question():
    responses = derived(nets(("a", "b"), ("b",)), single("a", "b", "c"), ["a", "b", "c"])

    assert responses.frame["g_n0"].tolist() == [1, 1, 0]
    assert responses.frame["g_n1"].tolist() == [0, 1, 0]


@settings(max_examples=30)
@given(st.lists(st.floats(0, 99.99), min_size=1, max_size=30))
def test_bands_agree_with_a_search_in_their_limits(values):
    limits = [0, 17.995, 29.995, 64.995]
    rounded = np.round(values, 2)

    responses = derived(bands((0, 17.99), (18, 29.99), (30, 64.99), (65, None)), number(), rounded)

    expected = np.searchsorted(limits, rounded, "right") - 1
    assert responses["g"].position.tolist() == expected.tolist()
