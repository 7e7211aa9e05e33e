"""Variances from replicates: linear figures as linearised, others from their own deviations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError, WeightingError
from socialpoll.schema import All, Is
from socialpoll.totals import (
    Basis,
    Categories,
    Function,
    Linearisation,
    Mass,
    Present,
    ReplicateBlock,
    Replication,
    Rows,
    Values,
)
from tests.indicators.polls import CLUSTERED, ELEMENTS, answers, bound

TOTALS = Basis(Values(("hours", "rooms")))


@dataclass
class Given:
    """Some replicates of weights, of equal factors, from the figures of the full sample."""

    weights: np.ndarray
    width: int = 3
    unsound: tuple[int, ...] = ()
    degrees: float | None = None
    passes: list[int] = field(default_factory=list)

    @property
    def replicates(self) -> int:
        return self.weights.shape[1]

    def blocks(self):
        self.passes.append(len(self.passes))
        for first in range(0, self.replicates, self.width):
            numbers = np.arange(first, min(first + self.width, self.replicates))
            yield ReplicateBlock(first, self.weights[:, numbers], ~np.isin(numbers, self.unsound))

    def centred(self, estimates, full, failed):
        assert failed.tolist() == np.isin(np.arange(self.replicates), self.unsound).tolist()
        return np.where(failed[:, None], 0.0, estimates - full)


def given(seed=2, replicates=7, **others) -> tuple[Rows, Given, np.ndarray]:
    responses = bound(seed, ELEMENTS)
    base = responses.base_weight
    chance = np.random.default_rng(seed)
    weights = base[:, None] * chance.uniform(0.5, 1.5, (base.size, replicates))
    return Rows(responses, Mass(base)), Given(weights, **others), base


def linear(basis: Basis, columns: list[int] | None = None) -> Function:
    """The totals of a basis themselves, or some of them."""

    def value(totals):
        flat = totals.ravel()
        return flat if columns is None else flat[columns]

    class Totals(Function):
        def slopes(self, totals):
            from scipy import sparse

            eye = sparse.eye_array(totals.size, format="csc")
            return eye if columns is None else eye[:, columns]

    return Totals(basis, value, np.zeros(0))


def ratio(basis: Basis) -> Function:
    """The mean of the first number."""

    def value(totals):
        return np.atleast_1d(totals[0, 0] / totals[0, -1])

    class Mean(Function):
        def slopes(self, totals):
            from scipy import sparse

            made = np.zeros((totals.size, 1))
            made[0], made[-1] = 1 / totals[0, -1], -totals[0, 0] / totals[0, -1] ** 2
            return sparse.csc_array(made)

    return Mean(basis, value, np.zeros(0))


def jackknifed(responses: sp.Responses) -> tuple[Rows, Replication]:
    rows = Rows(responses, Mass.of(responses.base_weight, responses.interviewed))
    return rows, Replication(rows, sp.replicate(responses, sp.Jackknife()))


@pytest.mark.parametrize("design", [CLUSTERED, ELEMENTS, replace(CLUSTERED, fpc=None, fpc_as=None)])
@pytest.mark.parametrize("seed", [1, 4])
def test_the_jackknife_of_totals_is_their_linearised_covariance(design, seed):
    rows, replication = jackknifed(bound(seed, design))
    line = Linearisation(rows)
    smooth = linear(TOTALS)
    totals = rows.cells(TOTALS)

    found = replication.covariance(replication.scores(smooth, totals))

    expected = line.covariance(line.scores(smooth, totals))
    assert found == pytest.approx(expected, rel=1e-9)
    assert replication.variances(smooth, totals).variance == pytest.approx(np.diag(expected))


def test_deviations_are_of_the_figures_made_with_the_weights_of_each_replicate():
    rows, weights, base = given()
    hours = answers(2)["hours"].to_numpy()
    means = hours @ weights.weights / weights.weights.sum(axis=0)

    found = Replication(rows, weights).scores(
        ratio(Basis(Values(("hours",)))), rows.cells(Basis(Values(("hours",))))
    )

    assert found[:, 0] == pytest.approx(means - hours @ base / base.sum())


def test_a_covariance_is_symmetric_and_its_diagonal_the_variances():
    rows, weights, _ = given()
    replication = Replication(rows, weights)
    basis = Basis(Values(("hours", "rooms")), ("sex", "area"))
    smooth, totals = linear(basis), rows.cells(basis)

    v = replication.covariance(replication.scores(smooth, totals))

    assert np.array_equal(v, v.T)
    assert np.linalg.eigvalsh(v).min() > -1e-9 * np.trace(v)
    assert np.diag(v) == pytest.approx(replication.variances(smooth, totals).variance)


def test_a_domain_is_the_same_by_condition_and_by_breakdown():
    rows, weights, _ = given()
    replication = Replication(rows, weights)
    by = Basis(Categories("trust"), ("sex",))
    where = Basis(Categories("trust"), (), Is("sex", "f"))
    both = Basis(Categories("trust"), ("sex",), All(Is("sex", "f")))

    found = [replication.scores(linear(one), rows.cells(one)) for one in (where, by, both)]

    width = found[0].shape[1]
    assert found[1][:, width:] == pytest.approx(found[0])
    assert found[2][:, width:] == pytest.approx(found[0])
    assert not found[2][:, :width].any()


def test_deviations_of_a_mean_do_not_depend_on_the_scale_of_the_weights():
    basis = Basis(Values(("hours",)))
    rows, weights, base = given()
    larger = Rows(rows.responses, Mass(1000 * base))

    found = [
        Replication(engine, one).scores(ratio(basis), engine.cells(basis))
        for engine, one in ((rows, weights), (larger, Given(1000 * weights.weights)))
    ]

    assert found[1] == pytest.approx(found[0], rel=1e-9)


@pytest.mark.parametrize("width", [1, 3, 7, 100])
def test_how_many_replicates_are_made_together_changes_nothing(width):
    rows, weights, _ = given()
    _, others, _ = given(width=width)

    one, other = (Replication(rows, made).totals(TOTALS) for made in (weights, others))

    assert other == pytest.approx(one, rel=1e-12)


def test_several_bases_are_summed_in_one_pass_and_only_once():
    rows, weights, _ = given()
    replication = Replication(rows, weights)
    bases = [TOTALS, Basis(Categories("trust"), ("area",)), Basis(Present(("sex",)))]

    replication.prepare([*bases, TOTALS])
    sums = [replication.totals(one) for one in bases]

    assert len(weights.passes) == 1
    for basis, found in zip(bases, sums, strict=True):
        alone = [Rows(rows.responses, Mass(w)).cells(basis).ravel() for w in weights.weights.T]
        assert found == pytest.approx(np.column_stack(alone))


def test_figures_that_go_round_deviate_the_shorter_way():
    rows, weights, _ = given(replicates=4)
    basis = Basis(Present(("sex",)))
    # Minutes of the day: five to midnight in the sample, both sides of midnight in the replicates.
    times = [1435.0, 1439.0, 1.0, 10.0, 1435.0 - 719.0]
    clock = Function(basis, lambda _: np.atleast_1d(times.pop(0)), np.ones((1, 1)), period=1440.0)

    found = Replication(rows, weights).scores(clock, rows.cells(basis))

    assert found[:, 0] == pytest.approx([4, 6, 15, -719])


def test_a_domain_without_cases_has_no_deviation_and_costs_the_others_nothing():
    rows, weights, _ = given()
    basis = Basis(Values(("hours",)))
    none = Basis(Values(("hours",)), (), All(Is("sex", "f"), Is("sex", "m")))
    replication = Replication(rows, weights)

    with np.errstate(invalid="ignore"):
        empty = replication.scores(ratio(none), rows.cells(none))

    assert not empty.any()
    assert replication.scores(ratio(basis), rows.cells(basis)).any()


def test_unsound_replicates_are_told_to_those_who_centre():
    rows, weights, _ = given(unsound=(1, 4))
    replication = Replication(rows, weights)

    found = replication.scores(linear(TOTALS), rows.cells(TOTALS))

    assert np.flatnonzero(replication.failed).tolist() == [1, 4]
    assert np.flatnonzero(~found.any(axis=1)).tolist() == [1, 4]


def test_what_weighting_holds_is_fixed_and_what_all_cases_share_is_not():
    responses = bound(3, ELEMENTS)
    weights = sp.rake(responses, {"sex": {"m": 400, "f": 600}})
    rows = Rows(responses, weights.mass)
    replication = Replication(rows, sp.replicate(weights, sp.Jackknife()))
    raked, every = Basis(Categories("sex")), Basis(Present(("sex",)))

    held = replication.variances(linear(raked, [0, 1]), rows.cells(raked))
    shared = replication.variances(
        Function(every, lambda totals: np.ones(1), np.zeros((1, 1))), rows.cells(every)
    )

    assert held.fixed.all()
    assert not held.variance.any()
    assert not shared.fixed.any()
    assert not shared.variance.any()


def test_a_figure_made_anew_from_cases_has_the_covariance_of_its_deviations():
    rows, weights, base = given(replicates=5)
    hours, rooms = (answers(2)[one].to_numpy() for one in ("hours", "rooms"))

    def totals(some: Rows) -> np.ndarray:
        return np.array([some.weight @ hours, some.weight @ rooms])

    found, fixed = Replication(rows, weights).covariance_of(
        totals, totals(rows), linear(TOTALS, [0, 1])
    )

    apart = np.column_stack([hours, rooms]).T @ (weights.weights - base[:, None])
    assert found == pytest.approx(apart @ apart.T)
    assert not fixed.any()


def test_a_figure_that_a_replicate_has_no_answer_to_fails_that_replicate():
    rows, replication = jackknifed(bound(2, ELEMENTS))
    full = rows.weight.sum()

    def sum_without_the_first(some: Rows) -> np.ndarray:
        if some.weight[0] == 0:
            raise EstimationError("nobody is left")
        return np.atleast_1d(some.weight.sum())

    with pytest.raises(WeightingError, match=r"too many replicates .* 1 of 60"):
        replication.covariance_of(
            sum_without_the_first, np.atleast_1d(full), linear(Basis(Present(("sex",))))
        )


@pytest.mark.parametrize("made", [np.ones(2), np.array([np.nan])])
def test_figures_of_another_shape_or_that_are_no_numbers_fail_the_replicate(made):
    _, replication = jackknifed(bound(2, ELEMENTS))

    with pytest.raises(WeightingError, match="60 of 60"):
        replication.covariance_of(lambda _: made, np.ones(1), linear(Basis(Present(("sex",)))))


def test_degrees_of_freedom_are_those_of_the_replicate_weights():
    rows, weights, _ = given(degrees=12.0)

    assert Replication(rows, weights).degrees == 12.0
    assert Replication(rows, weights).scored == weights.replicates
    assert Replication(rows, weights).units is rows.units


def test_the_order_of_cases_does_not_matter():
    data = answers(5)
    order = np.random.default_rng(1).permutation(len(data))
    found = []
    for frame in (data, data.iloc[order].reset_index(drop=True)):
        responses = sp.bind(frame, bound(5).questionnaire, CLUSTERED)
        rows, replication = jackknifed(responses)
        found.append(replication.variances(linear(TOTALS), rows.cells(TOTALS)).variance)

    assert found[1] == pytest.approx(found[0], rel=1e-9)
