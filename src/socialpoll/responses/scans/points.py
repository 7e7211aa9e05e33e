"""Points that stand for the numbers of many cases: whatever is made of sums is the same of them.

The score of a case is a function of its answers. Where a number y is only summed, it is b'φ(y)
within a combination of everything else, with φ = (1, y), or (1, y, y²) where squares are summed as
well, and with more numbers in the same way. So it is known everywhere once it is known at a few
points. These are laid so that they weigh as much as the cases, have the same mean, and the same
products of any two numbers; how scores vary among the cases follows from Σ w² φ φ'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Points", "Sums", "points_of"]

Floats = npt.NDArray[np.float64]
NOTHING = 1e-13
"""Part of a sum of squares that is only what rounding leaves of none."""
RANK = 1e-13
"""Singular values, as part of the largest, below which functions of numbers are one another's."""


@dataclass(frozen=True, eq=False)
class Sums:
    """What k numbers sum to, over the cases of each of R combinations.

    Distances d are from a centre that is near the mean; φ = (1, d, squares of some of d) are p
    functions of them.

    Attributes
    ----------
    cases : int64 array (R,)
    dispersion : float64 array (R,)
        Of their base weights, as of :class:`Repeats`.
    centre : float64 array (R, k)
    first : float64 array (R, p)
        Σ w φ: first the sums of base weights.
    second : float64 array (R, p, p)
        Σ w² φ φ'.
    cross : float64 array (R, k, k)
        Σ w d d'.
    squared : sequence of int
        Places of the numbers whose squares are among φ: none, the first, or the first two.
    """

    cases: npt.NDArray[np.int64]
    dispersion: Floats
    centre: Floats
    first: Floats
    second: Floats
    cross: Floats
    squared: Sequence[int]


@dataclass(frozen=True, eq=False)
class Points:
    """P points for each of R combinations, and how scores vary among the cases of these.

    With Z the totals at the points, Σ of squares over the cases of the distances of their scores
    from m is |own Z - common m|² + left m².

    Attributes
    ----------
    values : float64 array (R, P, k)
        The numbers.
    weight : float64 array (R, P)
        Sums of base weights.
    own : float64 array (R, P, P)
    common : float64 array (R, P)
    left : float64 array (R,)
    coefficients : float64 array (R, p, P)
        What multiplies scores at the points, per unit of base weight, to give b.
    """

    values: Floats
    weight: Floats
    own: Floats
    common: Floats
    left: Floats
    coefficients: Floats


def points_of(sums: Sums) -> Points:
    """Lay points: either side of the mean along each axis, and at it where squares are summed."""
    size = sums.centre.shape[1]
    weight, squares = sums.first[:, 0], sums.second[:, 0, 0]
    mean = sums.first[:, 1 : size + 1] / weight[:, None]
    spread = sums.cross / weight[:, None, None] - mean[:, :, None] * mean[:, None, :]
    star = _star(size, with_mean=bool(sums.squared))
    distance = mean[:, None, :] + star @ np.moveaxis(_root(spread), 1, 2)
    functions = _functions(distance, sums.squared)
    size_of = np.sqrt(np.diagonal(sums.second, axis1=1, axis2=2) / squares[:, None])
    scale = np.where(size_of > 0, size_of, 1.0)
    read = np.linalg.pinv(functions / scale[:, None, :], rcond=RANK)
    root = _root(sums.second / (scale[:, :, None] * scale[:, None, :]))
    common = _solved(root, sums.first / scale)
    at_points = np.repeat(weight[:, None] / len(star), len(star), axis=1)
    own = np.moveaxis(root, 1, 2) @ read / at_points[:, None, :]
    more = len(star) - scale.shape[1]
    uneven = sums.cases * sums.dispersion / squares
    return Points(
        values=sums.centre[:, None, :] + distance,
        weight=at_points,
        own=np.pad(own, ((0, 0), (0, more), (0, 0))),
        common=np.pad(common, ((0, 0), (0, more))),
        left=np.maximum(uneven - np.sum(common[:, 1:] ** 2, axis=1), 0.0),
        coefficients=read / scale[:, :, None],
    )


def _star(size: int, *, with_mean: bool) -> Floats:
    """Return points (P, k) of equal weight with mean 0 and variance 1 along each axis."""
    both = np.vstack([np.eye(size), -np.eye(size)])
    points = np.vstack([np.zeros((1, size)), both]) if with_mean else both
    return np.asarray(points * np.sqrt(len(points) / 2))


def _functions(distance: Floats, squared: Sequence[int]) -> Floats:
    """Return φ (R, P, p) at distances (R, P, k)."""
    ones = np.ones((*distance.shape[:2], 1))
    return np.concatenate([ones, distance, distance[:, :, list(squared)] ** 2], axis=2)


def _root(matrix: Floats) -> Floats:
    """Return lower triangular L (R, p, p) with L L' the matrices, column by column (Cholesky).

    What is left of a diagonal that follows from those before it is rounding, and taken for 0.
    """
    left, root = matrix.copy(), np.zeros_like(matrix)
    for place in range(matrix.shape[1]):
        pivot = left[:, place, place]
        some = pivot > NOTHING * matrix[:, place, place]
        divisor = np.sqrt(np.where(some, pivot, 1.0))
        column = np.where(some[:, None], left[:, :, place] / divisor[:, None], 0.0)
        column[:, :place] = 0.0
        root[:, :, place] = column
        left -= column[:, :, None] * column[:, None, :]
    return root


def _solved(root: Floats, right: Floats) -> Floats:
    """Return t (R, p) with L t the right side, and 0 where L has nothing."""
    found = np.zeros_like(right)
    for place in range(right.shape[1]):
        pivot = root[:, place, place]
        rest = right[:, place] - np.einsum("rp,rp->r", root[:, place], found)
        found[:, place] = np.divide(rest, pivot, out=np.zeros_like(rest), where=pivot > 0)
    return found
