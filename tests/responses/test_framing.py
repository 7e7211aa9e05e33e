from __future__ import annotations

import numpy as np
import pandas as pd

from socialpoll.responses import bind
from socialpoll.schema import Is
from tests.responses.asking import (
    answers,
    asking,
    clock,
    missing,
    multiple,
    number,
    numbers,
    single,
)


def shown(question, values, column="q"):
    frame = answers(question, pd.Series(values, dtype=object)).frame
    return [None if pd.isna(one) else one for one in frame[column]]


def test_codes_are_shown_as_declared_and_missing_codes_as_their_codes():
    question = single(1, 2, missing=(missing("i", "not_asked"), missing(9)))

    assert shown(question, ["1", 2.0, "i", 9.0, None, "?"]) == [1, 2, "i", 9, None, None]


def test_the_categories_of_a_column_are_in_schema_order():
    frame = answers(single("b", "a", missing=(missing("dk"),)), ["a"]).frame

    assert frame["q"].cat.categories.tolist() == ["b", "a", "dk"]


def test_numbers_are_shown_as_numbers_with_missing_codes_among_them():
    assert shown(number(missing=(missing(999),)), [1.5, 999, None]) == [1.5, 999, None]
    assert shown(number(missing=(missing("i"),)), [1.5, "i", None]) == [1.5, "i", None]


def test_numbers_without_missing_codes_are_floats():
    assert answers(number(), [1, 2]).frame["q"].dtype == np.float64


def test_times_are_shown_as_they_are_written():
    assert shown(clock(missing=(missing(99),)), ["7:05", "24:00", 99, None]) == [
        "07:05",
        "00:00",
        99,
        None,
    ]


def test_options_are_shown_in_a_column_each():
    question = multiple("a", "b", layout="cell", missing=(missing("dk"),))

    assert shown(question, ["a b", "b", "dk", None], "q_a") == [1, 0, "dk", None]


def test_who_was_not_asked_is_shown_as_nothing():
    questionnaire = asking(single("yes", "no", name="f"), number(asked_if=Is("f", "yes")))
    frame = pd.DataFrame({"f": ["no", "yes"], "q": [None, 3]})

    assert bind(frame, questionnaire).frame["q"].isna().tolist() == [True, False]


def test_the_frame_is_a_new_copy_every_time():
    responses = answers(number(), [1.0, 2.0])

    frame = responses.frame
    frame.loc[:, "q"] = 9

    assert responses.frame["q"].tolist() == [1, 2]
    assert numbers(responses["q"]) == [1, 2]


def test_the_frame_has_one_row_a_case_counted_from_0():
    frame = bind(pd.DataFrame({"q": [1, 2]}, index=[8, 9]), asking(number())).frame

    assert frame.index.tolist() == [0, 1]
