"""What became of every margin, level by level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.totals import summed
from socialpoll.weighting.solving.raking import errors_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MarginOutcome", "margins_frame"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MarginOutcome:
    """One margin of one step.

    Attributes
    ----------
    step : int
        Place of the step in the recipe, from 1.
    name : str
        Variables of the margin, joined by ``|``.
    codes : list of str (L,)
        Levels that have respondents; ``_M`` is of interviews without a value.
    cell : int array (n,)
        Weighting cell of each case; C where it has no weight.
    level : int array (C,)
        Level of each weighting cell of the step; -1 where it has no value of the variables.
    cases : int array (L,)
        Interviews.
    before, target, reached : float64 arrays (L,)
        Sums of weights: entering the step, wanted, after the step.
    final : float64 array (L,)
        Sums of the weights after all steps.
    amount : float64 array (C,), optional
        What the weight of a cell is multiplied by, for totals of numbers; 1 where absent.
    mix : float64 array (M, L), optional
        In which levels the cells of level -1 count, one row each; in none where absent.
    scale : float64 array (L,), optional
        What errors are relative to, of numbers, whose target may be 0 or less; the target where
        absent.
    """

    step: int
    name: str
    codes: list[str]
    cell: npt.NDArray[np.int32]
    level: npt.NDArray[np.intp]
    cases: npt.NDArray[np.int64]
    before: Floats
    target: Floats
    reached: Floats
    final: Floats
    amount: Floats | None = None
    mix: Floats | None = None
    scale: Floats | None = None

    def under(self, weights: Floats) -> MarginOutcome:
        """Return the same with ``final`` the sums of other weights (n,)."""
        by_cell = summed(self.cell, weights, self.level.size)[: self.level.size]
        if self.amount is not None:
            by_cell = by_cell * self.amount
        known = self.level >= 0
        final = summed(self.level[known], by_cell[known], self.target.size)
        if self.mix is not None:
            final = final + by_cell[~known] @ self.mix
        return replace(self, final=final)

    @property
    def error(self) -> Floats:
        """Relative error (L,) after the step."""
        return self.off(self.reached)

    @property
    def final_error(self) -> Floats:
        """Relative error (L,) after all steps."""
        return self.off(self.final)

    def off(self, sums: Floats) -> Floats:
        """Return how far sums of weights (L,) are from the targets, relative to these."""
        if self.scale is None:
            return errors_of(sums, self.target)
        return np.asarray(np.abs(sums - self.target) / self.scale)


def margins_frame(outcomes: Iterable[MarginOutcome]) -> pd.DataFrame:
    """Return outcomes as a frame, one row a step, margin and level.

    Returns
    -------
    pandas.DataFrame
        step, margin, level, n, sample_share (of interviews), before, target, reached (sums of
        weights), relative_error, final, final_error.
    """
    import pandas as pd

    columns: dict[str, list[object]] = {
        "step": [],
        "margin": [],
        "level": [],
        "n": [],
        "sample_share": [],
        "before": [],
        "target": [],
        "reached": [],
        "relative_error": [],
        "final": [],
        "final_error": [],
    }
    for one in outcomes:
        columns["step"] += [one.step] * len(one.codes)
        columns["margin"] += [one.name] * len(one.codes)
        columns["level"] += one.codes
        columns["n"] += one.cases.tolist()
        columns["sample_share"] += (one.cases / one.cases.sum()).tolist()
        columns["before"] += one.before.tolist()
        columns["target"] += one.target.tolist()
        columns["reached"] += one.reached.tolist()
        columns["relative_error"] += one.error.tolist()
        columns["final"] += one.final.tolist()
        columns["final_error"] += one.final_error.tolist()
    numbers = dict.fromkeys(["step", "n"], "int64")
    words = dict.fromkeys(["margin", "level"], "object")
    rest = dict.fromkeys([name for name in columns if name not in numbers | words], "float64")
    return pd.DataFrame(columns).astype(numbers | words | rest)
