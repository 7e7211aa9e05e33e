from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.schema import (
    Boxes,
    Code,
    Group,
    Grouping,
    MadeMissing,
    Missing,
    Scale,
    Single,
    categories_of,
)
from socialpoll.schema.spelling import missing_of, points_of, spelt_out
from tests.schema.questionnaires import DONT_KNOW, asking, codes

WORDS = {
    "en": ("Very bad", "Bad", "Fair", "Good", "Very good"),
    "ar": ("سيئ جداً", "سيئ", "مقبول", "جيد", "جيد جداً"),
}


def likert(scores=(None,) * 5):
    several = zip(*WORDS.values(), scores, strict=True)
    options = (
        Code(code=place, label={"en": en, "ar": ar}, score=score)
        for place, (en, ar, score) in enumerate(several, start=1)
    )
    return Scale(name="q", text="Q?", code_type="integer", options=tuple(options))


def boxes(**more):
    return Boxes(name="b", of="q", **more)


def grouping(*groups, **more):
    several = (Group(code=f"g{place}", label="G", codes=one) for place, one in enumerate(groups))
    return Grouping(name="g", of="q", label="G", groups=tuple(several), **more)


def made(code, *several, reason="other", in_base=False):
    return MadeMissing(code=code, label="M", reason=reason, in_base=in_base, codes=several)


def held(derived, scale):
    return {one.code: one.codes for one in spelt_out(derived, scale).groups}


def test_boxes_are_the_ends_of_a_scale_and_what_is_left():
    assert held(boxes(), likert()) == {"top": (5, 4), "middle": (3,), "bottom": (1, 2)}
    assert held(boxes(top=1, bottom=3), likert()) == {
        "top": (5,),
        "middle": (4,),
        "bottom": (1, 2, 3),
    }


def test_boxes_that_leave_nothing_have_no_middle():
    assert list(held(boxes(top=2, bottom=3), likert())) == ["top", "bottom"]


def test_the_top_is_where_scores_are_highest_however_the_scale_was_listed():
    reversed_scale = likert(scores=(2, 1, 0, -1, -2))

    assert held(boxes(), reversed_scale) == {"top": (1, 2), "middle": (3,), "bottom": (5, 4)}


def test_boxes_are_called_by_the_words_of_their_points_in_every_language():
    labels = {one.code: one.label for one in spelt_out(boxes(), likert()).groups}

    assert labels["top"] == {"en": "Very good / Good", "ar": "جيد جداً / جيد"}
    assert labels["bottom"] == {"en": "Very bad / Bad", "ar": "سيئ جداً / سيئ"}
    assert labels["middle"] == {"en": "Fair", "ar": "مقبول"}


def test_words_that_are_declared_are_the_words_of_a_box():
    own = boxes(label="Rating", top_label={"en": "Satisfied", "ar": "راضون"})
    spelt = spelt_out(own, likert())

    assert spelt.label == {"und": "Rating"}
    assert spelt.groups[0].label == {"en": "Satisfied", "ar": "راضون"}
    assert spelt_out(boxes(), likert()).label == likert().heading


@settings(max_examples=40)
@given(st.data())
def test_every_point_is_in_one_box_and_no_box_is_above_a_higher_one(data):
    scores = data.draw(st.lists(st.integers(-9, 9), min_size=2, max_size=9, unique=True))
    top = data.draw(st.integers(1, len(scores) - 1))
    bottom = data.draw(st.integers(1, len(scores) - top))
    options = tuple(Code(code=f"c{one}", label="?", score=one) for one in scores)
    scale = Scale(name="q", text="?", options=options)
    score = {one.code: one.score for one in options}

    found = held(boxes(top=top, bottom=bottom), scale)

    assert sorted(code for several in found.values() for code in several) == sorted(score)
    assert (len(found["top"]), len(found["bottom"])) == (top, bottom)
    ends = [[score[code] for code in found.get(one, ())] for one in ("bottom", "middle", "top")]
    ranked = [one for one in ends if one]
    assert all(max(low) < min(high) for low, high in pairwise(ranked))
    assert [one.score for one in points_of(scale)] == sorted(scores)


def test_what_names_all_its_codes_is_itself():
    derived = grouping(("a",), ("b",))

    assert spelt_out(derived, Single(name="q", text="?", options=codes("a", "b"))) is derived


ABCD = Single(
    name="q",
    text="?",
    options=codes("a", "b", "c", "d"),
    missing=(DONT_KNOW, Missing(code=9, label="Refused", reason="refused", in_base=False)),
)


@pytest.mark.parametrize(
    ("derived", "groups", "missing"),
    [
        (grouping(("a",), (), rest="g1"), [("a",), ("b", "c", "d")], []),
        (grouping(("a",), ("b",), rest="dk"), [("a",), ("b",)], [("dk", ("c", "d"))]),
        (grouping(("a",), missing=(made("na", "b"),), rest="g0"), [("a", "c", "d")], [("na", "b")]),
        (grouping(("a",), missing=(made("na"),), rest="na"), [("a",)], [("na", ("b", "c", "d"))]),
        (grouping(("a", "b", "c", "d"), rest="g0"), [("a", "b", "c", "d")], []),
    ],
)
def test_the_rest_is_named_where_it_goes(derived, groups, missing):
    spelt = spelt_out(derived, ABCD)

    assert [one.codes for one in spelt.groups] == groups
    assert [(one.code, one.codes) for one in spelt.missing] == [
        (code, tuple(several)) for code, several in missing
    ]
    assert spelt.rest is None


def test_missing_codes_are_those_of_the_question_and_then_its_own():
    derived = grouping(("a",), ("b", "c"), missing=(made("na", "d"),))
    found = missing_of(derived, ABCD)

    assert [one.code for one in found] == ["dk", 9, "na"]
    assert categories_of(asking(ABCD, derived=(derived,)), "g").missing == found


def test_a_missing_code_that_is_declared_anew_takes_the_place_of_that_of_the_question():
    anew = made(9, "d", reason="refused", in_base=True)
    derived = grouping(("a", "b", "c"), missing=(anew,))

    assert [(one.code, one.in_base) for one in missing_of(derived, ABCD)] == [
        ("dk", False),
        (9, True),
    ]
