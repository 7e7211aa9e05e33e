"""Breaks in comparability: what they touch, what they excuse, and what cannot be one."""

from __future__ import annotations

from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.errors import WeightingError
from socialpoll.weighting.alike import differences
from socialpoll.weighting.breaks import broken_by
from tests.indicators.polls import CLUSTERED, answers, bound, questionnaire
from tests.weighting.test_alike import ASKED, FIRST, SECOND

REASON = {"en": "The answers were reworded.", "ar": "أعيدت صياغة الإجابات."}


def broken(question: str, wave: str) -> sp.Break:
    return sp.Break(question=question, wave=wave, reason=REASON)


def grid(**changes: object) -> sp.Questionnaire:
    codes = (sp.Code(code="y", label="Yes"), sp.Code(code="n", label="No"))
    items = (sp.Item(code="a", label="A"), sp.Item(code="b", label="B"))
    made = sp.Grid(**{"name": "g", "text": "?", "items": items, "options": codes} | changes)
    return sp.Questionnaire(title="t", questions=(made, FIRST))


def test_what_rests_on_a_question_breaks_with_it_and_nothing_else():
    assert broken_by(ASKED, [broken("a", "2")]) == dict.fromkeys("abc", frozenset("2"))
    assert broken_by(ASKED, [broken("c", "2")]) == {"c": frozenset("2")}
    assert broken_by(ASKED, [broken("a", "2"), broken("b", "3")]) == {
        "a": frozenset("2"),
        "b": frozenset("23"),
        "c": frozenset("23"),
    }


def test_the_items_of_a_grid_break_with_it():
    assert set(broken_by(grid(), [broken("g", "2")])) == {"g", "g_a", "g_b"}
    assert set(broken_by(grid(), [broken("g_a", "2")])) == {"g_a"}


def test_across_a_break_words_may_differ_and_within_its_sides_they_may_not():
    reworded = replace(ASKED, questions=(replace(FIRST, text="A?"), SECOND))
    labels = tuple(replace(one, label="other") for one in FIRST.options)
    relabelled = replace(ASKED, questions=(replace(FIRST, options=labels), SECOND))

    assert differences({"1": ASKED, "2": reworded}, [broken("a", "2")]) == {}
    assert differences({"1": ASKED, "2": relabelled}, [broken("a", "2")]) == {}
    assert differences({"1": ASKED, "2": reworded, "3": reworded}, [broken("a", "2")]) == {}
    late = differences({"1": ASKED, "2": reworded, "3": reworded}, [broken("a", "3")])
    assert late["a"] == "its wording differs between waves '1' and '2'"
    back = differences({"1": ASKED, "2": reworded, "3": ASKED}, [broken("a", "2")])
    assert back["a"] == "its wording differs between waves '2' and '3'"


def test_a_reworded_grid_is_excused_too():
    items = (sp.Item(code="a", label="All"), sp.Item(code="b", label="B"))
    waves = {"1": grid(), "2": grid(text="??", items=items)}

    assert differences(waves, [broken("g", "2")]) == {}
    assert "g_a" in differences(waves)


def test_no_break_excuses_another_base_or_other_codes():
    longer = (*FIRST.options, sp.Code(code="m", label="Maybe"))
    base = replace(ASKED, questions=(FIRST, replace(SECOND, asked_if=None)))
    codes = replace(ASKED, questions=(replace(FIRST, options=longer), SECOND))

    assert differences({"1": ASKED, "2": base}, [broken("b", "2")])["b"].startswith("its base")
    assert differences({"1": ASKED, "2": codes}, [broken("a", "2")])["a"].startswith("its codes")


def test_a_break_is_part_of_the_identity_of_a_stack_and_of_its_methodology():
    waves = {"a": bound(1), "b": bound(2)}
    plain, parted = sp.stack(waves), sp.stack(waves, breaks=[broken("trust", "b")])

    assert plain.id != parted.id
    assert parted.broken == {"trust": frozenset("b")}
    assert plain.methodology.fact("waves", "break") is None
    assert parted.methodology.fact("waves", "break") == {
        "question": "trust",
        "wave": "b",
        "variables": ("trust",),
        "reason.en": REASON["en"],
        "reason.ar": REASON["ar"],
    }


def test_reworded_questions_are_estimated_in_every_wave_where_a_break_says_so():
    asked = questionnaire()
    text = {"und": "Hours a week?"}
    reworded = [replace(one, text=text) if one.name == "hours" else one for one in asked.questions]
    other = replace(asked, questions=tuple(reworded))
    waves = {"a": bound(1), "b": sp.bind(answers(2), other, CLUSTERED)}

    stacked = sp.stack(waves, breaks=[broken("hours", "b")])

    assert stacked.differences == {}
    assert sp.estimate(stacked, "hours").frame["estimate"].notna().all()


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (
            broken("trst", "b"),
            r"breaks\[1\].question: there is no .* did you mean 'trust'",
        ),
        (broken("trust", "c"), r"breaks\[1\].from: there is no wave 'c'; allowed: a, b"),
        (broken("trust", "a"), "before the first wave there is nothing to compare with"),
        (replace(broken("trust", "b"), reason={"en": " "}), "a text without words"),
        (replace(broken("trust", "b"), reason={}), "a text without words"),
    ],
)
def test_a_break_that_is_none_is_refused(one, told):
    with pytest.raises(WeightingError, match=told):
        sp.stack({"a": bound(1), "b": bound(2)}, breaks=[one])
