"""Shares of who gave each answer to two questions, and both, with their joint covariance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.independence import too_few
from socialpoll.indicators.sampled import Sampled
from socialpoll.responses import Ticks
from socialpoll.schema import TOTAL, Condition
from socialpoll.totals import Basis, Function, Pairs, Ratios, codes_of

__all__ = ["Answers", "JointShares", "Table", "joint_shares"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
EMPTY = 1e-12
"""A cell with less than this share is what rounding leaves of an empty one."""


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers to a question that are tested.

    Attributes
    ----------
    name : str
    codes : tuple of str (R,)
    multiple : bool
        Whether they are options, of which a case may have several.
    left_out : tuple of (str, str)
        Question and code of the options that nobody, or everybody, chose.
    shares : float64 array (R,)
        Who gave them, of those who answered both questions.
    """

    name: str
    codes: tuple[str, ...]
    multiple: bool
    left_out: tuple[tuple[str, str], ...]
    shares: Floats

    @property
    def scale(self) -> Floats:
        """What θ² is multiplied by in Pearson's X² (R,): 1/P, or 1/(P (1 - P)) of an option."""
        return 1 / (self.shares * (1 - self.shares)) if self.multiple else 1 / self.shares


@dataclass(frozen=True, eq=False)
class Table:
    """One table whose independence is tested: cells = ``made @ figures[uses] + constant``.

    Attributes
    ----------
    row_item, column_item : str
        An option, or ``_T``.
    places : int array (k,)
        Which of all θ are its own.
    freedom : int
        Degrees of freedom of its X².
    uses : int array (f,)
        Of which figures (:attr:`JointShares.figures`) its cells are made.
    made : float64 array (2·C, f)
    constant : float64 array (2·C,)
    """

    row_item: str
    column_item: str
    places: Places
    freedom: int
    uses: Places
    made: Floats
    constant: Floats


@dataclass(frozen=True, eq=False)
class JointShares:
    """Who gave which two answers.

    Attributes
    ----------
    row, column : Answers
    both : float64 array (R, C)
        Shares of those who gave both answers.
    v : float64 array (m, m)
        Covariance of the m = R·C + R + C shares of both, of rows and of columns.
    cases : int
        Who answered both questions.
    """

    row: Answers
    column: Answers
    both: Floats
    v: Floats
    cases: int

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every pair of options; or every option by all categories of the other question."""
        if self.row.multiple and self.column.multiple:
            return tuple(self._pairs())
        return tuple(self._options())

    @cached_property
    def figures(self) -> Floats:
        """Shares of both, of rows and of columns, one after another (R·C + R + C,)."""
        return np.concatenate([self.both.ravel(), self.row.shares, self.column.shares])

    def chi_square(self, table: Table) -> float:
        """Return Pearson's X² of a table: n Σ θ² / (scale of the row's and the column's share)."""
        return float(self._parts.ravel()[table.places].sum())

    def varies(self, table: Table) -> bool:
        """Say whether any share of a table varies between samples; none does if weights fix all."""
        return bool(self.v.diagonal()[table.uses].any())

    def design_effects(self, tables: Sequence[Table]) -> Floats:
        """Return the λ of X² ~ Σ λ χ²₁ (q,), summed over tables; largest first.

        They are the eigenvalues of n A^½ V A^½, V the covariance of θ, A its factors in X² (Bilder
        & Loughin 2004, appendix A, with the design's V).
        """
        places = np.concatenate([one.places for one in tables])
        found = np.linalg.eigvalsh(self._standardised[np.ix_(places, places)])[::-1]
        return np.maximum(found[: sum(one.freedom for one in tables)], 0.0)

    def cells(self, table: Table) -> tuple[Floats, Floats]:
        """Return the shares (2, C) of a table and their covariance (2·C, 2·C)."""
        shares = table.made @ self.figures[table.uses] + table.constant
        v = table.made @ self.v[np.ix_(table.uses, table.uses)] @ table.made.T
        return np.where(np.abs(shares) < EMPTY, 0.0, shares).reshape(2, -1), v

    @cached_property
    def _scale(self) -> Floats:
        return np.outer(self.row.scale, self.column.scale)

    @cached_property
    def _parts(self) -> Floats:
        theta = self.both - np.outer(self.row.shares, self.column.shares)
        return np.asarray(self.cases * theta**2 * self._scale)

    @cached_property
    def _standardised(self) -> Floats:
        """The covariance of θ in units of X², n A^½ V A^½ (R·C, R·C)."""
        rows, columns = self.both.shape
        # ∂θ_ij = ∂P_ij - P_j ∂P_i - P_i ∂P_j.
        slopes = np.hstack(
            [
                np.eye(rows * columns),
                -np.kron(np.eye(rows), self.column.shares[:, None]),
                -np.kron(self.row.shares[:, None], np.eye(columns)),
            ]
        )
        slopes *= np.sqrt(self.cases * self._scale.ravel())[:, None]
        return np.asarray(slopes @ self.v @ slopes.T)

    def _pairs(self) -> Iterator[Table]:
        rows, columns = self.both.shape
        # Chosen both, the first alone, the second alone, neither.
        made = np.array([[1.0, 0, 0], [-1, 1, 0], [-1, 0, 1], [1, -1, -1]])
        constant = np.array([0.0, 0, 0, 1])
        for i, row_item in enumerate(self.row.codes):
            for j, column_item in enumerate(self.column.codes):
                place = i * columns + j
                uses = np.array([place, rows * columns + i, rows * columns + rows + j])
                yield Table(row_item, column_item, uses[:1], 1, uses, made, constant)

    def _options(self) -> Iterator[Table]:
        rows, columns = self.both.shape
        grid = np.arange(rows * columns).reshape(rows, columns)
        first = self.row.multiple
        options = self.row.codes if first else self.column.codes
        categories = columns if first else rows
        margin = rows * columns + (rows if first else 0) + np.arange(categories)
        eye, none = np.eye(categories), np.zeros((categories, categories))
        made = np.block([[eye, none], [-eye, eye]])
        for place, code in enumerate(options):
            own = grid[place] if first else grid[:, place]
            items = (code, TOTAL) if first else (TOTAL, code)
            uses, constant = np.concatenate([own, margin]), np.zeros(2 * categories)
            yield Table(*items, own, categories - 1, uses, made, constant)


