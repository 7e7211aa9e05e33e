from __future__ import annotations

import decimal

import numpy as np
import pandas as pd
import pytest

from socialpoll.responses import BLANK, FIRST_MISSING, UNREADABLE, bind
from socialpoll.schema import Duration
from tests.responses.asking import answers, asking, findings, missing, number, numbers

OBJECT = {"dtype": object}


@pytest.mark.parametrize(
    "values",
    [
        [1, 25],
        [1.0, 25.0],
        ["1", "25"],
        [" 1.0", "2.5e1"],
        [1, "25"],
        pd.array([1, 25], dtype="Int64"),
        pd.array([1, 25], dtype="Float64"),
        pd.array(["1", "25"], dtype="string"),
        pd.Categorical([1, 25]),
        pd.Categorical(["1", "25"]),
        [decimal.Decimal(1), decimal.Decimal(25)],
        np.array([1, 25], dtype=np.float32),
    ],
)
def test_a_number_is_read_from_every_type_of_column(values):
    column = answers(number(), values)["q"]

    assert numbers(column) == [1, 25]
    assert column.state.tolist() == [0, 0]


@pytest.mark.parametrize(
    "values", [[1, np.nan], ["1", None], [1, ""], pd.array([1, None], dtype="Int64")]
)
def test_a_blank_has_a_state_and_the_value_0(values):
    column = answers(number(), values)["q"]

    assert column.state.tolist() == [0, BLANK]
    assert numbers(column) == [1, 0]


@pytest.mark.parametrize("values", [[999, 7], ["999", "7"], [999.0, "7"], pd.Series(["i", 7])])
def test_missing_codes_of_numbers_may_be_numbers_or_words(values):
    column = answers(number(missing=(missing(999), missing("i", "not_asked"))), values)["q"]

    assert column.state[0] in {FIRST_MISSING, FIRST_MISSING - 1}
    assert column.state[1] == 0
    assert numbers(column) == [0, 7]


def test_a_missing_code_is_no_number_out_of_range():
    responses = answers(number(maximum=100, missing=(missing(999),)), [5, 999])

    assert responses.findings.empty


def test_a_number_out_of_range_is_unreadable_and_a_finding():
    responses = answers(number(minimum=0, maximum=24), [25, -1, 24, 0, 30.5])

    assert responses["q"].state.tolist() == [UNREADABLE, UNREADABLE, 0, 0, UNREADABLE]
    assert findings(responses) == [("q", 1, "-1", 1), ("q", 0, "25", 2)]
    assert responses.findings["what"].tolist() == [
        "a number below the minimum of 0",
        "a number above the maximum of 24",
    ]


def test_what_is_no_number_is_unreadable_and_one_finding_a_value():
    responses = answers(number(), ["1", "one", "one", "1,5"])

    assert responses["q"].state.tolist() == [0, UNREADABLE, UNREADABLE, UNREADABLE]
    assert findings(responses) == [("q", 1, "one", 2), ("q", 3, "1,5", 1)]


def test_an_infinite_number_is_no_answer():
    responses = answers(number(), [np.inf, -np.inf, 1])

    assert responses["q"].state.tolist() == [UNREADABLE, UNREADABLE, 0]
    assert np.isfinite(numbers(responses["q"])).all()


def test_a_duration_of_a_day_at_most_is_the_default():
    question = Duration(name="q", text="Q?")

    assert answers(question, [24, 24.5, -0.5])["q"].state.tolist() == [0, UNREADABLE, UNREADABLE]


def test_arrays_are_read_only():
    column = answers(number(), [1])["q"]

    for field in ("values", "state"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(column, field)[0] = 1


def test_the_column_of_the_frame_is_not_changed():
    frame = pd.DataFrame({"q": [1.0, 999.0, np.nan]})
    before = frame.copy()

    bind(frame, asking(number(missing=(missing(999),))))

    pd.testing.assert_frame_equal(frame, before)
