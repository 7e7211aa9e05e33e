"""Linear programs as HiGHS takes them, and the sparse matrices that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from socialpoll.errors import ReleaseError

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["blocks", "empty", "solved", "widened"]

Floats = npt.NDArray[np.float64]


def blocks(several: Sequence[Sequence[Any]]) -> sparse.csr_array:
    """Put matrices beside and under one another; None stands for nothing."""
    from scipy import sparse

    return sparse.csr_array(sparse.block_array(several))


def empty(rows: int, columns: int) -> sparse.csr_array:
    """Return a matrix of nothing, for where a side would have no size."""
    from scipy import sparse

    return sparse.csr_array((rows, columns))


def widened(matrix: sparse.csr_array, columns: int) -> sparse.csr_array:
    """Return a matrix with more columns, of which the new ones are empty."""
    from scipy import sparse

    parts = matrix.data, matrix.indices, matrix.indptr
    return sparse.csr_array(parts, shape=(matrix.shape[0], columns))


def solved(
    cost: Floats,
    equal: tuple[sparse.csr_array, Floats],
    least: tuple[sparse.csr_array, Floats],
    most: float | None = None,
) -> Floats:
    """Return the point of least cost, of numbers that are not negative.

    Parameters
    ----------
    cost : float64 array (n,)
    equal : sparse array (m, n), float64 array (m,)
        Sums, and what they are.
    least : sparse array (k, n), float64 array (k,)
        Sums, and what they are at least.
    most : float, optional
        What no number is above.

    Raises
    ------
    ReleaseError
        The figures contradict one another.
    """
    from scipy.optimize import linprog

    solve: Any = linprog
    found = solve(
        cost,
        A_ub=-least[0] if least[0].shape[0] else None,
        b_ub=-least[1] if least[0].shape[0] else None,
        A_eq=equal[0] if equal[0].shape[0] else None,
        b_eq=equal[1] if equal[0].shape[0] else None,
        bounds=(0, most),
        method="highs",
    )
    if found.x is None:
        raise ReleaseError(
            "the counts of the figures contradict one another",
            where="estimates",
            found=str(found.message),
            advice="release estimates of the same answers and questionnaire together",
        )
    return np.asarray(found.x, dtype=np.float64)
