from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import ExpressionError
from socialpoll.forms.expressions import (
    DEEPEST,
    LONGEST,
    Added,
    Both,
    Compared,
    Either,
    Itself,
    Literal,
    Reference,
    parse,
)


def compared(name, number):
    return Compared("=", Reference(name), Literal(float(number)))


def test_and_binds_closer_than_or():
    assert parse("${a} = 1 or ${b} = 2 and ${c} = 3") == Either(
        (compared("a", 1), Both((compared("b", 2), compared("c", 3))))
    )


def test_brackets_bind_closest():
    assert parse("(${a} = 1 or ${b} = 2) and ${c} = 3") == Both(
        (Either((compared("a", 1), compared("b", 2))), compared("c", 3))
    )


def test_blanks_lines_and_quotes_are_as_one_likes():
    assert parse("\n ${ a }='x'and\t${b}!=\"it's\" ") == Both(
        (
            Compared("=", Reference("a"), Literal("x")),
            Compared("!=", Reference("b"), Literal("it's")),
        )
    )


def test_sums_are_made_before_they_are_compared():
    assert parse("${a} + . >= 3") == Compared(">=", Added((Reference("a"), Itself())), Literal(3.0))


def test_numbers_may_be_negative_and_have_decimals():
    assert parse("${a} > -1.5") == Compared(">", Reference("a"), Literal(-1.5))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("${a} * 1 = 2", 6),
        ("${a} + = 2", 8),
        ("/data/a = 1", 1),
        ("regex(${a}, 'b') > 3", 1),
        ("${a} = 'x", 8),
        ("${a} = 1 = 2", 10),
        ("${a} = 1)", 9),
        ("selected(${a} 'x')", 15),
        ("${a} = 1 and", 13),
        ("__import__('os')", 1),
        ("${a b} = 1", 1),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(text, place):
    with pytest.raises(ExpressionError) as caught:
        parse(text)

    assert caught.value.where == f"character {place}"
    assert "counterpart" in caught.value.what or "expected here" in caught.value.what


def test_functions_take_as_many_arguments_as_they_have():
    with pytest.raises(ExpressionError, match="takes 2 and not 1"):
        parse("selected(${a})")


def test_an_expression_is_neither_endless_nor_bottomless():
    with pytest.raises(ExpressionError, match="too long"):
        parse(" " * (LONGEST + 1))
    with pytest.raises(ExpressionError, match="deeper than"):
        parse("(" * 5000)
    assert parse("(" * DEEPEST + "${a} = 1" + ")" * DEEPEST) == compared("a", 1)


@settings(max_examples=200)
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(["${a}", "'x'", "1", "not(", "selected(", "(", ")", ",", ".", "=", "and"])
    ).map(" ".join)
)
def test_any_text_is_an_expression_or_refused(text):
    try:
        parse(text)
    except ExpressionError as error:
        assert error.where or error.found  # noqa: PT017 - most texts are refused
