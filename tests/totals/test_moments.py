"""Moments of units, summed in one pass, give the variances that scores of units give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.totals import Rows, moments, moments_kept
from tests.totals.tables import both_ways, require_same

N = 600
BY = ["sex", "area", ("sex", "area")]
QUESTIONS = ["uses", sp.Share("uses", base="asked", name="uses_asked"), "trust", "always", "never"]


def _asked() -> sp.Questionnaire:
    refused = sp.Missing(code="r", label="refused", reason="refused", in_base=False)
    unsure = sp.Missing(code="u", label="unsure", reason="dont_know", in_base=True)

    def single(name, codes, missing=()):
        options = tuple(sp.Code(code=one, label=one) for one in codes)
        return sp.Single(name=name, text=name, options=options, missing=missing)

    return sp.Questionnaire(
        title="moments",
        questions=(
            single("sex", "mf"),
            single("area", "xyz"),
            single("uses", "yn", (refused,)),
            single("trust", "abc", (refused, unsure)),
            single("always", "yn"),
            single("never", "yn"),
            single("stratum_code", "0123"),
        ),
    )


def _frame() -> pd.DataFrame:
    random = np.random.default_rng(11)
    cluster = random.permutation(N) // 10  # rows are not in the order of units
    return pd.DataFrame(
        {
            "sex": random.choice(["m", "f"], N),
            "area": random.choice(["x", "y", "z", None], N, p=[0.5, 0.3, 0.1, 0.1]),
            "uses": random.choice(["y", "n", "r", None], N),
            "trust": random.choice(["a", "b", "c", "r", "u"], N),
            "always": np.full(N, "y"),
            "never": np.where(np.arange(N) == 3, "y", "n"),
            "stratum_code": (cluster % 4).astype(str),
            "cluster": cluster,
            "stratum": cluster % 4,
            "w": random.lognormal(0, 1, N),
        }
    )


def _responses() -> sp.Responses:
    return sp.bind(
        _frame(), _asked(), sp.SampleDesign(strata="stratum", clusters="cluster", weight="w")
    )


@pytest.fixture
def counted(monkeypatch):
    """Say how often moments were at hand."""
    found: list[bool] = []
    usual = Rows.moments

    def counting(self, basis):
        made = usual(self, basis)
        found.append(made is not None)
        return made

    monkeypatch.setattr(Rows, "moments", counting)
    return found


@pytest.mark.parametrize("rows", [40, 10_000])
@pytest.mark.parametrize("columns", [3, 96])
def test_figures_by_moments_are_those_by_scores(rows, columns, monkeypatch, counted):
    monkeypatch.setattr(moments, "ROWS_A_BLOCK", rows)
    monkeypatch.setattr(moments, "COLUMNS_A_PASS", columns)
    require_same(*both_ways(_responses(), QUESTIONS, by=BY))
    assert any(counted)


def test_a_condition_is_summed_apart(counted):
    require_same(*both_ways(_responses(), QUESTIONS, by=BY, where=sp.Is("sex", "f")))
    assert any(counted)


def test_what_everybody_answered_has_no_variance_and_is_not_fixed_by_weighting():
    frame = sp.estimate(_responses(), ["always"], by=BY).frame
    assert (frame["se"] == 0).all()
    assert not frame["caveat"].str.contains("fixed").any()


def test_a_share_that_strata_fix_is_told_from_one_that_does_not_vary():
    answers = _frame()
    answers["w"] = 1.0
    design = sp.SampleDesign(strata="stratum", clusters="cluster", weight="w")
    responses = sp.bind(answers, _asked(), design)
    frame = sp.estimate(responses, ["stratum_code"], by=["sex", "area", "uses"]).frame
    everybody = frame[frame["breakdown"] == "_T"]
    assert everybody["caveat"].str.contains("fixed by weighting").all()


def test_a_table_of_too_many_strata_and_domains_is_not_made(monkeypatch, counted):
    monkeypatch.setattr(moments_kept, "SMALL", 1)
    require_same(*both_ways(_responses(), QUESTIONS, by=[*BY, ("sex", "area", "trust")]))
    assert any(counted)
    assert not all(counted)
