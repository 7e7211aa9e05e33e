"""A questionnaire in the names and codes of another, with all that hangs on them."""

from __future__ import annotations

from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.errors import QuestionnaireError
from socialpoll.schema.translating import Terms, translated
from tests.schema.questionnaires import one_of_every_kind


def codes(*several: object) -> tuple[sp.Code, ...]:
    return tuple(sp.Code(code=one, label=f"label {one}") for one in several)


def single(name: str, *several: object, **others: object) -> sp.Single:
    return sp.Single(name=name, text=f"{name}?", options=codes(*several), **others)


REFUSED = sp.Missing(code="ref", label="-", reason="refused", in_base=False)
REFERENCE = sp.Questionnaire(
    title="poll",
    questions=(
        single("account", "yes", "no", missing=(REFUSED,)),
        sp.Number(name="hours", text="hours?", unit="hours"),
    ),
    derived=(
        sp.Bands(name="use", of="hours", label="use", bands=(sp.Band(code="any", label="any"),)),
    ),
)
OTHER = sp.Questionnaire(
    title="wave",
    questions=(
        single("q1", 1, 2, 3, code_type="integer"),
        sp.Number(
            name="q2",
            text="hours?",
            unit="hours",
            asked_if=sp.All(sp.Is("q1", 1), sp.Answered("q1")),
        ),
    ),
    derived=(
        sp.Grouping(
            name="either", of="q1", label="e", groups=(sp.Group(code="g", label="g", codes=(1, 2)),)
        ),
    ),
)
TERMS = Terms(
    names={"q1": "account", "q2": "hours"}, codes={"account": {"1": "yes", "2": "no", "3": "no"}}
)


def test_names_and_codes_are_the_references_in_questions_routing_and_groups():
    made = translated(OTHER, REFERENCE, TERMS)

    assert made.names == ("account", "hours", "use", "either")
    account, hours = made.questions
    assert (account.column, hours.column) == ("q1", "q2")
    assert account.options == REFERENCE["account"].options
    assert (account.code_type, account.missing) == ("string", (REFUSED,))
    assert hours.asked_if == sp.All(sp.Is("account", "yes"), sp.Answered("account"))
    assert made["either"].of == "account"
    assert made["either"].groups[0].codes == ("yes", "no")
    assert made["use"] == REFERENCE["use"]


def test_a_code_that_was_not_mapped_keeps_its_label_and_a_mapped_one_takes_the_references():
    own = sp.Questionnaire(
        title="w",
        questions=(sp.Single(name="account", text="?", options=(
            sp.Code(code="no", label="Never"), sp.Code(code="yes", label="Often"),
        )),),
    )  # fmt: skip
    plain = translated(own, REFERENCE, Terms())
    told = translated(own, REFERENCE, Terms(codes={"account": {"yes": "yes"}}))

    assert [one.code for one in plain["account"].options] == ["yes", "no"]
    labels = [[one.label["und"] for one in each["account"].options] for each in (plain, told)]
    assert labels == [["Often", "Never"], ["label yes", "Never"]]


def test_codes_of_the_first_alone_are_kept_and_those_of_the_reference_alone_are_not_added():
    own = sp.Questionnaire(title="w", questions=(single("account", "perhaps", "yes"),))

    assert [one.code for one in translated(own, REFERENCE, Terms())["account"].options] == [
        "yes",
        "perhaps",
    ]


def test_a_questionnaire_in_its_own_terms_is_itself():
    asked = one_of_every_kind()

    assert translated(asked, asked, Terms()) == asked


def test_names_may_be_exchanged():
    asked = sp.Questionnaire(title="t", questions=(single("a", "x", "y"), single("b", "x", "y")))
    made = translated(asked, asked, Terms(names={"a": "b", "b": "a"}))

    assert [(one.name, one.column) for one in made.questions] == [("b", "a"), ("a", "b")]


def test_two_questions_of_one_name_are_refused():
    asked = sp.Questionnaire(title="t", questions=(single("a", "x", "y"), single("b", "x", "y")))

    with pytest.raises(QuestionnaireError, match="a"):
        translated(asked, asked, Terms(names={"a": "b"}))


def test_grids_and_limits_on_several_questions_go_by_the_new_names():
    items = (sp.Item(code="i", label="I"), sp.Item(code="j", label="J"))
    grid = sp.Grid(name="g", text="?", items=items, options=codes(1, 2), code_type="integer")
    several = sp.Multiple(name="m", text="?", options=codes("p", "q"))
    asked = sp.Questionnaire(
        title="t",
        questions=(grid, several),
        constraints=(sp.Choices(message="m", of="m", maximum=1),),
    )
    new = replace(grid, name="trust", options=codes("low", "high"), code_type="string")
    poll = sp.Questionnaire(title="t", questions=(new, replace(several, name="apps")))
    terms = Terms(names={"g": "trust", "m": "apps"}, codes={"trust": {"1": "low", "2": "high"}})

    made = translated(asked, poll, terms)

    assert [one.column for one in made["trust"].variables] == ["g_i", "g_j"]
    assert made["trust"].options == new.options
    assert made.constraints[0].of == "apps"
