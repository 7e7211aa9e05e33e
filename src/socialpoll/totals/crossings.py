"""The one domain of every case: where the domains of a breakdown do not overlap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses, mask
from socialpoll.schema import Condition
from socialpoll.totals.cells import summed
from socialpoll.totals.domains import categorical

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Crossing", "Places", "crossing_of"]

Floats = npt.NDArray[np.float64]


class Places(NamedTuple):
    """Where sums go: units of sampling, or cells of a weighting step.

    Attributes
    ----------
    of_row : int array (n,)
    size : int
    weight : float64 array (n,)
        What each case adds there.
    """

    of_row: npt.NDArray[np.integer]
    size: int
    weight: Floats


@dataclass(frozen=True, eq=False)
class Crossing:
    """The one domain of every case.

    Attributes
    ----------
    domain : uint16 or int64 array (n,)
        D for cases in no domain.
    size : int
        Number of domains D.
    weight : float64 array (n,)
        Final weights.
    """

    domain: npt.NDArray[np.integer]
    size: int
    weight: Floats

    @cached_property
    def squares(self) -> Floats:
        """Sums (D,) of squared weights of all cases of each domain."""
        return self.sums(self.weight * self.weight)

    @cached_property
    def adding(self) -> sparse.csc_array:
        """The matrix that adds cases to their domains, and last to none: (D + 1, n)."""
        from scipy import sparse

        cases = self.domain.size
        ones = (np.ones(cases), self.domain.astype(np.int32), np.arange(cases + 1))
        return sparse.csc_array(ones, shape=(self.size + 1, cases))

    def repeated(self, times: int) -> Crossing:
        """Return the crossing of all cases several times over, in domains of their own each time.

        The first D domains are those of the first time.
        """
        if times == 1:
            return self
        first = np.arange(times)[:, None] * self.size
        domain = np.where(self.domain < self.size, self.domain + first, times * self.size)
        kept = smallest(times * self.size)
        return Crossing(domain.ravel().astype(kept), times * self.size, np.tile(self.weight, times))

    def sums(self, values: Floats) -> Floats:
        """Return the sums (D,) of values (n,) by domain."""
        return summed(self.domain, values, self.size + 1)[: self.size]

    def by_place(self, places: Places, values: Floats) -> Floats:
        """Return the sums of values (n,) by domain and place (D, size)."""
        key = self.domain.astype(np.int64)
        key *= places.size
        key += places.of_row
        found = summed(key, values, (self.size + 1) * places.size)
        return found.reshape(-1, places.size)[: self.size]


def crossing_of(
    responses: Responses,
    breakdown: tuple[str, ...],
    where: Condition | None,
    counted: npt.NDArray[np.bool_],
    weight: Floats,
) -> Crossing:
    """Find the domain of every counted case; breakdowns of variables of one answer only."""
    inside = counted if where is None else counted & mask(responses, where)
    domain = np.zeros(inside.size, dtype=np.int64)
    size = 1
    for name in breakdown:
        column = categorical(responses, name)
        domain *= len(column.categories)
        domain += column.position
        size *= len(column.categories)
        if column.position.size and column.position.min() < 0:
            inside = inside & (column.position >= 0)
    if not inside.all():
        domain[~inside] = size
    return Crossing(domain.astype(smallest(size)), size, weight)


def smallest(domains: int) -> type[np.uint16 | np.int64]:
    """Return what holds the number of a domain, and the answer to a usual question with it."""
    return np.uint16 if (domains + 1) * 256 <= np.iinfo(np.uint16).max else np.int64
