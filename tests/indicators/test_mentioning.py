"""Percent of responses and reach: who chose what, of all that was chosen or of all who answered."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import EstimationError
from tests.indicators import polls

OF_RESPONSES = sp.Share("q", of="responses")


def question(**more) -> sp.Multiple:
    """Return three options, one that excludes them, and a don't-know that is in the base."""
    options = tuple(sp.Code(code=one, label=one) for one in "abc")
    return sp.Multiple(
        name="q",
        text="?",
        options=(*options, sp.Code(code="none", label="none", exclusive=True)),
        missing=(sp.Missing(code="dk", label="?", reason="dont_know", in_base=True),),
        layout="cell",
        **more,
    )


def polled(cells, weight=None, **more) -> sp.Responses:
    """Return a simple random sample of cells such as ``"a b"``; the sexes take turns."""
    nets = sp.Nets(
        name="nets",
        of="q",
        label="nets",
        nets=(
            sp.Net(code="any", label="any", codes=tuple("abc")),
            sp.Net(code="ab", label="ab", codes=tuple("ab")),
        ),
    )
    asked = sp.Questionnaire(
        title="t",
        questions=(polls.questionnaire()["sex"], question(**more)),
        derived=(nets,),
    )
    data = pd.DataFrame({"q": list(cells), "weight": np.ones(len(cells)), "sex": "m"})
    data.loc[1::2, "sex"] = "f"
    data["weight"] = data["weight"] if weight is None else weight
    return sp.bind(data, asked, sp.SampleDesign(weight="weight"))


CELLS = st.lists(
    st.sampled_from(["a", "b", "c", "a b", "a c", "a b c", "none", "dk", ""]),
    min_size=3,
    max_size=40,
)


# Percent of responses


def test_each_option_has_its_part_of_all_options_chosen():
    frame = sp.estimate(polled(["a b", "a", "none", "a b c", "dk", ""]), OF_RESPONSES).frame

    assert frame["item"].tolist() == ["a", "b", "c"]
    assert frame["estimate"].tolist() == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    assert frame["n_category"].tolist() == [3, 2, 1]
    assert set(frame["n_base"]) == {5}
    assert set(frame["indicator"]) == {"q_of_responses"}
    assert set(zip(frame["statistic"], frame["unit"], strict=True)) == {
        ("share_of_responses", "share")
    }


def test_a_share_of_responses_is_the_share_of_respondents_over_the_mean_number_chosen():
    source = sp.rake(polls.bound(3, size=120), {"sex": {"m": 900.0, "f": 1100.0}})
    wanted = [sp.Share("apps"), sp.Mean("apps"), sp.Share("apps", of="responses")]
    estimates = sp.estimate(source, wanted, by="area")
    frame = estimates.frame

    for domain in frame["domain"].unique():
        rows = frame.index[frame["domain"] == domain].tolist()
        for option in range(3):
            ratio = estimates.function(lambda b: b[0] / b[1], [rows[option], rows[3]])
            found = frame.loc[rows[4 + option]]
            assert found["estimate"] == pytest.approx(ratio.estimate)
            assert found["se"] == pytest.approx(ratio.se, rel=1e-6)


def test_equal_weights_and_independent_respondents_have_no_design_effect():
    random = np.random.default_rng(2)
    cells = [" ".join(one for one in "abc" if random.random() < 0.4) or "none" for _ in range(90)]
    frame = sp.estimate(polled(cells), OF_RESPONSES, by="sex").frame

    assert frame["deff"][:3].to_numpy() == pytest.approx(1)
    assert frame["cv"].to_numpy() == pytest.approx((frame["se"] / frame["estimate"]).to_numpy())
    number = np.array([0 if one == "none" else len(one.split()) for one in cells])
    chose = np.array(["a" in one.split() for one in cells])
    residual = (chose - frame["estimate"][0] * number) / number.mean()
    assert frame["se"][0] == pytest.approx(residual.std(ddof=1) / np.sqrt(90))


def test_the_interval_is_that_of_a_ratio_and_stays_between_0_and_1():
    frame = sp.estimate(polled(["a"] * 20 + ["b"] + ["a"] * 9), OF_RESPONSES).frame
    t29 = 2.0452296
    low, high = frame["estimate"] - t29 * frame["se"], frame["estimate"] + t29 * frame["se"]

    assert high[0] > 1
    assert low[1] < 0
    assert frame["ci_low"][:2].tolist() == pytest.approx([low[0], 0])
    assert frame["ci_high"][:2].tolist() == pytest.approx([1, high[1]])
    assert frame["moe"][0] == pytest.approx(t29 * frame["se"][0])
    assert set(frame["ci_method"][:2]) == {"wald"}
    assert np.isnan(frame["ci_low"][2])
    assert frame["caveat"][2] == "zero cases"


