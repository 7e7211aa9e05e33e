from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.weighting.solving.programs import missed_in_sum, missed_least, smallest

HALVES = np.array([[4.0, 0, 0], [0, 4.0, 0], [0, 0, 1.0]])


def every_row_a_rule(rows, wanted, low, high):
    """The smallest k of one large program, in which k is a variable."""
    from scipy import optimize

    size = rows.shape[1]
    one, each = np.eye(size), np.ones((size, 1))
    found = optimize.linprog(
        np.append(np.zeros(size), 1.0),
        A_ub=np.vstack([np.hstack([-one, low[1] * each]), np.hstack([one, -high[1] * each])]),
        b_ub=np.repeat([-low[0], high[0]], size),
        A_eq=np.column_stack([rows, np.zeros(len(rows))]),
        b_eq=wanted,
        bounds=[*[(0, None)] * size, (None, None)],
        method="highs",
    )
    return float(found.x[-1]) if found.status == 0 else math.nan


@st.composite
def totals(draw):
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cells = draw(st.integers(2, 40))
    x = np.hstack(
        [
            *(np.eye(size)[random.integers(0, size, cells)] for size in (3, 2)),
            random.lognormal(0, 1, (cells, draw(st.integers(0, 2)))),
        ]
    )
    x = x[:, x.any(axis=0)]
    weights = random.lognormal(0, 0.5, cells)
    target = x.T @ (weights * random.uniform(0, draw(st.floats(1, 4)), cells))
    if draw(st.booleans()):
        target[0] *= draw(st.sampled_from([0.5, 1.0, 1.3]))
    return (weights[:, None] * x).T / target[:, None], np.ones(target.size)


LINES = [
    pytest.param((0.8, 0.0), (0.0, 1.0), id="the upper bound"),
    pytest.param((0.0, -1.0), (1.2, 0.0), id="the lower bound"),
    pytest.param((1.0, -0.2), (1.0, 0.1), id="both"),
]


@settings(deadline=None)
@given(totals())
@pytest.mark.parametrize(("low", "high"), LINES)
def test_the_smallest_step_is_that_of_one_large_program(low, high, drawn):
    found = smallest(*drawn, low, high)

    assert found == pytest.approx(every_row_a_rule(*drawn, low, high), rel=1e-6, nan_ok=True)


def test_a_lower_bound_is_sought_without_an_upper_one():
    # One total of 2 + 3 factors: with all alike they are 2, and no lower bound is above that.
    assert smallest(np.array([[2.0, 3]]), np.array([10.0]), (0, -1), (math.inf, 0)) == (
        pytest.approx(-2)
    )


def test_totals_that_nobody_has_are_reached_by_no_step():
    rows = np.array([[1.0, 1], [0, 0]])

    assert math.isnan(smallest(rows, np.array([2.0, 1]), (0.5, 0), (0, 1)))


def test_the_proof_gives_the_error_of_any_bounds_at_least():
    wanted = np.array([5.0, 3, 1])
    found = missed_least(HALVES, wanted, 0.9, 1.1)

    # 4 · 1.1 is .6 short of 5, and 4 · .9 is .6 beyond 3.
    assert found.error == pytest.approx(0.6)
    for low, high in [(0.9, 1.1), (0.8, 1.2), (0.5, 3), (0, 1.05)]:
        bound = found.prices.clip(min=0).sum() * high + found.prices.clip(max=0).sum() * low
        own = found.prices.clip(min=0).sum() * 1.1 + found.prices.clip(max=0).sum() * 0.9
        least = missed_least(HALVES, wanted, low, high).error
        assert least >= 0.6 + own - bound - 1e-9


def test_what_need_not_be_missed_is_not():
    wanted = np.array([5.0, 4.2, 1])

    factors = missed_in_sum(HALVES, wanted, 0.9, 1.1, 0.6)

    assert np.abs(HALVES @ factors - wanted) == pytest.approx([0.6, 0, 0], abs=1e-7)
