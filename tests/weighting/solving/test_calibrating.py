from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import tests.golden
from socialpoll.errors import WeightingError
from socialpoll.weighting.solving.calibrating import solve
from socialpoll.weighting.solving.distances import Linear, Logit, Raking, Truncated
from socialpoll.weighting.solving.raking import fit
from tests.golden.folder import Folder

EXACT = {"tolerance": 1e-11}
EVERY = [Linear(), Raking(), Logit(0.2, 4), Truncated(0.2, 4)]
NAMES = [type(one).__name__ for one in EVERY]


@cache
def golden():
    return Folder(Path(tests.golden.__file__).parent / "cases")


CALIBRATED = [name for name, design in golden().designs.items() if design.get("op") == "calibrate"]


def auxiliaries(frame, formula, population):
    """Columns as R codes them: 1, numbers, and a factor's levels but the first."""
    columns = []
    for name in population:
        if name == "(Intercept)":
            columns.append(np.ones(len(frame)))
        elif name in frame:
            columns.append(frame[name].to_numpy(dtype=float))
        else:
            factor = next(one for one in formula[1:].split("+") if name.startswith(one))
            columns.append((frame[factor] == name[len(factor) :]).to_numpy(dtype=float))
    return np.column_stack(columns)


def asked(name):
    """Weights, auxiliaries, targets and distance of a calibrated design of R."""
    design = golden().designs[name]
    base = golden().designs[design["base"]]
    frame = golden().dataset(base["dataset"]).frame
    weights = frame[base["weights"]].to_numpy(dtype=float)
    x = auxiliaries(frame, design["formula"], design["population"])
    bounds = design["bounds"]
    if bounds and design["bounds_are_on"] == "weights":
        bounds = [one / weights for one in bounds]
    match design["calfun"], bounds:
        case "linear", None:
            distance = Linear()
        case "linear", _:
            distance = Truncated(*bounds)
        case "logit", _:
            distance = Logit(*bounds)
        case _:
            distance = Raking()
    return weights, x, np.array(list(design["population"].values()), dtype=float), distance


def weights_of_r(name):
    return next(
        np.array(one.expect["weights"])
        for one in golden().cases
        if one.record["design"] == name and one.record["r_call"] == f"weights({name})"
    )


@pytest.fixture
def poll():
    """Weights, two margins and a number, and totals that other weights of theirs have."""
    return sample(np.random.default_rng(11), 60)


def sample(random, rows):
    weights = random.lognormal(2, 0.5, rows)
    levels = [random.integers(0, size, rows) for size in (3, 4)]
    x = np.hstack(
        [
            *(np.eye(size)[level] for size, level in zip((3, 4), levels, strict=True)),
            random.lognormal(13, 0.4, (rows, 1)),
        ]
    )
    return weights, x, x.T @ (weights * random.uniform(0.7, 1.5, rows))


@pytest.mark.parametrize("name", CALIBRATED)
def test_weights_are_those_of_r_survey(name):
    weights, x, target, distance = asked(name)

    found = solve(weights, x, target, distance, **EXACT)

    assert found.converged
    if any(one.record["r_call"] == f"weights({name})" for one in golden().cases):
        assert weights * found.factor == pytest.approx(weights_of_r(name), rel=1e-9)


def test_weights_of_every_distance_are_among_those_of_r():
    known = {one.record["design"] for one in golden().cases if one.stat == "weights"}

    kinds = {type(asked(name)[-1]) for name in CALIBRATED if name in known}

    assert kinds == {Linear, Raking, Logit, Truncated}


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_totals_are_reached_whatever_the_distance(poll, distance):
    weights, x, target = poll

    found = solve(weights, x, target, distance)

    assert found.converged
    assert found.error <= 1e-8
    assert x.T @ (weights * found.factor) == pytest.approx(target, rel=1e-8)


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_one_margin_is_post_stratification(distance):
    weights = np.array([2.0, 4, 5, 3])
    x = np.eye(2)[[0, 1, 1, 0]]

    found = solve(weights, x, np.array([6.0, 12]), distance, **EXACT)

    assert found.factor == pytest.approx([6 / 5, 12 / 9, 12 / 9, 6 / 5])


def test_linear_factors_are_those_of_the_regression_estimator():
    # Särndal, Swensson & Wretman (1992), eq. 6.5.10, worked on one number and an intercept.
    weights, number = np.array([1.0, 2, 1]), np.array([1.0, 2, 6])
    x = np.column_stack([np.ones(3), number])
    # N̂ = 4, t̂ = 11, Σwx² = 45; for N = 5, t = 15: λ = (45 - 44, -11 + 16) / (4·45 - 11²).
    found = solve(weights, x, np.array([5.0, 15]), Linear())

    assert found.coefficients == pytest.approx([1 / 59, 5 / 59])
    assert found.factor == pytest.approx(1 + 1 / 59 + 5 / 59 * number)
    assert found.slope.tolist() == [1, 1, 1]
    assert found.iterations == 1


