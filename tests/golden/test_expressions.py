from __future__ import annotations

import pytest

from tests.golden.expressions import (
    Binary,
    Call,
    ExpressionError,
    Name,
    Number,
    Text,
    Unary,
    parse,
    variables_of,
)


def test_comparison_binds_tighter_than_and_and_and_tighter_than_or():
    found = parse("a == 1 | b > 2 & !c")

    assert found == Binary(
        "|",
        Binary("==", Name("a"), Number(1)),
        Binary("&", Binary(">", Name("b"), Number(2)), Unary("!", Name("c"))),
    )


def test_negation_takes_the_whole_comparison():
    assert parse("!a == 'x'") == Unary("!", Binary("==", Name("a"), Text("x")))


def test_names_may_have_dots_and_calls_named_arguments():
    found = parse("svyciprop(~I(sch.wide=='Yes'), d, level=0.9)")

    inner = Call("I", (Binary("==", Name("sch.wide"), Text("Yes")),))
    assert found == Call("svyciprop", (Unary("~", inner), Name("d")), {"level": Number(0.9)})


def test_membership_and_missing_values_are_read():
    found = parse("region %in% c('North','South') & !is.na(vote)")

    assert isinstance(found, Binary)
    assert found.left == Binary("%in%", Name("region"), Call("c", (Text("North"), Text("South"))))
    assert variables_of(found) == ["region", "vote"]


def test_backticks_quote_names_in_arguments():
    assert parse("c(`(Intercept)`=1, b=-2)").named == {
        "(Intercept)": Number(1),
        "b": Unary("-", Number(2)),
    }


@pytest.mark.parametrize("written", ["a ==", "f(a", "a b", "a ; b", "(a", "* a"])
def test_what_is_no_expression_is_refused(written):
    with pytest.raises(ExpressionError):
        parse(written)
