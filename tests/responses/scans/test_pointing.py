"""What points are given reaches the rows that they stand for, wherever these lie."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialpoll.responses import Pointed, SampleDesign, bind, scan
from tests.responses.asking import asking, number, numbers, single
from tests.responses.scans.elsewhere import laid

ASKED = asking(single("m", "f", name="sex"), number("minutes"), number("income", minimum=0))
SUMMED = {"minutes": 1, "income": 2}


@pytest.fixture(scope="module")
def answers():
    draw = np.random.default_rng(4)
    frame = pd.DataFrame(
        {
            "sex": draw.choice(["m", "f", None], 300),
            "minutes": draw.gamma(2, 30, 300),
            "income": draw.lognormal(3, 1, 300).round(2),
            "w": draw.choice([0.0, 1.0, 2.5], 300),
            "row": np.arange(300.0),
        }
    )
    frame.loc[:20, "minutes"], frame.loc[15:30, "income"] = np.nan, -1.0
    # One case alone, and several that say the same.
    frame.loc[31, ["sex", "minutes"]] = [None, np.nan]
    frame.loc[frame["sex"] == "f", "minutes"] = 12.5
    return frame


def scores(responses):
    """Return a score by weight of every row: one function of the answers."""
    minutes, income = (np.array(numbers(responses.columns[name])) for name in SUMMED)
    sex = responses.columns["sex"].position
    linear = 1.0 + 2.0 * minutes - (sex + 3.0) * income
    return np.column_stack([linear + 0.25 * income**2, linear * (sex == 1)])


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_every_row_is_scored_by_its_own_numbers(answers, engine, tmp_path):
    whole = bind(answers, ASKED, SampleDesign(weight="w"))
    with laid(answers, tmp_path) as sources:
        scanned = scan(sources[engine], ASKED, SampleDesign(weight="w"))
        counted = scanned.tally(["sex"], summed=SUMMED)
        found = counted.repeats.records.scored(scores(counted), ["z", "y"]).collect().to_pandas()

    assert list(found.columns) == [*answers.columns, "z", "y"]
    found = found.sort_values("row")[["z", "y"]].to_numpy()
    expected = whole.base_weight[:, None] * scores(whole)
    assert np.allclose(found, expected, rtol=1e-11, atol=1e-9)


def test_all_cases_stand_at_the_first_point_and_all_points_weigh_alike(answers):
    counted = scan(answers, ASKED, SampleDesign(weight="w")).tally(["sex"], summed=SUMMED)
    whole, repeats = bind(answers, ASKED, SampleDesign(weight="w")), counted.repeats

    assert repeats.times.sum() == len(whole)
    assert repeats.squared(counted.base_weight).sum() == pytest.approx(
        whole.base_weight @ whole.base_weight
    )
    points = repeats.points
    assert points.powers == SUMMED
    assert ((repeats.times == 0) <= points.of_several).all()
    assert len(repeats.records.keys) == len(counted)


def test_points_of_several_waves_stand_under_one_another(answers):
    first, second = (
        scan(answers, ASKED).tally(["sex"], summed=one).repeats.points
        for one in (SUMMED, {"income": 1})
    )

    stacked = Pointed.stacked([(first.left.size, first), (3, None), (second.left.size, second)])

    size = first.left.size
    assert stacked.powers == {"minutes": 1, "income": 1}
    assert (stacked.own[:size, :size] != first.own).nnz == 0
    assert stacked.own[size : size + 3].nnz == 0
    assert (stacked.own[size + 3 :, size + 3 :] != second.own).nnz == 0
    assert stacked.common.tolist() == [*first.common, 0, 0, 0, *second.common]
    assert Pointed.stacked([(2, None)]) is None
