from __future__ import annotations

import numpy as np
import pytest

from socialpoll.weighting.replicating.hadamard import hadamard, hadamard_order

OUT_OF_REACH = {52, 92, 100, 116, 156, 172, 184, 188}
MULTIPLES = range(4, 201, 4)


@pytest.mark.parametrize("order", sorted({1, 2, *MULTIPLES} - OUT_OF_REACH))
def test_rows_are_orthogonal(order):
    matrix = hadamard(order).astype(int)

    assert set(np.unique(matrix)) <= {-1, 1}
    assert (matrix @ matrix.T == order * np.eye(order)).all()


@pytest.mark.parametrize("order", [4, 12, 28, 36, 80, 200])
def test_the_first_row_and_column_are_1(order):
    matrix = hadamard(order)

    assert (matrix[0] == 1).all()
    assert (matrix[:, 0] == 1).all()


@pytest.mark.parametrize("order", MULTIPLES)
def test_orders_out_of_reach_are_followed_by_the_next_multiple_of_4(order):
    expected = next(one for one in range(order, 204, 4) if one not in OUT_OF_REACH)

    assert hadamard_order(order) == expected


@pytest.mark.parametrize(("least", "order"), [(1, 4), (4, 4), (5, 8), (21, 24), (49, 56)])
def test_the_smallest_order_is_found(least, order):
    assert hadamard_order(least) == order


@pytest.mark.parametrize("order", [0, 3, 6, 52])
def test_orders_out_of_reach_cannot_be_made(order):
    with pytest.raises(ValueError, match=f"order {order}"):
        hadamard(order)
