"""Which groups of weights sum to figures that are known of the population."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.weighting import KnownSum, known_sums

AREAS = {"a": 2, "b": 5, "c": 8}
FRAME = pd.DataFrame(
    {
        "area": [code for code, times in AREAS.items() for _ in range(times)],
        "sex": (["m", "f"] * 8)[:15],
        "hours": np.arange(15) + 0.25,
    }
)
SEXES = {"m": 0.5, "f": 0.5}
SIZES = {"a": 100, "b": 400, "c": 500}


def responses(frame: pd.DataFrame = FRAME, **design) -> sp.Responses:
    return sp.bind(frame, sp.Questionnaire.infer(FRAME), sp.SampleDesign(**design))


def told(source: object) -> list[tuple[str, str, str, int]]:
    return [(one.step, one.margin, one.group, one.cases) for one in groups(source)]


def groups(source: object) -> list[KnownSum]:
    return [one for one in known_sums(source) if not one.everybody]


def test_every_group_of_a_margin_is_one_with_its_interviews_and_its_weight():
    weights = sp.rake(responses(), {"area": SIZES, "sex": SEXES})
    found = groups(weights)

    assert [(one.margin, one.group, one.cases) for one in found] == [
        ("area", "a", 2),
        ("area", "b", 5),
        ("area", "c", 8),
        ("sex", "f", 7),
        ("sex", "m", 8),
    ]
    assert [one.weight for one in found] == pytest.approx([100, 400, 500, 500, 500])
    assert {one.step for one in found} == {"step 1 (rake)"}


def test_of_everybody_the_squares_of_weights_are_known_too():
    weights = sp.rake(responses(), {"area": SIZES})
    everybody = next(one for one in known_sums(weights) if one.everybody)

    assert (everybody.cases, everybody.weight) == (15, pytest.approx(1000))
    assert everybody.squares == pytest.approx(100**2 / 2 + 400**2 / 5 + 500**2 / 8)


def test_groups_of_a_crossing_say_the_codes_that_they_take_together():
    targets = {(area, sex): 1 / 6 for area in "abc" for sex in "mf"}
    margin = sp.Margin(("area", "sex"), targets, merge={"area": {"ab": ["a", "b"]}})
    found = groups(sp.rake(responses(), [margin]))

    assert [(one.group, one.codes, one.cases) for one in found] == [
        ("ab|f", (("a", "b"), ("f",)), 3),
        ("ab|m", (("a", "b"), ("m",)), 4),
        ("c|f", (("c",), ("f",)), 4),
        ("c|m", (("c",), ("m",)), 4),
    ]


@pytest.mark.parametrize("missing", ["own_class", "keep_base", "distribute"])
def test_interviews_without_a_value_are_no_group(missing):
    frame = FRAME.assign(area=FRAME["area"].where(FRAME.index != 14, ""))
    margins = [sp.Margin("area", SIZES, missing=missing), sp.Margin("sex", SEXES)]
    found = [one for one in groups(sp.rake(responses(frame), margins)) if one.margin == "area"]

    assert [(one.group, one.cases) for one in found] == [("a", 2), ("b", 5), ("c", 7)]
    # Where they count in the groups in parts, what others weigh is not known.
    assert [one.weight is None for one in found] == [missing == "distribute"] * 3


def test_totals_and_means_of_numbers_are_of_no_group():
    step = sp.Calibrate(means={"hours": 7.5}, total=1000.0)

    assert groups(sp.weigh(responses(), sp.Recipe((step,)))) == []


def test_strata_of_a_selection_are_groups_while_their_interviews_weigh_what_they_are():
    frame = FRAME.assign(disposition=["refusal", *["interview"] * 14])
    sampled = responses(frame, disposition="disposition", interviewed=("interview",))
    selected = sp.Selection("area", SIZES)
    shared = sp.NonResponse("area")

    def found(*steps: object) -> list[str]:
        return [one.group for one in groups(sp.weigh(sampled, sp.Recipe(steps)))]

    # The refusal in a leaves half of its weight, until others in its stratum take it.
    assert found(selected) == ["b", "c"]
    assert found(selected, shared) == ["a", "b", "c"]
    assert found(selected, shared, sp.Rescale(2000)) == []


def test_categories_of_a_reference_are_groups_where_one_variable_makes_the_propensity():
    step = sp.ReferencePropensity("area", {"a": 300, "b": 400, "c": 500})
    weights = sp.weigh(responses(), sp.Recipe((step,)))

    assert told(weights) == [
        ("step 1 (reference_propensity)", "area", code, cases) for code, cases in AREAS.items()
    ]


def test_weights_that_came_with_the_answers_tell_of_the_margins_they_were_made_to():
    values = np.arange(1.0, 16.0)

    assert told(sp.weights_from(responses(), values)) == []
    assert told(sp.weights_from(responses(), values, margins=["area"])) == [
        ("made elsewhere", "area", code, cases) for code, cases in AREAS.items()
    ]


def test_every_wave_has_its_own_groups_and_replicates_have_those_of_their_weights():
    first, second = responses(), responses(FRAME.iloc[1:])
    raked = sp.rake(first, {"area": SIZES})
    stacked = sp.stack({"one": raked, "two": second})

    assert known_sums(first) == ()
    assert {one.wave for one in groups(stacked)} == {"one"}
    assert told(stacked) == told(raked) == told(sp.replicate(raked, sp.Jackknife()))


def test_estimates_carry_the_groups_and_neither_say_them_nor_hand_them_to_a_release():
    weights = sp.rake(responses(), {"area": SIZES})
    estimates = sp.estimate(weights, ["sex"])
    release = sp.release(estimates, sp.MinBase(0, 0))

    assert estimates.known_sums == known_sums(weights)
    assert "KnownSum" not in repr(estimates)
    assert not any(isinstance(one, KnownSum) for one in vars(release).values())
    assert "known_sums" not in release.dumps()
