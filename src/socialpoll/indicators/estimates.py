"""Estimated figures with their precision, and the plan behind any covariance of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import EstimationError
from socialpoll.indicators.adjusting import Adjustment
from socialpoll.indicators.breaking import breaks_of, variables_of
from socialpoll.indicators.choices import no_choices
from socialpoll.indicators.contrasts import (
    Coefficients,
    Contrast,
    Row,
    contrast_of,
    contrasts_of,
    function_of,
)
from socialpoll.indicators.joint import Joint
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.r_script import write_r
from socialpoll.schema import Methodology, Questionnaire, Text
from socialpoll.totals import Replication
from socialpoll.weighting import KnownSum

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

__all__ = ["COLUMNS", "COMPARISON_COLUMNS", "KEYS", "Estimates"]

KEYS = (
    "wave",
    "indicator",
    "question",
    "item",
    "category",
    "statistic",
    "unit",
    "breakdown",
    "domain",
)
"""The columns that say what a figure is, and for whom."""
COLUMNS = (
    *KEYS,
    "estimate",
    "se",
    "ci_low",
    "ci_high",
    "ci_level",
    "ci_method",
    "df",
    "moe",
    "base",
    "n_asked",
    "n_answered",
    "n_base",
    "n_category",
    "n_effective",
    "population",
    "deff",
    "cv",
    "caveat",
    "flag",
    "obs_status",
    "conf_status",
    "weights_id",
)
"""Version 1 of the column contract: columns are only ever added."""
COMPARISON_COLUMNS = (
    *KEYS[:-1],
    "domain_a",
    "domain_b",
    "difference",
    "se",
    "df",
    "ci_low",
    "ci_high",
    "p",
    "p_adjusted",
    "method",
    "test",
    "against",
    "wave_b",
)


@dataclass(frozen=True, eq=False)
class Estimates:
    """Figures, one row each.

    Attributes
    ----------
    questionnaire : Questionnaire
    methodology : Methodology
        Facts of every stage so far.
    weights_id : str
        SHA-256 of recipe and inputs.
    precision : Precision
        The conventions in use.
    joint : Joint
        From which any covariance of the figures is made.
    titles : mapping of str to Text
        Words for indicators that have their own.
    digests : mapping of str to str
        Hashes of answers and weights.
    broken : mapping of str to set of str
        Of stacked waves: those at which variables start anew, by variable.
    known_sums : tuple of KnownSum
        Groups whose weights were made to sum to figures that are known of the population.
    """

    questionnaire: Questionnaire
    methodology: Methodology
    weights_id: str
    precision: Precision
    joint: Joint
    _frame: pd.DataFrame
    _comparisons: pd.DataFrame
    titles: Mapping[str, Text] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    broken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known_sums: tuple[KnownSum, ...] = field(default=(), repr=False)
    _choices: pd.DataFrame = field(default_factory=no_choices)

    @property
    def frame(self) -> pd.DataFrame:
        """A copy of the tidy frame: one row a figure, in the column contract."""
        return self._frame.copy()

    @property
    def comparisons(self) -> pd.DataFrame:
        """A copy of the differences made by :func:`socialpoll.compare`; empty before."""
        return self._comparisons.copy()

    @property
    def choices(self) -> pd.DataFrame:
        """A copy of what comes first within domains, compared with what it is chosen from."""
        return self._choices.copy()

    @property
    def variables(self) -> frozenset[str]:
        """The questions and derived variables used: measured, broken down by, in conditions."""
        return frozenset[str]().union(*map(variables_of, self.joint.blocks))

    def breaks(self, row: int) -> frozenset[str]:
        """Return the waves at which the figure of a row starts anew, whatever its own wave."""
        return breaks_of(self.joint.block_of(row), self.broken)

    def __len__(self) -> int:
        return len(self._frame)

    def __repr__(self) -> str:
        indicators, differences = self._frame["indicator"].nunique(), len(self._comparisons)
        return (
            f"<Estimates of {len(self)} figures, indicators: {indicators}, "
            f"differences: {differences}>"
        )

    def wide(self, values: str = "estimate") -> pd.DataFrame:
        """Spread the domains into columns.

        Parameters
        ----------
        values : str
            Which column of the frame fills the cells.

        Returns
        -------
        pandas.DataFrame
            Rows: indicator, item, category, statistic (before them the wave, where there are
            several); columns: (breakdown, domain).
        """
        rows = ["indicator", "item", "category", "statistic"]
        frame = self._frame
        if len(frame["wave"].unique()) > 1:
            rows = ["wave", *rows]
        spread = frame.pivot_table(
            index=rows,
            columns=["breakdown", "domain"],
            values=values,
            aggfunc="first",
            dropna=False,
        )
        order = frame[["breakdown", "domain"]].drop_duplicates().itertuples(index=False, name=None)
        lines = frame[rows].drop_duplicates().itertuples(index=False, name=None)
        return spread.reindex(index=list(lines), columns=list(order))

    def covariance(self, rows: Sequence[int] | None = None) -> npt.NDArray[np.float64]:
        """Return the joint covariance (m, m) of rows of the frame, by place; of all where None.

        It is made again from the plan (Binder 1983), never stored.
        """
        return self.joint.covariance_of(self._places(rows))

    def scores(self, rows: Sequence[int] | None = None) -> npt.NDArray[np.float64]:
        """Return the linearised variable of rows of the frame, summed by sampling unit: (U, m).

        From replicates: the deviation of each figure in each replicate, scaled so that the products
        of two columns sum to their covariance: (R, m).

        Each entry is the derivative of the figure with respect to the base weights of a unit's
        cases, times those weights: what R ``survey`` calls influence functions (Deville 1999).
        """
        return self.joint.scores(self._places(rows))

    def _places(self, rows: Sequence[int] | None) -> Sequence[int]:
        return range(len(self)) if rows is None else [int(one) for one in rows]

    def degrees_of_freedom(self, rows: Sequence[int]) -> float:
        """Return the degrees of freedom of a contrast: those of the rows' domains together."""
        return self.joint.degrees_of_freedom([int(one) for one in rows])

    def to_r(self, folder: str | Path) -> tuple[Path, Path]:
        """Write data and a script with which R's ``survey`` makes the same figures.

        Parameters
        ----------
        folder : str or Path
            Gets ``data.csv`` (codes of units, strata and members; no labels) and ``estimates.R``,
            which writes ``estimates_r.csv``: row of the frame, estimate, se.

        Returns
        -------
        tuple of Path
            Data and script.

        Raises
        ------
        EstimationError
            A statistic, weighting step or design that has no translation; replicates have none.

        Notes
        -----
        Raking becomes ``calibrate(calfun = "raking")``, post-stratification ``postStratify``. For
        several weighting steps in a row R sweeps in another order, and its standard errors differ.
        """
        if isinstance(self.joint.uncertainty, Replication):
            raise EstimationError(
                "estimates from replicates have no translation to R here",
                where="to_r",
                advice="estimate from the weights, or write the replicates' to_frame() for R's "
                "svrepdesign",
            )
        return write_r(self, self.joint.engine, self.joint.blocks, folder)

    def contrast(self, coefficients: Coefficients) -> Contrast:
        """Estimate a linear combination of rows, as R's ``svycontrast``.

        Parameters
        ----------
        coefficients : mapping of int to float, or list of (row, float)
            A coefficient for each row. A row is its place in the frame, or in the list form a
            mapping of key columns that only this row has.

        Returns
        -------
        Contrast
            k'b with variance k'Vk on the joint covariance V (Binder 1983), and t on the degrees of
            freedom of the rows' domains together. Of two times of day, 1 and -1 give the shorter
            way round the clock, above -720 and up to 720 minutes, positive where the first is the
            later; of several, arcs are taken from the first with a negative coefficient.

        Raises
        ------
        EstimationError
            No such row, or keys of several; coefficients of times of day that do not sum to 0.
        """
        return contrast_of(self, coefficients)

    def contrasts(
        self, several: Mapping[str, Coefficients], *, adjust: Adjustment = "holm"
    ) -> pd.DataFrame:
        """Estimate linear combinations of rows that are tested together, as one family.

        Parameters
        ----------
        several : mapping of str to coefficients
            A name, and coefficients as :meth:`contrast` takes them.
        adjust : {"holm", "bonferroni", "bh", "none"}
            How their p values are adjusted.

        Returns
        -------
        pandas.DataFrame
            One row a contrast: contrast (its name), estimate, se, df, t, ci_low, ci_high, ci_level,
            p, p_adjusted. The limits are those of each alone. What cannot vary has no p and is not
            counted in the family.

        Raises
        ------
        EstimationError
            As :meth:`contrast`; none given; no such adjustment.
        """
        return contrasts_of(self, several, adjust)

    def function(
        self,
        f: Callable[[npt.NDArray[np.float64]], float],
        rows: Sequence[Row],
        gradient: Callable[[npt.NDArray[np.float64]], Sequence[float] | npt.NDArray[np.float64]]
        | None = None,
    ) -> Contrast:
        """Estimate a smooth function of rows by the delta method.

        Parameters
        ----------
        f : callable
            Takes the estimates (m,) of the rows, in their order; returns a number. A time of day
            comes as minutes after midnight: take its sine and cosine.
        rows : list of int or mapping
            Rows as in :meth:`contrast`.
        gradient : callable, optional
            Takes the same; returns the m derivatives. By central differences where absent.

        Returns
        -------
        Contrast
            f(b) with variance g'Vg (Särndal, Swensson & Wretman 1992, §5.5).

        Raises
        ------
        EstimationError
            No such row, or a function that is not finite at the estimates.
        """
        return function_of(self, f, rows, gradient)

    def with_comparisons(self, comparisons: pd.DataFrame) -> Estimates:
        """Return the same estimates with other comparisons."""
        return replace(self, _comparisons=comparisons)

    def with_choices(self, choices: pd.DataFrame) -> Estimates:
        """Return the same estimates with other choices."""
        return replace(self, _choices=choices)
