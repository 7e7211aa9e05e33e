"""What is said of bounds that cannot be met, and what is done beyond them where that is asked."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import ConvergenceError, StepError
from tests.weighting.chains import answers, questionnaire

TARGETS = {"m": 300, "f": 100}


def two_cells(base=10.0):
    """Two men and two women."""
    frame = answers(1, 24).head(4).assign(sex=["m", "m", "f", "f"], base=base)
    return sp.bind(frame, questionnaire(), sp.SampleDesign(weight="base"))


def calibrated(targets=TARGETS, responses=None, **options):
    step = sp.Calibrate((sp.Margin("sex", targets),), **options)
    return sp.weigh(responses or two_cells(), sp.Recipe((step,)))


def refused(*arguments, **options):
    with pytest.raises(StepError) as raised:
        calibrated(*arguments, **options)
    (problem,) = raised.value.problems
    return problem


def test_bounds_of_factors_are_told_by_how_much_they_miss_and_what_would_do():
    # Scaled to 400 each weighs 100. Men need 1.5, women .5: between .8 and 1.2 there are 240 men,
    # 20 % short, and 160 women, 60 % too many.
    problem = refused(distance="truncated", bounds=(0.8, 1.2))

    assert problem.where == "step 1 (calibrate)"
    assert "factors between 0.8 and 1.2" in problem.what
    assert "up to 60" in problem.found
    assert "sex f (target 100, 60" in problem.found
    # Neither bound will do alone: 1 - 2.5 · .2 and 1 + 2.5 · .2.
    assert problem.allowed == "bounds = [0.5, 1.5]"


def test_one_bound_alone_is_offered_where_it_will_do():
    problem = refused(distance="truncated", bounds=(0.4, 1.2))

    # Both: 1 + k · .2 = 1.5 at k = 2.5, and 1 - 2.5 · .6 is below 0.
    assert problem.allowed == "bounds = [0, 1.5], or bounds = [0.4, 1.5]"


def test_the_lower_bound_alone_is_offered_where_it_will_do():
    problem = refused(distance="truncated", bounds=(0.8, 1.6))

    # Both: 1 - k · .2 = .5 at k = 2.5, and 1 + 2.5 · .6 = 2.5.
    assert problem.allowed == "bounds = [0.5, 2.5], or bounds = [0.5, 1.6]"


def test_a_logit_is_offered_room():
    problem = refused(distance="logit", bounds=(0.8, 1.2))

    # A hundredth farther from 1 than .5 and 1.5.
    assert problem.allowed == "bounds = [0.495, 1.505]"


@pytest.mark.parametrize(
    ("distance", "bounds"), [("truncated", (0.5, 1.5)), ("logit", (0.495, 1.505))]
)
def test_what_is_offered_can_be_met(distance, bounds):
    weights = calibrated(distance=distance, bounds=bounds)

    assert weights.values == pytest.approx([150, 150, 50, 50])


def test_bounds_of_weights_are_told_as_weights():
    # Whatever they enter with, the men weigh 150 on average, and the women 50.
    responses = two_cells(np.array([1.0, 5, 20, 30]))
    options = {"distance": "truncated", "bounds_on": "weight"}

    problem = refused(responses=responses, bounds=(60, 200), **options)

    assert "weights between 60 and 200" in problem.what
    assert "sex f (target 100, 20" in problem.found
    # Both from the mean weight, 100: 100 - 1.25 · 40, and 100 + 1.25 · 100.
    assert problem.allowed == "bounds = [50, 225], or bounds = [50, 200]"
    weights = calibrated(responses=responses, bounds=(50, 200), **options)
    assert weights.values[2:] == pytest.approx([50, 50])


def test_targets_beyond_any_bounds_are_told_to_be():
    step = {"distance": "truncated", "bounds": (0.5, 2), "totals": {"age": 1e6}}

    problem = refused(**step)

    assert problem.allowed == ""
    assert "age total" in problem.found
    assert "no weights of these interviews" in problem.advice


def test_where_the_step_ended_too_early_bounds_are_not_blamed():
    options = {"distance": "logit", "bounds": (0.4, 1.6), "max_iterations": 1}

    with pytest.raises(ConvergenceError, match="after 1 round"):
        calibrated(**options, tolerance=1e-12)


def test_where_a_miss_is_gone_on_from_bounds_hold_and_a_finding_tells():
    weights = calibrated(distance="truncated", bounds=(0.8, 1.2), on_miss="warn")

    assert weights.values == pytest.approx([120, 120, 80, 80])
    (finding,) = weights.findings.to_dict("records")
    assert finding["severity"] == "error"
    assert (finding["margin"], finding["level"]) == ("sex", "f")


def test_a_step_too_large_for_the_tightest_bounds_says_so(monkeypatch):
    monkeypatch.setattr("socialpoll.weighting.solving.bounds.LARGEST", 0)

    problem = refused(distance="truncated", bounds=(0.8, 1.2))

    assert problem.found == "targets that are missed"
    assert "too large to look for the tightest bounds" in problem.advice
