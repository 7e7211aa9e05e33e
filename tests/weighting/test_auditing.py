"""What each step did: to all cases, to domains, to one case."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from tests.weighting.chains import RESPONSE, SIX, answers, bound

STEPS = (*RESPONSE, SIX, sp.Trim(upper=55))


def weighed():
    return sp.weigh(bound(), sp.Recipe(STEPS))


def test_the_course_of_a_case_multiplies_to_its_weight():
    weights = weighed()
    course = weights.explain(0)
    assert course["name"].tolist() == [
        "base", "unknown_eligibility", "nonresponse", "rake", "trim"
    ]  # fmt: skip
    assert course["weight"].iloc[0] == weights.mass.base[0]
    assert course["weight"].iloc[-1] == pytest.approx(weights.values[0])
    assert course["factor"].prod() * weights.mass.base[0] == pytest.approx(weights.values[0])
    row = answers(1).iloc[0]
    assert course["because"].tolist()[1:4] == [
        f"area = {row['area']}",
        f"sex = {row['sex']}",
        f"sex = {row['sex']}, area = {row['area']}",
    ]


def test_a_case_that_is_not_there_is_refused():
    with pytest.raises(sp.SocialpollError, match="0 to 79"):
        weighed().explain(80)


def test_diagnostics_begin_with_base_weights_and_end_with_the_final_ones():
    weights = weighed()
    found = weights.diagnostics
    assert found["step"].tolist() == [0, 1, 2, 3, 4]
    assert found["sum"].iloc[-1] == pytest.approx(weights.values.sum())
    counted = weights.values[weights.values > 0]
    kish = counted.sum() ** 2 / (counted**2).sum()
    assert found["n_effective"].iloc[-1] == pytest.approx(kish)


def test_the_spread_of_domains_is_that_of_their_cases():
    weights = weighed()
    found = weights.diagnostics_by("sex").set_index(["step", "domain"])
    men = weights.values[(answers(1)["sex"] == "m").to_numpy()]
    men = men[men > 0]
    row = found.loc[(4, "m")]
    assert row["n"] == men.size
    assert row["deff"] == pytest.approx(men.size * (men**2).sum() / men.sum() ** 2)
    assert np.isfinite(found["n_effective"]).all()


def test_domains_of_no_such_variable_are_refused():
    with pytest.raises(sp.SocialpollError, match="there is no question or derived variable 'sx'"):
        weighed().diagnostics_by("sx")
