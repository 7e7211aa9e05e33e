"""Weights by the chance of selection."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import StepError, TargetError
from tests.weighting.chains import DESIGN, answers, bound, questionnaire


def weighed(*steps, **changes):
    return sp.weigh(bound(**changes), sp.Recipe(steps))


def test_sizes_weight_every_sampled_case_by_population_units_over_sampled_ones():
    frame = answers(1).assign(base=1.0)
    responses = sp.bind(frame, questionnaire(), DESIGN)
    sizes = {"x": 4000, "y": 3000, "z": 2000}

    weights = sp.weigh(responses, sp.Recipe((sp.Selection("area", sizes),)))

    sampled = frame["area"].value_counts()
    expected = frame["area"].map(lambda area: sizes[area] / sampled[area])
    assert weights.mass.entering(1) == pytest.approx(expected.to_numpy())
    assert weights.values == pytest.approx(expected.where(frame["became"] == "in", 0).to_numpy())


def test_probabilities_are_divided_by():
    chance = answers(1)["chance"].to_numpy()
    weights = weighed(sp.Selection(probability="chance"))
    counted = weights.values > 0
    expected = weights.mass.base[counted] / chance[counted]
    assert weights.values[counted] == pytest.approx(expected)


def test_one_of_several_persons_stands_for_all_of_them_up_to_a_limit():
    adults = answers(1)["adults"].to_numpy()
    weights = weighed(sp.Selection(one_of="adults", at_most=3))
    counted = weights.values > 0
    expected = weights.mass.base * np.minimum(adults, 3)
    assert weights.values[counted] == pytest.approx(expected[counted])


def test_whole_number_codes_count_as_the_numbers_they_are():
    frame = answers(1)
    counted = sp.Single(
        name="adults",
        text="adults",
        code_type="integer",
        options=tuple(sp.Code(code=one, label=str(one)) for one in range(1, 6)),
    )
    asked = questionnaire()
    others = tuple(one for one in asked.questions if one.name != "adults")
    coded = sp.bind(frame, replace(asked, questions=(*others, counted)), DESIGN)

    made = sp.weigh(coded, sp.Recipe((sp.Selection(one_of="adults"),)))

    assert made.values == pytest.approx(weighed(sp.Selection(one_of="adults")).values)


def test_who_could_be_selected_in_several_ways_counts_less():
    sims = answers(1)["sims"].to_numpy()
    weights = weighed(sp.Selection(chances="sims"))
    counted = weights.values > 0
    assert weights.values[counted] == pytest.approx((weights.mass.base / sims)[counted])


def test_selection_adds_nothing_to_the_variance_that_its_weights_do_not():
    weights = weighed(sp.Selection(one_of="adults"))
    fixed = sp.weights_from(weights.responses, weights.values)
    made, expected = (sp.estimate(one, "hours").frame["se"] for one in (weights, fixed))
    assert made.to_numpy() == pytest.approx(expected.to_numpy())


@pytest.mark.parametrize(
    ("step", "changes", "said"),
    [
        (sp.Selection(probability="chance"), {"chance": 1.5}, "at most 1"),
        (sp.Selection(probability="chances"), {}, "did you mean 'chance'?"),
        (sp.Selection(one_of="adults"), {"adults": None}, "cases have no value of 'adults'"),
        (sp.Selection(chances="area"), {}, "'area' has no numbers"),
    ],
)
def test_numbers_that_cannot_be_used_are_told(step, changes, said):
    with pytest.raises(StepError) as raised:
        weighed(step, **changes)
    assert said in str(raised.value)


def test_sizes_that_do_not_fit_are_told_all_at_once():
    with pytest.raises(TargetError) as raised:
        weighed(sp.Selection("area", {"x": 3, "y": 3000, "w": 2000}))
    said = str(raised.value)
    assert "strata with fewer units than were sampled" in said
    assert "sampled cases of strata without a size" in said
    assert "'w'" in said


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (sp.Selection, "one way in which cases were selected"),
        (lambda: sp.Selection(one_of="a", chances="b"), "found one_of, chances"),
        (lambda: sp.Selection("area"), "'of' and 'sizes' belong together"),
        (lambda: sp.Selection(probability="p", at_most=2), "limits the number of persons"),
        (lambda: sp.Selection(one_of="a", at_most=0), "above 0"),
    ],
)
def test_a_selection_that_says_nothing_or_too_much_is_refused(make, said):
    with pytest.raises(sp.SocialpollError, match=said.replace("(", r"\(")):
        make()
