"""Newton directions of calibration, of many replicates at once: M⁺ times what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Products", "descents", "held_back", "products_of", "solutions"]

Floats = npt.NDArray[np.float64]
MOST_PAIRS = 1 << 23
"""Products of two columns in a cell that are worth keeping: 64 MB, and their places."""
FEWEST_REPLICATES = 4
"""Replicates from which products that are kept pay for making them."""
SPARSE = 0.1
"""Part of the products that are not 0 up to which only those are kept."""
SINGULAR = 1e-10
"""Part of a column that others leave unexplained, below which a matrix is not simply solved."""
NOTHING = 1e-12
"""Part of the largest eigenvalue below which a direction is one that no weight can move in."""


class Products(Protocol):
    """Sums over cells of a weight times the products of each two columns."""

    def sums(self, weights: Floats) -> Floats:
        """Return X' diag(w) Z of each replicate, array (B, p, q), from weights (C, B)."""
        ...


class _Kept:
    """Products made once, so that the sums of all replicates are one product of matrices."""

    def __init__(self, pairs: sparse.csr_array | Floats, place: npt.NDArray[np.intp]) -> None:
        self.pairs = pairs
        self.place = place

    def sums(self, weights: Floats) -> Floats:
        """Return X' diag(w) Z of each replicate."""
        return np.ascontiguousarray((self.pairs @ weights).T)[:, self.place]


class _Made:
    """Products made anew for each replicate, where keeping them would take too much room."""

    def __init__(self, x: Floats, z: Floats) -> None:
        self.x = x
        self.z = z

    def sums(self, weights: Floats) -> Floats:
        """Return X' diag(w) Z of each replicate."""
        return np.stack([(self.x * one[:, None]).T @ self.z for one in weights.T])


def products_of(x: Floats, z: Floats, replicates: int) -> Products:
    """Choose how to sum the products of columns.

    Parameters
    ----------
    x, z : float64 arrays (C, p), (C, q)
        The same object where the products are symmetric.
    replicates : int

    Returns
    -------
    Products
    """
    filled = np.count_nonzero(x, axis=1)
    pairs = filled * (filled + 1) // 2 if z is x else filled * np.count_nonzero(z, axis=1)
    number = int(pairs.sum())
    if replicates < FEWEST_REPLICATES or number > MOST_PAIRS:
        return _Made(x, z)
    kept, place = _pairs(x, z)
    if number > SPARSE * kept.shape[0] * kept.shape[1]:
        return _Kept(kept.toarray(), place)
    return _Kept(kept, place)


def _pairs(x: Floats, z: Floats) -> tuple[sparse.csr_array, npt.NDArray[np.intp]]:
    """Return products (pairs, C), and which pair stands where in a matrix (p, q)."""
    from scipy import sparse

    p, q = x.shape[1], z.shape[1]
    place = np.zeros((p, q), dtype=np.intp)
    pair, cell, value, number = [], [], [], 0
    for one in range(p):
        first = one if z is x else 0
        place[one, first:] = np.arange(number, number + q - first)
        cells = np.flatnonzero(x[:, one])
        block = x[cells, one, None] * z[cells, first:]
        row, column = np.nonzero(block)
        cell.append(cells[row])
        pair.append(number + column)
        value.append(block[row, column])
        number += q - first
    if z is x:
        place = np.maximum(place, place.T)
    entries = (np.concatenate(value), (np.concatenate(pair), np.concatenate(cell)))
    return sparse.csr_array(entries, shape=(number, x.shape[0])), place


def descents(matrix: Floats, gap: Floats, full: Products, weights: Floats, hold: Floats) -> Floats:
    """Return directions in which a symmetric problem comes closer.

    Where M can be solved it is Newton's. Where it cannot, because factors at their bounds do not
    move, the curvature of free factors takes its place in the directions that M does not know, the
    less of it the nearer the targets are (Levenberg & Marquardt): a step there frees factors again.
    Directions that no weight can move in are left alone: a generalised inverse.

    Parameters
    ----------
    matrix : float64 array (B, p, p)
        M = X' diag(w F') X.
    gap : float64 array (p, B)
        Targets minus what is reached.
    full : Products
        To make X' diag(w) X where it is needed.
    weights : float64 array (C, B)
    hold : float64 array (B,)
        How much of the curvature of free factors; of the order of the largest relative error.

    Returns
    -------
    float64 array (p, B)
    """
    direction, solved = _by_cholesky(matrix, gap)
    if not solved.all():
        rest = np.flatnonzero(~solved)
        whole = full.sums(weights[:, rest])
        direction[:, rest] = held_back(matrix[rest], gap[:, rest], whole, hold[rest])
    return direction


def solutions(matrix: Floats, gap: Floats) -> Floats:
    """Return the shortest least-squares solutions (q, B) of matrices (B, p, q) of any kind."""
    inverse = np.linalg.pinv(matrix, rcond=SINGULAR)
    return (inverse @ gap.T[:, :, None])[:, :, 0].T


def _by_cholesky(matrix: Floats, gap: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return solutions (p, B), and of which replicates they can be trusted."""
    size = np.sqrt(np.abs(np.diagonal(matrix, axis1=1, axis2=2)))
    size = np.where(size > 0, size, 1.0)
    scaled = matrix / (size[:, :, None] * size[:, None, :])
    pivot = _pivots(scaled)
    solved = np.asarray((pivot**2 > SINGULAR).all(axis=1))
    direction = np.zeros_like(gap)
    if solved.any():
        right = (gap.T / size)[solved]
        found = np.linalg.solve(scaled[solved], right[:, :, None])[:, :, 0]
        direction[:, solved] = (found / size[solved]).T
    return direction, solved


def _pivots(matrix: Floats) -> Floats:
    """Return the diagonals (B, p) of Cholesky factors; 0 where a matrix has none."""
    try:
        return np.diagonal(np.linalg.cholesky(matrix), axis1=1, axis2=2)
    except np.linalg.LinAlgError:
        if len(matrix) == 1:
            return np.zeros(matrix.shape[:2])
    # One singular matrix fails them all, so they are taken one by one.
    return np.concatenate([_pivots(one[None]) for one in matrix])


def held_back(matrix: Floats, gap: Floats, whole: Floats, hold: Floats) -> Floats:
    """Return directions (p, B) in which the curvature is no less than a part of that of all.

    Parameters
    ----------
    matrix, whole : float64 arrays (B, p, p)
        X' diag(w F') X, and X' diag(w) X.
    gap : float64 array (p, B)
    hold : float64 array (B,)
        The part.

    Returns
    -------
    float64 array (p, B)
    """
    size = np.sqrt(np.abs(np.diagonal(whole, axis1=1, axis2=2)))
    size = np.where(size > 0, size, 1.0)
    scale = size[:, :, None] * size[:, None, :]
    value, vector = np.linalg.eigh(matrix / scale)
    free = np.einsum("bji,bjk,bki->bi", vector, whole / scale, vector, optimize=True)
    least = np.clip(hold, SINGULAR, 1.0)[:, None]
    curvature = np.maximum(value, least * free)
    movable = free > NOTHING * free.max(axis=1, keepdims=True, initial=0.0)
    along = np.einsum("bji,bj->bi", vector, gap.T / size)
    steps = np.divide(along, curvature, out=np.zeros_like(along), where=movable & (curvature > 0))
    return np.asarray((np.einsum("bij,bj->bi", vector, steps) / size).T)
