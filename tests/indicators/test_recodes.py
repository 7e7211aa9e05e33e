from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp


def codes(*several):
    return tuple(sp.Code(code=one, label=one) for one in several)


UNSURE = sp.Missing(code="dk", label="?", reason="dont_know", in_base=True)


def poll(*derived):
    """Return a scale that only those with an account were asked, and what is derived from it."""
    return sp.Questionnaire(
        title="Poll",
        questions=(
            sp.Single(name="account", text="?", options=codes("yes", "no")),
            sp.Scale(
                name="q",
                text="?",
                options=codes("a", "b", "c", "d"),
                missing=(UNSURE,),
                asked_if=sp.Is("account", "yes"),
                if_not_asked="b",
            ),
        ),
        derived=derived,
    )


def answers(size=200):
    random = np.random.default_rng(11)
    account = random.choice(["yes", "no"], size, p=[0.8, 0.2])
    q = random.choice([*"abcd", "dk"], size)
    return pd.DataFrame({"account": account, "q": np.where(account == "yes", q, None)})


def grouping(**more):
    groups = (
        sp.Group(code="ab", label="?", codes=("a", "b")),
        sp.Group(code="d", label="?", codes=("d",)),
    )
    return sp.Grouping(name="g", of="q", label="G", groups=groups, **more)


def made(code, *several, in_base):
    return sp.MadeMissing(code=code, label="?", reason="other", in_base=in_base, codes=several)


def shares(derived, base="answered"):
    found = sp.estimate(sp.bind(answers(), poll(derived)), [sp.Share(derived.name, base=base)])
    return found.frame.set_index("category")


def counted(*codes):
    return int(answers()["q"].isin(codes).sum())


def test_answers_made_missing_are_out_of_the_base_or_have_a_row_in_it():
    out = shares(grouping(missing=(made("na", "c", in_base=False),)))
    inside = shares(grouping(missing=(made("na", "c", in_base=True),)))

    assert out["n_base"].tolist() == [counted("a", "b", "d", "dk")] * 3
    assert inside["n_base"].tolist() == [counted("a", "b", "c", "d", "dk")] * 4
    assert list(inside.index) == ["ab", "d", "dk", "na"]
    assert inside.loc["na", "estimate"] == pytest.approx(
        counted("c") / counted("a", "b", "c", "d", "dk")
    )


def test_a_missing_code_can_be_declared_out_of_the_base_that_it_is_in():
    found = shares(grouping(missing=(made("dk", in_base=False),), rest="d"))

    assert found["n_base"].tolist() == [counted("a", "b", "c", "d")] * 2
    assert found["estimate"].sum() == pytest.approx(1)


def test_boxes_have_the_shares_of_their_points_together():
    found = shares(sp.Boxes(name="boxes", of="q", top=1, bottom=2))
    base = counted("a", "b", "c", "d", "dk")

    assert list(found.index) == ["top", "middle", "bottom", "dk"]
    assert found["estimate"].tolist() == pytest.approx(
        [counted(*one) / base for one in ("d", "c", "ab", ["dk"])]
    )


@pytest.mark.parametrize(
    ("derived", "code"),
    [
        (sp.Boxes(name="boxes", of="q"), "bottom"),
        (grouping(rest="d"), "ab"),
        (
            sp.Grouping(
                name="g",
                of="q",
                label="G",
                groups=(sp.Group(code="acd", label="?", codes=("a", "c", "d")),),
                missing=(made("na", "b", in_base=True),),
            ),
            "na",
        ),
    ],
)
def test_of_everybody_whoever_was_not_asked_counts_where_that_answer_went(derived, code):
    everybody, answered = shares(derived, "all"), shares(derived)
    size = len(answers())
    own = answered.loc[code, "estimate"] * answered.loc[code, "n_base"]
    not_asked = size - answered.loc[code, "n_base"]

    assert set(everybody["n_base"]) == {size}
    assert everybody.loc[code, "estimate"] == pytest.approx((own + not_asked) / size)
    assert everybody["estimate"].sum() == pytest.approx(1)
