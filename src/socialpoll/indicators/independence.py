"""Independence of two single answers: the tests of one table on the sample's design."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.associations import Association, ItemTest
from socialpoll.indicators.effect_sizes import effect_sizes
from socialpoll.indicators.rao_scott import (
    NOT_TESTED,
    design_effects,
    second_order,
    simple_tail,
)
from socialpoll.indicators.sampled import Sampled
from socialpoll.indicators.wald import wald_test
from socialpoll.schema import TOTAL, Condition
from socialpoll.totals import Basis, Function, Present, codes_of

__all__ = ["independence", "too_few"]

Floats = npt.NDArray[np.float64]


def independence(
    sampled: Sampled, row: str, column: str, where: Condition | None = None
) -> Association:
    """Test two variables of one category a case: see :func:`socialpoll.association`."""
    basis = Basis(Present(()), (row, column), where)
    table = _Table.of(sampled, basis, row, column)
    cases = int(sampled.engine.cells(basis, "cases").sum())
    shares = table.shares
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    chi_square = float(cases * ((shares - expected) ** 2 / expected).sum())
    v = _covariance(sampled, basis, table)
    effects, df_design = design_effects(shares, v, cases), sampled.degrees(basis)
    fixed = not v.any()
    tested = NOT_TESTED if fixed else second_order(chi_square, effects, df_design)
    caveat = "fixed by weighting" if fixed else "df<1" if df_design < 1 else ""
    strength = effect_sizes(shares, v, df_design, sampled.precision.level)
    simple = float("nan") if fixed else simple_tail(chi_square, effects)
    first = ("rao-scott-chi2", chi_square, float(effects.size), np.inf, simple)
    return Association(
        hypothesis="independence",
        row=row,
        column=column,
        rows=table.rows,
        columns=table.columns,
        left_out=(),
        shares=shares,
        row_shares=shares.sum(axis=1),
        column_shares=shares.sum(axis=0),
        n_base=cases,
        **tested._asdict(),
        chi_square=chi_square,
        design_effects=effects,
        df_design=df_design,
        effect=strength,
        caveat=sampled.caveat(caveat),
        _others=(first, *_walds(sampled, basis, table, df_design)),
        _items=(ItemTest(TOTAL, TOTAL, chi_square, *tested, tested.p, strength, caveat),),
    )


def too_few(name: str, found: int) -> EstimationError:
    """Return the error of a variable of whose categories too few occur to go with anything."""
    return EstimationError(
        f"fewer than two categories of {name!r} occur among those who answered both",
        where=name,
        found=f"{found}",
        allowed="two or more",
    )


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
                raise too_few(name, places.size)
        rows, columns = (tuple(one[i] for i in at) for one, at in zip(codes, kept, strict=True))
        cells = np.arange(full.size).reshape(full.shape)[np.ix_(*kept)].ravel()
        return cls(rows, columns, full[np.ix_(*kept)], cells, full.size)

    @property
    def shares(self) -> Floats:
        """Shares (R, C) of the cells."""
        return np.asarray(self.totals / self.totals.sum())

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


def _covariance(sampled: Sampled, basis: Basis, table: _Table) -> Floats:
    """Return the covariance (R·C, R·C) of the shares of the cells."""
    flat = table.shares.ravel()
    jacobian = (np.eye(flat.size) - flat[None, :]) / table.totals.sum()
    v, _ = sampled.covariance(Function(basis, table.shares_of, table.slopes(jacobian)))
    return v


def _excess(totals: Floats) -> Floats:
    """Return N̂_rc - N̂_r N̂_c / N̂ of totals (R, C)."""
    return np.asarray(totals - np.outer(totals.sum(axis=1), totals.sum(axis=0)) / totals.sum())


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