def test_where_nobody_chose_anything_there_is_no_part_of_it():
    frame = sp.estimate(polled(["none", "a b"] * 6), OF_RESPONSES, by="sex").frame
    nobody = frame[frame["domain"] == "m"]

    assert nobody[["estimate", "se", "ci_low", "ci_high", "deff"]].isna().all(axis=None)
    assert (nobody["n_base"] == 6).all()
    assert nobody["caveat"].str.contains("no responses").all()


@settings(max_examples=30, deadline=None)
@given(cells=CELLS, seed=st.integers(0, 99))
def test_parts_sum_to_1_and_vary_against_each_other(cells, seed):
    weight = np.random.default_rng(seed).lognormal(0, 1, len(cells))
    responses = polled(cells, weight)
    estimates = sp.estimate(responses, OF_RESPONSES)
    answered = set(" ".join(cells).split()) & set("abc")

    assert estimates.frame["estimate"].sum() == pytest.approx(1 if answered else 0)
    if answered:
        np.testing.assert_allclose(estimates.covariance().sum(axis=0), 0, atol=1e-12)
    scaled = sp.estimate(polled(cells, weight * 1000), OF_RESPONSES).frame
    compared = ["estimate", "se", "ci_low", "ci_high"]
    pd.testing.assert_frame_equal(estimates.frame[compared], scaled[compared])


def test_shares_of_something_else_are_refused():
    with pytest.raises(EstimationError, match="of does not say") as caught:
        sp.Share("q", of="answers")  # type: ignore[arg-type]
    assert caught.value.allowed == "respondents, responses"
    with pytest.raises(EstimationError, match="of those who gave one"):
        sp.Share("q", "asked", of="responses")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (sp.Share("sex", of="responses"), "does not have several answers"),
        (sp.Share("nets", of="responses"), "are no responses"),
        (sp.Reach("sex", ("m",)), "does not have several answers"),
        (sp.Reach("q", ("a", "d")), "has no option 'd'"),
        (sp.Reach("q", ("a", "none")), "exclusive"),
    ],
)
def test_what_does_not_fit_the_question_is_refused(wanted, message):
    with pytest.raises(EstimationError, match=message) as caught:
        sp.estimate(polled(["a", "b"]), wanted)

    assert caught.value.where in ("q", "sex", "nets")
    assert caught.value.allowed


# Reach


def test_whoever_chose_two_options_of_a_set_counts_once():
    cells = ["a b", "a", "none", "b c", "dk", ""]
    frame = sp.estimate(polled(cells), sp.Reach("q", (("a",), ("b", "a"), ("c", "a")))).frame

    assert frame["item"].tolist() == ["a", "a|b", "a|c"]
    assert frame["estimate"].tolist() == pytest.approx([2 / 5, 3 / 5, 3 / 5])
    assert frame["n_category"].tolist() == [2, 3, 3]
    assert set(frame["n_base"]) == {5}
    assert set(frame["statistic"]) == {"share"}
    assert set(frame["indicator"]) == {"q_reach"}


def test_a_set_of_one_is_the_option_and_a_set_of_several_is_their_net():
    wanted = ["apps", "nets", sp.Reach("apps", (("a",), ("b", "a"), ("c", "b", "a")))]
    own = polls.questionnaire()
    net = sp.Net(code="ab", label="ab", codes=("a", "b"))
    nets = sp.Nets(name="nets", of="apps", label="nets", nets=(net,))
    asked = sp.Questionnaire(title="t", questions=own.questions, derived=(nets,))
    responses = sp.bind(polls.answers(5, 120), asked, polls.CLUSTERED)
    estimates = sp.estimate(responses, wanted, by="sex")
    frame = estimates.frame
    compared = ["estimate", "se", "ci_low", "ci_high", "df", "deff", "n_category", "n_base"]

    for item, of_set in (("a", "a"), ("ab", "a|b")):
        rows = [
            frame[(frame["item"] == one) & ((frame["indicator"] == "apps_reach") == last)]
            for one, last in ((item, False), (of_set, True))
        ]
        pd.testing.assert_frame_equal(*(one[compared].reset_index(drop=True) for one in rows))


