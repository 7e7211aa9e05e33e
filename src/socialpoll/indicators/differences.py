"""Differences of figures: which may be compared, how far they are apart, how that is tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.intervals import student, two_sided
from socialpoll.indicators.pairing import Pairing
from socialpoll.schema.clock import AFTER_MIDNIGHT, shortest_arc

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Beside", "Comparable", "Differences", "enough", "joined", "rows_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Differences:
    """Differences a - b that vary; arrays (m,).

    Attributes
    ----------
    rows_a : int array
        Row of the first figure in the frame.
    domains_b, waves_b : object array
        What the second figure is of.
    difference, se, df : float64
    """

    rows_a: Places
    domains_b: Words
    waves_b: Words
    difference: Floats
    se: Floats
    df: Floats

    @property
    def p(self) -> Floats:
        """Two-sided p values of t; normal for infinite degrees of freedom."""
        return two_sided(self.difference / self.se, self.df)

    def limits(self, level: float) -> tuple[Floats, Floats]:
        """Return difference ± t·se."""
        margin = student(self.df, level) * self.se
        return self.difference - margin, self.difference + margin


@dataclass(frozen=True, eq=False)
class Comparable:
    """Columns of the frame as arrays, and which rows may be compared."""

    estimate: Floats
    se: Floats
    clock: Truths
    wave: Words
    usable: Truths

    @classmethod
    def of(cls, frame: pd.DataFrame, usable: Truths) -> Comparable:
        """Take the columns of a frame."""
        return cls(
            estimate=frame["estimate"].to_numpy(dtype=np.float64),
            se=frame["se"].to_numpy(dtype=np.float64),
            clock=(frame["unit"] == AFTER_MIDNIGHT).to_numpy(dtype=np.bool_),
            wave=frame["wave"].to_numpy(dtype=object),
            usable=usable,
        )

    def apart(self, a: Places, b: Places) -> Floats:
        """Return a - b; of times of day the shorter arc."""
        straight = self.estimate[a] - self.estimate[b]
        return np.where(self.clock[a], shortest_arc(straight), straight)


@dataclass(frozen=True, eq=False)
class Beside:
    """A pairing by row, with the variances of the differences; arrays (P·lines,), line by line."""

    pairing: Pairing
    a: Places
    b: Places
    variance: Floats
    df: Floats

    def kept(self, table: Comparable, varies: Truths) -> Differences:
        """Return the differences that vary, of figures that may be compared."""
        keep = table.usable[self.a] & table.usable[self.b] & varies & (self.df >= 1)
        a, b = self.a[keep], self.b[keep]
        names = np.array(self.pairing.names, dtype=object)
        return Differences(
            rows_a=a,
            domains_b=np.resize(names, keep.size)[keep],
            waves_b=table.wave[b],
            difference=table.apart(a, b),
            se=np.sqrt(self.variance[keep]),
            df=self.df[keep],
        )


def enough(frame: pd.DataFrame, minimum_base: int) -> Truths:
    """Say which rows have a figure, of so many respondents."""
    found = (frame["n_base"] >= minimum_base) & frame["estimate"].notna()
    return found.to_numpy(dtype=np.bool_)


def rows_of(pairing: Pairing, lines: range) -> tuple[Places, Places]:
    """Return the rows of both sides of some lines, line by line."""
    several = len(pairing.first.plan.lines)
    line = np.array(lines, dtype=np.intp)[:, None]
    a = pairing.first.first + pairing.a * several + line
    b = pairing.second.first + pairing.b * several + line
    return a.ravel(), b.ravel()


def joined(found: Sequence[Differences]) -> Differences:
    """Put differences under one another."""

    def together(name: str, dtype: type) -> npt.NDArray[Any]:
        parts = [getattr(one, name) for one in found]
        return np.concatenate([np.zeros(0, dtype), *parts]).astype(dtype)

    return Differences(
        rows_a=together("rows_a", np.intp),
        domains_b=together("domains_b", object),
        waves_b=together("waves_b", object),
        difference=together("difference", float),
        se=together("se", float),
        df=together("df", float),
    )
