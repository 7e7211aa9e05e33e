"""The answers to a number in their order, with weights: what quantiles are read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.totals.entries import Entries

__all__ = ["Ordered", "ordered_of", "rank_of"]

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


def rank_of(values: Floats) -> npt.NDArray[np.int32]:
    """Return the place of each value (n,) in their order; equal ones in the order of the rows."""
    rank = np.empty(values.size, dtype=np.int32)
    rank[np.argsort(values, kind="stable")] = np.arange(values.size, dtype=np.int32)
    return rank


def ordered_of(entries: Entries, weight: Floats, rank: npt.NDArray[np.int32]) -> Ordered:
    """Order the entries of one number, whose second column counts the cases.

    ``rank`` is the place (n,) of each case among all: found once, it serves every breakdown.
    """
    domain, column = np.divmod(entries.column, 2)
    number = column == 0
    row, domain = entries.row[number], domain[number]
    value = np.zeros(row.size) if entries.value is None else entries.value[number]
    order = _by_domain_and_rank(domain, rank[row], rank.size)
    first = np.searchsorted(domain[order], np.arange(entries.domains + 1))
    return Ordered(value[order], weight[row[order]], first)


def _by_domain_and_rank(
    domain: npt.NDArray[np.integer], rank: npt.NDArray[np.int32], ranks: int
) -> npt.NDArray[np.intp]:
    """Return the order of pairs by domain and rank, of which no two are alike."""
    one_domain_each = np.bincount(rank, minlength=ranks).max(initial=0) <= 1
    if not one_domain_each or domain.max(initial=0) > np.iinfo(np.uint16).max:
        return np.lexsort((rank, domain))
    at = np.full(ranks, -1, dtype=np.int32)
    at[rank] = np.arange(rank.size, dtype=np.int32)
    by_rank = at[at >= 0]
    # Numbers of 16 bits are sorted in time linear in their count.
    return by_rank[np.argsort(domain[by_rank].astype(np.uint16), kind="stable")].astype(np.intp)
