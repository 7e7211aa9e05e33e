"""Factors are found on combinations of few variables, and hold for those of more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import WeightingError
from socialpoll.responses import SampleDesign, tally
from socialpoll.schema import Questionnaire
from socialpoll.weighting import weigh
from socialpoll.weighting.attaching import attached
from socialpoll.weighting.declared import PostStratify
from socialpoll.weighting.recipe import Recipe


@pytest.fixture
def answers():
    random = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "sex": random.choice(["m", "f"], 200),
            "uses": random.choice(["yes", "no", "perhaps"], 200),
            "area": random.choice(["north", "south"], 200),
            "w": random.choice([0.0, 1.0, 2.5], 200),
        }
    )


def test_each_finer_combination_has_the_factor_of_the_one_it_is_within(answers):
    asked = Questionnaire.infer(answers, exclude=["w", "area"])
    design = SampleDesign(strata="area", weight="w")
    coarse, fine = (
        tally(answers, asked, design, names=names) for names in (["sex"], ["uses", "sex"])
    )
    recipe = Recipe((PostStratify("sex", {"m": 700.0, "f": 300.0}),))

    found = attached(weigh(coarse, recipe).mass, coarse, fine, ["sex"])

    assert np.allclose(found.forward(), weigh(fine, recipe).values, rtol=1e-12)
    sex = fine.columns["sex"]
    by_code = np.bincount(sex.position, weights=found.forward())
    assert by_code.tolist() == pytest.approx(
        [{"m": 700.0, "f": 300.0}[one.code] for one in sex.categories]
    )


def test_answers_that_were_not_there_when_weighting_are_refused(answers):
    asked = Questionnaire.infer(answers, exclude=["w", "area"])
    men = answers[answers["sex"] == "m"]
    coarse, fine = (tally(one, asked, names=["sex"]) for one in (men, answers))
    mass = weigh(coarse, Recipe()).mass

    with pytest.raises(WeightingError, match="nobody was weighted"):
        attached(mass, coarse, fine, ["sex"])
    assert attached(replace(mass), coarse, coarse, ["sex"]).base.sum() == len(men)
