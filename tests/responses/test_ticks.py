from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.responses import BLANK, FIRST_MISSING, UNREADABLE, bind
from socialpoll.schema import Code
from tests.responses.asking import answers, asking, findings, missing, multiple

NONE = Code(code="none", label="None", exclusive=True)


def columns(question, **values):
    frame = pd.DataFrame({f"q_{name}": value for name, value in values.items()})
    return bind(frame, asking(question))


def cells(values, *several, **more):
    return answers(multiple(*several, layout="cell", **more), pd.Series(values, dtype=object))


@pytest.mark.parametrize(
    ("yes", "no"), [(1, 0), (1.0, 0.0), (True, False), ("1", "0"), ("1.0", "0"), ("True", "false")]
)
def test_a_tick_is_a_tick_in_every_type_of_column(yes, no):
    responses = columns(multiple("a", "b"), a=[yes, no, yes], b=[no, yes, yes])

    assert responses["q"].ticked.tolist() == [[1, 0], [0, 1], [1, 1]]
    assert responses["q"].state.tolist() == [0, 0, 0]
    assert responses.findings.empty


def test_an_option_left_blank_beside_a_tick_was_not_chosen():
    column = columns(multiple("a", "b"), a=[1, None], b=[None, 1])["q"]

    assert column.ticked.tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("nothing", [0, None])
def test_nothing_ticked_is_blank_unless_the_schema_says_that_none_applies(nothing):
    values = {"a": [1, nothing], "b": [0, nothing]}

    assert columns(multiple("a", "b"), **values)["q"].state.tolist() == [0, BLANK]
    none = columns(multiple("a", "b", blank="none"), **values)
    assert none["q"].state.tolist() == [0, 0]
    assert none["q"].ticked[1].tolist() == [0, 0]
    assert none.findings.empty


def test_a_missing_code_may_stand_in_the_columns_of_the_options():
    question = multiple("a", "b", missing=(missing(99), missing("r", "refused")))

    column = columns(question, a=[99, 0, 1], b=[99, "r", 0])["q"]

    assert column.state.tolist() == [FIRST_MISSING, FIRST_MISSING - 1, 0]


def test_a_missing_code_may_have_a_column_of_its_own():
    question = multiple("a", missing=(missing("dk"),))

    column = columns(question, a=[1, 0, 0], dk=[0, 1, 0])["q"]

    assert column.state.tolist() == [0, FIRST_MISSING, BLANK]


def test_a_tick_beside_a_missing_code_is_kept_and_a_finding():
    responses = columns(multiple("a", "b", missing=(missing(99),)), a=[1, 1], b=[99, 0])

    assert responses["q"].state.tolist() == [0, 0]
    assert findings(responses) == [("q", 0, "", 1)]


def test_a_value_that_is_no_tick_is_unreadable_and_a_finding_that_names_the_column():
    responses = columns(multiple("a", "b"), a=[1, 2, 2], b=[1, 1, 0])

    assert responses["q"].state.tolist() == [0, UNREADABLE, UNREADABLE]
    assert findings(responses) == [("q", 1, "2", 2)]
    assert "column 'q_a'" in responses.findings["what"][0]


@pytest.mark.parametrize("read", ["columns", "cell"])
def test_an_exclusive_option_beside_another_is_kept_and_a_finding(read):
    if read == "columns":
        responses = columns(multiple("a", NONE), a=[1, 0, 1], none=[0, 1, 1])
    else:
        responses = cells(["a", "none", "none a"], "a", NONE)

    assert responses["q"].ticked.tolist() == [[1, 0], [0, 1], [1, 1]]
    assert findings(responses) == [("q", 2, "", 1)]
    assert "'none'" in responses.findings["what"][0]


@pytest.mark.parametrize(
    ("separator", "cell"),
    [(" ", "a  c"), (";", "a; c"), (",", "c,a,"), ("; ", "a; c"), (" ", " c a a ")],
)
def test_a_cell_holds_codes_in_any_order(separator, cell):
    column = cells([cell], "a", "b", "c", separator=separator)["q"]

    assert column.ticked.tolist() == [[1, 0, 1]]


def test_a_cell_of_one_integer_code_may_have_been_read_as_a_number():
    column = cells([1, 2.0, "1 2", "2"], 1, 2)["q"]

    assert column.ticked.tolist() == [[1, 0], [0, 1], [1, 1], [0, 1]]


def test_blank_cells_and_missing_codes_keep_their_kind():
    column = cells(["a", None, " ", "99", 99], "a", missing=(missing(99),))["q"]

    assert column.state.tolist() == [0, BLANK, BLANK, FIRST_MISSING, FIRST_MISSING]


def test_a_missing_code_among_options_is_a_finding_and_the_options_count():
    responses = cells(["a dk", "dk"], "a", missing=(missing("dk"),))

    assert responses["q"].state.tolist() == [0, FIRST_MISSING]
    assert responses["q"].ticked.tolist() == [[1], [0]]
    assert findings(responses) == [("q", 0, "", 1)]


def test_an_unknown_code_makes_its_cell_unreadable():
    responses = cells(["a x", "a", "a x"], "a", "b")

    assert responses["q"].state.tolist() == [UNREADABLE, 0, UNREADABLE]
    assert responses["q"].ticked.tolist() == [[0, 0], [1, 0], [0, 0]]
    assert findings(responses) == [("q", 0, "a x", 2)]


def test_ticks_are_bytes_in_columns_and_read_only():
    column = columns(multiple("a", "b"), a=[1], b=[0])["q"]

    assert column.ticked.dtype == np.int8
    assert column.ticked.flags.f_contiguous
    with pytest.raises(ValueError, match="read-only"):
        column.ticked[0, 0] = 0


@settings(max_examples=30)
@given(st.lists(st.frozensets(st.sampled_from("abc")), min_size=1, max_size=20))
def test_both_layouts_hold_the_same_answers(chosen):
    in_cells = cells([" ".join(sorted(one)) for one in chosen], "a", "b", "c")
    ticks = {option: [int(option in one) for one in chosen] for option in "abc"}
    in_columns = columns(multiple("a", "b", "c"), **ticks)

    assert in_cells["q"].ticked.tolist() == in_columns["q"].ticked.tolist()
    assert in_cells["q"].state.tolist() == in_columns["q"].state.tolist()
