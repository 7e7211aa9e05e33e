"""The answers to a number in their order, with weights: what quantiles are read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.totals.crossings import Crossing
from socialpoll.totals.entries import Entries

__all__ = ["Ordered", "order_of", "ordered_of", "ordered_within"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ordered:
    """Cases by domain, and within each by value; equal values stay in the order of the rows.

    Attributes
    ----------
    value, weight : float64 array (N,)
        What each case answered, and its final weight.
    first : int array (D + 1,)
        Where each domain begins; the last entry is N.
    merged : bool
        Whether an entry may stand for several cases, with the sum of their weights.
    """

    value: Floats
    weight: Floats
    first: npt.NDArray[np.intp]
    merged: bool = False

    @property
    def domains(self) -> int:
        """Number of domains D."""
        return self.first.size - 1

    def of(self, domain: int) -> tuple[Floats, Floats]:
        """Return the values and weights of one domain."""
        here = slice(int(self.first[domain]), int(self.first[domain + 1]))
        return self.value[here], self.weight[here]


def order_of(values: Floats) -> npt.NDArray[np.int32]:
    """Return the cases in the order of their values (n,); equal ones in the order of the rows."""
    return np.argsort(values, kind="stable").astype(np.int32)


def ordered_within(
    order: npt.NDArray[np.int32], values: Floats, weight: Floats, crossing: Crossing
) -> Ordered:
    """Order the answers to a number by the one domain of each case.

    ``order`` holds the cases with an answer in the order of their values: found once, it serves
    every breakdown.
    """
    domain = crossing.domain[order]
    # Numbers of 16 bits are sorted in time linear in their count.
    row = order[np.argsort(domain, kind="stable")]
    last = np.cumsum(np.bincount(domain, minlength=crossing.size + 1))[: crossing.size]
    first = np.concatenate([[0], last])
    row = row[: first[-1]]
    return Ordered(values[row], weight[row], first)


def ordered_of(entries: Entries, weight: Floats) -> Ordered:
    """Order the entries of one number, whose second column counts the cases."""
    domain, column = np.divmod(entries.column, 2)
    number = column == 0
    row, domain = entries.row[number], domain[number]
    value = np.zeros(row.size) if entries.value is None else entries.value[number]
    order = np.lexsort((row, value, domain))
    first = np.searchsorted(domain[order], np.arange(entries.domains + 1))
    return Ordered(value[order], weight[row[order]], first)
