"""How much each case counts, and how that came about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses, Scan, counting_of, require_cases
from socialpoll.schema import Methodology
from socialpoll.totals import Mass
from socialpoll.weighting.applied import Again
from socialpoll.weighting.attaching import attached
from socialpoll.weighting.auditing import explained, spread_by, spread_by_step
from socialpoll.weighting.findings import WeightingFinding, findings_frame
from socialpoll.weighting.margins import MarginOutcome, margins_frame
from socialpoll.weighting.recipe import Recipe, variables_of
from socialpoll.weighting.writing import write_weights

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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
        The weights, read-only; 0 for sampled cases without an interview. Of combinations of
        answers, the sums of those of the cases that gave them.
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
    numbers : tuple of int
        Place in the recipe, from 1, of the step that each of the mass's steps is of; 0 for the one
        that leaves only interviews their weight.
    reruns : tuple of callables, or None
        How each step is run again on replicates; None where that is not known.
    scan : Scan or None
        Answers that stay where they lie; ``responses`` are then everybody who was sampled, with
        the answers that were weighted by and no others.
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
    numbers: tuple[int, ...] = ()
    reruns: tuple[Again, ...] | None = None
    scan: Scan | None = field(default=None, repr=False)

    def __len__(self) -> int:
        """Return the number of sampled cases."""
        every = np.ones(self.values.size, dtype=np.bool_)
        return counting_of(self.responses.repeats).number(every)

    def __repr__(self) -> str:
        steps = ", ".join(step.step for step in self.recipe.steps) or "base weights"
        return f"<Weights of {len(self)} cases: {steps}, sum {self.values.sum():,.6g}>"

    @property
    def weighted_by(self) -> tuple[str, ...]:
        """The variables that the steps are about, each once."""
        return tuple(dict.fromkeys(name for one in self.recipe.steps for name in variables_of(one)))

    def mass_of(self, finer: Responses) -> Mass:
        """Return how much combinations of more variables count, where answers lie elsewhere."""
        apart = self.scan is not None and self.scan.is_by_base_weight
        return attached(self.mass, self.responses, finer, self.weighted_by, by_base_weight=apart)

    def tally(self, names: Iterable[str]) -> Weights:
        """Return the same weights of combinations of other variables, where answers lie elsewhere.

        What looks at variables that are used together, as a regression does, takes these.

        Parameters
        ----------
        names : iterable of str
            Questions and derived variables; those that were weighted by come along.

        Returns
        -------
        Weights
            Itself, where its answers are in memory.

        Raises
        ------
        UnknownNameError, CombinationsError
            As :meth:`Scan.tally`.
        """
        if self.scan is None:
            return self
        responses = self.scan.tally({*names, *self.weighted_by})
        mass = self.mass_of(responses)
        values = mass.forward()
        values.flags.writeable = False
        return replace(self, responses=responses, mass=mass, values=values, scan=None)

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

        Where cases that agree have several base weights, the engine that counted them is asked for
        the percentiles, two or three questions a step.

        Raises
        ------
        EstimationError
            Combinations of cases of several base weights that are not at hand.
        """
        return self._diagnostics.copy()

    def diagnostics_by(self, *variables: str) -> pd.DataFrame:
        """Return the spread of the weights after each step within domains.

        Parameters
        ----------
        variables : str
            Questions or derived variables of one answer; several are crossed.

        Returns
        -------
        pandas.DataFrame
            One row a step and domain: step (from 0), name, breakdown, domain, n, sum, deff,
            n_effective; domains without weight are left out.

        Raises
        ------
        UnknownNameError, EstimationError
            No such variable, or one of several answers.
        """
        return spread_by(self, variables)

    def explain(self, case: int) -> pd.DataFrame:
        """Tell how one case came to its weight; of answers in memory.

        Parameters
        ----------
        case : int
            Row of the answers, counted from 0.

        Returns
        -------
        pandas.DataFrame
            One row a step, the first of the base weight: step (place in the recipe; 0 before it),
            name, because (the case's codes of the variables that the step is about), factor,
            weight after the step.

        Raises
        ------
        UnknownNameError
            There is no such row.
        """
        return explained(self, case)

    def to_frame(self) -> pd.DataFrame:
        """Return the weights, one row a case; of answers in memory.

        Returns
        -------
        pandas.DataFrame
            row (counted from 0, as in the responses), base_weight, weight.

        Raises
        ------
        EstimationError
            The answers lie elsewhere, where :meth:`write` has them written.
        """
        import pandas as pd

        advice = "write the weights where the answers lie: weights.write('weights.parquet')"
        require_cases(self.responses.repeats, advice)
        columns = {
            "row": np.arange(len(self)),
            "base_weight": self.mass.base.copy(),
            "weight": self.values.copy(),
        }
        return pd.DataFrame(columns, copy=False)

    def write(self, path: str | Path, *, columns: Iterable[str] | None = None) -> str | Path:
        """Write the weights as Parquet, one row a sampled case, beside its answers.

        Of answers that lie elsewhere, the engine that counted them writes: nothing is fetched, and
        the rows are in no certain order, so that a key should be among the columns.

        Parameters
        ----------
        path : str or Path
            Of a ``.parquet`` file, whose folder is made where it is not there; one that is there is
            replaced, unless the answers may lie in it. Spark writes a folder, and replaces none.
            It is written whole or not at all.
        columns : iterable of str, optional
            Which columns stand beside the weights; all where absent. Of answers in memory these are
            those of :attr:`Responses.frame`, after ``row``, which counts from 0; of a scan, those
            of its source, where all are all but the base weight of the design.

        Returns
        -------
        str or Path
            The path.

        Raises
        ------
        ExportError
            Another ending, columns that are not there or named as those of the weights, a file
            among the answers, or one that cannot be written.
        WeightingError
            The answers have changed where they lie.
        EstimationError
            Combinations of which the cases are not at hand.

        Notes
        -----
        The columns ``base_weight`` and ``weight`` come last; without an interview the weight is 0.
        """
        return write_weights(self, path, columns)

    @cached_property
    def _diagnostics(self) -> pd.DataFrame:
        return spread_by_step(self)
