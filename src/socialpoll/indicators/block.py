"""One indicator within one breakdown: what is summed, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.plan import Plan
from socialpoll.schema import Condition
from socialpoll.schema.clock import DAY
from socialpoll.totals import (
    Base,
    Basis,
    Measure,
    Present,
    Ratios,
    Shares,
    Smooth,
    Sums,
    slopes_of,
)

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Block"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Block:
    """A plan within a breakdown, and where its rows stand in the frame.

    Attributes
    ----------
    plan : Plan
    breakdown : tuple of str
    where : Condition or None
    first : int
        Row of the first figure; figures follow domain by domain.
    codes : list of str
        Codes of the domains; one empty code where there is no breakdown.
    settled : Measure, optional
        What is summed in place of the plan's measure, once a first look at the data settled it.
    scale : float64 array (D, m), optional
        What the derivatives of the figures are multiplied by.
    wave : str, optional
        The wave it is of, where several are stacked; ``where`` holds its cases.
    rest_of : tuple of int, optional
        It is of the rest of a domain: first row of the block, and place of the domain in it.
    """

    plan: Plan
    breakdown: tuple[str, ...]
    where: Condition | None
    first: int
    codes: list[str]
    settled: Measure | None = None
    scale: Floats | None = None
    wave: str | None = None
    rest_of: tuple[int, int] | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Itself: a stack has several."""
        return (self,)

    @property
    def parts(self) -> Sequence[Block]:
        """What is summed as one: itself."""
        return (self,)

    @property
    def domains(self) -> int:
        """Number of domains D."""
        return len(self.codes)

    @property
    def basis(self) -> Basis:
        """What is summed."""
        return Basis(self.settled or self.plan.measure, self.breakdown, self.where)

    @property
    def base(self) -> Basis:
        """Who is counted."""
        return Basis(self.plan.present, self.breakdown, self.where)

    def present(self, base: Base) -> Basis:
        """Return the basis that counts a base of its questions."""
        return Basis(Present(self.plan.questions, base), self.breakdown, self.where)

    @property
    def size(self) -> int:
        """Number of rows."""
        return self.domains * len(self.plan.lines)

    @property
    def rows(self) -> range:
        """Its rows in the frame."""
        return range(self.first, self.first + self.size)

    @property
    def period(self) -> float | None:
        """What its figures go round in; None for plain numbers."""
        return float(DAY) if self.plan.kind == "circular_mean" else None

    def value(self, totals: Floats) -> Floats:
        """Return all figures (m,) from totals (D, K)."""
        figures = self.plan.statistic.value(totals)
        if self.scale is not None:
            figures = figures * self.scale
        return np.asarray(figures.ravel())

    def values(self, several: Floats) -> Floats:
        """Return all figures (R, m) from several totals (R, D, K)."""
        statistic = self.plan.statistic
        if not isinstance(statistic, Shares | Ratios | Sums):
            return np.array([self.value(one) for one in several])
        # These treat every domain alike, so those of all totals are taken for as many domains.
        figures = statistic.value(several.reshape(-1, several.shape[2]))
        figures = figures.reshape(*several.shape[:2], -1)
        if self.scale is not None:
            figures = figures * self.scale
        return np.asarray(figures.reshape(len(several), -1))

    def chosen(self, figures: Sequence[int]) -> Smooth:
        """Return some of its figures as a function of the same totals."""
        return _Chosen(self, tuple(figures))

    def domain_of(self, row: int) -> int:
        """Return the domain of one of its rows."""
        return (row - self.first) // len(self.plan.lines)

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, K, m / D) of all figures."""
        jacobian = self.plan.statistic.jacobian(totals)
        return jacobian if self.scale is None else jacobian * self.scale[:, None, :]

    def slopes(self, totals: Floats) -> sparse.csc_array:
        """Return the derivatives (D·K, m) of all figures."""
        return slopes_of(self.jacobian(totals))


@dataclass(frozen=True, eq=False)
class _Chosen:
    """Some of the figures of a block."""

    block: Block
    figures: tuple[int, ...]

    @property
    def basis(self) -> Basis:
        return self.block.basis

    @property
    def period(self) -> float | None:
        return self.block.period

    def value(self, totals: Floats) -> Floats:
        return np.asarray(self.block.value(totals)[list(self.figures)])

    def values(self, several: Floats) -> Floats:
        return np.asarray(self.block.values(several)[:, list(self.figures)])

    def slopes(self, totals: Floats) -> sparse.csc_array:
        return self.block.slopes(totals)[:, list(self.figures)]

    def jacobian(self, _totals: Floats) -> None:
        return
