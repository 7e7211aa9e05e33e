# ruff: noqa: PD011 - facts and targets have values that are not those of pandas
"""Steps have one factor for all who agree, so that combinations of answers can stand for cases."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import socialpoll as sp
from tests.weighting.polls import QUESTIONNAIRE, REGION, SEX, answers

NEAR = 1e-9
OUTCOMES = {
    "done": "interview",
    "no": "refusal",
    "gone": "ineligible",
    "nobody": "unknown_household",
}
DESIGN = sp.SampleDesign(
    strata="area", clusters="block", weight="base", disposition="what", outcomes=OUTCOMES
)
MARGINS = (
    sp.Margin("sex", SEX),
    sp.Margin("region", REGION),
    sp.Margin("school", {"low": 0.3, "middle": 0.4, "high": 0.3}, missing="own_class"),
)
RESPONDED = (sp.UnknownEligibility(within="region"), sp.NonResponse(within="sex"))
RECIPES = {
    "classes, raking, requirements": (
        *RESPONDED,
        sp.Rescale(to="interviews"),
        sp.Rake(MARGINS, total=9000),
        sp.Require(max_deff=2.0, max_ratio=40.0, margin_error=0.01),
    ),
    "inverse propensities, a chance of selection, linear calibration": (
        RESPONDED[0],
        sp.Propensity(on=("sex", "age")),
        sp.Selection(one_of="age", at_most=60),
        sp.Calibrate(MARGINS, means={"age": 40.0}, total=9000),
    ),
    "classes of propensities, bounds of weights": (
        RESPONDED[0],
        sp.Propensity(on=("region", "age"), classes=3),
        sp.Calibrate(
            MARGINS[:2], distance="truncated", bounds=(15.0, 60.0), bounds_on="weight", total=9000
        ),
    ),
    "a reference, bounds of factors": (
        sp.ReferencePropensity("sex", {"male": 4000, "female": 5000}),
        sp.Calibrate(MARGINS, distance="logit", bounds=(0.2, 4.0), total=9000),
    ),
    "limits shared out in proportion": (
        sp.Rake(MARGINS[:2], total=9000),
        sp.Trim(rule="median_iqr", upper=0.9),
    ),
    "limits shared out in equal parts": (
        sp.Trim(rule="percentile", lower=20, upper=80, sharing="additive", within="region"),
        sp.Rake(MARGINS[:2], total=9000, max_iterations=2, on_miss="warn"),
    ),
}


@pytest.fixture(scope="module")
def frame():
    frame = answers(360)
    draw = np.random.default_rng(8)
    frame["base"] = (10 * frame["base"]).round() / 8
    frame["block"] = draw.integers(0, 40, len(frame))
    frame["area"] = np.where(frame["block"] < 20, "north", "south")
    frame["what"] = draw.choice([*OUTCOMES], len(frame), p=[0.7, 0.15, 0.05, 0.1])
    frame.loc[::50, "school"] = None
    return frame


@pytest.fixture(scope="module")
def both(frame):
    return sp.scan(frame, QUESTIONNAIRE, DESIGN), sp.bind(frame, QUESTIONNAIRE, DESIGN)


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_makes_of_combinations_what_it_makes_of_cases(both, name):
    several = [sp.weigh(one, sp.Recipe(RECIPES[name])) for one in both]

    precision = sp.Precision(residuals="entering" if "classes" in name else "derivative")
    figures = [
        sp.estimate(one, ["sex", sp.Mean("age")], by="school", precision=precision)
        for one in several
    ]
    frames = [one.frame.drop(columns="weights_id") for one in figures]
    assert_frame_equal(*frames, rtol=NEAR, atol=1e-12)
    known = [pd.DataFrame(one.known_sums).drop(columns="step") for one in figures]
    assert_frame_equal(*known, rtol=1e-7)
    assert_frame_equal(*(one.margins for one in several), rtol=1e-7, atol=1e-12)
    assert_frame_equal(*(one.diagnostics for one in several), rtol=NEAR)
    assert_frame_equal(*(one.diagnostics_by("school", "sex") for one in several), rtol=NEAR)
    assert_frame_equal(*(one.findings for one in several))
    assert [len(one) for one in several] == [360, 360]
    assert repr(several[0]) == repr(several[1])
    assert told_by(several[0]) == told_by(several[1])


def told_by(weights):
    """Return the account of the method, without digits that are of rounding."""
    found = weights.methodology.facts
    return [(one.stage, one.name, str(shortened(dict(one.values)))) for one in found]


def shortened(value):
    if isinstance(value, dict):
        return {key: shortened(one) for key, one in value.items()}
    if isinstance(value, float):
        return 0.0 if abs(value) < 1e-7 else float(f"{value:.7g}")
    return value


def test_cases_of_each_base_weight_are_counted_apart_only_where_limits_need_it(both):
    scan, _ = both
    free, held = (
        sp.weigh(scan, sp.Recipe(RECIPES[name]))
        for name in ("a reference, bounds of factors", "limits shared out in proportion")
    )

    assert not free.scan.is_by_base_weight
    assert held.scan.is_by_base_weight
    assert held.scan.by_base_weight() is held.scan
    assert (held.responses.repeats.least == held.responses.repeats.most).all()
    assert held.scan.digest == free.scan.digest == scan.digest
    assert held.scan.findings is scan.findings


def test_limits_are_refused_where_cases_that_agree_weigh_differently(frame):
    tally = sp.scan(frame, QUESTIONNAIRE, DESIGN).tally(["sex"])
    done = frame[frame["what"] == "done"]
    weights = done.groupby(["sex", "area"])["base"].transform("nunique")

    with pytest.raises(sp.SocialpollError, match="have different base weights") as raised:
        sp.weigh(tally, sp.Recipe((sp.Trim(upper=3.0),)))
    assert raised.value.where == "step 1 (trim)"
    assert raised.value.found == f"{(weights > 1).sum()} of {len(done)} cases"
    assert "weigh the scan itself" in raised.value.advice


def test_too_many_base_weights_for_limits_are_refused_with_what_can_be_done(frame, monkeypatch):
    from socialpoll.responses.scans import scanning

    scan = sp.scan(frame, QUESTIONNAIRE, DESIGN)
    monkeypatch.setitem(scanning.Scan.tally.__kwdefaults__, "most", 20)

    with pytest.raises(sp.SocialpollError, match="too many different base weights") as raised:
        sp.weigh(scan, sp.Recipe((sp.Rescale(to=10.0), sp.Trim(upper=3.0))))
    assert raised.value.where == "step 2 (trim)"
    assert "'base' has" in raised.value.found
    with pytest.raises(sp.SocialpollError, match="too many combinations"):
        sp.weigh(scan, sp.Recipe((sp.Rake(MARGINS),)))


def test_households_are_refused_where_there_are_no_single_cases(both):
    step = sp.Calibrate(MARGINS[:1], equal_within="house", total=100)

    with pytest.raises(sp.SocialpollError, match="groups of single cases"):
        sp.weigh(both[0], sp.Recipe((step,)))


def test_bounds_that_cannot_hold_are_told_with_the_same_bounds_that_can(frame):
    few = frame.assign(base=frame["base"].round().clip(1, 2))[:80]
    step = sp.Calibrate(
        MARGINS[:1], distance="truncated", bounds=(80.0, 120.0), bounds_on="weight", total=9000
    )
    told = []
    for make in (sp.scan, sp.bind):
        one = make(few, QUESTIONNAIRE, DESIGN)
        with pytest.raises(sp.SocialpollError, match="cannot be reached with weights") as raised:
            sp.weigh(one, sp.Recipe((step,)))
        told.append((raised.value.found, raised.value.allowed))

    assert told[0] == told[1]
    assert "bounds = [" in told[0][1]


def test_what_is_wrong_is_counted_in_cases(both, frame):
    steps = (
        sp.PostStratify("school", {"low": 0.3, "middle": 0.4, "high": 0.3}),
        sp.Trim(upper=5.0, within="school"),
        sp.Selection(probability="age"),
    )
    for step in steps:
        told = []
        for one in both:
            with pytest.raises(sp.SocialpollError) as raised:
                sp.weigh(one, sp.Recipe((step,)))
            told.append([problem.what for problem in raised.value.problems])
        assert told[0] == told[1]
        assert any(character.isdigit() for character in told[0][0])


def test_looking_at_a_recipe_foretells_the_same_of_combinations(both):
    regions = sp.Margin("region", {1: 0.0, 2: 0.2, 3: 0.8})
    recipe = sp.Recipe((RESPONDED[1], sp.Rake((MARGINS[0], regions, MARGINS[2]))))

    several = [sp.lint(one, recipe) for one in both]

    assert_frame_equal(*(one.frame for one in several))
    assert_frame_equal(*(one.merges for one in several), rtol=NEAR)
    assert len(several[1].merges)


def test_what_another_poll_found_where_it_lies_is_a_target(both):
    weights = [sp.poststratify(one, "sex", {"male": 4000, "female": 5000}) for one in both]
    for sources in (weights, both):
        targets = [
            sp.Targets.from_weights(one, ("sex", "school"), missing="leave_out") for one in sources
        ]
        assert [*targets[0].values] == [*targets[1].values]
        assert [*targets[0].values.values()] == pytest.approx([*targets[1].values.values()])
        assert targets[0].estimated
        assert math.fsum(targets[0].values.values()) == pytest.approx(1.0)
    margin = sp.Margin(("sex", "school"), targets[0], missing="own_class")
    again = [sp.rake(one, [margin]) for one in both]
    assert_frame_equal(*(one.margins for one in again), rtol=1e-7)
    assert_frame_equal(*(one.findings for one in again))


def test_a_form_for_targets_has_the_respondents_of_a_scan(both, tmp_path):
    written = [
        sp.write_targets_template(one, ["sex", "age_group"], tmp_path / f"{number}.csv")
        for number, one in enumerate(both)
    ]

    assert_frame_equal(*map(pd.read_csv, written))


def test_weights_of_a_scan_that_were_made_elsewhere_are_a_column_there(both):
    with pytest.raises(sp.SocialpollError, match="are a column there"):
        sp.weights_from(both[0], [1.0])