@settings(max_examples=30, deadline=None)
@given(cells=CELLS, seed=st.integers(0, 99))
def test_reach_grows_with_the_set_and_counts_what_two_sets_share_once(cells, seed):
    weight = np.random.default_rng(seed).lognormal(0, 1, len(cells))
    sets = [one for size in (1, 2, 3) for one in combinations("abc", size)]
    frame = sp.estimate(polled(cells, weight), [sp.Reach("q", tuple(sets)), "nets"]).frame
    found = frame.set_index("item")["estimate"].fillna(0)
    both = {
        pair: float(
            sum(w for w, cell in zip(weight, cells, strict=True) if set(pair) <= {*cell.split()})
            / sum(w for w, cell in zip(weight, cells, strict=True) if cell)
        )
        for pair in combinations("abc", 2)
        if any(cells)
    }

    for (one, other), together in both.items():
        union = found[f"{one}|{other}"]
        assert union == pytest.approx(found[one] + found[other] - together)
        assert max(found[one], found[other]) - 1e-12 <= union <= found["a|b|c"] + 1e-12
    assert found["a|b|c"] == pytest.approx(found["any"])


def test_of_everybody_nobody_is_reached_who_was_not_asked():
    asked = sp.Questionnaire(
        title="t",
        questions=(
            polls.questionnaire()["sex"],
            question(asked_if=sp.Is("sex", "m"), if_not_asked="none"),
        ),
    )
    data = pd.DataFrame({"sex": ["m", "m", "f", "f"], "q": ["a b", "c", None, None]})
    bases = [sp.Reach("q", ("a", "b"), base, name=base) for base in ("answered", "asked", "all")]
    frame = sp.estimate(sp.bind(data, asked), bases).frame

    assert frame["estimate"].tolist() == [0.5, 0.5, 0.25]
    assert frame["n_base"].tolist() == [2, 2, 4]


@pytest.mark.parametrize(
    "of", [(), ((),), (("a", "a"),), (("a", "b"), ("b", "a")), "ab", ((1.5,),), ("a", ("b",))]
)
def test_sets_that_say_nothing_or_repeat_themselves_are_refused(of):
    with pytest.raises(EstimationError, match="taken together") as caught:
        sp.Reach("q", of)

    assert caught.value.where == "Reach.of"
    assert caught.value.found


def test_reach_of_another_base_is_refused():
    with pytest.raises(EstimationError, match="taken together") as caught:
        sp.Reach("q", ("a",), "everybody")  # type: ignore[arg-type]
    assert caught.value.allowed == "answered, asked, all"


# How many were chosen


def counted(cells, **more) -> sp.Responses:
    """Return answers of men, where women were not asked, with a band a number of options."""
    bands = tuple(
        sp.Band(code=str(one), label=str(one), minimum=one, maximum=one) for one in range(4)
    )
    asked = sp.Questionnaire(
        title="t",
        questions=(
            polls.questionnaire()["sex"],
            question(asked_if=sp.Is("sex", "m"), **more),
        ),
        derived=(sp.Bands(name="number", of="q", label="number", bands=bands),),
    )
    women = pd.DataFrame({"q": [None] * 4, "sex": "f"})
    data = pd.concat([pd.DataFrame({"q": cells, "sex": "m"}), women], ignore_index=True)
    return sp.bind(data, asked)


def test_the_mean_number_chosen_is_that_of_its_distribution():
    cells = ["a", "a b", "none", "a b c", "b c", "dk", "b"]
    estimates = sp.estimate(
        counted(cells), ["number", sp.Mean("q")], where=sp.Not(sp.Is("q", "dk"))
    )
    frame = estimates.frame.set_index("category")

    assert frame["estimate"][[*"0123"]].tolist() == pytest.approx([1 / 6, 2 / 6, 2 / 6, 1 / 6])
    mean = estimates.contrast({row: float(row) for row in range(4)})
    assert mean.estimate == pytest.approx(frame.loc["_Z", "estimate"])
    assert mean.se == pytest.approx(frame.loc["_Z", "se"])


@pytest.mark.parametrize(("means", "place"), [("none", 0), ("b", 1)])
def test_of_everybody_who_was_not_asked_chose_as_many_as_that_means(means, place):
    answered = counted(["a", "a b", "none", "a b c"], if_not_asked=means)
    shares = sp.estimate(answered, sp.Share("number", "all")).frame["estimate"]

    expected = [1 / 8, 1 / 8, 1 / 8, 1 / 8]
    expected[place] += 4 / 8
    assert shares[:4].tolist() == pytest.approx(expected)


def test_nobody_ticking_anything_is_a_band_where_it_is_an_answer():
    frame = sp.estimate(counted(["a", None, None, "none"], blank="none"), "number").frame

    assert frame["estimate"][:2].tolist() == pytest.approx([3 / 4, 1 / 4])
