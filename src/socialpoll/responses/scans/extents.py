"""From where to where numbers of which only sums matter go, within combinations of all else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.responses.scans.records import free_names

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

    from socialpoll.responses.scans.summing import Summed

__all__ = ["Extents", "ExtentsAsked"]

Floats = npt.NDArray[np.float64]


class Extents(NamedTuple):
    """Numbers of which only sums matter, by combination; NaN where it has none.

    Attributes
    ----------
    low, high : float64 array (R, k)
        The smallest and the largest.
    total : float64 array (R, k)
        Sums of base weight times number.
    """

    low: Floats
    high: Floats
    total: Floats

    def centre(self, weight: Floats) -> Floats:
        """Return the weighted means (R, k), from sums of base weights (R,); 0 where none are."""
        one, weighs = self.low == self.high, (weight > 0)[:, None]
        mean = np.divide(self.total, weight[:, None], out=self.low.copy(), where=weighs)
        return np.nan_to_num(np.where(one, self.low, np.clip(mean, self.low, self.high)))


class ExtentsAsked:
    """What an engine is asked for the extents of some numbers.

    Parameters
    ----------
    numbers : sequence of Summed
    taken : sequence of str
        Names of columns that there are.
    """

    def __init__(self, numbers: Sequence[Summed], taken: Sequence[str]) -> None:
        self.numbers = numbers
        several = range(len(numbers))
        self.number, self.weighted, self.low, self.high, self.total = (
            free_names([f"{what}{place}" for place in several], taken)
            for what in ("y", "wy", "low", "high", "total")
        )

    def of_row(self) -> Iterator[nw.Expr]:
        """Yield the numbers of each row; nothing where it has none."""
        for one, name in zip(self.numbers, self.number, strict=True):
            yield one.where_valid(one.number).alias(name)

    def weighed(self, weight: str) -> Iterator[nw.Expr]:
        """Yield them times a column of weights."""
        import narwhals as nw

        for name, product in zip(self.number, self.weighted, strict=True):
            yield (nw.col(weight) * nw.col(name)).alias(product)

    def of_combination(self) -> Iterator[nw.Expr]:
        """Yield what is asked of each combination."""
        import narwhals as nw

        every = zip(self.number, self.weighted, self.low, self.high, self.total, strict=True)
        for number, weighted, low, high, total in every:
            yield nw.col(number).min().alias(low)
            yield nw.col(number).max().alias(high)
            yield nw.col(weighted).sum().alias(total)

    def read(self, table: pd.DataFrame) -> Extents | None:
        """Return what was told; None where nothing was asked."""
        if not self.numbers:
            return None
        return Extents(
            *(
                table[list(names)].to_numpy(dtype=np.float64)
                for names in (self.low, self.high, self.total)
            )
        )
