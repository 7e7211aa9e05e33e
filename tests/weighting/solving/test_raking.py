from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.weighting.solving.raking import errors_of, fit, independent

EXACT = {"tolerance": 1e-12, "max_iterations": 1000}


def table(rows, columns):
    """Cells of a full crossing: level of each in either margin."""
    return np.divmod(np.arange(rows * columns), columns)


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))

    def numbers(size):
        return np.array(draw(st.lists(st.floats(0.1, 10), min_size=size, max_size=size)))

    total = draw(st.floats(1, 1e6))
    return (
        table(rows, columns),
        numbers(rows * columns),
        [total * part / part.sum() for part in (numbers(rows), numbers(columns))],
    )


def test_a_table_of_two_by_two_keeps_its_odds_ratio_and_takes_the_margins():
    # From 40 20 / 30 10: the only table of margins 50 50 / 60 40 with its odds ratio of 2/3.
    base = np.array([40.0, 20, 30, 10])
    margins = table(2, 2)

    result = fit(base, margins, [np.array([50.0, 50]), np.array([60.0, 40])], **EXACT)

    a, b, c, d = base * result.factor
    # 3 a (a - 10) = 2 (50 - a) (60 - a), or a² + 190 a - 6000 = 0.
    assert a == pytest.approx((-190 + np.sqrt(190**2 + 4 * 6000)) / 2)
    assert (a + b, c + d, a + c, b + d) == pytest.approx((50, 50, 60, 40))
    assert a * d / (b * c) == pytest.approx(40 * 10 / (20 * 30))


@given(tables())
def test_tables_without_holes_reach_every_margin(drawn):
    margins, base, targets = drawn

    result = fit(base, margins, targets, tolerance=1e-8, max_iterations=1000)

    assert result.error <= 1e-8
    for level, target in zip(margins, targets, strict=True):
        reached = np.bincount(level, weights=base * result.factor, minlength=target.size)
        assert reached == pytest.approx(target, rel=1e-8)


@given(tables())
def test_factors_are_products_of_one_number_a_level(drawn):
    margins, base, targets = drawn

    factor = fit(base, margins, targets, tolerance=1e-8, max_iterations=1000).factor

    grid = np.log(factor).reshape(targets[0].size, targets[1].size)
    additive = grid[:, :1] + grid[:1] - grid[0, 0]
    assert grid == pytest.approx(additive, abs=1e-9)


def test_one_margin_is_reached_in_one_round_by_target_over_sum():
    result = fit(np.array([2.0, 4, 5]), [np.array([0, 1, 1])], [np.array([6.0, 3])], **EXACT)

    assert result.factor == pytest.approx([3, 1 / 3, 1 / 3])
    assert result.iterations == 1


def test_margins_that_already_hold_are_left_alone():
    result = fit(np.array([2.0, 4]), [np.array([0, 1])], [np.array([2.0, 4])], **EXACT)

    assert result.iterations == 0
    assert result.factor.tolist() == [1, 1]


def test_a_cell_without_weight_has_the_factor_of_its_levels():
    margins = table(2, 2)
    targets = [np.array([6.0, 4]), np.array([5.0, 5])]

    full = fit(np.array([1.0, 2, 3, 1e-12]), margins, targets, **EXACT)
    empty = fit(np.array([1.0, 2, 3, 0]), margins, targets, **EXACT)

    assert empty.factor == pytest.approx(full.factor, rel=1e-6)


def test_margins_that_cannot_be_met_end_with_the_error_they_have():
    # Levels that go together one to one cannot have different targets.
    level = np.array([0, 1])

    result = fit(np.ones(2), [level, level], [np.array([1.0, 9]), np.array([5.0, 5])], **EXACT)

    assert result.iterations == 1000
    assert result.error == pytest.approx(4)


def test_factors_that_run_out_of_range_are_no_success():
    margins = [np.array([0, 0, 1]), np.array([0, 1, 1])]
    targets = [np.array([1e300, 1e-300]), np.array([1e-300, 1e300])]

    result = fit(np.array([1e-300, 1e300, 1e300]), margins, targets, **EXACT)

    assert not result.error <= 1e-12


def test_an_error_is_relative_to_the_target():
    reached, target = np.array([11.0, 0, 1]), np.array([10.0, 0, 0])

    assert errors_of(reached, target).tolist() == pytest.approx([0.1, 0, np.inf])


@given(
    st.integers(1, 25),
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
    st.integers(0, 1000),
)
def test_indicators_have_full_rank_and_span_every_level(cells, sizes, seed):
    random = np.random.default_rng(seed)
    margins = [random.integers(0, size, cells) for size in sizes]

    x = independent(margins, sizes)

    every = np.hstack([np.eye(size)[level] for level, size in zip(margins, sizes, strict=True)])
    assert np.linalg.matrix_rank(x) == x.shape[1] == np.linalg.matrix_rank(every)
    assert set(np.unique(x)) <= {0.0, 1.0}


def test_the_indicators_of_one_margin_are_its_levels():
    assert independent([np.array([1, 0, 1])], [2]).tolist() == [[0, 1], [1, 0], [0, 1]]
