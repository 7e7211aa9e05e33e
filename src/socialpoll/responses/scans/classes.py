"""Classes of numbers that need not be told apart further: those in the same bands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.schema import Bands

__all__ = ["Classes"]


@dataclass(frozen=True, eq=False)
class Classes:
    """Numbers by the bands that they are in: all that are in the same are one class.

    Attributes
    ----------
    insides : tuple of tuple of narwhals.Expr
        Of each variable, whether the number is in each of its bands.
    """

    insides: tuple[tuple[nw.Expr, ...], ...]

    @classmethod
    def of(cls, number: nw.Expr, several: Iterable[Bands]) -> Classes:
        """Return the classes of a number by variables that are made of it."""
        return cls(tuple(tuple(_insides(number, one)) for one in several))

    @property
    def known(self) -> Iterator[nw.Expr]:
        """Yield for each variable whether the number is in any of its bands."""
        return (reduce(or_, several) for several in self.insides)

    @property
    def number(self) -> nw.Expr:
        """The number of the class of each row."""
        import narwhals as nw

        found: nw.Expr = nw.lit(0)
        for several in self.insides:
            place = _first_true(several, [nw.lit(one) for one in range(len(several))])
            found = found * len(several) + place
        return found

    def chosen(self, of_class: Mapping[int, nw.Expr]) -> nw.Expr:
        """Return for each row what there is for its class."""
        if not self.insides:
            (only,) = of_class.values()
            return only
        conditions = []
        for number in of_class:
            places = np.unravel_index(number, tuple(map(len, self.insides)))
            both = (several[at] for several, at in zip(self.insides, places, strict=True))
            conditions.append(reduce(and_, both))
        return _first_true(conditions, list(of_class.values()))


def _first_true(conditions: Sequence[nw.Expr], values: Sequence[nw.Expr]) -> nw.Expr:
    """Return the value of the first condition that is true; the last where none before it is."""
    import narwhals as nw

    found = values[-1]
    for condition, value in zip(conditions[-2::-1], values[-2::-1], strict=True):
        found = nw.when(condition).then(value).otherwise(found)
    return found


def _insides(number: nw.Expr, bands: Bands) -> list[nw.Expr]:
    """Return whether a number is in each band."""
    found = []
    for band in bands.bands:
        inside = number < np.inf
        if band.minimum is not None:
            inside &= number >= band.minimum
        if band.maximum is not None:
            inside &= number <= band.maximum
        found.append(inside)
    return found
