"""What a test of association finds: the test of all, those of the single tables, and how strong."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.effect_sizes import EffectSizes

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Association", "Hypothesis", "ItemTest"]

Floats = npt.NDArray[np.float64]
Hypothesis: TypeAlias = Literal[
    "independence", "multiple marginal independence", "simultaneous pairwise marginal independence"
]
"""What is tested: of two single answers, of options and a single answer, of options in pairs."""


@dataclass(frozen=True, slots=True)
class ItemTest:
    """The test of one table: of an option, or of a pair of options.

    Attributes
    ----------
    row_item, column_item : str
        The option; ``_T`` where the table has all categories of the question.
    chi_square : float
        Pearson's X² of the table.
    statistic, df, ddf, p : float
        F of the second order.
    p_adjusted : float
        Adjusted for the number of tables (Holm 1979).
    effect : EffectSizes
    caveat : str
        ``fixed by weighting``, ``df<1``, or nothing.
    """

    row_item: str
    column_item: str
    chi_square: float
    statistic: float
    df: float
    ddf: float
    p: float
    p_adjusted: float
    effect: EffectSizes
    caveat: str


@dataclass(frozen=True, eq=False)
class Association:
    """Tests that two questions have nothing to do with each other.

    Attributes
    ----------
    hypothesis : str
        ``independence`` of two single answers; ``multiple marginal independence`` of every option
        of one question from the categories of the other; or ``simultaneous pairwise marginal
        independence`` of every option of one from every option of the other.
    row, column : str
        The variables.
    rows, columns : tuple of str
        Their codes in the test. Categories that do not occur are not; nor are options that nobody,
        or everybody, chose.
    left_out : tuple of (str, str)
        Question and code of those options.
    shares : float64 array (R, C)
        Weighted shares of those who gave both answers. They sum to 1 where both are single.
    row_shares, column_shares : float64 array (R,), (C,)
        Weighted shares of those who gave each answer.
    n_base : int
        Cases with a valid answer to both.
    statistic, df, ddf, p : float
        Rao–Scott F of the second order, with its degrees of freedom: the test to report.
    chi_square : float
        Pearson's X² of the shares, times ``n_base``; with multiple response, the sum of those in
        ``items`` that weighting does not fix.
    design_effects : float64 array (q,)
        Generalised design effects λ, largest first: X² is distributed as Σ λ χ²₁. Of two single
        answers, by how much sampling and weighting inflate it. q is R - 1 of categories, or R of
        options, times the same of the columns.
    df_design : float
        Clusters less strata of the base.
    effect : EffectSizes
        Of two single answers; with multiple response each table has its own, in ``items``.
    caveat : str
        ``fixed by weighting``, ``some fixed by weighting``, ``options left out``, ``df<1``, or
        nothing; joined by ``; ``.
    """

    hypothesis: Hypothesis
    row: str
    column: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    shares: Floats
    row_shares: Floats
    column_shares: Floats
    n_base: int
    statistic: float
    df: float
    ddf: float
    p: float
    chi_square: float
    design_effects: Floats
    df_design: float
    effect: EffectSizes
    caveat: str
    _others: tuple[tuple[str, float, float, float, float], ...]
    _items: tuple[ItemTest, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """Every test, one a row: row, column, test, statistic, df, ddf, p, n_base, effects, caveat.

        ``rao-scott-f`` is the one to report; ``rao-scott-chi2`` is X² with its first-order p value.
        Of two single answers, ``wald`` and ``adjusted-wald`` test R̂Ĉ/N̂ against the cells, and are
        unstable with few clusters. With multiple response, ``bonferroni`` is the strongest of
        ``items``, its p times how many they are; ``decady-thomas`` is the corrected statistic of
        Decady & Thomas (2000), of weighted shares times cases, which knows nothing of clusters and
        strata.
        """
        import pandas as pd

        first = ("rao-scott-f", self.statistic, self.df, self.ddf, self.p)
        names = ["test", "statistic", "df", "ddf", "p"]
        made = pd.DataFrame([first, *self._others], columns=names)
        made.insert(0, "column", self.column)
        made.insert(0, "row", self.row)
        return made.assign(n_base=self.n_base, **asdict(self.effect), caveat=self.caveat)

    @property
    def items(self) -> pd.DataFrame:
        """Each table, one a row: row, column, row_item, column_item, its X², F, p and effects.

        With one multiple-response question a table is an option, chosen or not, by the categories
        of the other, all of them (``_T``); with two it is a pair of options; of two single answers
        there is one table. ``p_adjusted`` is adjusted for how many there are (Holm 1979). Where the
        table is an option by two categories, ``odds_ratio`` is the odds of the option in the first
        category over those in the second.
        """
        import pandas as pd

        rows = []
        for one in self._items:
            found = asdict(one)
            found |= found.pop("effect") | {"caveat": found.pop("caveat")}
            rows.append({"row": self.row, "column": self.column, **found})
        return pd.DataFrame(rows)
