"""What figures are of: whose answers, under which condition, with which weights."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.schema import All, Condition, Is
from socialpoll.totals import Basis, Products
from socialpoll.weighting import WAVE

if TYPE_CHECKING:
    from socialpoll.indicators import Estimates
    from socialpoll.indicators.block import Block
    from socialpoll.totals import Engine

__all__ = ["Subject", "of_a_part", "subjects_of"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Subject:
    """What figures are of: whose answers, under which condition, with which weights.

    Attributes
    ----------
    questions : tuple of str
        All whose answers are used.
    answered, asked : float
        Weights of those who answered and who were asked, which no figure tells: an attacker may
        know them from the margins that the weights were made for.
    squares : float
        Of a mean, the sum of weighted squares, which its error and its design effect tell.
    rule : str
        By which quantiles are read.
    """

    universe: str
    weights: str
    questions: tuple[str, ...]
    where: Condition | None = None
    answered: float = math.nan
    asked: float = math.nan
    squares: float = math.nan
    rule: str = ""


def subjects_of(estimates: Estimates) -> list[Subject]:
    """Return the subject of every row."""
    universe = estimates.digests.get("answers", "")
    found: list[Subject] = []
    engine = estimates.joint.engine
    for block in estimates.joint.blocks:
        rule = block.plan.quantiles.rule if block.plan.quantiles else ""
        made = Subject(universe, estimates.weights_id, block.plan.questions, block.where, rule=rule)
        sums = [engine.cells(block.present(base))[:, 0] for base in ("answered", "asked")]
        sums.append(_squares(block, engine))
        for answered, asked, squares in np.transpose(sums).tolist():
            own = replace(made, answered=answered, asked=asked, squares=squares)
            found += [own] * len(block.plan.lines)
    return found


def _squares(block: Block, engine: Engine) -> Floats:
    """Return the sums of weighted squares (domains,) of what is averaged; NaN of all else."""
    if block.plan.kind != "mean" or not block.plan.numbers:
        return np.full(block.domains, np.nan)
    basis = Basis(Products(block.plan.numbers), block.breakdown, block.where)
    return engine.cells(basis)[:, 0]


def of_a_part(condition: Condition | None, wave: str) -> bool:
    """Say whether a condition leaves respondents of a wave out."""
    match condition:
        case None:
            return False
        case All(conditions=several):
            return any(of_a_part(one, wave) for one in several)
        case Is(question=name, codes=codes):
            return name != WAVE or codes != (wave,)
        case _:
            return True
