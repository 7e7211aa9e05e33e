"""Answers in the columns and codes of the poll: every layout, and what is told of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import BindingError
from socialpoll.poll.harmonising import Harmony, Recoding, harmonised


def recoded(values: list[object], codes: dict, **others: object) -> tuple[list[object], tuple]:
    one = Recoding(question="q", columns=("q",), codes=codes, **others)
    frame, said = harmonised(pd.DataFrame({"q": values}), Harmony(recodings=(one,)))
    return frame["q"].tolist(), said


@pytest.mark.parametrize(
    "values",
    [["1", "2", " 1 ", None], [1, 2, 1, None], [1.0, 2.0, 1.0, np.nan], ["1.0", "2", 1, ""]],
)
def test_one_code_is_the_same_however_it_was_read(values):
    found, said = recoded(values, {"1": "yes", "2": "no"}, code_type="integer")

    assert found[:3] == ["yes", "no", "yes"]
    assert pd.isna(found[3]) or found[3] == ""
    assert said == ()


def test_of_string_codes_01_is_not_1():
    assert recoded(["01", "1"], {"1": "yes"})[0] == ["01", "yes"]


def test_codes_are_exchanged_at_once_not_one_after_the_other():
    assert recoded(["a", "b", "c"], {"a": "b", "b": "a"})[0] == ["b", "a", "c"]


def test_each_code_of_a_cell_is_replaced():
    cells = ["w y", "y", None, "z w", "other"]
    found, said = recoded(cells, {"w": "whatsapp", "z": "whatsapp"}, layout="cell")

    assert found == ["whatsapp y", "y", None, "whatsapp whatsapp", "other"]
    assert said == ("codes 'w', 'z' of question 'q' are taken together as 'whatsapp'",)


def test_cells_parted_by_semicolons_stay_so():
    assert recoded(["a; b"], {"a": "x"}, layout="cell", separator=";")[0] == ["x;b"]


def ticked(frame: dict, codes: dict) -> tuple[pd.DataFrame, tuple]:
    one = Recoding(question="q", columns=("q",), layout="ticks", codes=codes)
    return harmonised(pd.DataFrame(frame), Harmony(recodings=(one,)))


def test_the_columns_of_options_are_renamed():
    frame, said = ticked({"q_w": [1, 0], "q_y": [0, 1], "id": [1, 2]}, {"w": "whatsapp"})

    assert frame.to_dict("list") == {"q_y": [0, 1], "id": [1, 2], "q_whatsapp": [1, 0]}
    assert said == ()


def test_an_option_made_of_several_is_ticked_where_any_of_them_was():
    frame, said = ticked(
        {"q_a": ["1", "0", "0", ""], "q_b": ["0", "1", "", ""], "q_c": ["0", "0", "0", "1"]},
        {"a": "c", "b": "c"},
    )

    assert frame["q_c"].tolist() == ["1", "1", "0", "1"]
    assert list(frame) == ["q_c"]
    assert said == ("codes 'a', 'b', 'c' of question 'q' are taken together as 'c'",)


def test_what_cannot_be_read_is_kept_for_binding_to_tell():
    assert ticked({"q_a": ["x"], "q_b": ["1"]}, {"a": "c", "b": "c"})[0]["q_c"].tolist() == ["x"]


def test_columns_of_options_may_be_exchanged():
    frame, _ = ticked({"q_a": [1, 1], "q_b": [0, 0]}, {"a": "b", "b": "a"})

    assert (frame["q_a"].tolist(), frame["q_b"].tolist()) == ([0, 0], [1, 1])


def test_all_columns_of_a_question_are_renamed_together():
    frame = pd.DataFrame({"q7_w": [1], "q7_y": [0], "q70": [2]})
    made, _ = harmonised(frame, Harmony(starts={"q7_": "apps_"}))

    assert list(made) == ["apps_w", "apps_y", "q70"]
    assert list(frame) == ["q7_w", "q7_y", "q70"]


@pytest.mark.parametrize(
    ("harmony", "told"),
    [
        (Harmony(columns={"q77": "a"}), "there is no column 'q77'.*did you mean 'q7'"),
        (Harmony(starts={"x_": "apps_"}), "no column begins with 'x_'"),
        (Harmony(columns={"q7": "b"}), "there is a column 'b' already"),
        (Harmony(respondent="b"), "respondents that are there more than once.*'2'"),
    ],
)
def test_what_cannot_be_renamed_is_refused(harmony, told):
    frame = pd.DataFrame({"q7": [1, 1], "b": [2, 2]})

    with pytest.raises(BindingError, match=told):
        harmonised(frame, harmony)


def test_columns_may_be_exchanged():
    frame, _ = harmonised(pd.DataFrame({"a": [1], "b": [2]}), Harmony(columns={"a": "b", "b": "a"}))

    assert frame.to_dict("list") == {"b": [1], "a": [2]}


def test_blank_numbers_of_respondents_are_left_to_the_design():
    frame = pd.DataFrame({"id": ["1", None, None, "2"]})

    made, _ = harmonised(frame, Harmony(respondent="id"))

    assert len(made) == 4


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz")),
)
def test_recoding_is_what_pandas_would_replace(values, codes):
    found, said = recoded(values, codes)

    expected = [codes.get(one, one) for one in values]
    assert [None if pd.isna(one) else one for one in found] == expected
    for code in codes.keys() - set(values):
        assert f"nobody gave code {code!r} of question 'q'" in said
