"""Variances of element samples from sums by profile: by hand, and where they cancel."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.totals import Basis, Categories, Linearisation, Rows
from socialpoll.totals.elements import Elements
from tests.totals.tables import general

WEIGHTS = [2.0, 3.0, 1.0, 4.0, 2.0, 5.0]


def poll() -> sp.Responses:
    frame = pd.DataFrame(
        {
            "stratum": list("aaabbb"),
            "weight": WEIGHTS,
            "group": ["m", "f", "m", "f", "m", "f"],
            "uses": ["yes", "no", "no", "yes", "yes", "no"],
        }
    )

    def single(name, *codes):
        options = tuple(sp.Code(code=code, label=code) for code in codes)
        return sp.Single(name=name, text=name, options=options)

    asked = sp.Questionnaire(
        title="poll", questions=(single("group", "m", "f"), single("uses", "yes", "no"))
    )
    return sp.bind(frame, asked, sp.SampleDesign(strata="stratum", weight="weight"))


def test_a_share_of_an_element_sample_has_the_variance_made_by_hand():
    weight = np.array(WEIGHTS)
    yes = np.array([1, 0, 0, 1, 1, 0])
    share = weight @ yes / weight.sum()
    z = weight * (yes - share) / weight.sum()
    expected = sum(3 / 2 * ((part - part.mean()) ** 2).sum() for part in (z[:3], z[3:]))
    frame = sp.estimate(poll(), "uses").frame
    assert frame["estimate"][0] == pytest.approx(share, rel=1e-14)
    assert frame["se"][0] == pytest.approx(np.sqrt(expected), rel=1e-13)
    assert frame["df"].tolist() == [4.0, 4.0]


def test_no_scores_of_all_cases_are_made(monkeypatch):
    def refuse(*_):
        message = "an array of all cases and figures"
        raise AssertionError(message)

    monkeypatch.setattr(Linearisation, "_in_general", refuse)
    assert (sp.estimate(poll(), "uses", by="group").frame["n_base"] > 0).all()


def test_a_variance_that_cancels_is_told_and_made_from_scores():
    responses = poll()
    weights = sp.poststratify(responses, "group", {"m": 100.0, "f": 120.0})
    engine = Rows(responses, weights.mass)
    basis = Basis(Categories("group"))
    linear = Linearisation(engine)
    linear.prepare([basis])
    share = np.array([[[120.0], [-100.0], [0.0]]]) / 220.0**2
    found = Elements(linear.sweep).variances(basis, share)
    assert found is not None
    assert found.cancels.tolist() == [True]
    frame = sp.estimate(weights, "group").frame
    assert frame["se"].tolist() == [0.0, 0.0]
    with general():
        assert sp.estimate(weights, "group").frame["se"].tolist() == [0.0, 0.0]
