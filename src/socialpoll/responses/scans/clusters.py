"""The clusters of a sample design, counted and looked through where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import BindingError, Problem
from socialpoll.responses.corrections import SHOWN, listed
from socialpoll.responses.design import per_stage
from socialpoll.responses.levels import levels_in
from socialpoll.responses.scans.addressing import address_of
from socialpoll.responses.scans.fetching import fetched

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.responses.design import SampleDesign, StageColumns

__all__ = ["Clusters", "clusters_in", "level_of"]

STRATUM, CLUSTER, CASES, NUMBER = "stratum", "cluster", "cases", "number"
"""Columns of what is asked of the engine."""


@dataclass(frozen=True, eq=False)
class Clusters:
    """The clusters of the first stage: how many there are, and how a row tells its own.

    Clusters are told apart by stratum and cluster, as in memory.

    Attributes
    ----------
    labels : tuple of str
        Of the strata, in order; empty where there are no strata.
    number : int64 array (strata,)
        Sampled clusters of each, whatever their weight; one number where there are no strata.
    stratum : narwhals.Expr or None
        The stratum of a row, with one value for each that is the same.
    cluster : narwhals.Expr
        The cluster of a row.
    problems : tuple of Problem
        How the clusters contradict the design.
    """

    labels: tuple[str, ...]
    number: npt.NDArray[np.int64]
    stratum: nw.Expr | None
    cluster: nw.Expr
    problems: tuple[Problem, ...] = ()

    def numbers_of(self, labels: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return how many clusters each stratum has, by its label.

        Raises
        ------
        BindingError
            Where a stratum was not there when clusters were counted.
        """
        if not self.labels:
            return self.number
        place = {label: number for number, label in enumerate(self.labels)}
        new = [one for one in labels if one not in place]
        if new:
            what = "there are strata that were not there when clusters were counted"
            advice = "scan the answers again: they have changed where they lie"
            found = ", ".join(map(repr, new[:SHOWN]))
            raise BindingError("the answers", [Problem(what, found=found, advice=advice)])
        return self.number[[place[one] for one in labels]]


def clusters_in(frame: nw.LazyFrame[Any], design: SampleDesign) -> Clusters | None:
    """Count the clusters of each stratum, and tell what is wrong with them.

    What comes back is a row for each stratum; clusters are named only where they stand in several
    strata, and then a few.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        With every column that the design names.
    design : SampleDesign

    Returns
    -------
    Clusters or None
        None where the cases themselves are sampled.
    """
    first, *later = per_stage(design)
    if first.cluster is None:
        return None
    stratum = None if first.stratum is None else level_of(frame, first.stratum)
    cluster = level_of(frame, first.cluster)
    units = _units(frame, stratum, cluster)
    found = _counted(units)
    problems = [*_blanks(first.cluster, "cluster", found.blank), *_later_blanks(frame, later)]
    if stratum is None:
        return Clusters((), found.without_stratum, None, cluster, tuple(problems))
    if not design.nested and not found.blank and not found.without_stratum.any():
        problems += _in_several_strata(units, first)
    return Clusters(found.labels, found.number, stratum, cluster, tuple(problems))


def level_of(frame: nw.LazyFrame[Any], name: str) -> nw.Expr:
    """Return a column of strata or clusters with one value for each level, as they are in memory.

    Blanks around words do not count; what is blank, or no number, is nothing.
    """
    import narwhals as nw

    address = address_of(name)
    kind, column = frame.collect_schema()[address], nw.col(address)
    if kind.is_float():
        return nw.when(~column.is_nan()).then(column)
    if not isinstance(kind, nw.String | nw.Categorical | nw.Enum | nw.Object):
        return column
    words = column.cast(nw.String()).str.strip_chars()
    return nw.when(words != "").then(words)


