"""How sums differ between clusters that lie elsewhere: squares and products come back, no sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.responses.scans.fetching import fetched
from socialpoll.responses.scans.records import free_names
from socialpoll.responses.scans.sending import joined

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.responses.scans.clusters import Clusters
    from socialpoll.responses.scans.records import Records

__all__ = ["Asked", "ClusterSums", "Told"]

Floats = npt.NDArray[np.float64]
Pairs: TypeAlias = Sequence[tuple[int, int]]
STRATUM, CLUSTER, SCALE = "stratum", "cluster", "scale"
"""Columns of what is asked of the engine."""


class Asked(NamedTuple):
    """What is asked of sums by cluster.

    Attributes
    ----------
    values : float64 array (R, m)
        What a unit of base weight counts, by combination.
    centres : float64 array (strata, m)
        What the sums of a cluster are compared with.
    products : sequence of pairs of int
        Columns whose distances from the centres are multiplied.
    unions : sequence of pairs of int
        Columns of which it is counted how many clusters have a positive sum in one or the other.
    """

    values: Floats
    centres: Floats
    products: Pairs = ()
    unions: Pairs = ()


class Told(NamedTuple):
    """What the engine says: sums of scaled products, and numbers of clusters; in order."""

    products: Floats
    unions: Floats


@dataclass(frozen=True, eq=False)
class ClusterSums:
    """Sums of clusters where these lie.

    Attributes
    ----------
    records : Records
        The rows, and of which combination each is.
    clusters : Clusters
    stratum : int32 array (R,)
        Stratum of each combination, numbered from 0 without a gap.
    scale : float64 array (strata,)
        What products count, by stratum.
    """

    records: Records
    clusters: Clusters
    stratum: npt.NDArray[np.int32]
    scale: Floats

    def told(self, asked: Asked) -> Told:
        """Ask in one pass of the rows.

        Every row is given what its combination is given, times its base weight; the engine sums
        this by stratum and cluster, takes off the centres of the stratum, and sums what is asked
        for over all clusters. So no digits are lost where clusters are nearly alike, and no cluster
        is fetched.
        """
        used = sorted({one for pair in (*asked.products, *asked.unions) for one in pair})
        if not used:
            return Told(np.zeros(len(asked.products)), np.zeros(len(asked.unions)))
        place = {one: number for number, one in enumerate(used)}
        apart = self._apart(asked.values[:, used], asked.centres[:, used])
        wanted = [*_products(asked.products, place), *_unions(asked.unions, place)]
        names = [f"a{number}" for number in range(len(wanted))]
        pairs = zip(wanted, names, strict=True)
        found = fetched(apart.select(*(one.sum().alias(name) for one, name in pairs)))
        row = np.array(found.rows()[0], dtype=np.float64)
        first = len(asked.products)
        return Told(row[:first], row[first:])

    def _apart(self, values: Floats, centres: Floats) -> nw.LazyFrame[Any]:
        """Return sums z, their distances d from the centres, and the scale, of every cluster."""
        import narwhals as nw

        sums, names = self._sums(values)
        middles = [f"m{number}" for number in range(len(names))]
        if self.clusters.stratum is None:
            known = dict(zip((*middles, SCALE), (*centres[0], self.scale[0]), strict=True))
            found = sums.with_columns(nw.lit(float(one)).alias(name) for name, one in known.items())
        else:
            found = joined(sums, self._by_stratum(centres, middles), [STRATUM], {})
        return found.with_columns(
            (nw.col(name) - nw.col(middle)).alias(f"d{number}")
            for number, (name, middle) in enumerate(zip(names, middles, strict=True))
        )

    def _sums(self, values: Floats) -> tuple[nw.LazyFrame[Any], list[str]]:
        """Return the sums of every stratum and cluster, and their names."""
        import narwhals as nw

        there = self.records.frame.collect_schema().names()
        names = [f"z{number}" for number in range(values.shape[1])]
        given = free_names(names, there)
        stratum = nw.lit(0) if self.clusters.stratum is None else self.clusters.stratum
        rows = self.records.scored(values, given).select(
            stratum.alias(STRATUM),
            self.clusters.cluster.alias(CLUSTER),
            *(nw.col(one).alias(name) for one, name in zip(given, names, strict=True)),
        )
        summed = (nw.col(name).sum() for name in names)
        return rows.group_by(STRATUM, CLUSTER).agg(*summed), names

    def _by_stratum(self, centres: Floats, names: Sequence[str]) -> nw.DataFrame[Any]:
        """Return the centres and the scale of every stratum as a table."""
        import narwhals as nw

        first = np.unique(self.stratum, return_index=True)[1]
        keys = self.records.keys[first.tolist()]
        if self.clusters.stratum is None:
            raise TypeError(STRATUM)
        table: nw.DataFrame[Any] = keys.select(self.clusters.stratum.alias(STRATUM))
        columns = [*zip(names, centres.T, strict=True), (SCALE, self.scale)]
        return table.with_columns(
            nw.new_series(
                name, np.ascontiguousarray(one), nw.Float64(), backend=keys.implementation
            )
            for name, one in columns
        )


def _products(pairs: Pairs, place: dict[int, int]) -> Iterable[nw.Expr]:
    import narwhals as nw

    for a, b in pairs:
        yield nw.col(f"d{place[a]}") * nw.col(f"d{place[b]}") * nw.col(SCALE)


def _unions(pairs: Pairs, place: dict[int, int]) -> Iterable[nw.Expr]:
    import narwhals as nw

    for a, b in pairs:
        there = (nw.col(f"z{place[a]}") > 0) | (nw.col(f"z{place[b]}") > 0)
        yield there.cast(nw.Int64())