def test_raking_is_iterative_proportional_fitting():
    random = np.random.default_rng(3)
    base = random.lognormal(0, 1, 24)
    levels = [*np.divmod(np.arange(24), 6), np.arange(24) % 2]
    sizes = (4, 6, 2)
    moved = base * random.uniform(0.5, 2, 24)
    targets = [np.bincount(one, moved, size) for one, size in zip(levels, sizes, strict=True)]
    x = np.hstack([np.eye(size)[one] for one, size in zip(levels, sizes, strict=True)])

    found = solve(base, x, np.concatenate(targets), Raking(), **EXACT)

    fitted = fit(base, levels, targets, tolerance=1e-12, max_iterations=10_000)
    assert found.factor == pytest.approx(fitted.factor, rel=1e-9)
    assert found.slope.tolist() == found.factor.tolist()


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_factors_are_those_of_the_coefficients(poll, distance):
    weights, x, target = poll

    found = solve(weights, x, target, distance)

    u = x @ found.coefficients
    assert found.factor == pytest.approx(distance.factor(u), rel=1e-9)
    assert found.slope == pytest.approx(distance.slope(u), rel=1e-9)


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_replicates_solved_together_are_those_solved_alone(poll, distance):
    weights, x, target = poll
    random = np.random.default_rng(8)
    several = weights[:, None] * random.poisson(1, (60, 70))
    targets = target[:, None] * random.uniform(0.98, 1.02, 70)

    found = solve(several, x, targets, distance, **EXACT)

    assert found.factor.shape == found.slope.shape == (60, 70)
    assert found.coefficients.shape == (8, 70)
    for one in range(0, 70, 7):
        alone = solve(several[:, one], x, targets[:, one], distance, **EXACT)
        assert bool(found.converged[one]) == bool(alone.converged)
        counts = several[:, one] > 0
        if alone.converged:
            assert found.factor[counts, one] == pytest.approx(alone.factor[counts], rel=1e-8)
    assert found.converged.sum() > 50


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_replicates_are_the_same_whether_products_are_kept_or_made(poll, distance, monkeypatch):
    weights, x, target = poll
    several = weights[:, None] * np.random.default_rng(2).gamma(4, 0.25, (60, 6))

    kept = solve(several, x, target, distance, **EXACT)
    monkeypatch.setattr("socialpoll.weighting.solving.newton.MOST_PAIRS", 0)
    made = solve(several, x, target, distance, **EXACT)

    assert made.factor == pytest.approx(kept.factor, rel=1e-9)


def test_bounds_of_replicates_hold_in_each(poll):
    weights, x, target = poll
    several = weights[:, None] * np.random.default_rng(2).gamma(30, 1 / 30, (60, 6))
    low, high = 1.5 / several, 55 / several
    low, high = np.minimum(low, 0.9), np.maximum(high, 1.1)

    found = solve(several, x, target, Truncated(low, high))

    assert found.converged.all()
    assert (found.factor >= low).all()
    assert (found.factor <= high).all()


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_the_order_of_rows_does_not_matter(poll, distance):
    weights, x, target = poll
    order = np.random.default_rng(0).permutation(60)

    found = solve(weights[order], x[order], target, distance, **EXACT)

    whole = solve(weights, x, target, distance, **EXACT)
    assert found.factor == pytest.approx(whole.factor[order], rel=1e-9)


@pytest.mark.parametrize("scale", [1e-6, 1e6])
@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_the_scale_of_weights_and_targets_does_not_matter(poll, distance, scale):
    weights, x, target = poll

    found = solve(weights * scale, x, target * scale, distance, **EXACT)

    assert found.factor == pytest.approx(solve(weights, x, target, distance, **EXACT).factor)


