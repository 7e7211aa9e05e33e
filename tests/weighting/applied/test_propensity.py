"""Weights by propensities: to respond, and to take part."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

import socialpoll as sp
from socialpoll.errors import StepError, TargetError
from socialpoll.weighting.solving.logistic import fit_logistic, fit_pseudo
from tests.weighting.chains import DESIGN, RESPONSE, answers, bound, questionnaire

KNOWN = RESPONSE[0]


def test_a_saturated_propensity_is_the_weighted_response_rate_of_each_class():
    by_class = sp.weigh(bound(), sp.Recipe((KNOWN, sp.NonResponse("area"))))
    by_propensity = sp.weigh(bound(), sp.Recipe((KNOWN, sp.Propensity("area"))))
    assert by_propensity.values == pytest.approx(by_class.values, rel=1e-8)


def test_the_fit_solves_its_estimating_equations():
    random = np.random.default_rng(3)
    x = np.column_stack([np.ones(50), random.normal(size=50)])
    weights = random.uniform(1, 3, (50, 2))
    responded = weights * random.uniform(0.2, 0.9, (50, 2))
    fitted = fit_logistic(responded, weights, x)
    assert fitted.sound.all()
    assert x.T @ (responded - weights * fitted.probability) == pytest.approx(0, abs=1e-7)


def test_separated_groups_have_no_fit():
    x = np.array([[1.0, 0.0], [1.0, 1.0]])
    weights = np.ones((2, 1))
    assert not fit_logistic(np.array([[1.0], [0.0]]), weights, x).sound[0]


def test_the_pseudo_fit_gives_the_reference_the_sums_of_the_sample():
    x = np.array([[1.0, 0.0], [1.0, 1.0]])
    reference = np.array([[900.0], [600.0]])
    # 90 take part in the first group, 120 in the second: 0.1 and 0.2.
    found = fit_pseudo(np.array([[210.0], [120.0]]), reference, x)
    assert found.probability[:, 0] == pytest.approx([0.1, 0.2])


def test_numbers_enter_a_propensity_as_they_are():
    frame = answers(4, size=300)
    random = np.random.default_rng(8)
    chance = special.expit((frame["age"] - 45) / 20)
    frame = frame.assign(became=np.where(random.random(len(frame)) < chance, "in", "no"), base=1.0)
    weights = sp.weigh(sp.bind(frame, questionnaire(), DESIGN), sp.Recipe((sp.Propensity("age"),)))
    counted = weights.values > 0
    logit = -np.log(weights.values[counted] - 1)  # w = 1 / p
    slope = np.polyfit(frame["age"][counted], logit, 1)[0]
    assert np.polyval(np.polyfit(frame["age"][counted], logit, 1), frame["age"][counted]) == (
        pytest.approx(logit)
    )
    assert 0.02 < slope < 0.09


def test_classes_of_the_propensity_share_out_the_weight_of_those_who_are_silent():
    responses = bound(size=200)
    steps = (KNOWN, sp.Propensity(("area", "age"), classes=5))
    weights = sp.weigh(responses, sp.Recipe(steps))
    entering = weights.mass.entering(1)
    ineligible = responses.outcome == 7
    assert weights.values.sum() == pytest.approx(entering[~ineligible].sum())
    interviews = responses.interviewed
    assert len(np.unique((weights.values[interviews] / entering[interviews]).round(9))) <= 5


def test_a_propensity_without_a_fit_is_refused_with_advice():
    frame = answers(1)
    frame.loc[frame["area"] == "x", "became"] = "in"
    responses = sp.bind(frame, questionnaire(), DESIGN)
    with pytest.raises(StepError, match="some groups all respond, or none does"):
        sp.weigh(responses, sp.Recipe((KNOWN, sp.Propensity("area"))))


def opt_in(size=400):
    """People who chose themselves: women three times as likely as men."""
    frame = answers(6, size).assign(became="in", base=1.0)
    frame["sex"] = np.where(np.arange(size) % 4 == 0, "m", "f")
    design = sp.SampleDesign(sampling="opt_in")
    return sp.bind(frame, questionnaire(), design)


REFERENCE = {"m": 50_000.0, "f": 50_000.0}


def test_an_opt_in_sample_is_weighted_to_the_composition_of_the_reference():
    weights = sp.weigh(opt_in(), sp.Recipe((sp.ReferencePropensity("sex", REFERENCE),)))
    # 100 men of 50,000 and 300 women: one over the propensity to take part is 500 and 166.7.
    assert sorted(set(weights.values.round(6))) == pytest.approx([50_000 / 300, 500])
    assert weights.values.sum() == pytest.approx(100_000)


def test_an_opt_in_sample_has_no_precision_unless_it_is_asked_for():
    weights = sp.weigh(opt_in(), sp.Recipe((sp.ReferencePropensity("sex", REFERENCE),)))
    plain = sp.estimate(weights, "uses").frame
    asked = sp.estimate(weights, "uses", precision=sp.Precision(opt_in="model")).frame
    assert plain["se"].isna().all()
    assert (asked["se"] > 0).all()
    with pytest.raises(sp.SocialpollError, match="opt_in='model'"):
        sp.t_test(weights, "hours", by="sex")
    sp.t_test(weights, "hours", by="sex", precision=sp.Precision(opt_in="model"))


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({"m": 0.5, "f": 0.5}, "has shares where persons are needed"),
        ({"m": 5000, "x": 5000}, "did you mean"),
    ],
)
def test_a_reference_that_does_not_fit_is_refused(targets, said):
    with pytest.raises(TargetError) as raised:
        sp.weigh(opt_in(), sp.Recipe((sp.ReferencePropensity("sex", targets),)))
    assert said in str(raised.value) or "a target for a code" in str(raised.value)
