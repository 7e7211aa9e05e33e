"""Samples as they are declared: of people in strata, of clusters, of clusters by their size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np

from socialpoll.errors import Problem, RegisterError, nearest

__all__ = [
    "ALLOCATIONS",
    "Allocation",
    "ClusterSample",
    "Numbers",
    "ProportionalSample",
    "Sample",
    "StratifiedSample",
    "several",
]

Allocation: TypeAlias = Literal["proportional", "equal", "power"] | Mapping[Any, float]
Numbers: TypeAlias = int | Mapping[Any, int]
Columns: TypeAlias = str | tuple[str, ...] | None

ALLOCATIONS = ("proportional", "equal", "power")


@dataclass(frozen=True)
class StratifiedSample:
    """Simple random samples of people, without replacement, one in each stratum.

    Parameters
    ----------
    strata : str or tuple of str
        Columns of the population; several are crossed.
    size : int or mapping of stratum to int
        People in all, or in each stratum. Strata are named by their code; where several columns
        are crossed, by the tuple of their codes. A stratum that has fewer is taken whole.
    allocation : {"proportional", "equal", "power"} or mapping of stratum to float
        How a size in all goes to the strata: in proportion to their people, the same number to
        each, or in proportion to the square root of their people (Bankier 1988, *Power
        Allocations*, with exponent 0.5). Or the standard deviation of what is measured in each
        stratum, for Neyman's allocation (Cochran 1977, *Sampling Techniques*, §5.5). Largest
        remainders are rounded up.
    least : int
        So many are taken of a stratum at least where the size goes to the strata; or all where it
        has fewer. With one, a stratum may have no variance of its own.

    Raises
    ------
    RegisterError
        Numbers of no sense, an allocation that there is not. All at once.

    Examples
    --------
    >>> StratifiedSample(("governorate", "sex"), 1_200).allocation
    'proportional'
    """

    kind: ClassVar[str] = "a stratified sample"

    strata: str | tuple[str, ...]
    size: Numbers
    allocation: Allocation = "proportional"
    least: int = 2

    def __post_init__(self) -> None:
        problems = list(_in_strata("size", self.size, self.allocation, self.least))
        if not several(self.strata):
            problems.append(Problem("there are no strata", "strata", repr(self.strata)))
        _raise(self, problems)


@dataclass(frozen=True)
class ClusterSample:
    """Simple random samples of clusters, without replacement, and people of each.

    Parameters
    ----------
    clusters : str
        Column of the population: a household, a block.
    number : int or mapping of stratum to int
        Clusters in all, or in each stratum.
    within : int, optional
        People of each cluster, drawn by simple random sampling; all where absent, or where a
        cluster has no more.
    strata : str or tuple of str, optional
        Columns that are the same throughout a cluster.
    allocation : {"proportional", "equal", "power"} or mapping of stratum to float
        As of a :class:`StratifiedSample`, by numbers of clusters.
    least : int
        Clusters of a stratum at least.

    Raises
    ------
    RegisterError
        Numbers of no sense, an allocation that there is not. All at once.
    """

    kind: ClassVar[str] = "a sample of clusters"

    clusters: str
    number: Numbers
    within: int | None = None
    strata: Columns = None
    allocation: Allocation = "proportional"
    least: int = 2

    def __post_init__(self) -> None:
        problems = list(_in_strata("number", self.number, self.allocation, self.least))
        problems += _within(self.within)
        _raise(self, problems)


@dataclass(frozen=True)
class ProportionalSample:
    """Clusters with probability proportional to size, without replacement, and people of each.

    Systematic sampling (Madow 1949; Särndal, Swensson & Wretman 1992, *Model Assisted Survey
    Sampling*, §3.6.2): clusters stand in a row, each as long as its size, and are hit at equal
    intervals from a random start. Clusters as long as the interval are certain, and the interval is
    made anew for the others.

    Parameters
    ----------
    clusters : str or None
        Column of the population: a household, a block. None draws people themselves.
    number : int or mapping of stratum to int
        Clusters in all, or in each stratum.
    within : int, optional
        People of each cluster, drawn by simple random sampling; all where absent, or where a
        cluster has no more.
    strata : str or tuple of str, optional
        Columns that are the same throughout a cluster.
    size : str, optional
        Column of numbers, summed over the people of a cluster; the number of people where absent.
    order : str or tuple of str, optional
        Columns, the same throughout a cluster, in the order of which clusters stand in the row; a
        random order where absent, and among those that are equal.
    allocation : {"proportional", "equal", "power"} or mapping of stratum to float
        As of a :class:`StratifiedSample`, by sums of sizes.
    least : int
        Clusters of a stratum at least.

    Raises
    ------
    RegisterError
        Numbers of no sense, an allocation that there is not, people drawn by no size. All at once.
    """

    kind: ClassVar[str] = "a sample with probability proportional to size"

    clusters: str | None
    number: Numbers
    within: int | None = None
    strata: Columns = None
    size: str | None = None
    order: Columns = None
    allocation: Allocation = "proportional"
    least: int = 2

    def __post_init__(self) -> None:
        problems = list(_in_strata("number", self.number, self.allocation, self.least))
        problems += _within(self.within)
        if self.clusters is None and self.size is None:
            advice = "name a column of sizes, or declare a StratifiedSample"
            problems.append(Problem("people are drawn by no size", "size", "None", advice=advice))
        if self.clusters is None and self.within is not None:
            advice = "leave it out, or name the clusters"
            what = "there are no clusters within which to draw"
            problems.append(Problem(what, "within", repr(self.within), advice=advice))
        _raise(self, problems)


Sample: TypeAlias = StratifiedSample | ClusterSample | ProportionalSample


def several(columns: Columns) -> tuple[str, ...]:
    """Return columns as a tuple, whether none, one or several are named."""
    if columns is None:
        return ()
    return (columns,) if isinstance(columns, str) else tuple(columns)


def _raise(sample: Sample, problems: list[Problem]) -> None:
    if problems:
        raise RegisterError(sample.kind, problems)


def _in_strata(
    field: str, number: Numbers, allocation: Allocation, least: int
) -> Iterator[Problem]:
    yield from _whole("least", least)
    if isinstance(number, Mapping):
        for stratum, one in number.items():
            yield from _whole(f"{field} of {stratum!r}", one)
        if not number:
            yield Problem("there are no numbers", field, allowed="a number for each stratum")
        if allocation != "proportional":
            advice = "leave the allocation out, or give one size"
            yield Problem("each stratum has its number already", "allocation", advice=advice)
    else:
        yield from _whole(field, number)
    if isinstance(allocation, Mapping):
        yield from _deviations(allocation)
    elif allocation not in ALLOCATIONS:
        allowed = nearest(allocation, ALLOCATIONS)
        yield Problem("there is no such allocation", "allocation", repr(allocation), allowed)


def _deviations(allocation: Mapping[Any, float]) -> Iterator[Problem]:
    wrong = [one for one in allocation.values() if not _is_number(one) or one < 0]
    if wrong or not any(allocation.values()):
        found = ", ".join(map(repr, wrong)) or "zeros alone"
        yield Problem("standard deviations are none", "allocation", found, "0 or more, not all 0")


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return False
    return math.isfinite(value)


def _whole(field: str, value: object) -> Iterator[Problem]:
    is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool) and value >= 1
    if not is_whole:
        yield Problem("that is no number to draw", field, repr(value), "a whole number from 1 on")


def _within(within: int | None) -> Iterator[Problem]:
    if within is not None:
        yield from _whole("within", within)
