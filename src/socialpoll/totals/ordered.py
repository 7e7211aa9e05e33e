"""The answers to a number in their order, with weights: what quantiles are read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.totals.entries import Entries

__all__ = ["Ordered", "ordered_of"]

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
    """

    value: Floats
    weight: Floats
    first: npt.NDArray[np.intp]

    @property
    def domains(self) -> int:
        """Number of domains D."""
        return self.first.size - 1

    def of(self, domain: int) -> tuple[Floats, Floats]:
        """Return the values and weights of one domain."""
        here = slice(int(self.first[domain]), int(self.first[domain + 1]))
        return self.value[here], self.weight[here]


def ordered_of(entries: Entries, weight: Floats) -> Ordered:
    """Order the entries of one number, whose second column counts the cases."""
    domain, column = np.divmod(entries.column, 2)
    number = column == 0
    row, domain = entries.row[number], domain[number]
    value = np.zeros(row.size) if entries.value is None else entries.value[number]
    order = np.lexsort((value, domain))
    first = np.searchsorted(domain[order], np.arange(entries.domains + 1))
    return Ordered(value[order], weight[row[order]], first)
