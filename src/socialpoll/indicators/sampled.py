"""What design-based tests share: totals, their covariance, degrees of freedom, p values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError, UnknownNameError, nearest
from socialpoll.indicators.coded import Coded, codes_or_numbers
from socialpoll.indicators.freedom import present_in
from socialpoll.indicators.intervals import two_sided
from socialpoll.indicators.precision import MODEL_BASED, Precision
from socialpoll.indicators.sources import (
    Source,
    engine_of,
    is_known,
    responses_of,
    tallied_for,
    uncertainty_of,
)
from socialpoll.responses import Categorical, Numeric, Responses, Ticks
from socialpoll.schema import Condition
from socialpoll.totals import Basis, Function, Rows, Uncertainty
from socialpoll.weighting import Waves

__all__ = ["Sampled", "TestConvention", "checked_convention", "f_tail", "t_tails"]

Floats = npt.NDArray[np.float64]
TestConvention: TypeAlias = Literal["R", "Stata"]
"""Whether tests of a model spend a degree of freedom on each coefficient but one."""
SINGLE_ANSWERS = "single, scale, time_of_day, or bands and groups of them"


@dataclass(frozen=True, eq=False)
class Sampled:
    """A probability sample with the covariance of its totals.

    Attributes
    ----------
    responses : Responses
    engine : Engine
    uncertainty : Uncertainty
    precision : Precision
    """

    responses: Responses
    engine: Rows
    uncertainty: Uncertainty
    precision: Precision

    @classmethod
    def of(
        cls,
        source: Source,
        names: Iterable[str],
        where: Condition | None,
        precision: Precision | None,
    ) -> Sampled:
        """Take a source, with the variables that are tested, and those that say of whom.

        Raises
        ------
        EstimationError
            It is no probability sample.
        CombinationsError
            Answers that lie elsewhere, and differ too much.
        """
        conventions = precision if precision is not None else Precision()
        if isinstance(source, Waves):
            raise EstimationError(
                "stacked waves are not tested together",
                where="source",
                found="waves",
                allowed="Weights, Replicates, Responses or Scan",
                advice="test each wave alone, or compare waves by their estimates",
            )
        counted = tallied_for(source, names, where)
        responses = responses_of(counted)
        if not is_known(responses, conventions):
            raise EstimationError(
                "a test needs a probability sample",
                where="SampleDesign.sampling",
                found=repr(responses.design.sampling),
                allowed="'probability'",
                advice="describe the sample without testing it; or, where you stand by the model "
                "that its weights suppose, say precision = Precision(opt_in='model')",
            )
        engine = engine_of(counted, conventions)
        return cls(responses, engine, uncertainty_of(counted, engine), conventions)

    def caveat(self, found: str) -> str:
        """Return a caveat, after the word that precision is that of a model where it is."""
        by_model = self.precision.by_model(self.responses.design.sampling)
        return "; ".join(filter(None, (MODEL_BASED if by_model else "", found)))

    def known(self, names: Iterable[str], where: str) -> None:
        """Refuse names that are no variable."""
        known = self.responses.questionnaire.names
        for name in names:
            if name not in known:
                raise UnknownNameError(
                    f"there is no question or derived variable {name!r}",
                    where=where,
                    found=repr(name),
                    allowed=nearest(name, known),
                )

    def category(self, name: str, where: str) -> Categorical:
        """Return a variable of one category a case; EstimationError for other kinds."""
        column = self._coded(name, where)
        if isinstance(column, Categorical):
            return column
        kind = "a multiple-response question" if isinstance(column, Ticks) else "a number"
        raise EstimationError(
            f"{name!r} does not put each case into one category",
            where=where,
            found=kind,
            allowed=SINGLE_ANSWERS,
        )

    def answers(self, name: str, where: str) -> Categorical | Ticks:
        """Return a variable of categories or of options; EstimationError for numbers."""
        column = self._coded(name, where)
        if not isinstance(column, Numeric):
            return column
        raise EstimationError(
            f"{name!r} has no categories or options",
            where=where,
            found="a number",
            allowed=f"{SINGLE_ANSWERS}; multiple",
            advice=f"declare bands of {name!r} in the questionnaire's derived variables",
        )

    def _coded(self, name: str, where: str) -> Coded:
        self.known([name], where)
        return codes_or_numbers(self.responses, name, where)

    def covariance(self, figures: Function) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Return V (m, m) of figures, and which of them are fixed.

        Raises
        ------
        EstimationError
            Figures that more than 1 % of the replicates lack.
        """
        totals = self.engine.cells(figures.basis)
        fixed = self.uncertainty.variances(figures, totals).fixed
        v = self.uncertainty.covariance(self.uncertainty.scores(figures, totals))
        if np.isnan(v).any():
            raise EstimationError(
                "more than 1 % of the replicates have nobody left for what is tested",
                where="source",
                advice="merge small categories, or use the weights without replicates",
            )
        v[fixed, :] = 0.0
        v[:, fixed] = 0.0
        return v, fixed

    def degrees(self, base: Basis) -> float:
        """Return clusters less strata, of all domains of a base together, or as was asked for.

        Replicate weights that were given have degrees of freedom of their own.
        """
        if not isinstance(self.precision.df, str):
            return float(self.precision.df)
        if self.uncertainty.degrees is not None:
            return self.uncertainty.degrees
        presence = present_in(self.engine, [base], self.precision)
        return presence.together(range(presence.size))

    def residual(self, df: float, spent: int, convention: TestConvention) -> float:
        """Return the degrees of freedom of a test; a number that was asked for stands."""
        if convention == "Stata" or not isinstance(self.precision.df, str):
            return df
        return df - spent


def checked_convention(convention: str) -> None:
    """Refuse conventions that are not known."""
    if convention not in ("R", "Stata"):
        raise EstimationError(
            "there is no such convention of degrees of freedom",
            where="convention",
            found=repr(convention),
            allowed="'R', 'Stata'",
        )


def t_tails(statistic: Floats, df: float) -> Floats:
    """Return two-sided p values of t; normal for infinite df, NaN below one degree of freedom."""
    return two_sided(statistic, np.full(statistic.shape, df))


def f_tail(statistic: float, df: float, ddf: float) -> float:
    """Return the p value of F; of chi-square over df for infinite ddf; NaN where ddf is below 1."""
    from scipy import special

    if np.isnan(statistic) or ddf < 1 or df <= 0:
        return float("nan")
    if np.isinf(ddf):
        return float(special.chdtrc(df, df * statistic))
    return float(special.fdtrc(df, ddf, statistic))
