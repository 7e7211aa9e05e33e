"""The sets that reach most, held against all combinations counted on raw rows."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from tests.indicators import polls
from tests.indicators.test_mentioning import polled

OPTIONS = "abcde"


def wide(seed: int, size: int = 150, shift: float = 0.0) -> sp.Responses:
    """Return a stratified, clustered poll of five options; some chose none of them."""
    random = np.random.default_rng(seed)
    chance = np.array([0.5, 0.4, 0.3, 0.2, 0.1]) + shift
    data = polls.answers(seed, size, clusters=6).drop(columns="apps")
    for code, part in zip(OPTIONS, chance, strict=True):
        data[f"apps_{code}"] = (random.random(size) < part).astype(int)
    asked = sp.Multiple(
        name="apps",
        text="?",
        options=tuple(sp.Code(code=one, label=one) for one in OPTIONS),
        blank="none",
    )
    others = [one for one in polls.questionnaire().questions if one.name != "apps"]
    return sp.bind(data, sp.Questionnaire(title="t", questions=(*others, asked)), polls.CLUSTERED)


def by_hand(responses: sp.Responses, size: int, where=None) -> pd.Series:
    """Return the reach of all combinations of a size, counted row by row."""
    rows = responses.interviewed & (responses["apps"].state == 0)
    rows = rows if where is None else rows & where
    weight = responses.base_weight[rows]
    frame = pd.DataFrame(responses["apps"].ticked[rows], columns=list(OPTIONS))
    return pd.Series(
        {
            "|".join(one): np.average(frame[list(one)].max(axis=1), weights=weight)
            for one in combinations(OPTIONS, size)
        }
    ).sort_values(ascending=False)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_combination_reaches_more_than_the_best(seed):
    responses = wide(seed)
    found = sp.best_reach(responses, "apps", 4, keep=10)

    for size, of_size in found.groupby("size"):
        expected = by_hand(responses, size).head(10)
        assert of_size["options"].tolist() == expected.index.tolist()
        assert of_size["reach"].tolist() == pytest.approx(expected.tolist())
        assert of_size["rank"].tolist() == list(range(1, len(expected) + 1))
    assert found.groupby("size").size().tolist() == [5, 10, 10, 5]
    assert (found["level_with"] == 0).all()


def test_a_condition_finds_the_best_among_some():
    responses = wide(4)
    men = responses["sex"].position == 0
    found = sp.best_reach(responses, "apps", 2, keep=3, where=sp.Is("sex", "m"))

    expected = by_hand(responses, 2, men).head(3)
    assert found["options"].tolist()[3:] == expected.index.tolist()
    assert found["reach"].tolist()[3:] == pytest.approx(expected.tolist())
    assert set(found["n_base"]) == {(men & responses.interviewed).sum()}


def test_rows_are_those_of_reach_and_gains_their_contrasts():
    source = sp.rake(wide(5), {"sex": {"m": 900.0, "f": 1100.0}})
    found = sp.best_reach(source, "apps", 3, keep=2)
    sets = tuple(tuple(one.split("|")) for one in found["options"])
    estimates = sp.estimate(source, sp.Reach("apps", sets))
    frame = estimates.frame

    for ours, theirs in (("reach", "estimate"), ("n_reached", "n_category")):
        assert found[ours].tolist() == pytest.approx(frame[theirs].tolist())
    for name in ("se", "ci_low", "ci_high", "df"):
        assert found[name].tolist() == pytest.approx(frame[name].tolist())
    covariance = estimates.covariance()
    assert found["gain"][:2].isna().all()
    for row, before in ((2, 0), (3, 0), (4, 2), (5, 2)):
        gain = found["reach"][row] - found["reach"][before]
        variance = covariance[row, row] + covariance[before, before] - 2 * covariance[row, before]
        assert found["gain"][row] == pytest.approx(gain)
        assert found["gain_se"][row] == pytest.approx(np.sqrt(variance))
        apart = np.hypot(found["se"][row], found["se"][before])
        assert found["gain_se"][row] != pytest.approx(apart, rel=1e-3)
        contrast = estimates.contrast({row: 1, before: -1})
        assert found["gain_p"][row] == pytest.approx(contrast.p)


def test_frequency_is_how_many_of_the_set_those_chose_whom_it_reaches():
    found = sp.best_reach(polled(["a b", "a", "b", "c", "none", "a b c"]), "q", 3)
    row = found.set_index("options")

    assert row.loc["a|b", "reach"] == pytest.approx(4 / 6)
    assert row.loc["a|b", "frequency"] == pytest.approx(6 / 4)
    assert row.loc["a|b|c", "frequency"] == pytest.approx(8 / 5)
    assert row.loc["a", "frequency"] == 1


def test_sets_that_are_level_have_one_rank_and_the_order_of_the_questionnaire():
    cells = ["a", "b", "c", "none"] * 5
    found = sp.best_reach(polled(cells), "q", 2, keep=2)

    assert found["options"].tolist() == ["a", "b", "a|b", "a|c"]
    assert found["rank"].tolist() == [1, 1, 1, 1]
    assert found["level_with"].tolist() == [2, 2, 2, 2]
    pd.testing.assert_frame_equal(found, sp.best_reach(polled(cells[::-1]), "q", 2, keep=2))


def test_a_set_that_cannot_reach_more_has_no_test_of_its_gain():
    found = sp.best_reach(polled(["a b", "a", "none"] * 5), "q", 2, among=["a", "b"])
    both = found.iloc[-1]

    assert both["options"] == "a|b"
    assert both["gain"] == 0
    assert both["gain_se"] == 0
    assert np.isnan(both["gain_p"])


def test_the_options_to_choose_from_may_be_named_and_missing_codes_reach_nobody():
    found = sp.best_reach(polled(["a b", "c", "dk", "none"]), "q", 2, among=["c", "b"])

    assert found["options"].tolist() == ["b", "c", "b|c"]
    assert found["reach"].tolist() == pytest.approx([0.25, 0.25, 0.5])
    assert set(found["n_base"]) == {4}


def test_replicates_agree_with_linearisation():
    responses = wide(6, 240)
    linear, replicated = (
        sp.best_reach(one, "apps", 2, keep=3)
        for one in (responses, sp.replicate(responses, sp.Jackknife()))
    )

    assert linear["options"].tolist() == replicated["options"].tolist()
    assert linear["reach"].tolist() == pytest.approx(replicated["reach"].tolist())
    for name in ("se", "gain_se"):
        ours, theirs = (one[name].dropna().to_numpy() for one in (linear, replicated))
        assert theirs == pytest.approx(ours, rel=0.05)


def test_an_opt_in_sample_has_best_sets_without_precision():
    asked = sp.Questionnaire(title="t", questions=(polled(["a"]).questionnaire["q"],))
    responses = sp.bind(
        pd.DataFrame({"q": ["a b", "c", "none"] * 5}), asked, sp.SampleDesign(sampling="opt_in")
    )
    found = sp.best_reach(responses, "q", 2, keep=1)

    assert found["reach"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert found["gain"][1] == pytest.approx(1 / 3)
    assert found[["se", "ci_low", "gain_se", "gain_p"]].isna().all(axis=None)
    assert set(found["caveat"]) == {"opt-in sample"}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.sampled_from([1e-3, 7.0, 1e6]))
def test_reach_grows_with_size_and_knows_no_scale_of_weights_and_no_order_of_rows(seed, factor):
    random = np.random.default_rng(seed)
    cells = [" ".join(one for one in "abc" if random.random() < 0.4) for _ in range(25)]
    weight = random.lognormal(0, 1, 25)
    order = random.permutation(25)
    found = sp.best_reach(polled(cells, weight), "q", 3)
    again = sp.best_reach(polled(np.array(cells)[order], weight[order] * factor), "q", 3)

    best = found[found["rank"] == 1].groupby("size")["reach"].first()
    assert best.is_monotonic_increasing
    pd.testing.assert_frame_equal(found, again)


@pytest.mark.parametrize(
    ("options", "where", "message"),
    [
        ({"size": 4}, "size", "no sets of this size"),
        ({"size": 0}, "size", "no sets of this size"),
        ({"keep": 0}, "keep", "how many sets"),
        ({"among": []}, "among", "which options"),
        ({"among": ["a", "a"]}, "among", "which options"),
        ({"among": "ab"}, "among", "which options"),
        ({"among": ["a", "z"]}, "q", "no option 'z'"),
        ({"among": ["a", "none"]}, "q", "exclusive"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(options, where, message):
    with pytest.raises(EstimationError, match=message) as caught:
        sp.best_reach(polled(["a b", "c"]), "q", **{"size": 2, **options})

    assert caught.value.where == where
    assert caught.value.allowed


def test_of_more_combinations_than_can_be_tried_the_best_is_found_with_a_bound():
    many = tuple(sp.Code(code=f"o{one}", label="o") for one in range(100))
    asked = sp.Questionnaire(
        title="t", questions=(sp.Multiple(name="q", text="?", options=many, layout="cell"),)
    )
    cells = ["o1 o2", "o3", "o40 o1", "o51", "o51 o3", "o59", "o7", "o7", "o8 o59"]
    found = sp.best_reach(sp.bind(pd.DataFrame({"q": cells}), asked), "q", 5, keep=2)

    assert found["size"].tolist() == [1, 1, 2, 2, 3, 3, 4, 5]
    last = found.iloc[-1]
    assert last["options"] == "o1|o3|o7|o51|o59"
    assert last["reach"] == 1
    assert last["at_most"] == pytest.approx(1)
    assert found["at_most"].isna().tolist() == [True] * 6 + [False] * 2
    assert found["level_with"].isna().tolist() == [False] * 6 + [True] * 2


def test_the_first_of_a_size_is_corrected_for_having_been_chosen():
    responses = wide(7, 300)
    found = sp.best_reach(responses, "apps", 2, keep=3, seed=1)
    first = found["rank"] == 1

    assert found["optimism"].isna().tolist() == (~first).tolist()
    assert (found["optimism"][first] >= 0).all()
    assert found["optimism"][first].sum() > 0
    assert found["corrected"].equals(found["reach"] - found["optimism"])
    pd.testing.assert_frame_equal(found, sp.best_reach(responses, "apps", 2, keep=3, seed=1))
    other = sp.best_reach(responses, "apps", 2, keep=3, seed=2)
    assert other["optimism"].dropna().tolist() == pytest.approx(
        found["optimism"].dropna().tolist(), abs=0.005
    )


def test_the_error_of_frequency_is_that_of_the_jackknife():
    responses = wide(6, 240)
    found = sp.best_reach(responses, "apps", 3, keep=1)
    replicated = sp.best_reach(sp.replicate(responses, sp.Jackknife()), "apps", 3, keep=1)

    assert found["frequency_se"][0] == 0  # who chose the one option chose one
    ours, theirs = found["frequency_se"].to_numpy()[1:], replicated["frequency_se"].to_numpy()[1:]
    assert theirs == pytest.approx(ours, rel=0.05)
    rows = responses.interviewed & (responses["apps"].state == 0)
    for code, size in (("a|b", 2), (found["options"][2], 3)):
        held = [OPTIONS.index(one) for one in code.split("|")]
        number = responses["apps"].ticked[rows][:, held].sum(axis=1)
        weight = responses.base_weight[rows]
        mean = weight @ number / (weight @ (number > 0))
        assert found.set_index("size")["frequency"][size] == pytest.approx(mean)


def test_other_questions_and_stacked_waves_are_refused():
    responses = polled(["a b", "c"])
    with pytest.raises(UnknownNameError) as caught:
        sp.best_reach(responses, "quest")
    assert "q" in caught.value.allowed
    with pytest.raises(EstimationError, match="several answers"):
        sp.best_reach(responses, "sex", 1)
    with pytest.raises(EstimationError, match="in one wave"):
        sp.best_reach(sp.stack({"1": responses, "2": polled(["a", "b"])}), "q", 1)


@pytest.mark.parametrize("where", [None, sp.All(sp.Is("sex", "m"), sp.Is("sex", "f"))])
def test_where_nobody_is_reached_all_sets_are_level(where):
    found = sp.best_reach(polled(["none", "dk"] * 4), "q", 2, where=where)

    assert found["options"].tolist() == ["a", "b", "c", "a|b", "a|c", "b|c"]
    assert (found["rank"] == 1).all()
    assert (found["reach"].fillna(0) == 0).all()
    assert found["reach"].isna().all() == (where is not None)
    assert found["frequency"].isna().all()
    assert (found["caveat"] != "").all()
