"""Whether two categorical answers go together: tests of independence on the sample's design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.sampled import Sampled, f_tail
from socialpoll.indicators.wald import wald_test
from socialpoll.responses import Responses
from socialpoll.schema import Condition
from socialpoll.totals import Basis, Function, Present, codes_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.weighting import Replicates, Weights

__all__ = ["Association", "association"]

Floats = npt.NDArray[np.float64]
NOTHING = 1e-12
"""A generalised design effect of this part of the number of cases is none: a fixed table."""


@dataclass(frozen=True, eq=False)
class Association:
    """Tests that two variables are independent.

    Attributes
    ----------
    row, column : str
        The variables.
    rows, columns : tuple of str
        Their codes that occur; others are left out of the table.
    shares : float64 array (R, C)
        Weighted shares of the cells; they sum to 1.
    n_base : int
        Cases with a valid answer to both.
    statistic, df, ddf, p : float
        Rao–Scott F of the second order, with its degrees of freedom: the test to report.
    chi_square : float
        Pearson's X² of the shares, times ``n_base``.
    design_effects : float64 array ((R-1)(C-1),)
        Generalised design effects (eigenvalues of Δ), largest first: by how much sampling and
        weighting inflate X².
    df_design : float
        Clusters less strata of the base.
    caveat : str
        ``fixed by weighting``, ``df<1``, or nothing.
    """

    row: str
    column: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shares: Floats
    n_base: int
    statistic: float
    df: float
    ddf: float
    p: float
    chi_square: float
    design_effects: Floats
    df_design: float
    caveat: str
    _others: tuple[tuple[str, float, float, float, float], ...]

    @property
    def frame(self) -> pd.DataFrame:
        """Every test, one a row: row, column, test, statistic, df, ddf, p, n_base, caveat.

        ``rao-scott-f`` is the one to report; ``rao-scott-chi2`` is X² with its first-order p value;
        ``wald`` and ``adjusted-wald`` test R̂Ĉ/N̂ against the cells, and are unstable with few
        clusters.
        """
        import pandas as pd

        first = ("rao-scott-f", self.statistic, self.df, self.ddf, self.p)
        names = ["test", "statistic", "df", "ddf", "p"]
        made = pd.DataFrame([first, *self._others], columns=names)
        made.insert(0, "column", self.column)
        made.insert(0, "row", self.row)
        return made.assign(n_base=self.n_base, caveat=self.caveat)


def association(
    source: Weights | Replicates | Responses,
    row: str,
    column: str,
    *,
    where: Condition | None = None,
    precision: Precision | None = None,
) -> Association:
    """Test whether two variables of one category a case are independent.

    Pearson's X² of the weighted shares is divided by the mean generalised design effect and
    referred to F, with degrees of freedom that allow for how the design effects differ (Rao & Scott
    1984, §4; Thomas & Rao 1987); the joint covariance of the shares is linearised through every
    weighting step. As R's ``svychisq``, with Δ at the observed shares.

    Parameters
    ----------
    source : Weights, Replicates or Responses
        Responses count with their base weights; replicates give the covariance.
    row, column : str
        Variables of one category a case. Only valid answers count: a don't-know counts where it is
        an option, or a group of its own.
    where : Condition, optional
        Only for those of whom this is true.
    precision : Precision, optional
        Degrees of freedom; the level is not used.

    Returns
    -------
    Association

    Raises
    ------
    UnknownNameError
        A variable that is not in the questionnaire.
    EstimationError
        A variable of another kind, or with fewer than two categories that occur; a sample that is
        no probability sample.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"sex": list("fmfmfmfmfm"), "uses": list("ynynyynyyn")})
    >>> responses = sp.bind(answers, sp.Questionnaire.infer(answers))
    >>> found = sp.association(responses, "sex", "uses")
    >>> round(found.chi_square, 3), round(found.p, 3)
    (1.667, 0.252)
    """
    sampled = Sampled.of(source, precision)
    for name, argument in ((row, "row"), (column, "column")):
        sampled.category(name, argument)
    if row == column:
        raise EstimationError(
            "a variable is not tested against itself", where="column", found=repr(column)
        )
    basis = Basis(Present(()), (row, column), where)
    table = _Table.of(sampled, basis, row, column)
    return _tested(sampled, basis, table, row, column)


@dataclass(frozen=True, eq=False)
class _Table:
    """Weighted totals (R, C) of the rows and columns that occur, and where they stand."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    totals: Floats
    cells: npt.NDArray[np.intp]
    size: int

    @classmethod
    def of(cls, sampled: Sampled, basis: Basis, row: str, column: str) -> _Table:
        codes = [codes_of(sampled.responses, (one,)) for one in (row, column)]
        full = sampled.engine.cells(basis).reshape(len(codes[0]), len(codes[1]))
        kept = [np.flatnonzero(full.sum(axis=axis) > 0) for axis in (1, 0)]
        for name, places in ((row, kept[0]), (column, kept[1])):
            if places.size < 2:  # noqa: PLR2004 - one category cannot go with anything
                raise EstimationError(
                    f"fewer than two categories of {name!r} occur among those who answered both",
                    where=name,
                    found=f"{places.size}",
                    allowed="two or more",
                )
        rows, columns = (tuple(one[i] for i in at) for one, at in zip(codes, kept, strict=True))
        cells = np.arange(full.size).reshape(full.shape)[np.ix_(*kept)].ravel()
        return cls(rows, columns, full[np.ix_(*kept)], cells, full.size)

    def shares_of(self, everybody: Floats) -> Floats:
        """Return the shares (R·C,) of the cells, from the totals of all cells."""
        chosen = everybody.ravel()[self.cells]
        return np.asarray(chosen / chosen.sum())

    def excess_of(self, everybody: Floats) -> Floats:
        """Return by how much the cells (R·C,) exceed independence, from the totals of all."""
        return _excess(everybody.ravel()[self.cells].reshape(self.totals.shape)).ravel()

    def slopes(self, jacobian: Floats) -> Floats:
        """Place derivatives (R·C, m) by the cells that occur among all: (D, m)."""
        placed = np.zeros((self.size, jacobian.shape[1]))
        placed[self.cells] = jacobian
        return placed


