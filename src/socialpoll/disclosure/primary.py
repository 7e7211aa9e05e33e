"""Which figures are sensitive in themselves: counts and complements below the threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.ledger import Ledger, column
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.surrounding import Parts
from socialpoll.disclosure.telling import Row

__all__ = ["Primary", "primary_of"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Primary:
    """Rows that may not be shown, and why.

    Attributes
    ----------
    category, complement, base : bool array (rows,)
        Too few gave the answer; too few of the base did not; too few are in the base.
    gave, others : float64 array (rows,)
        How many gave the answer, and how many did not, but for those of whom bases tell as much;
        NaN of a number.
    """

    category: Truths
    complement: Truths
    base: Truths
    gave: Floats
    others: Floats

    @property
    def rows(self) -> Truths:
        """All of them."""
        return self.category | self.complement | self.base


def primary_of(rows: Sequence[Row], ledger: Ledger, policy: Policy, parts: Parts) -> Primary:
    """Judge every row by the respondents it counts; its base alone where it is of a number."""
    count = column(rows, "n_category")
    count[ledger.category < 0] = np.nan
    base, answered, asked = (column(rows, name) for name in ("n_base", "n_answered", "n_asked"))
    low, high = parts.room(base, answered, asked)
    gave, others = count - low, high - count
    small = (base > 0) & (base < policy.threshold)
    domains = [(row["wave"], row["indicator"], row["breakdown"], row["domain"]) for row in rows]
    wrong = {domain for domain, one in zip(domains, small, strict=True) if one}
    within = np.array([one in wrong for one in domains], dtype=np.bool_)
    few, fewer = (_few(one, base, policy) for one in (gave, others))
    return Primary(few, fewer, within, gave, others)


def _few(count: Floats, base: Floats, policy: Policy) -> Truths:
    least = 0 if policy.zeros == "show" else -1
    return np.asarray((base > 0) & (count > least) & (count < policy.threshold))