@pytest.mark.parametrize("distance", [Linear(), Raking()], ids=["Linear", "Raking"])
def test_without_bounds_weights_do_not_depend_on_the_scale_they_enter_with(poll, distance):
    weights, x, target = poll

    found = solve(weights / 1000, x, target, distance, **EXACT)

    whole = solve(weights, x, target, distance, **EXACT)
    assert found.factor / 1000 == pytest.approx(whole.factor, rel=1e-9)


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_cells_are_calibrated_as_their_rows(distance):
    random = np.random.default_rng(4)
    weights, rows = random.lognormal(0, 0.5, 200), random.integers(0, 12, 200)
    cells = np.hstack([np.eye(3)[np.arange(12) // 4], np.eye(4)[np.arange(12) % 4]])
    target = cells[rows].T @ (weights * random.uniform(0.8, 1.3, 200))

    by_row = solve(weights, cells[rows], target, distance, **EXACT)
    by_cell = solve(np.bincount(rows, weights, 12), cells, target, distance, **EXACT)

    assert by_cell.factor[rows] == pytest.approx(by_row.factor, rel=1e-9)


def test_numbers_in_other_units_give_the_same_factors(poll):
    weights, x, target = poll
    units = np.array([1, 1, 1, 1, 1, 1, 1, 1e-9])

    found = solve(weights, x * units, target * units, Raking(), **EXACT)

    whole = solve(weights, x, target, Raking(), **EXACT)
    assert found.factor == pytest.approx(whole.factor, rel=1e-9)


def test_columns_that_follow_from_others_have_no_coefficient(poll):
    weights, x, target = poll

    found = solve(weights, x, target, Linear())

    # The levels of the second margin sum to those of the first: one of them is spoken for.
    assert np.count_nonzero(found.coefficients == 0) == 1
    assert found.coefficients[6] == 0


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_targets_that_already_hold_leave_the_weights_alone(poll, distance):
    weights, x, _ = poll

    found = solve(weights, x, x.T @ weights, distance)

    assert found.iterations == 0
    assert found.factor.tolist() == [1] * 60


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_a_target_of_zero_of_centred_numbers_is_reached(distance):
    random = np.random.default_rng(6)
    weights, number = random.lognormal(0, 0.5, 80), random.normal(0.1, 1, 80)
    x = np.column_stack([np.ones(80), number])

    found = solve(weights, x, np.array([weights.sum(), 0.0]), distance)

    assert found.converged
    assert weights @ (found.factor * number) == pytest.approx(0, abs=1e-9 * weights.sum())


@pytest.mark.parametrize("scale", [1e-9, 1e9])
def test_errors_are_relative_however_weights_and_targets_differ_in_scale(scale):
    weights, x = np.ones(4), np.eye(2)[[0, 0, 1, 1]]

    found = solve(weights, x, np.array([3.0, 1]) * scale, Raking())

    assert found.converged
    assert found.factor == pytest.approx(np.array([1.5, 1.5, 0.5, 0.5]) * scale)
    assert solve(weights, x, np.array([3.0, 1]) * scale, Raking(), max_iterations=0).error > 1e-3


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_contradictory_targets_are_no_success(distance):
    weights = np.ones(4)
    x = np.hstack([np.eye(2)[[0, 0, 1, 1]], np.eye(2)[[0, 1, 0, 1]]])

    found = solve(weights, x, np.array([2.0, 2, 3, 2]), distance)

    assert not found.converged
    assert np.isfinite(found.factor).all()
    assert found.error == pytest.approx(1 / 3, rel=0.7)


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_a_replicate_without_a_level_fails_alone(distance):
    weights = np.ones((6, 8))
    x = np.eye(2)[[0, 0, 0, 1, 1, 1]]
    weights[3:, 5] = 0

    found = solve(weights, x, np.array([4.0, 3.5]), distance)

    assert np.flatnonzero(~found.converged).tolist() == [5]
    assert found.error[5] == pytest.approx(1)
    assert np.isfinite(found.factor).all()
    assert found.factor[:, 0] == pytest.approx([4 / 3] * 3 + [3.5 / 3] * 3)


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_a_replicate_without_a_level_of_target_zero_succeeds(distance):
    weights = np.ones((6, 8))
    x = np.eye(2)[[0, 0, 0, 1, 1, 1]]
    target = np.tile(np.array([[4.0], [3.5]]), 8)
    weights[3:, 5], target[1, 5] = 0, 0

    found = solve(weights, x, target, distance)

    assert found.converged.all()


@pytest.mark.parametrize("distance", [Logit(0.9, 1.1), Truncated(0.9, 1.1)], ids=NAMES[2:])
def test_bounds_that_are_too_tight_end_at_the_bounds_and_are_no_success(distance):
    found = solve(np.ones(4), np.eye(2)[[0, 0, 1, 1]], np.array([3.0, 1]), distance)

    assert not found.converged
    assert found.factor == pytest.approx([1.1, 1.1, 0.9, 0.9])


def only_just(seed, rows, low, high, room, noise):
    """Weights, auxiliaries and totals that factors within the bounds have, by a part of room."""
    random = np.random.default_rng(seed)
    weights, x, _ = sample(random, rows)
    # Factors at either bound by a rule on x are a corner of what can be reached.
    rule = x[:, :7] @ random.normal(size=7) + random.normal(0, noise, rows)
    corner = np.where(rule > np.median(rule), high, low)
    return weights, x, x.T @ (weights * (corner + room * (1 - corner)))


def hold_reached(problem, low, high):
    weights, x, target = problem
    for distance in (Logit(low, high), Truncated(low, high)):
        found = solve(weights, x, target, distance)
        assert found.converged
        assert (found.factor >= low - 1e-12).all()
        assert (found.factor <= high + 1e-12).all()


@settings(deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(5, 80),
    st.floats(0, 0.95),
    st.floats(1.05, 4),
    st.sampled_from([1e-3, 1e-2, 0.1]),
    st.sampled_from([0, 1]),
)
def test_whatever_can_be_reached_within_bounds_is_reached(seed, rows, low, high, room, noise):
    hold_reached(only_just(seed, rows, low, high, room, noise), low, high)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("low", "high", "room", "noise"),
    [
        pytest.param(0.95, 4, 0.01, 0, id="a logit that is flat after one step"),
        pytest.param(0, 1.05, 0.001, 1, id="factors that nearly all stand at a bound"),
    ],
)
def test_hard_bounds_are_met_if_they_can_be(seed, low, high, room, noise):
    hold_reached(only_just(seed, 12, low, high, room, noise), low, high)


def test_each_distance_is_smallest_where_it_is_the_one_that_was_asked_for(poll):
    # Deville & Särndal (1992), table 1: what the linear and the multiplicative method minimise.
    weights, x, target = poll
    low, high = 0.95, 1.21
    linear, raking, logit, truncated = (
        solve(weights, x, target, one, **EXACT).factor
        for one in (Linear(), Raking(), Logit(low, high), Truncated(low, high))
    )

    def squares(g):
        return weights @ (g - 1) ** 2

    def entropy(g):
        return weights @ (g * np.log(g) - g + 1)

    assert linear.min() < low or linear.max() > high
    assert squares(linear) < min(squares(raking), squares(truncated), squares(logit))
    assert squares(truncated) < squares(logit)
    assert entropy(raking) < min(entropy(linear), entropy(truncated), entropy(logit))


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_auxiliaries_as_instruments_change_nothing(poll, distance):
    weights, x, target = poll

    found = solve(weights, x, target, distance, instruments=x.copy(), **EXACT)

    assert found.factor == pytest.approx(solve(weights, x, target, distance, **EXACT).factor)


def test_linear_factors_with_instruments_have_a_closed_form():
    random = np.random.default_rng(9)
    weights, x, z = random.uniform(1, 2, 30), random.uniform(1, 2, (30, 3)), random.random((30, 3))
    target = x.T @ weights * np.array([1.05, 0.97, 1.02])

    found = solve(weights, x, target, Linear(), instruments=z)

    coefficients = np.linalg.solve(x.T @ (weights[:, None] * z), target - x.T @ weights)
    assert found.coefficients == pytest.approx(coefficients)
    assert found.factor == pytest.approx(1 + z @ coefficients)


@pytest.mark.parametrize("distance", EVERY, ids=NAMES)
def test_instruments_that_are_zero_keep_rows_as_they_are(poll, distance):
    weights, x, target = poll
    z = x.copy()
    z[:10] = 0
    several = weights[:, None] * np.random.default_rng(5).gamma(30, 1 / 30, (60, 5))

    found = solve(several, x, target, distance, instruments=z)

    assert found.converged.all()
    assert (found.factor[:10] == 1).all()
    assert x.T @ (several * found.factor) == pytest.approx(np.tile(target[:, None], 5))


@pytest.mark.parametrize("name", ["weights", "x", "target", "instruments"])
def test_numbers_that_are_missing_are_refused(poll, name):
    arrays = dict(zip(("weights", "x", "target"), poll, strict=True))
    arrays["instruments"] = arrays["x"].copy()
    arrays[name] = arrays[name].copy()
    arrays[name][4] = np.nan

    with pytest.raises(WeightingError, match="missing or infinite") as caught:
        solve(**arrays, distance=Linear())

    assert caught.value.where == f"calibration: {name}"
    assert "the first in row 4" in caught.value.found


def test_numbers_that_run_out_of_range_are_no_success():
    huge = np.array([1e300, 1e300])

    found = solve(huge, np.diag(huge) + 1, np.array([1.0, 1]), Raking())

    assert not found.converged
    assert np.isfinite(found.factor).all()
