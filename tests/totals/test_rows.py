"""The engine in memory: sums over rows, by domain, unit and cell."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError
from socialpoll.totals import (
    AtMost,
    Basis,
    Categories,
    Mass,
    Options,
    Pairs,
    Present,
    Products,
    Rows,
    Squares,
    Values,
)
from tests.indicators.polls import ELEMENTS, answers, bound


def engine(seed=4):
    responses = bound(seed, ELEMENTS)
    return Rows(responses, Mass(responses.base_weight)), answers(seed)


def test_cells_are_the_sums_that_pandas_makes():
    rows, data = engine()
    basis = Basis(Categories("trust"), ("sex",))
    sums = rows.cells(basis)
    table = data.pivot_table(index="sex", columns="trust", values="weight", aggfunc="sum")
    expected = table.reindex(index=["m", "f"], columns=["yes", "no", "dk"]).fillna(0)
    assert sums[:, :3] == pytest.approx(expected.to_numpy())
    assert (sums[:, 3] == 0).all()


@pytest.mark.parametrize(
    "measure",
    [
        Categories("trust"),
        Options("apps"),
        Values(("hours", "rooms")),
        Present(("sex",)),
        Pairs(("trust", "apps")),
    ],
)
def test_unit_totals_add_up_to_the_cells(measure):
    rows, _ = engine()
    basis = Basis(measure, ("sex", "area"))
    by_unit = np.asarray(rows.unit_totals(basis).sum(axis=0)).reshape(rows.cells(basis).shape)
    assert by_unit == pytest.approx(rows.cells(basis))


def test_products_hold_the_second_moments():
    rows, data = engine()
    found = rows.cells(Basis(Products(("hours", "rooms"))), "cases")
    assert found.shape == (1, 4)
    weighted = rows.cells(Basis(Products(("hours", "rooms"))))[0]
    h, r, w = (data[one].to_numpy() for one in ("hours", "rooms", "weight"))
    assert weighted == pytest.approx(
        [(w * h * h).sum(), *[(w * h * r).sum()] * 2, (w * r * r).sum()]
    )


def test_pairs_are_of_those_who_answered_both_with_all_their_options():
    rows, data = engine()
    given = data[data["apps"].notna() & data["trust"].isin(["yes", "no"])]
    apps = [given["apps"].str.contains(one) for one in "abc"]
    trusts = [given["trust"] == one for one in ("yes", "no")]
    margins = [*apps, *trusts, given["apps"].notna()]
    expected = [(given["weight"] * (a & b)).sum() for a in apps for b in trusts]
    expected += [(given["weight"] * one).sum() for one in margins]
    assert rows.cells(Basis(Pairs(("apps", "trust"))))[0] == pytest.approx(expected)
    cases = rows.cells(Basis(Pairs(("apps", "trust"))), "cases")[0]
    assert cases[-1] == len(given)


def test_limits_and_centres_are_those_of_the_domain():
    rows, data = engine()
    below = rows.cells(Basis(AtMost("hours", ((2.0, 3.0), (4.0, np.nan))), ("sex",)), "cases")
    hours, weight = data["hours"], data["weight"]
    male, female = data["sex"] == "m", data["sex"] == "f"
    assert below.tolist() == [
        [(hours[male] <= 2).sum(), (hours[male] <= 3).sum(), male.sum()],
        [(hours[female] <= 4).sum(), 0, female.sum()],
    ]
    squares = rows.cells(Basis(Squares("hours", (1.0, 5.0)), ("sex",)))
    assert squares[:, 0] == pytest.approx(
        [(weight * (hours - 1) ** 2)[male].sum(), (weight * (hours - 5) ** 2)[female].sum()]
    )
    assert squares[0, 1] == pytest.approx((weight * (hours - 1))[male].sum())


def test_moments_count_cases_weights_and_squares():
    rows, data = engine()
    basis = Basis(Present(()))
    assert rows.cells(basis, "cases")[0, 0] == len(data)
    assert rows.cells(basis, "weight")[0, 0] == pytest.approx(data["weight"].sum())
    assert rows.cells(basis, "squared")[0, 0] == pytest.approx((data["weight"] ** 2).sum())


def test_distinct_finds_the_cells_that_occur_and_attach_gives_each_case_its_own():
    rows, data = engine()
    cells = rows.distinct(("sex", "area"))
    counted = data.groupby(["sex", "area"]).size()
    assert cells.size == len(counted)
    attached = rows.attach(cells.cell, cells.cases.astype(float))
    expected = data.groupby(["sex", "area"])["sex"].transform("size")
    assert attached == pytest.approx(expected.to_numpy())


def test_options_as_domains_overlap():
    rows, data = engine()
    counts = rows.cells(Basis(Present(("sex",)), ("apps",)), "cases")[:, 0]
    picked = data["apps"].fillna("").str
    assert counts.tolist() == [int(picked.contains(one).sum()) for one in "abc"]


def test_numbers_cannot_break_down_and_say_what_can():
    rows, _ = engine()
    with pytest.raises(EstimationError, match="hours") as caught:
        rows.cells(Basis(Categories("trust"), ("hours",)))
    assert "bands" in caught.value.advice


def test_a_scale_without_scores_has_no_numbers_to_sum():
    rows, _ = engine()
    with pytest.raises(EstimationError, match="no numbers"):
        rows.cells(Basis(Values(("trust",))))


def test_missing_answers_leave_the_sums_of_others_alone():
    data = answers(4)
    gaps = data.assign(hours=np.where(data.index % 2 == 0, data["hours"], np.nan))
    responses = sp.bind(gaps, bound(4, ELEMENTS).questionnaire, ELEMENTS)
    sums = Rows(responses, Mass(responses.base_weight)).cells(Basis(Values(("hours",))), "cases")
    assert sums[0, 1] == gaps["hours"].notna().sum()