def joint_shares(
    sampled: Sampled, row: str, column: str, where: Condition | None = None
) -> JointShares:
    """Estimate the shares of two questions, of those with a valid answer to both.

    Raises
    ------
    EstimationError
        Nobody answered both; no option that some chose and some did not; fewer than two categories
        that occur.
    """
    basis = Basis(Pairs((row, column)), (), where)
    totals, counts = (sampled.engine.cells(basis, one) for one in ("weight", "cases"))
    cases = int(counts[0, -1])
    if cases == 0:
        raise EstimationError("nobody answered both questions", where=f"{row}, {column}")
    codes = [codes_of(sampled.responses, (one,)) for one in (row, column)]
    r, c = len(codes[0]), len(codes[1])
    margins = np.split(np.arange(r * c, r * c + r + c), [r])
    kept = [
        _kept(sampled, name, counts[0, margin], cases)
        for name, margin in zip((row, column), margins, strict=True)
    ]
    both = np.arange(r * c).reshape(r, c)[np.ix_(*kept)]
    used = np.concatenate([both.ravel(), margins[0][kept[0]], margins[1][kept[1]]])
    ratios = Ratios(tuple(used.tolist()), totals.shape[1] - 1)
    figures = Function(basis, lambda one: ratios.value(one).ravel(), ratios.jacobian(totals)[0])
    v, _ = sampled.covariance(figures)
    joint, first, second = np.split(figures.value(totals), [both.size, both.size + kept[0].size])
    return JointShares(
        _answers(sampled, row, codes[0], kept[0], first),
        _answers(sampled, column, codes[1], kept[1], second),
        joint.reshape(both.shape),
        v,
        cases,
    )


def _kept(sampled: Sampled, name: str, counts: Floats, cases: int) -> Places:
    """Return the places of categories that occur; of options that some chose and some did not."""
    if not isinstance(sampled.responses.columns[name], Ticks):
        places = np.flatnonzero(counts > 0)
        if places.size < 2:  # noqa: PLR2004 - one category cannot go with anything
            raise too_few(name, places.size)
        return places
    places = np.flatnonzero((counts > 0) & (counts < cases))
    if not places.size:
        raise EstimationError(
            f"every option of {name!r} was chosen by all who answered both, or by none",
            where=name,
            found=f"{np.count_nonzero(counts)} of {counts.size} options chosen by all",
            allowed="one or more that some chose and some did not",
        )
    return places


def _answers(
    sampled: Sampled, name: str, codes: Sequence[str], kept: Places, shares: Floats
) -> Answers:
    multiple = isinstance(sampled.responses.columns[name], Ticks)
    left = [code for place, code in enumerate(codes) if place not in kept] if multiple else []
    return Answers(
        name,
        tuple(codes[one] for one in kept),
        multiple,
        tuple((name, code) for code in left),
        shares,
    )
