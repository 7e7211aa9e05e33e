from __future__ import annotations

import pytest

from socialpoll.errors import UnknownNameError
from socialpoll.schema import Code, Group, Grouping, Scale, Single, categories_of
from tests.schema.questionnaires import DONT_KNOW, asking, codes, one_of_every_kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("account", ["yes", "no"]),
        ("platforms", [1, 2, 9]),
        ("age", []),
        ("hours", []),
        ("busiest", ["day", "night"]),
        ("trust", ["low", "high"]),
        ("age_group", ["young", "old"]),
        ("trusting", ["any"]),
        ("any_platform", ["any", "second"]),
        ("satisfied", ["top", "middle", "bottom"]),
        ("roads", ["good"]),
    ],
)
def test_every_variable_has_its_categories_in_schema_order(name, expected):
    found = categories_of(one_of_every_kind(), name)

    assert [one.code for one in found.codes] == expected


def test_missing_codes_come_with_the_categories():
    assert categories_of(one_of_every_kind(), "account").missing == (DONT_KNOW,)


def test_a_derived_variable_has_the_missing_codes_of_its_source():
    source = Single(name="q", text="?", options=codes("a", "b"), missing=(DONT_KNOW,))
    group = Group(code="both", label="Both", codes=("a", "b"))
    derived = Grouping(name="g", of="q", label="G", groups=(group,))

    assert categories_of(asking(source, derived=(derived,)), "g").missing == (DONT_KNOW,)


def test_points_of_a_scale_without_scores_count_from_1():
    scale = Scale(name="q", text="?", options=codes("low", "middle", "high"))

    assert [one.score for one in categories_of(asking(scale), "q").codes] == [1, 2, 3]


def test_points_of_a_scale_keep_declared_scores():
    options = (Code(code="a", label="A", score=-2), Code(code="b", label="B", score=2))
    scale = Scale(name="q", text="?", options=options)

    assert [one.score for one in categories_of(asking(scale), "q").codes] == [-2, 2]


def test_an_unknown_variable_is_named_with_its_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'account'"):
        categories_of(one_of_every_kind(), "acount")
