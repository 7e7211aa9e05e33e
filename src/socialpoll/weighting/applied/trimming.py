"""Weights held at limits, and what was cut off shared out among the others."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.schema import Fact, FactValue
from socialpoll.totals import CellStep
from socialpoll.weighting.applied.classes import Classes, classes_of
from socialpoll.weighting.applied.known import known_of_all
from socialpoll.weighting.applied.running import Applied, Entering, Rerun
from socialpoll.weighting.declared import Trim
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.solving.trimming import Limits, Trimmed, limits_of, trimmed

__all__ = ["trim"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]


def trim(step: Trim, entering: Entering) -> Applied:
    """Hold weights at limits."""
    weights, counted = entering.weights, entering.weights > 0
    entering.require(known_of_all(entering.responses, step.within, counted, entering.where))
    classes = classes_of(entering.rows, step.within, counted)
    copies = entering.copies
    limits = limits_of(step.rule, step.lower, step.upper, weights, copies)
    if not limits.low < limits.high:
        entering.require([_crossed(limits, entering.where)])
    made = trimmed(weights, copies, limits, step.sharing, classes.of_row)
    if not made.sound:
        entering.require([_nobody_left(step, limits, entering.where)])
    values: dict[str, FactValue] = {
        "rule": step.rule,
        "upper": step.upper,
        "lower": step.lower,
        "upper_weight": limits.high if np.isfinite(limits.high) else None,
        "lower_weight": limits.low if np.isfinite(limits.low) else None,
        "trimmed": entering.counting.number(made.held),
        "sharing": step.sharing,
        "variables": step.within,
    }
    fact = Fact("weighting", Trim.step, values)
    again = partial(_again, step, classes.of_row)
    findings = () if made.held.any() else (_nothing_beyond(limits, entering.number),)
    cells = (_cell_step(step, entering, made, classes),)
    return Applied(cells, fact, again, findings=findings)


def _cell_step(step: Trim, entering: Entering, made: Trimmed, classes: Classes) -> CellStep:
    """Return the step, a cell a row; the limits themselves count as fixed.

    A case that is held keeps its limit whatever came in, and gives the rest to the free ones of
    its class: with B the mean of r over these, held cases pass on B and add w (r - B) directly.
    """
    weights = entering.weights
    size = weights.size
    factor = np.divide(made.weights, weights, out=np.ones(size), where=weights > 0)
    free = (weights > 0) & ~made.held
    gain = np.where(made.held, 0.0, factor if step.sharing == "proportional" else 1.0)
    cell = np.arange(size, dtype=np.int32)
    if step.sharing == "none":
        nothing = np.zeros((size, 0))
        return CellStep(Trim.step, cell, factor, nothing, factor, gain=gain, exact_only=True)
    inside = classes.of_row[:, None] == np.arange(len(classes.labels))
    x = (inside & (weights > 0)[:, None]).astype(np.float64)
    if step.sharing == "proportional":
        each = free.astype(np.float64)
    else:
        each = np.divide(entering.copies, weights, out=np.zeros(size), where=free)
    return CellStep(
        Trim.step,
        cell,
        factor,
        x,
        factor,
        gain=gain,
        left=(gain - 1)[:, None] * x,
        right=each[:, None] * x,
        exact_only=True,
    )


def _again(step: Trim, group: Places, weights: Floats, copies: Floats) -> Rerun:
    """Trim the weights of replicates: limits that come of the weights are found again."""
    after, sound = np.zeros(weights.shape), np.ones(weights.shape[1], dtype=np.bool_)
    for one in range(weights.shape[1]):
        own, count = weights[:, one], copies[:, one]
        limits = limits_of(step.rule, step.lower, step.upper, own, count)
        made = trimmed(own, count, limits, step.sharing, group)
        after[:, one], sound[one] = made.weights, made.sound
    return Rerun(after, sound)


def _crossed(limits: Limits, where: str) -> Problem:
    return Problem(
        "the lower limit is not below the upper one",
        where,
        found=f"weights from {limits.low:.6g} to {limits.high:.6g}",
        advice="take limits farther apart",
    )


def _nobody_left(step: Trim, limits: Limits, where: str) -> Problem:
    inside = f" of {' × '.join(step.within)}" if step.within else ""
    return Problem(
        f"all cases of a class{inside} are held at a limit, so nobody can take what was cut off",
        where,
        found=f"weights from {limits.low:.6g} to {limits.high:.6g}",
        advice="take limits farther apart, or coarser classes, or sharing = 'none'",
    )


def _nothing_beyond(limits: Limits, number: int) -> WeightingFinding:
    return WeightingFinding(
        severity="note",
        step=number,
        margin="",
        value="0",
        what="no weight is beyond the limits, so nothing was trimmed",
        advice=f"the limits are {limits.low:.6g} to {limits.high:.6g}",
    )
