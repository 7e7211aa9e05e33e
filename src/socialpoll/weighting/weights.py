"""How much each case counts, and how that came about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses
from socialpoll.schema import Methodology
from socialpoll.totals import CellStep, Mass
from socialpoll.weighting.diagnostics import PERCENTILES, percentiles_of_cells, spread_of
from socialpoll.weighting.findings import WeightingFinding, findings_frame
from socialpoll.weighting.margins import MarginOutcome, margins_frame
from socialpoll.weighting.recipe import Recipe

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Weights"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Weights:
    """Weights of responses, with the steps that made them.

    Attributes
    ----------
    responses : Responses
        Whose cases they weigh.
    recipe : Recipe
        How they were made.
    mass : Mass
        Base weights and the factors of every step.
    values : float64 array (n,)
        The weights, read-only; 0 for sampled cases without an interview.
    id : str
        SHA-256, in hexadecimal, of the digest of the responses and of the recipe.
    scale : {"population", "sample"}
        Whether the weights sum to a population, or within 0.5 % to the number of interviews; then
        no totals can be estimated.
    outcomes : tuple of MarginOutcome
        What became of every margin.
    noted : tuple of WeightingFinding
        What weighting has to say.
    methodology : Methodology
        That of the responses, with what weighting did.
    """

    responses: Responses
    recipe: Recipe
    mass: Mass
    values: Floats
    id: str
    scale: Literal["population", "sample"]
    outcomes: tuple[MarginOutcome, ...]
    noted: tuple[WeightingFinding, ...]
    methodology: Methodology

    def __len__(self) -> int:
        return int(self.values.size)

    def __repr__(self) -> str:
        steps = ", ".join(step.step for step in self.recipe.steps) or "base weights"
        return f"<Weights of {len(self)} cases: {steps}, sum {self.values.sum():,.6g}>"

    @property
    def findings(self) -> pd.DataFrame:
        """Findings: severity, step, margin, level, value, what, advice; errors first."""
        return findings_frame(self.noted)

    @property
    def margins(self) -> pd.DataFrame:
        """Margins, one row a step, margin and level.

        Columns step, margin, level, n and sample_share (interviews); before, target and reached
        (sums of weights before and after the step), relative_error of reached; final (sum of the
        weights after all steps) and final_error.
        """
        return margins_frame(self.outcomes)

    @property
    def diagnostics(self) -> pd.DataFrame:
        """Spread of the weights after each step, one row a step; the first is of base weights.

        Columns step (from 0), name, n (cases of positive weight), sum, deff = 1 + CV²,
        n_effective = n / deff (Kish 1965, §11.7), min, p1, p5, p50, p95, p99 and max of the
        weights, and the same with ``g_`` of the step's factors.
        """
        return self._diagnostics.copy()

    def to_frame(self) -> pd.DataFrame:
        """Return the weights, one row a case.

        Returns
        -------
        pandas.DataFrame
            row (counted from 0, as in the responses), base_weight, weight.
        """
        import pandas as pd

        columns = {
            "row": np.arange(len(self)),
            "base_weight": self.mass.base.copy(),
            "weight": self.values.copy(),
        }
        return pd.DataFrame(columns, copy=False)

    @cached_property
    def _diagnostics(self) -> pd.DataFrame:
        import pandas as pd

        first = len(self.mass.steps) - len(self.recipe.steps)
        rows = []
        for number in range(len(self.recipe.steps) + 1):
            weights = self.mass.entering(first + number)
            step = self.mass.steps[first + number - 1] if number else None
            rows.append(_diagnosed(number, step, weights))
        return pd.DataFrame(rows)


def _diagnosed(number: int, step: CellStep | None, weights: Floats) -> dict[str, object]:
    spread = spread_of(weights)
    counted = weights > 0
    names = ["min", *(f"p{one}" for one in PERCENTILES), "max"]
    of_weights = np.percentile(weights[counted], [0, *PERCENTILES, 100])
    if step is None:
        of_factors = np.full(len(names), np.nan)
    else:
        cases = np.bincount(step.cell[counted], minlength=step.factor.size)
        of_factors = percentiles_of_cells(step.factor, cases)
    return {
        "step": number,
        "name": "base" if step is None else step.name,
        "n": spread.n,
        "sum": spread.sum,
        "deff": spread.deff,
        "n_effective": spread.n_effective,
        **dict(zip(names, of_weights.tolist(), strict=True)),
        **{f"g_{name}": one for name, one in zip(names, of_factors.tolist(), strict=True)},
    }
