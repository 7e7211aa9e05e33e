"""Stages and weighting steps of several waves put under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from socialpoll.responses import DesignStage
from socialpoll.totals.mass import CellStep, Mass
from socialpoll.totals.stage_levels import stages_in_the_variance

__all__ = ["stacked_mass", "stacked_stages"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]


def stacked_stages(several: Sequence[Sequence[DesignStage]]) -> tuple[DesignStage, ...]:
    """Return the stages of a design whose strata are wave × stratum.

    Only stages that enter a wave's own variance are kept. Where a wave has no such stage but others
    do, its units are taken completely there, so that nothing is added.
    """
    used = [stages_in_the_variance(stages) for stages in several]
    depth = max(map(len, used))
    padded = [
        [*stages, *(_complete(stages[-1]) for _ in range(depth - len(stages)))] for stages in used
    ]
    return tuple(_under([stages[place] for stages in padded]) for place in range(depth))


def stacked_mass(several: Sequence[Mass]) -> Mass:
    """Return base weights and steps of all waves; each step leaves the other waves as they are.

    No calibration variable is of more than one wave, so each wave's regression is its own, and in
    which order the waves' steps stand does not matter.
    """
    size = [one.base.size for one in several]
    first = np.cumsum([0, *size])
    return Mass(
        np.concatenate([one.base for one in several]),
        tuple(
            _among_all(step, start, first[-1])
            for mass, start in zip(several, first, strict=False)
            for step in mass.steps
        ),
    )


def _complete(stage: DesignStage) -> DesignStage:
    return DesignStage(stage.unit, stage.unit, np.ones(stage.unit.size))


def _under(stages: Sequence[DesignStage]) -> DesignStage:
    size = [stage.unit.size for stage in stages]
    corrected = any(stage.fraction is not None for stage in stages)
    zeros = [np.zeros(one) if stage.fraction is None else stage.fraction for stage, one in
             zip(stages, size, strict=True)]  # fmt: skip
    similar = [stage.similar for stage in stages if stage.similar is not None]
    return DesignStage(
        _numbered_on([stage.stratum for stage in stages]),
        _numbered_on([stage.unit for stage in stages]),
        np.concatenate(zeros) if corrected else None,
        np.concatenate(similar) if similar else None,
        np.repeat(np.arange(len(stages), dtype=np.int32), size),
    )


def _numbered_on(several: Sequence[Places]) -> Places:
    """Give the numbers of each wave a range of their own."""
    first = np.cumsum([0, *(int(one.max(initial=-1)) + 1 for one in several[:-1])])
    parts = [one + start for one, start in zip(several, first, strict=True)]
    return np.concatenate(parts).astype(np.int32)


def _among_all(step: CellStep, start: int, size: int) -> CellStep:
    """Give the rows of other waves a cell of their own, after the others: factor 1, x 0."""
    cell = np.full(size, step.factor.size, dtype=np.int32)
    cell[start : start + step.cell.size] = step.cell
    return replace(
        step,
        cell=cell,
        factor=np.append(step.factor, 1.0),
        x=_one_more(step.x),
        slope=np.append(step.slope, 1.0),
        gain=None if step.gain is None else np.append(step.gain, 1.0),
        left=None if step.left is None else _one_more(step.left),
        right=None if step.right is None else _one_more(step.right),
    )


def _one_more(x: Floats) -> Floats:
    return np.vstack([x, np.zeros((1, x.shape[1]))])
