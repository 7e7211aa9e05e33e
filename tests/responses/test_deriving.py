from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.responses import BLANK, FIRST_MISSING, UNREADABLE, bind
from socialpoll.schema import (
    Band,
    Bands,
    Boxes,
    Code,
    Group,
    Grouping,
    MadeMissing,
    Missing,
    Net,
    Nets,
    Scale,
)
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
@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, 8, None]), min_size=1, max_size=30))
def test_boxes_are_a_grouping_by_hand(values):
    question = Scale(
        name="q",
        text="?",
        code_type="integer",
        options=tuple(Code(code=one, label=str(one), score=-one) for one in range(1, 6)),
        missing=(missing(8, in_base=True),),
    )
    several = (("top", (1, 2), 100), ("middle", (3,), 0), ("bottom", (5, 4), -100))
    groups = (
        Group(code=code, label=" / ".join(map(str, one)), codes=one, score=score)
        for code, one, score in several
    )
    hand = Grouping(name="g", of="q", label="Q?", groups=tuple(groups))

    responses = derived(Boxes(name="g", of="q"), question, values)
    expected = derived(hand, question, values)["g"]

    assert responses["g"].position.tolist() == expected.position.tolist()
    assert responses["g"].categories == expected.categories
    assert responses["g"].missing == question.missing


def recoded(rest=None, *, of=("dk",)):
    made = MadeMissing(code="na", label="?", reason="not_applicable", in_base=True, codes=("c",))
    groups = (Group(code="x", label="X", codes=("a",)), Group(code="y", label="Y", codes=("b",)))
    question = single("a", "b", "c", "d", missing=tuple(missing(one) for one in of))
    variable = Grouping(name="g", of="q", label="G", groups=groups, missing=(made,), rest=rest)
    return derived(variable, question, ["a", "b", "c", "d", "dk", None])


def test_answers_become_a_typed_missing_code():
    responses = recoded()

    expected = [0, 1, FIRST_MISSING - 1, UNREADABLE, FIRST_MISSING, BLANK]
    assert responses["g"].position.tolist() == expected
    assert [type(one) for one in responses["g"].missing] == [Missing, Missing]
    assert findings(responses) == [("g", 3, "d", 1)]
    assert responses.frame["g"].tolist()[:3] == ["x", "y", "na"]


@pytest.mark.parametrize(
    ("rest", "place"), [("y", 1), ("dk", FIRST_MISSING), ("na", FIRST_MISSING - 1)]
)
def test_the_rest_of_the_answers_goes_where_it_is_said(rest, place):
    responses = recoded(rest)

    assert responses["g"].position[3] == place
    assert findings(responses) == []


@settings(max_examples=30)
@given(st.lists(st.floats(0, 99.99), min_size=1, max_size=30))
def test_bands_agree_with_a_search_in_their_limits(values):
    limits = [0, 17.995, 29.995, 64.995]
    rounded = np.round(values, 2)

    responses = derived(bands((0, 17.99), (18, 29.99), (30, 64.99), (65, None)), number(), rounded)

    expected = np.searchsorted(limits, rounded, "right") - 1
    assert responses["g"].position.tolist() == expected.tolist()


COUNTS = ((0, 0), (1, 1), (2, 3), (4, None))


def test_several_answers_are_banded_by_how_many_were_chosen():
    question = multiple("a", "b", "c", "d", "e", layout="cell")

    responses = derived(bands(*COUNTS), question, ["a", "b a", "e", "a b c", "a b c d", None])

    assert responses["g"].position.tolist() == [1, 2, 1, 2, 3, BLANK]
    assert findings(responses) == []


def test_an_exclusive_option_is_none_chosen_and_a_missing_code_stays_missing():
    nothing = Code(code="no", label="no", exclusive=True)
    question = multiple("a", nothing, layout="cell", missing=(missing("dk"),))

    responses = derived(bands(*COUNTS), question, ["a", "no", "dk"])

    assert responses["g"].position.tolist() == [1, 0, FIRST_MISSING]


def test_nothing_ticked_is_none_chosen_only_where_it_is_an_answer():
    for blank, place in (("none", 0), ("missing", BLANK)):
        question = multiple("a", "b", layout="cell", blank=blank)

        responses = derived(bands(*COUNTS), question, ["a", None])

        assert responses["g"].position.tolist() == [1, place]


def test_a_count_in_no_band_is_a_finding():
    question = multiple("a", "b", "c", layout="cell")

    responses = derived(bands((1, 1), (3, None)), question, ["a b", "a", "b c"])

    assert responses["g"].position.tolist() == [UNREADABLE, 0, UNREADABLE]
    assert findings(responses) == [("g", 0, "2", 2)]


@settings(max_examples=30)
@given(st.lists(st.sets(st.sampled_from("abcde"), min_size=1), min_size=1, max_size=30))
def test_bands_of_several_answers_are_those_of_their_number(chosen):
    limits = ((None, 1), (2, 3), (4, None))
    cells = [" ".join(sorted(one)) for one in chosen]

    several = derived(bands(*limits), multiple(*"abcde", layout="cell"), cells)
    counted = derived(bands(*limits), number(), [len(one) for one in chosen])

    assert several["g"].position.tolist() == counted["g"].position.tolist()
