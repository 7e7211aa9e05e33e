from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.disclosure import optimal
from socialpoll.disclosure.appointing import appointed
from socialpoll.disclosure.complementing import open_pushes
from socialpoll.disclosure.gathering import gathered
from socialpoll.disclosure.suppressing import Suppression, suppression_of
from socialpoll.errors import ReleaseError
from tests.disclosure.attacking import Attack
from tests.disclosure.families import family

KEPT = sp.MinBase(0, 0)


def cells(threshold: int, **others) -> sp.Policy:
    return sp.Policy(name="cells", threshold=threshold, **others)


def drawn(seed: int) -> sp.Estimates:
    """Return a small table: three areas by three answers."""
    draw = np.random.default_rng(seed)
    counts = draw.integers(1, 40, (3, 3))
    keys = [(area, answer) for area in "abc" for answer in "ynx"]
    rows = [one for one, times in zip(keys, counts.ravel(), strict=True) for _ in range(times)]
    frame = pd.DataFrame(rows, columns=["area", "q"])
    return sp.estimate(sp.bind(frame, sp.Questionnaire.infer(frame)), ["q"], by="area")


def suppressed(estimates: sp.Estimates, policy: sp.Policy) -> Suppression:
    several, figures = gathered(estimates)
    return suppression_of(several, figures, appointed((KEPT,)), policy)


def safe(found: Suppression, more: tuple[int, ...]) -> bool:
    problem = found.problem
    hidden = problem.hidden.copy()
    hidden[list(more)] = True
    open_ = [one.form for view in problem.needs for one in open_pushes(problem, hidden, view)]
    return set(open_) <= found.complements.given_up


@pytest.mark.parametrize("harm", ["log", "cells"])
@pytest.mark.parametrize("seed", [1, 2, 5])
def test_nothing_of_less_harm_is_safe_among_all_choices_of_rows(seed, harm):
    found = suppressed(drawn(seed), cells(10, harm=harm))
    problem, cost = found.problem, found.problem.harm
    rows = np.flatnonzero(~problem.ledger.closed(problem.hidden)).tolist()
    choices = (one for size in range(len(rows) + 1) for one in combinations(rows, size))
    cheaper = [one for one in choices if cost[list(one)].sum() < found.optimum.harm - 1e-6]

    assert found.optimum.harm == pytest.approx(found.optimum.least)
    assert found.hidden.any()
    assert not any(safe(found, one) for one in cheaper)


def test_what_is_hidden_is_never_less_than_the_bound_nor_more_than_without_looking(monkeypatch):
    estimates = [sp.estimate(family(seed, gaps=True), ["q", "hb"], by="area") for seed in (3, 9)]
    made = [suppressed(one, cells(6)).optimum for one in estimates]
    monkeypatch.setattr(optimal, "LARGEST", 0)
    without = [suppressed(one, cells(6)).optimum for one in estimates]

    assert all(one.least <= one.harm for one in made)
    assert all(one.harm <= other.harm for one, other in zip(made, without, strict=True))
    assert all(np.isnan(one.least) for one in without)


def test_the_audit_tells_the_harm_and_the_least_it_could_be():
    audit = sp.audit(drawn(1), KEPT, policy=cells(10))

    assert audit.attrs["harm"]["hidden"] == pytest.approx(audit.attrs["harm"]["least"])
    assert not audit.attrs["withheld"]


def test_without_effort_tables_are_hidden_whole_and_nothing_less_is_safe():
    estimates = sp.estimate(family(4508, gaps=False), ["box", "q"], by=["area", ("area", "sex")])
    usual, coarse = (
        sp.audit(estimates, KEPT, policy=cells(7, effort=effort)) for effort in (10**6, 0)
    )
    shown, fewer = (one["situation"] == "usual" for one in (usual, coarse))

    assert coarse.attrs["withheld"]
    assert fewer.sum() < shown.sum()
    assert coarse["protected"].all()


def test_no_small_count_is_found_where_tables_were_hidden_whole():
    estimates = sp.estimate(family(4508, gaps=False), ["box", "q"], by=["area", ("area", "sex")])
    release = sp.release(estimates, KEPT, policy=cells(7, effort=0))

    assert Attack([estimates], release, 7, complete=["area", "sex"], whole=False).holes() == []


def test_an_effort_is_a_number_of_unknowns():
    with pytest.raises(ReleaseError, match="effort"):
        sp.Policy(name="cells", effort=-1)
