from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.responses import mask
from tests.golden.conditions import NotReadError, condition_of, filtered, values_of
from tests.golden.expressions import parse

VALUES = [(a, b) for a in ("x", "y", None) for b in (1.0, 2.0, 3.0, np.nan)]


@pytest.fixture(scope="module")
def responses() -> sp.Responses:
    options = tuple(sp.Code(code=code, label=code) for code in ("x", "y", "z"))
    questionnaire = sp.Questionnaire(
        title="conditions",
        questions=(
            sp.Single(name="a", text="a", options=options),
            sp.Number(name="b", text="b", unit="b"),
        ),
    )
    return sp.bind(pd.DataFrame(VALUES, columns=["a", "b"]), questionnaire)


def known(value: bool, *operands: object) -> bool | None:
    missing = any(one is None or one != one for one in operands)  # noqa: PLR0124
    return None if missing else value


ATOMS = {
    "a == 'x'": lambda a, b: known(a == "x", a),
    "'x' != a": lambda a, b: known(a != "x", a),
    "b > 1": lambda a, b: known(b > 1, b),
    "b >= 2": lambda a, b: known(b >= 2, b),
    "2 > b": lambda a, b: known(b < 2, b),
    "b <= 2": lambda a, b: known(b <= 2, b),
    "a %in% c('x','z')": lambda a, b: a in {"x", "z"},
    "is.na(b)": lambda a, b: b != b,  # noqa: PLR0124
}


def negated(one: bool | None) -> bool | None:
    return None if one is None else not one


def both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


@pytest.mark.parametrize(("first", "second"), list(itertools.product(ATOMS, repeat=2)))
def test_conditions_keep_the_three_truths_of_r(responses, first, second):
    p, q = ATOMS[first], ATOMS[second]
    meant = {
        f"{first} & {second}": lambda a, b: both(p(a, b), q(a, b)),
        f"!({first} & !({second}))": lambda a, b: negated(both(p(a, b), negated(q(a, b)))),
        f"!({first}) | {second}": lambda a, b: negated(both(p(a, b), negated(q(a, b)))),
    }
    for written, truth in meant.items():
        found = mask(responses, condition_of(written, str))
        assert found.tolist() == [truth(a, b) is True for a, b in VALUES], written


@pytest.mark.parametrize("written", ["a == b", "sqrt(b) > 1", "b + 1 > 2", "b == 1.5"])
def test_what_has_no_translation_is_refused(written):
    with pytest.raises(NotReadError):
        condition_of(written, str)


def test_rows_are_filtered_and_columns_computed_without_evaluating_code():
    frame = pd.DataFrame({"s": ["p", "z", "q"], "w": [1.0, 2.0, 3.0]})

    assert filtered(frame, "s != 'z'")["w"].tolist() == [1.0, 3.0]
    assert values_of(parse("~I(w*0+5)"), frame).tolist() == [5.0] * 3
    made = values_of(parse("~ifelse(s=='z',w,NA)"), frame)
    assert np.array_equal(made, [np.nan, 2.0, np.nan], equal_nan=True)