def _units(
    frame: nw.LazyFrame[Any], stratum: nw.Expr | None, cluster: nw.Expr
) -> nw.LazyFrame[Any]:
    """Return the cases of every stratum and cluster."""
    import narwhals as nw

    everybody = nw.lit("")
    keys = {STRATUM: everybody if stratum is None else stratum, CLUSTER: cluster}
    told = frame.select(**keys)
    return told.group_by(STRATUM, CLUSTER).agg(nw.len().alias(CASES))


class _Counted(NamedTuple):
    """Labels of strata, clusters of each, clusters of none (1,), and cases without a cluster."""

    labels: tuple[str, ...]
    number: npt.NDArray[np.int64]
    without_stratum: npt.NDArray[np.int64]
    blank: int


def _counted(units: nw.LazyFrame[Any]) -> _Counted:
    import narwhals as nw

    known = ~nw.col(CLUSTER).is_null()
    told = units.select(
        STRATUM,
        known.cast(nw.Int64()).alias(NUMBER),
        nw.when(known).then(nw.lit(0)).otherwise(nw.col(CASES)).alias(CASES),
    )
    table = fetched(told.group_by(STRATUM).agg(nw.col(NUMBER, CASES).sum())).to_pandas()
    levels = levels_in(table[STRATUM])
    # Clusters without a stratum, which stand at -1, are counted in a place of their own, the last.
    number = np.zeros(len(levels.labels) + 1, dtype=np.int64)
    number[levels.of_row] = table[NUMBER].to_numpy(dtype=np.int64)
    return _Counted(levels.labels, number[:-1], number[-1:], int(table[CASES].sum()))


def _later_blanks(frame: nw.LazyFrame[Any], later: Sequence[StageColumns]) -> Iterator[Problem]:
    """Tell of cases without a stratum or cluster of a later stage."""
    import narwhals as nw

    columns = {one.stratum: "stratum" for one in later} | {one.cluster: "cluster" for one in later}
    named = {name: what for name, what in columns.items() if name is not None}
    if not named:
        return
    absent = {address_of(one): level_of(frame, one).is_null() for one in named}
    blanks = (one.cast(nw.Int64()).sum().alias(address) for address, one in absent.items())
    found = fetched(frame.select(*blanks)).rows(named=True)[0]
    for name, what in named.items():
        yield from _blanks(name, what, int(found[address_of(name)]))


def _blanks(name: str, what: str, cases: int) -> Iterator[Problem]:
    if cases:
        yield Problem(
            f"{cases} row(s) have no {what}",
            where=f"column {name!r}",
            found="a blank",
            advice=f"give every sampled case its {what}",
        )


def _in_several_strata(units: nw.LazyFrame[Any], first: StageColumns) -> Iterator[Problem]:
    """Tell of clusters whose number stands in more than one stratum: how many, and some of them."""
    import narwhals as nw

    strata = units.group_by(CLUSTER).agg(nw.len().alias(NUMBER))
    shared = strata.filter(nw.col(NUMBER) > 1).select(CLUSTER)
    several = int(fetched(shared.select(nw.len())).item())
    if not several:
        return
    some = fetched(shared.sort(CLUSTER).head(SHOWN)).get_column(CLUSTER).to_list()
    where = fetched(units.filter(nw.col(CLUSTER).is_in(some)).select(CLUSTER, STRATUM)).to_pandas()
    clusters, labels = levels_in(where[CLUSTER]), levels_in(where[STRATUM])

    def told(one: int) -> str:
        own = np.sort(labels.of_row[clusters.of_row == one])
        return f"{clusters.labels[one]!r} in {listed(own, lambda at: repr(labels.labels[at]))}"

    named = listed(np.arange(len(clusters.labels)), told)
    more = several - len(clusters.labels)
    yield Problem(
        f"{several} cluster number(s) stand in more than one stratum",
        f"clusters = {first.cluster!r}",
        named + (f" and {more} more" if more else ""),
        advice="say nested = true if cluster numbers start again in every stratum, or correct them",
    )
