"""Who uses two of several options, laid out as a matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from tests.indicators.polls import bound
from tests.indicators.test_mentioning import CELLS, polled


def test_each_cell_is_the_part_of_a_platforms_users_who_use_another():
    found = sp.duplication(polled(["a b", "a", "none", "a b c", "dk", "", "c"]), "q")

    assert found.index.tolist() == found.columns.tolist() == ["a", "b", "c"]
    assert (found.index.name, found.columns.name) == ("users_of", "also_use")
    expected = [[1, 2 / 3, 1 / 3], [1, 1, 1 / 2], [1 / 2, 1 / 2, 1]]
    assert found.to_numpy().tolist() == [pytest.approx(one) for one in expected]


@settings(max_examples=15, deadline=None)
@given(cells=CELLS, seed=st.integers(0, 99))
def test_cells_are_those_of_a_weighted_cross_tab_by_hand(cells, seed):
    weight = np.random.default_rng(seed).lognormal(0, 1, len(cells))
    found = sp.duplication(polled(cells, weight), "q")

    for one in "abc":
        users = [place for place, cell in enumerate(cells) if one in cell.split()]
        for other in "abc":
            both = [place for place in users if other in cells[place].split()]
            part = weight[both].sum() / weight[users].sum() if users else np.nan
            assert found.loc[one, other] == pytest.approx(part, nan_ok=True)


@pytest.mark.parametrize("raked", [False, True], ids=["base weights", "raked"])
def test_a_profile_of_the_question_among_itself_has_the_same_shares(raked):
    responses = bound(4, size=90)
    source = sp.rake(responses, {"sex": {"m": 900.0, "f": 1100.0}}) if raked else responses
    where = sp.Is("area", "x", "y")
    frame = sp.estimate(source, sp.Profile("apps", "apps"), where=where).frame
    profile = frame.pivot(index="domain", columns="item", values="estimate")

    found = sp.duplication(source, "apps", where=where)
    np.testing.assert_allclose(found.to_numpy(), profile.loc[found.index, found.columns])


def test_replicates_and_nets_are_laid_out_and_options_can_be_chosen():
    responses = polled(["a b", "c", "a", "none"] * 4)
    found = sp.duplication(sp.replicate(responses, sp.Jackknife()), "q", among=["c", "a"])

    assert found.columns.tolist() == ["a", "c"]
    assert np.array_equal(found, np.eye(2))
    assert sp.duplication(responses, "nets").loc["ab", "any"] == 1


def test_an_option_without_users_has_a_row_without_figures():
    found = sp.duplication(polled(["a b", "a"]), "q")

    assert found.loc["c"].isna().all()
    assert found["c"].tolist()[:2] == [0, 0]


@pytest.mark.parametrize(
    ("question", "among", "where"),
    [
        ("sex", None, "sex"),
        ("q", ["d"], "q"),
        ("q", ["none"], "q"),
        ("q", "a", "among"),
        ("q", [], "among"),
        ("q", ["a", "a"], "among"),
    ],
)
def test_what_has_no_users_is_refused(question, among, where):
    with pytest.raises(EstimationError) as caught:
        sp.duplication(polled(["a", "b"]), question, among=among)
    assert caught.value.where == where
    assert caught.value.allowed


def test_waves_and_unknown_questions_are_refused():
    responses = polled(["a", "b"] * 4)
    with pytest.raises(EstimationError, match="one wave"):
        sp.duplication(sp.stack({"1": responses, "2": responses}), "q")
    with pytest.raises(UnknownNameError):
        sp.duplication(responses, "p")