def _excess(totals: Floats) -> Floats:
    """Return N̂_rc - N̂_r N̂_c / N̂ of totals (R, C)."""
    return np.asarray(totals - np.outer(totals.sum(axis=1), totals.sum(axis=0)) / totals.sum())


def _tested(sampled: Sampled, basis: Basis, table: _Table, row: str, column: str) -> Association:
    cases = int(sampled.engine.cells(basis, "cases").sum())
    total = table.totals.sum()
    shares = table.totals / total
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    chi_square = float(cases * ((shares - expected) ** 2 / expected).sum())
    flat = shares.ravel()
    jacobian = (np.eye(flat.size) - flat[None, :]) / total
    v, _ = sampled.covariance(Function(basis, table.shares_of, table.slopes(jacobian)))
    effects = _design_effects(shares, v, cases)
    df_design = sampled.degrees(basis)
    fixed = effects.max() <= NOTHING * cases
    caveat = "fixed by weighting" if fixed else "df<1" if df_design < 1 else ""
    first = _rao_scott(chi_square, effects, df_design, fixed=bool(fixed))
    pearson = float("nan") if fixed else chi_square / float(effects.mean())
    count = effects.size
    simple = f_tail(pearson / count, count, np.inf)
    return Association(
        row,
        column,
        table.rows,
        table.columns,
        shares,
        cases,
        *first,
        chi_square,
        effects,
        df_design,
        sampled.caveat(caveat),
        (
            ("rao-scott-chi2", chi_square, float(count), np.inf, simple),
            *_walds(sampled, basis, table, df_design),
        ),
    )


def _rao_scott(
    chi_square: float, effects: Floats, df_design: float, *, fixed: bool
) -> tuple[float, float, float, float]:
    """Return F, its degrees of freedom and p: the second-order correction of Rao & Scott (1984)."""
    if fixed:
        return (float("nan"),) * 4
    statistic = chi_square / float(effects.sum())
    df = float(effects.sum() ** 2 / (effects**2).sum())
    ddf = df * df_design
    p = f_tail(statistic, df, ddf) if df_design >= 1 else float("nan")
    return statistic, df, ddf, p


def _design_effects(shares: Floats, v: Floats, cases: int) -> Floats:
    """Return the eigenvalues of Δ = (C'D⁻¹P₀D⁻¹C)⁻¹ C'D⁻¹VD⁻¹C, with D⁻¹ 0 where a cell is empty.

    C spans the interactions; with D⁻¹ about the observed shares C'D⁻¹P₀D⁻¹C is C'D⁻¹C / n.
    """
    from scipy import linalg

    contrasts = np.kron(_deviations(shares.shape[0]), _deviations(shares.shape[1]))
    flat = shares.ravel()
    inverse = np.divide(1.0, flat, out=np.zeros_like(flat), where=flat > 0)
    scaled = inverse[:, None] * contrasts
    simple = contrasts.T @ scaled / cases
    found = linalg.eigh(scaled.T @ v @ scaled, simple, eigvals_only=True)
    return np.maximum(np.asarray(found, dtype=np.float64)[::-1], 0.0)


def _deviations(size: int) -> Floats:
    """Return contrasts (size, size - 1) that sum to zero and span all such."""
    return np.vstack([np.eye(size - 1), -np.ones(size - 1)])


def _walds(
    sampled: Sampled, basis: Basis, table: _Table, df_design: float
) -> list[tuple[str, float, float, float, float]]:
    """Test N̂_rc - N̂_r N̂_c / N̂ = 0 without the first row and column (Koch et al. 1975)."""
    totals = table.totals
    rows, columns = totals.shape
    total = totals.sum()
    r, c = totals.sum(axis=1), totals.sum(axis=0)
    excess = _excess(totals)
    same_row = np.kron(np.eye(rows), np.ones((columns, columns)))
    same_column = np.kron(np.ones((rows, rows)), np.eye(columns))
    # ∂(excess of cell k) / ∂(total of cell j), transposed: one column a cell k.
    of_row, of_column = np.repeat(r, columns), np.tile(c, rows)
    jacobian = np.eye(totals.size) + (of_row * of_column / total**2)[None, :]
    jacobian = jacobian - same_row * (of_column / total)[None, :]
    jacobian = jacobian - same_column * (of_row / total)[None, :]
    used = np.arange(totals.size).reshape(totals.shape)[1:, 1:].ravel()

    def excess_of(everybody: Floats) -> Floats:
        return np.asarray(table.excess_of(everybody)[used])

    v, _ = sampled.covariance(Function(basis, excess_of, table.slopes(jacobian[:, used])))
    found = []
    for name, convention in (("wald", "R"), ("adjusted-wald", "Stata")):
        one = wald_test(
            excess.ravel()[used],
            v,
            df_design,
            convention="R" if convention == "R" else "Stata",
        )
        found.append((name, one.statistic, one.df, one.ddf, one.p))
    return found
