"""A basis that sums a number asks for its sums, and whatever else asks for its values."""

from __future__ import annotations

import pytest

from socialpoll.schema import Is
from socialpoll.totals import (
    Amounts,
    AtMost,
    Basis,
    Categories,
    Equations,
    Model,
    Present,
    Products,
    Squares,
    Values,
)
from socialpoll.totals.using import powers_in, variables_in

MEAN = Basis(Values(("hours",)), ("sex",))
MODEL = Model(("hours", None), ((), (("age", None),)), "identity")


@pytest.mark.parametrize(
    ("bases", "powers"),
    [
        ([MEAN, Basis(Present(("hours", "rooms"), "valid"))], {"hours": 1, "rooms": 1}),
        ([Basis(Products(("hours", "rooms")))], {"hours": 1, "rooms": 1}),
        ([MEAN, Basis(Squares("hours", ()))], {"hours": 2}),
        ([MEAN, Basis(AtMost("hours", ()))], {}),
        ([MEAN, Basis(Values(("rooms",)), ("hours",))], {"rooms": 1}),
        ([Basis(Values(("hours",)), where=Is("hours", 3))], {}),
        ([Basis(Categories("sex")), MEAN], {"hours": 1}),
        ([Basis(Amounts("apps", ((0,),), "hours"))], {"apps": 1, "hours": 1}),
        ([MEAN, Basis(Equations(MODEL, (0.0, 0.0)))], {}),
        ([Basis(Present(()))], {}),
    ],
)
def test_powers_are_of_what_is_only_summed(bases, powers):
    assert powers_in(bases) == powers


def test_a_model_is_of_all_its_questions():
    assert variables_in(Basis(Equations(MODEL, (0.0, 0.0), ("rooms",)), ("sex",))) == (
        "hours",
        "age",
        "rooms",
        "sex",
    )
