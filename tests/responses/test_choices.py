from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.responses import BLANK, FIRST_MISSING, UNREADABLE, bind
from tests.responses.asking import answers, asking, codes, findings, missing, scale, single


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, 1, 2],
        np.array([1, 2, 1, 2], dtype=np.int8),
        [1.0, 2.0, 1.0, 2.0],
        ["1", "2", "1", "2"],
        ["1.0", "2.0", "1", " 2 "],
        [1, "2", 1.0, "2.0"],
        pd.array([1, 2, 1, 2], dtype="Int64"),
        pd.array(["1", "2", "1", "2"], dtype="string"),
        pd.Categorical(["1", "2", "1", "2"], categories=["2", "1", "3"]),
        pd.Categorical([1, 2, 1, 2]),
        [True, 2, True, 2],
    ],
)
def test_an_integer_code_is_found_in_every_type_of_column(values):
    responses = answers(single(1, 2), values)

    assert responses["q"].position.tolist() == [0, 1, 0, 1]
    assert responses.findings.empty


@pytest.mark.parametrize("values", [["1", "2"], [1, 2], [1.0, 2.0], pd.Categorical([1.0, 2.0])])
def test_a_string_code_of_digits_is_found_in_numbers(values):
    assert answers(single("1", "2"), values)["q"].position.tolist() == [0, 1]


def test_leading_zeros_tell_string_codes_apart():
    position = answers(single("01", "1"), ["01", "1", "001"])["q"].position

    assert position.tolist() == [0, 1, UNREADABLE]


@pytest.mark.parametrize("blank", [None, np.nan, pd.NA, "", "  "])
def test_blanks_are_blank_whatever_they_are_called(blank):
    values = pd.Series(["yes", blank], dtype=object)

    assert answers(single("yes", "no"), values)["q"].position.tolist() == [0, BLANK]


def test_missing_codes_stand_at_positions_of_their_own():
    question = single(1, 2, missing=(missing("i", "not_asked"), missing(9), missing(-1, "refused")))

    position = answers(question, [1, "i", 9.0, "-1", "9"])["q"].position

    assert position.tolist() == [0, *(FIRST_MISSING - place for place in (0, 1, 2, 1))]


def test_an_unknown_code_is_unreadable_and_one_finding_a_value():
    responses = answers(single("yes", "no"), ["yes", "yess", "maybe", "yess", None])

    assert responses["q"].position.tolist() == [0, UNREADABLE, UNREADABLE, UNREADABLE, BLANK]
    assert findings(responses) == [("q", 1, "yess", 2), ("q", 2, "maybe", 1)]
    assert "did you mean 'yes'? (yes, no)" in responses.findings["advice"][0]


@pytest.mark.parametrize("values", [[1, 3], [1.0, 1.5], ["1", "one"], [1, [3]], [1, (1, 2)]])
def test_what_is_no_code_is_unreadable_whatever_its_type(values):
    column = pd.Series(values, dtype=object)

    assert answers(single(1, 2), column)["q"].position.tolist() == [0, UNREADABLE]


def test_of_very_many_unknown_codes_the_first_hundred_are_told_one_by_one():
    values = [f"v{number}" for number in range(150)] * 2

    found = findings(answers(single("a"), values))

    assert found[:100] == [("q", row, f"v{row}", 2) for row in range(100)]
    assert found[100:] == [("q", 100, "50 other values", 100)]


def test_codes_in_a_wide_range_of_numbers_are_found():
    position = answers(single(0, 5_000_000), [0, 5_000_000, 17])["q"].position

    assert position.tolist() == [0, 1, UNREADABLE]


@pytest.mark.parametrize(("count", "kind"), [(120, np.int8), (121, np.int16)])
def test_positions_take_a_byte_where_the_list_is_short(count, kind):
    question = single(*(f"c{n}" for n in range(count)))

    position = answers(question, [f"c{count - 1}"])["q"].position

    assert position.dtype == kind
    assert position.tolist() == [count - 1]


def test_arrays_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        answers(single(1, 2), [1])["q"].position[0] = 1


def test_the_points_of_a_scale_carry_their_scores():
    column = answers(scale("low", "high"), ["high"])["q"]

    assert [one.score for one in column.categories] == [1, 2]


def test_the_column_of_a_question_may_have_another_name():

    frame = pd.DataFrame({"Q 7": [2, 1]})

    assert bind(frame, asking(single(1, 2, column="Q 7")))["q"].position.tolist() == [1, 0]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["a", "b", "c", None, "?"]), min_size=1, max_size=30))
def test_every_row_is_read_for_itself(values):
    question = single("a", "b", "c")

    together = answers(question, pd.Series(values, dtype=object))["q"].position.tolist()

    alone = {"a": 0, "b": 1, "c": 2, None: BLANK, "?": UNREADABLE}
    assert together == [alone[value] for value in values]


@settings(max_examples=30)
@given(st.lists(st.sampled_from([1, 2, 3, 4]), min_size=1, max_size=30))
def test_numbers_words_and_categories_are_read_alike(values):
    question = single(1, 2, 3)
    columns = [values, list(map(str, values)), list(map(float, values)), pd.Categorical(values)]

    positions = {tuple(answers(question, column)["q"].position) for column in columns}

    assert len(positions) == 1


def test_options_are_those_of_the_schema():
    assert answers(single("b", "a"), ["a"])["q"].categories == codes("b", "a")
