"""Stages and weighting steps of several waves put under one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from socialpoll.responses import DesignStage
from socialpoll.totals.mass import CellStep, Mass
from socialpoll.totals.units import stages_in_the_variance

__all__ = ["stacked_mass", "stacked_stages"]

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
    """Return base weights and steps of all waves; the s-th steps of the waves are one step.

    No calibration variable is of more than one wave, so each wave's regression is its own.
    """
    steps = max(len(one.steps) for one in several)
    return Mass(
        np.concatenate([one.base for one in several]),
        tuple(_step([_nth(one, place) for one in several]) for place in range(steps)),
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


def _nth(mass: Mass, place: int) -> CellStep:
    if place < len(mass.steps):
        return mass.steps[place]
    one = np.ones(1)
    return CellStep("", np.zeros(mass.base.size, dtype=np.int32), one, np.zeros((1, 0)), one)


def _step(steps: Sequence[CellStep]) -> CellStep:
    from scipy import linalg

    first = np.cumsum([0, *(step.factor.size for step in steps[:-1])])
    return CellStep(
        "; ".join(dict.fromkeys(step.name for step in steps if step.name)),
        np.concatenate(
            [step.cell + start for step, start in zip(steps, first, strict=True)]
        ).astype(np.int32),
        np.concatenate([step.factor for step in steps]),
        np.asarray(linalg.block_diag(*(step.x for step in steps)), dtype=np.float64),
        np.concatenate([step.slope for step in steps]),
    )
