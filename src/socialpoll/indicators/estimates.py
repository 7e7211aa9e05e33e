"""Estimated figures with their precision, and the plan behind any covariance of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.freedom import Presence
from socialpoll.indicators.precision import Precision
from socialpoll.schema import Methodology, Questionnaire, Text, questions_of
from socialpoll.totals import Engine, Linearisation

if TYPE_CHECKING:
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
    titles : mapping of str to Text
        Words for indicators that have their own.
    digests : mapping of str to str
        Hashes of answers and weights.
    """

    questionnaire: Questionnaire
    methodology: Methodology
    weights_id: str
    precision: Precision
    _frame: pd.DataFrame
    _comparisons: pd.DataFrame
    _blocks: tuple[Block, ...]
    _engine: Engine
    titles: Mapping[str, Text] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    _pairs: dict[Block, npt.NDArray[np.float64]] = field(default_factory=dict, init=False)

    @property
    def frame(self) -> pd.DataFrame:
        """A copy of the tidy frame: one row a figure, in the column contract."""
        return self._frame.copy()

    @property
    def comparisons(self) -> pd.DataFrame:
        """A copy of the differences made by :func:`socialpoll.compare`; empty before."""
        return self._comparisons.copy()

    @property
    def variables(self) -> frozenset[str]:
        """The questions and derived variables used: measured, broken down by, in conditions."""
        found: set[str] = set()
        for block in self._blocks:
            found.update(block.plan.questions, block.breakdown)
            if block.where is not None:
                found.update(questions_of(block.where))
        return frozenset(found)

    def __len__(self) -> int:
        return len(self._frame)

    def wide(self, values: str = "estimate") -> pd.DataFrame:
        """Spread the domains into columns.

        Parameters
        ----------
        values : str
            Which column of the frame fills the cells.

        Returns
        -------
        pandas.DataFrame
            Rows: indicator, item, category, statistic; columns: (breakdown, domain).
        """
        rows = ["indicator", "item", "category", "statistic"]
        frame = self._frame
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
        return Linearisation(self._engine).covariance(self.scores(rows))

    def scores(self, rows: Sequence[int] | None = None) -> npt.NDArray[np.float64]:
        """Return the linearised variable of rows of the frame, summed by sampling unit: (U, m).

        Each entry is the derivative of the figure with respect to the base weights of a unit's
        cases, times those weights: what R ``survey`` calls influence functions (Deville 1999).
        """
        chosen = list(range(len(self))) if rows is None else [int(one) for one in rows]
        linearisation = Linearisation(self._engine)
        scores = np.zeros((self._engine.units.levels[0].group.size, len(chosen)))
        for block in self._blocks:
            here = [place for place, row in enumerate(chosen) if row in block.rows]
            if here:
                wanted = [chosen[place] - block.first for place in here]
                slopes = block.slopes(self._engine.cells(block.basis), wanted)
                scores[:, here] = linearisation.scores(block.basis, slopes)
        return scores

    def degrees_of_freedom(self, rows: Sequence[int]) -> float:
        """Return the degrees of freedom of a contrast: those of the rows' domains together."""
        if not isinstance(self.precision.df, str):
            return float(self.precision.df)
        used = [
            (block, sorted({block.domain_of(row) for row in rows if row in block.rows}))
            for block in self._blocks
        ]
        (first, domains), *others = [
            (Presence.of(self._engine, block.base, self.precision), which)
            for block, which in used
            if which
        ]
        return first.together(domains, *others)

    def pairwise_degrees_of_freedom(self, rows: Sequence[int]) -> npt.NDArray[np.float64]:
        """Return the degrees of freedom of every difference of two rows of one block: (m, m)."""
        block = next(one for one in self._blocks if rows[0] in one.rows)
        if not isinstance(self.precision.df, str):
            return np.full((len(rows), len(rows)), float(self.precision.df))
        if block not in self._pairs:
            presence = Presence.of(self._engine, block.base, self.precision)
            self._pairs[block] = presence.pairs()
        domains = [block.domain_of(row) for row in rows]
        return self._pairs[block][np.ix_(domains, domains)]

    def with_comparisons(self, comparisons: pd.DataFrame) -> Estimates:
        """Return the same estimates with other comparisons."""
        return replace(self, _comparisons=comparisons)
