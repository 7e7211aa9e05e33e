from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from tests.indicators import polls

SETS = {"ab": ("a", "b"), "bc": ("b", "c"), "all": ("a", "b", "c"), "c": ("c",)}
FIGURES = [
    "statistic",
    "breakdown",
    "domain",
    "estimate",
    "se",
    "ci_low",
    "ci_high",
    "n_base",
    "deff",
]


def nets(of, sets, name="nets"):
    several = (sp.Net(code=code, label=code, codes=one) for code, one in sets.items())
    return sp.Nets(name=name, of=of, label=name, nets=tuple(several))


def both(seed):
    """Return one poll with nets of its apps, and with a question of the same answers by hand."""
    asked = polls.questionnaire()
    hand = sp.Multiple(
        name="hand",
        text="?",
        options=tuple(sp.Code(code=code, label=code) for code in SETS),
        layout="cell",
    )
    asked = replace(asked, questions=(*asked.questions, hand), derived=(nets("apps", SETS),))
    frame = polls.answers(seed)
    chosen = frame["apps"].fillna("").str.split().map(set)
    frame["hand"] = [
        " ".join(code for code, one in SETS.items() if one_of & set(one)) or None
        for one_of in chosen
    ]
    return sp.bind(frame, asked, polls.CLUSTERED)


def figures(name, responses):
    indicators = [
        sp.Share(name),
        sp.Total(name),
        sp.Share(name, name="asked", base="asked"),
        sp.Share("trust", name="trust"),
        sp.Profile("sex", among=name),
    ]
    return sp.estimate(responses, indicators, by=["sex", name])


@pytest.mark.parametrize("seed", [1, 2])
def test_nets_are_a_multiple_question_made_by_hand(seed):
    responses = both(seed)
    made, hand = (figures(name, responses) for name in ("nets", "hand"))

    expected = hand.frame[[*FIGURES, "item"]].replace("hand", "nets")
    pd.testing.assert_frame_equal(made.frame[[*FIGURES, "item"]], expected)
    np.testing.assert_array_equal(made.covariance(), hand.covariance())


def test_a_net_is_a_union_and_never_a_sum():
    responses = both(3)
    found = sp.estimate(responses, ["nets"]).frame.set_index("item")["estimate"]
    ticked = responses["apps"].ticked == 1
    valid = (responses["apps"].state == 0) & responses.interviewed
    weight = responses.base_weight[valid]

    for code, places in {"ab": [0, 1], "bc": [1, 2], "all": [0, 1, 2]}.items():
        union = ticked[valid][:, places].any(axis=1)
        assert found[code] == pytest.approx(weight[union].sum() / weight.sum())
    options = sp.estimate(responses, ["apps"]).frame.set_index("item")["estimate"]
    assert found["ab"] < options["a"] + options["b"]


def test_a_net_of_one_code_is_that_option():
    found = sp.estimate(both(4), ["nets", "apps"])
    frame = found.frame.set_index(["indicator", "item"])
    columns = ["estimate", "se", "ci_low", "ci_high", "n_category", "n_base"]

    pd.testing.assert_series_equal(
        frame.loc[("nets", "c"), columns], frame.loc[("apps", "c"), columns], check_names=False
    )
    rows = [frame.index.get_loc(("nets", "c")), frame.index.get_loc(("apps", "c"))]
    covariance = found.covariance(rows)
    assert covariance[0, 1] == pytest.approx(covariance[0, 0])


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["a", "b", "a b", "none", "", "dk"]), min_size=2, max_size=30))
def test_any_of_all_that_excludes_nothing_is_whatever_none_leaves(values):
    apps = sp.Multiple(
        name="q",
        text="?",
        options=(
            sp.Code(code="a", label="a"),
            sp.Code(code="b", label="b"),
            sp.Code(code="none", label="none", exclusive=True),
        ),
        missing=(sp.Missing(code="dk", label="?", reason="dont_know", in_base=False),),
        layout="cell",
    )
    asked = sp.Questionnaire(
        title="Poll",
        questions=(apps,),
        derived=(nets("q", {"any": ("a", "b"), "no": ("none",)}),),
    )
    found = sp.estimate(sp.bind(pd.DataFrame({"q": values}), asked), ["nets"]).frame

    if found["n_base"].iloc[0]:
        assert found["estimate"].sum() == pytest.approx(1)
    assert found["n_base"].iloc[0] == sum(one not in ("", "dk") for one in values)


@pytest.mark.parametrize("kind", [sp.Single, sp.Scale])
def test_nets_of_one_answer_are_sums_of_its_shares_where_they_may_overlap(kind):
    options = tuple(sp.Code(code=one, label=one) for one in "abcd")
    missing = (
        sp.Missing(code="dk", label="?", reason="dont_know", in_base=True),
        sp.Missing(code="ref", label="?", reason="refused", in_base=False),
    )
    asked = sp.Questionnaire(
        title="Poll",
        questions=(kind(name="q", text="?", options=options, missing=missing),),
        derived=(nets("q", {"ab": ("a", "b"), "bcd": ("b", "c", "d")}),),
    )
    values = np.random.default_rng(5).choice([*"abcd", "dk", "ref", None], 200)
    found = sp.estimate(sp.bind(pd.DataFrame({"q": values}), asked), ["q", "nets"]).frame
    own = found[found["indicator"] == "q"].set_index("category")
    made = found[found["indicator"] == "nets"].set_index("item")

    assert made.loc["ab", "estimate"] == pytest.approx(own["estimate"][["a", "b"]].sum())
    assert made.loc["bcd", "estimate"] == pytest.approx(own["estimate"][["b", "c", "d"]].sum())
    assert made.loc["dk", "estimate"] == pytest.approx(own.loc["dk", "estimate"])
    assert set(made["n_base"]) == set(own["n_base"])


def test_of_everybody_whoever_was_not_asked_is_in_the_nets_of_what_that_means():
    yes_no = tuple(sp.Code(code=one, label=one) for one in ("yes", "no"))
    apps = tuple(sp.Code(code=one, label=one) for one in ("a", "b", "none"))
    asked = sp.Questionnaire(
        title="Poll",
        questions=(
            sp.Single(name="account", text="?", options=yes_no),
            sp.Multiple(
                name="q",
                text="?",
                options=apps,
                layout="cell",
                asked_if=sp.Is("account", "yes"),
                if_not_asked="none",
            ),
        ),
        derived=(nets("q", {"ab": ("a", "b"), "no": ("none",), "few": ("none", "b")}),),
    )
    answers = pd.DataFrame({"account": ["yes", "yes", "no", "no"], "q": ["a b", "b", None, None]})
    indicators = [sp.Share("nets", base="all"), sp.Share("q", base="all")]
    found = sp.estimate(sp.bind(answers, asked), indicators).frame

    assert found.set_index(["indicator", "item"])["estimate"]["nets"].to_dict() == {
        "ab": 0.5,
        "no": 0.5,
        "few": 1.0,
    }
    assert set(found["n_base"]) == {4}
