"""What the bases of a figure leave room for, of those who gave its answer and of those who did not.

Who gave an answer is among those who answered; counted with them may be who was not asked, where
that means it. How many did not answer, and how many were not asked, is no secret, unless few
answered, were asked, or were not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.ledger import column
from socialpoll.disclosure.telling import Row, Teller

__all__ = ["Parts", "parts_of"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


class Parts(NamedTuple):
    """Of those who answered, who were asked beside them, and all others (rows, 3).

    Attributes
    ----------
    some, every : bool array (rows, 3)
        Whether any of them can have given the answer of a row, and whether all have.
    told : bool array (rows, 3)
        Whether it is no secret how many they are.
    """

    some: Truths
    every: Truths
    told: Truths

    def chosen(self, rows: npt.NDArray[np.intp]) -> Parts:
        """Return those of some rows."""
        return Parts(*(one[rows] for one in self))

    def room(self, base: Floats, answered: Floats, asked: Floats) -> tuple[Floats, Floats]:
        """Return the least and the most that bases leave room for; arrays (rows,)."""
        inside = np.fmin(answered, base)
        outer = np.where(self.told[:, 2], asked, base)
        sizes = np.stack([inside, asked - inside, base - asked], axis=1)
        limits = np.where(self.told, sizes, np.stack([outer, outer, base], axis=1))
        low = np.where(self.every & self.told, np.nan_to_num(sizes), 0.0).sum(axis=1)
        return low, np.fmin(np.where(self.some, limits, 0.0).sum(axis=1), base)


def parts_of(rows: Sequence[Row], teller: Teller, threshold: int) -> Parts:
    """Say which parts of its base the answer of each row can hold, and does; none of a number.

    Parameters
    ----------
    rows : sequence of Row
    teller : Teller
    threshold : int
        Fewer than so many are few.
    """
    some, every = (np.zeros((len(rows), 3), dtype=np.bool_) for _ in range(2))
    known: dict[tuple[object, ...], tuple[Truths, Truths]] = {}
    for place, row in enumerate(rows):
        if teller.is_of_persons(row):
            key = tuple(row[name] for name in ("question", "item", "category", "base"))
            if key not in known:
                known[key] = _held(row, teller)
            some[place], every[place] = known[key]
    return Parts(some, every, _told(rows, threshold))


def _held(row: Row, teller: Teller) -> tuple[Truths, Truths]:
    """Say of which parts (3,) some can have given an answer, and of which all have."""
    given = np.asarray(teller.answer(row).vector) > 0
    base, answered, asked = (
        np.asarray(teller.within(row, one).vector) > 0
        for one in (str(row["base"]), "answered", "asked")
    )
    parts = np.stack([answered, asked & ~answered, ~asked]) & base
    some: Truths = np.any(parts & given, axis=1)
    every: Truths = some & ~np.any(parts & ~given, axis=1)
    return some, every


def _told(rows: Sequence[Row], threshold: int) -> Truths:
    """Say which parts are no secret: those of bases, and beside bases, that are not few."""
    base, answered, asked = (column(rows, name) for name in ("n_base", "n_answered", "n_asked"))
    few = (answered > 0) & (answered < threshold)
    outside = base - asked
    fewer = ((asked > 0) & (asked < threshold)) | ((outside > 0) & (outside < threshold))
    return np.stack([~few, ~few & ~fewer, ~fewer], axis=1)
