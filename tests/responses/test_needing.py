"""Which variables and columns a variable is made from."""

from __future__ import annotations

import pytest

from socialpoll.errors import UnknownNameError
from socialpoll.responses.needing import needed, raw_columns
from socialpoll.schema import (
    All,
    Band,
    Bands,
    Grid,
    Is,
    Item,
    Not,
    Questionnaire,
    Split,
    Version,
)
from tests.responses.asking import asking, codes, missing, multiple, number, single

AGES = Bands(name="ages", of="age", label="Age", bands=(Band(code="all", label="All"),))


def routed() -> Questionnaire:
    """Ask one question after another: each only of those who answered the one before."""
    return asking(
        number("age"),
        single("yes", "no", name="account"),
        multiple("a", "b", name="apps", asked_if=Is("account", "yes"), column="q7"),
        single("yes", "no", name="pays", asked_if=All(Is("apps", "a"), Not(Is("ages", "all")))),
        single("yes", "no", name="votes"),
        derived=(AGES,),
    )


def test_a_variable_needs_what_it_is_made_from_and_what_routes_to_it_and_so_on():
    assert needed(routed(), ["votes"]) == ("votes",)
    assert needed(routed(), ["ages"]) == ("age", "ages")
    assert needed(routed(), ["apps"]) == ("account", "apps")
    assert needed(routed(), ["pays"]) == ("age", "account", "apps", "pays", "ages")


def test_other_items_of_a_grid_are_not_needed():
    items = tuple(Item(code=one, label=one) for one in ("roads", "schools"))
    asked = asking(Grid(name="trust", text="?", options=codes("low", "high"), items=items))
    roads, schools = asked.names

    assert needed(asked, [schools]) == (schools,)
    assert raw_columns(asked, [schools], []) == (schools,)
    assert raw_columns(asked, [roads, schools], []) == (roads, schools)


def test_a_question_of_one_version_needs_the_version():
    asked = Questionnaire(
        title="Poll",
        questions=(single("yes", "no", name="short"), single("yes", "no", name="long")),
        splits=(
            Split(
                name="wording",
                label="?",
                column="version",
                versions=(
                    Version(code="a", label="A", questions=("short",)),
                    Version(code="b", label="B", questions=("long",)),
                ),
            ),
        ),
    )

    assert needed(asked, ["long"]) == ("wording", "long")


def test_a_name_that_there_is_not_is_told_with_the_nearest():
    with pytest.raises(UnknownNameError, match="no question or derived variable 'acount'") as told:
        needed(routed(), ["acount"])

    assert "account" in str(told.value)


def test_answers_lie_in_columns_of_their_own_names_and_missing_codes_where_there_are_any():
    asked = asking(multiple("a", "b", name="apps", missing=(missing("dk"),)), single("x", name="q"))

    assert raw_columns(asked, ["apps"], ["apps_a", "apps_b"]) == ("apps_a", "apps_b")
    assert raw_columns(asked, ["apps", "q"], ["apps_dk"]) == ("apps_a", "apps_b", "apps_dk", "q")
    assert raw_columns(routed(), ["apps"], []) == ("q7_a", "q7_b")
