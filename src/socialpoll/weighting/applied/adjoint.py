"""How the factors of a raking step move with the weights that enter it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.totals import CellStep
from socialpoll.weighting.controls import Controls
from socialpoll.weighting.mixing import Mixing
from socialpoll.weighting.solving.raking import Fit, independent, leading

__all__ = ["cell_step"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
COLLINEAR = 1e-11
"""Part of the largest singular value below which conditions follow from others."""


def cell_step(name: str, controls: Controls, base: Floats, result: Fit) -> CellStep:
    """Return a raking step for the way forward and back.

    Parameters
    ----------
    name : str
        The step's word.
    controls : Controls
    base : float64 array (C,)
        Sums of the weights that enter, scaled to N where a margin leaves cells alone.
    result : Fit
        Of one set of weights (K, 1).

    Notes
    -----
    With d the weights that enter, conditions F(λ, d) = 0 make the factors g = exp(z'λ) move by
    -J⁻¹ ∂F/∂d with J = ∂F/∂λ. Where every cell has a level in every margin F = Σ d g x - T and
    J = Σ d g x x', as in Deville & Särndal (1992); under ``own_class`` T itself moves with d.

    Under ``keep_base`` the condition of a level is on x = 1[l] + (T / N) 1[no value], and its
    factor multiplies only z = 1[l]: an instrument (Deville 2000). One more condition a margin,
    Σ d (f - 1) = 0 over the cells with a value, says that its own factors f average 1.

    Under ``distribute`` all these are sums over parts, g of a cell is Σ q g over its parts, and
    the shares q move with d too: for one more unit of weight in level l of those alike by
    q (1[l] - q) / D, with D their weight. Where a margin has more of these than can be followed,
    they count as fixed.

    In these two cases the regression is fitted with d g, whatever the convention: no published
    software has them, so that there are no other results to be equal to.
    """
    if not (controls.keeps or controls.parts.mixed):
        return _plain(name, controls, base, result.factor[:, 0])
    step = _Conditions.of(controls, base, result)
    parts = controls.parts
    moved = [
        _Moved.of(mixing, pair, step, parts.cell) for mixing, pair in parts.mixed if mixing.followed
    ]
    conditions = step.left + sum(one.through_conditions for one in moved)
    left = np.hstack([conditions, *(one.left for one in moved)])
    right = np.hstack([step.right, *(one.right for one in moved)])
    factor = parts.whole((step.factor * step.share)[:, None], base.size)[:, 0]
    return _padded(controls, CellStep(
        name, controls.cells.cell, factor, x=left, slope=factor, left=left, right=right,
        gram=np.eye(left.shape[1]),
    ))  # fmt: skip


def _plain(name: str, controls: Controls, base: Floats, factor: Floats) -> CellStep:
    sizes = [one.size for one in controls.persons]
    x = independent(controls.level, sizes)
    left = None
    if "own_class" in controls.missing:
        kept = leading(controls.level, sizes)
        left = factor[:, None] * x - np.hstack(controls.drift(base))[:, kept]
    step = CellStep(name, controls.cells.cell, factor, x, slope=factor, left=left)
    return _padded(controls, step)


def _padded(controls: Controls, step: CellStep) -> CellStep:
    """Return a step with a cell for cases without an interview, where there are any."""
    if not controls.cells.outside:
        return step
    # They weigh nothing; a factor of 1 and no x keep it so.
    factor = np.append(step.factor, 1.0)
    return replace(
        step,
        factor=factor,
        slope=factor,
        x=_with_row(step.x),
        left=None if step.left is None else _with_row(step.left),
        right=None if step.right is None else _with_row(step.right),
    )


def _with_row(values: Floats) -> Floats:
    return np.vstack([values, np.zeros((1, values.shape[1]))])


class _Conditions(NamedTuple):
    """The conditions of a step on the parts of its cells.

    Attributes
    ----------
    base : float64 array (C,)
        Weights that enter.
    share, factor : float64 arrays (K,)
        Of each part in its cell, and its g.
    unit : float64 array (K, q)
        What a unit of weight in a part adds to each condition.
    left, right : float64 arrays (C, q)
        Of the way back, where the shares of parts stay: M is the identity.
    """

    base: Floats
    share: Floats
    factor: Floats
    unit: Floats
    left: Floats
    right: Floats

    @classmethod
    def of(cls, controls: Controls, base: Floats, result: Fit) -> _Conditions:
        parts, factor = controls.parts, result.factor[:, 0]
        share = parts.shares(base[:, None])[:, 0]
        entering = base[parts.cell] * share
        targets = controls.targets(base[:, None])
        z = [_indicators(level, len(one)) for level, one in zip(controls.levels, targets,
                                                                strict=True)]  # fmt: skip
        every = np.hstack(z)
        own = [_Own.of(*one, entering) for one in zip(z, targets, result.own, strict=True)]
        unit = np.hstack([factor[:, None] * np.hstack([one.x for one in own]),
                          *(one.average for one in own)])  # fmt: skip
        solved = _inverse(np.vstack([
            unit[:, : every.shape[1]].T @ (entering[:, None] * every),
            _blocks([one.slope for one in own]),
        ]))  # fmt: skip
        moved = np.hstack(controls.drift(base))
        left = parts.whole(share[:, None] * unit, base.size)
        left[:, : moved.shape[1]] -= moved
        right = parts.whole((share * factor)[:, None] * every, base.size) @ solved
        return cls(base, share, factor, unit, left, right)


class _Own(NamedTuple):
    """What one margin adds to the conditions.

    Attributes
    ----------
    x : float64 array (K, L)
        What its levels' conditions are on.
    average : float64 array (K, 0 or 1)
        What a unit of weight adds to the condition that its factors average 1, where it has one.
    slope : float64 array (0 or 1, L)
        How that condition moves with the logarithms of its factors.
    """

    x: Floats
    average: Floats
    slope: Floats

    @classmethod
    def of(cls, z: Floats, target: Floats, own: Floats | None, entering: Floats) -> _Own:
        if own is None:
            return cls(z, np.zeros((len(z), 0)), np.zeros((0, len(target))))
        known = np.asarray(z.any(axis=1))
        persons = target[:, 0] / target.sum()
        x = z + np.outer(~known, persons)
        average = z @ own - known[:, None]
        return cls(x, average, (entering @ z * own[:, 0])[None, :])


class _Moved(NamedTuple):
    """How the shares of parts move with the weights of those that are alike.

    Attributes
    ----------
    through_conditions : float64 array (C, q)
        What a unit of weight adds to the conditions by it.
    left, right : float64 arrays (C, P)
        What it adds to the factors of others directly.
    """

    through_conditions: Floats
    left: Floats
    right: Floats

    @classmethod
    def of(cls, mixing: Mixing, pair: Places, step: _Conditions, cell: Places) -> _Moved:
        split = np.flatnonzero(pair >= 0)
        size = mixing.group_of.size
        weight = step.base[cell[split]] * step.share[split]
        added = np.zeros((size, step.unit.shape[1]))
        np.add.at(added, pair[split], weight[:, None] * step.unit[split])
        right = np.zeros((step.base.size, size))
        np.add.at(right, (cell[split], pair[split]), step.share[split] * step.factor[split])
        spread = mixing.gather.T @ _spreading(mixing, step.base)
        return cls(np.asarray(spread @ added), -spread, right)


def _spreading(mixing: Mixing, base: Floats) -> Floats:
    """Return how the logarithms of shares (P) move with the weight in each pair (P): (P, P)."""
    sums, whole = (one[:, 0] for one in mixing.sums(base[:, None]))
    same = mixing.group_of[:, None] == mixing.group_of
    return np.asarray(np.diag(1 / sums) - same / whole[:, None])


def _indicators(level: Places, size: int) -> Floats:
    z = np.zeros((level.size, size))
    known = np.flatnonzero(level >= 0)
    z[known, level[known]] = 1.0
    return z


def _blocks(several: list[Floats]) -> Floats:
    """Return matrices along the diagonal of a larger one."""
    made = np.zeros((sum(len(one) for one in several), sum(one.shape[1] for one in several)))
    row = column = 0
    for one in several:
        made[row : row + len(one), column : column + one.shape[1]] = one
        row, column = row + len(one), column + one.shape[1]
    return made


def _inverse(matrix: Floats) -> Floats:
    """Return a generalised inverse of a matrix whose rows are of very different size."""
    size = np.abs(matrix).max(axis=1, keepdims=True)
    scale = np.divide(1.0, size, out=np.zeros_like(size), where=size > 0)
    return np.asarray(np.linalg.pinv(scale * matrix, rcond=COLLINEAR) * scale.T)
