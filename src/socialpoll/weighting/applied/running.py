"""A step met by a sample: what it starts from, what it comes to, how it is run again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, StepError
from socialpoll.responses import Counting, Responses, counting_of
from socialpoll.schema import Fact
from socialpoll.totals import CellStep, Mass, Rows, rows_of, summed
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.margins import MarginOutcome

__all__ = ["Again", "Applied", "Entering", "Rerun", "by_cell", "multiplied"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


class Rerun(NamedTuple):
    """A step run again on replicates.

    Attributes
    ----------
    weights : float64 array (n, B)
        After the step.
    sound : bool array (B,)
        Replicates on which it could be run.
    """

    weights: Floats
    sound: Truths


Again: TypeAlias = Callable[[Floats, Floats], Rerun]
"""From the weights (n, B) that enter a step in B replicates, and the copies (n, B) of each case."""


@dataclass(frozen=True, eq=False)
class Entering:
    """What a step starts from.

    Attributes
    ----------
    responses : Responses
    number : int
        Place of the step in the recipe, from 1.
    word : str
        The step's word.
    weights : float64 array (n,)
        That enter it.
    outcomes : tuple of MarginOutcome
        Margins of earlier steps, with the sums that the entering weights give them.
    """

    responses: Responses
    number: int
    word: str
    weights: Floats
    outcomes: tuple[MarginOutcome, ...] = ()

    @property
    def where(self) -> str:
        """The step, for messages."""
        return f"step {self.number} ({self.word})"

    @property
    def counting(self) -> Counting:
        """How many sampled cases rows are."""
        return counting_of(self.responses.repeats)

    @property
    def copies(self) -> Floats:
        """How many cases each row stands for (n,): one, or those of a combination of answers."""
        repeats = self.responses.repeats
        return np.ones(self.weights.size) if repeats is None else repeats.times.astype(np.float64)

    @property
    def rows(self) -> Rows:
        """The cases, with the weights that enter."""
        return rows_of(self.responses, Mass(self.weights))

    def require(self, problems: Sequence[Problem]) -> None:
        """Raise all that is wrong with the step at once."""
        if problems:
            raise StepError(self.where, problems)


class Applied(NamedTuple):
    """What a step came to.

    Attributes
    ----------
    cells : tuple of CellStep
        Its factors; several where it scaled first, none where it only looked.
    fact : Fact
        For the account of the method.
    again : Again
        How it is run on replicates.
    outcomes : tuple of MarginOutcome
        Its margins.
    findings : tuple of WeightingFinding
    """

    cells: tuple[CellStep, ...]
    fact: Fact
    again: Again
    outcomes: tuple[MarginOutcome, ...] = ()
    findings: tuple[WeightingFinding, ...] = ()


def by_cell(cell: npt.NDArray[np.integer], size: int, weights: Floats) -> Floats:
    """Return the sums (size, B) of weights (n, B) by cell (n,)."""
    from scipy import sparse

    if weights.shape[1] == 1:
        return summed(cell, weights[:, 0], size)[:, None]
    # Column by column, so that the weights are read in their order.
    entries = (np.ones(cell.size), cell, np.arange(cell.size + 1))
    return np.asarray(sparse.csc_array(entries, shape=(size, cell.size)) @ weights)


def multiplied(cell: npt.NDArray[np.integer], factor: Floats, weights: Floats) -> Floats:
    """Return weights (n, B) times the factors (C, B) of their cells, or (C, 1) of all alike."""
    found = np.take(factor, cell, axis=0)
    # Where a step fails on a replicate, factors may be infinite, and weights are none.
    with np.errstate(invalid="ignore"):
        return np.multiply(found, weights, out=found if found.shape == weights.shape else None)
