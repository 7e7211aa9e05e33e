"""Weighting classes of sampled cases: those who keep weight in them, and those who give theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.totals import Cells, CellStep, Rows
from socialpoll.weighting.applied.running import Rerun, by_cell, multiplied
from socialpoll.weighting.targeting.codes import listed, named

__all__ = ["Classes", "Shared", "classes_of", "labels_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
Truths = npt.NDArray[np.bool_]
KEEPS, GIVES, OUTSIDE = 0, 1, 2
"""Roles of a case in its class."""
ROLES = 3


@dataclass(frozen=True, eq=False)
class Classes:
    """The class of every case in scope.

    Attributes
    ----------
    of_row : int32 array (n,)
        Class of each case; 0 for cases out of scope too.
    labels : tuple of str
        Codes of the classes, joined by ``|``.
    """

    of_row: Places
    labels: tuple[str, ...]


def classes_of(rows: Rows, names: tuple[str, ...], among: Truths) -> Classes:
    """Return the classes that the crossing of variables makes among some cases."""
    if not names:
        return Classes(np.zeros(among.size, dtype=np.int32), ("_T",))
    cells = rows.distinct(names, among)
    return Classes(np.where(among, cells.cell, 0).astype(np.int32), labels_of(rows, names, cells))


def labels_of(rows: Rows, names: tuple[str, ...], cells: Cells) -> tuple[str, ...]:
    """Return the codes of each cell of a crossing."""
    columns = [rows.responses.columns[name] for name in names]
    codes = [[one.code for one in getattr(column, "categories", ())] for column in columns]
    return tuple(
        named(of[place] for of, place in zip(codes, position, strict=True))
        for position in cells.position.tolist()
    )


@dataclass(frozen=True, eq=False)
class Shared:
    """Weight shared out within classes: cases that give, to cases that keep.

    Attributes
    ----------
    cell : int32 array (n,)
        class × 3 + role.
    size : int
        Number of classes.
    """

    cell: Places
    size: int

    @classmethod
    def of(cls, classes: Places, size: int, keeps: Truths, gives: Truths) -> Shared:
        """Make the cells of classes (n,); cases that neither keep nor give end with weight 0."""
        role = np.where(keeps, KEEPS, np.where(gives, GIVES, OUTSIDE))
        return cls((classes * ROLES + role).astype(np.int32), size)

    def factors(self, sums: Floats) -> Floats:
        """Return the factors (3 classes, B) from the sums of weights (3 classes, B) by cell.

        Keeping cases get (kept + given) / kept; NaN where weight is given to nobody.
        """
        by_class = sums.reshape(self.size, ROLES, -1)
        kept, given = by_class[:, KEEPS], by_class[:, GIVES]
        factor = np.zeros_like(by_class)
        factor[:, KEEPS] = np.where(given > 0, np.nan, 1.0)
        np.divide(kept + given, kept, out=factor[:, KEEPS], where=kept > 0)
        return factor.reshape(sums.shape)

    def sums(self, weights: Floats) -> Floats:
        """Return the sums (3 classes, B) of weights (n, B) by cell."""
        return by_cell(self.cell, self.size * ROLES, weights)

    def again(self, weights: Floats, _copies: Floats) -> Rerun:
        """Share out the weights (n, B) of replicates."""
        factor = self.factors(self.sums(weights))
        sound = np.asarray(~np.isnan(factor).any(axis=0))
        return Rerun(multiplied(self.cell, np.nan_to_num(factor), weights), sound)

    def step(self, name: str, weights: Floats) -> CellStep:
        """Return the step: the controls are the sample's own totals of the classes.

        The score of a case that gives is B of its class, that of one that keeps g (r - B) + B.
        """
        factor = self.factors(self.sums(weights[:, None]))[:, 0]
        role = np.arange(factor.size) % ROLES
        x = np.repeat(np.eye(self.size), ROLES, axis=0)
        x[role == OUTSIDE] = 0.0
        right = np.where(role == KEEPS, 1.0, 0.0)[:, None] * x
        left = (factor - 1)[:, None] * x
        return CellStep(name, self.cell, factor, x, factor, left=left, right=right)

    def lonely(self, weights: Floats, labels: Sequence[str], where: str) -> list[Problem]:
        """Tell which classes have weight to give, and nobody to keep it."""
        factor = self.factors(self.sums(weights[:, None]))[:, 0]
        lost = np.flatnonzero(np.isnan(factor)) // ROLES
        if not lost.size:
            return []
        return [
            Problem(
                f"{lost.size} class(es) have weight to share out and nobody to take it",
                where=where,
                found=listed([labels[one] for one in lost.tolist()]),
                advice="make coarser classes: group the variables of 'within' in derived ones",
            )
        ]
