"""One indicator within one breakdown: what is summed, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.plan import Plan
from socialpoll.schema import Condition
from socialpoll.totals import Basis, Measure

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
    """

    plan: Plan
    breakdown: tuple[str, ...]
    where: Condition | None
    first: int
    codes: list[str]
    settled: Measure | None = None
    scale: Floats | None = None
    wave: str | None = None

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

    @property
    def size(self) -> int:
        """Number of rows."""
        return self.domains * len(self.plan.lines)

    @property
    def rows(self) -> range:
        """Its rows in the frame."""
        return range(self.first, self.first + self.size)

    def domain_of(self, row: int) -> int:
        """Return the domain of one of its rows."""
        return (row - self.first) // len(self.plan.lines)

    def slopes(self, totals: Floats, chosen: Sequence[int] | None = None) -> sparse.csc_array:
        """Return the derivatives (D·K, m) of all figures, or of the chosen ones."""
        from scipy import sparse

        jacobian = self.plan.statistic.jacobian(totals)
        if self.scale is not None:
            jacobian = jacobian * self.scale[:, None, :]
        domains, columns, figures = jacobian.shape
        domain, column, figure = np.nonzero(jacobian)
        made = sparse.csc_array(
            (
                jacobian[domain, column, figure],
                (domain * columns + column, domain * figures + figure),
            ),
            shape=(domains * columns, domains * figures),
        )
        return made if chosen is None else made[:, list(chosen)]
