from __future__ import annotations

import pandas as pd
import pytest

from socialpoll.responses import asked, bind, in_base, valid
from socialpoll.schema import Is
from tests.responses.asking import (
    answers,
    asking,
    clock,
    findings,
    missing,
    multiple,
    number,
    single,
)

CODES = (missing("dk"), missing("r", "refused"), missing("i", "not_asked"))
IN_BASE = (missing("dk", in_base=True), *CODES[1:])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (single("a", missing=CODES), "a"),
        (number(missing=CODES), 5),
        (clock(missing=CODES), "12:00"),
        (multiple("a", layout="cell", missing=CODES), "a"),
    ],
)
def test_every_kind_of_column_tells_who_was_asked_and_who_answered(question, answer):
    column = answers(question, [answer, "dk", "r", "i", None, "?"])["q"]

    assert valid(column).tolist() == [True, False, False, False, False, False]
    assert asked(column).tolist() == [True, True, True, False, True, True]
    assert in_base(column).tolist() == valid(column).tolist()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (single("a", missing=IN_BASE), "a"),
        (clock(missing=IN_BASE), "12:00"),
        (multiple("a", layout="cell", missing=IN_BASE), "a"),
    ],
)
def test_a_missing_code_counts_in_the_base_where_it_says_so(question, answer):
    column = answers(question, [answer, "dk", "r", "i", None, "?"])["q"]

    assert in_base(column).tolist() == [True, True, False, False, False, False]


def test_the_helpers_are_consistent_with_routing():

    questions = (single("yes", "no", name="f"), single("a", asked_if=Is("f", "yes")))
    frame = pd.DataFrame({"f": ["yes", "no"], "q": ["a", None]})
    responses = bind(frame, asking(*questions))

    assert asked(responses["q"]).tolist() == [True, False]
    assert findings(responses) == []
