"""Questions of several waves: what may differ, and what makes them other questions."""

from __future__ import annotations

from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.weighting.alike import differences


def single(name: str, **others: object) -> sp.Single:
    options = (sp.Code(code="y", label="Yes"), sp.Code(code="n", label="No"))
    return sp.Single(**{"name": name, "text": name, "options": options} | others)


FIRST, SECOND = single("a"), single("b", asked_if=sp.Is("a", "y"))
GROUPS = (sp.Group(code="g", label="Group", codes=("y", "n")),)
GROUPED = sp.Grouping(name="c", of="b", label="c", groups=GROUPS)
ASKED = sp.Questionnaire(title="t", questions=(FIRST, SECOND), derived=(GROUPED,))


def other(**changes: object) -> dict[str, str]:
    questions = (replace(FIRST, **changes), SECOND)
    return differences({"1": ASKED, "2": replace(ASKED, questions=questions)})


@pytest.mark.parametrize("changes", [{}, {"label": "short"}, {"column": "q1"}, {"sensitive": True}])
def test_filing_and_headings_may_differ(changes):
    assert other(**changes) == {}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": "A?"}, "its wording"),
        ({"options": (*FIRST.options[:1], sp.Code(code="n", label="Never"))}, "its codes"),
        ({"options": FIRST.options[::-1]}, "its codes"),
        (
            {"missing": (sp.Missing(code="dk", label="?", reason="dont_know", in_base=True),)},
            "its base",
        ),
    ],
)
def test_wording_codes_and_base_may_not_and_what_rests_on_them_differs_too(changes, told):
    found = other(**changes)
    assert set(found) == {"a", "b", "c"}
    assert found["a"].startswith(told)
    assert found["a"].endswith("differs between waves '1' and '2'")
    assert found["b"].startswith("it rests on 'a': ")
    assert found["c"].startswith("it rests on 'b': ")


def test_a_question_of_one_wave_only_is_told():
    alone = replace(ASKED, questions=(FIRST,), derived=())
    assert differences({"1": ASKED, "2": alone}) == {
        "b": "it is not in wave '2'",
        "c": "it is not in wave '2'",
    }


def test_a_question_of_another_kind_is_another():
    number = sp.Number(name="a", text="a", unit="n")
    asked = sp.Questionnaire(title="t", questions=(number,))
    plain = sp.Questionnaire(title="t", questions=(FIRST,))
    assert differences({"1": asked, "2": plain})["a"].startswith("its kind")
