"""The sampling frame: who may be drawn, in which strata and units, and how large these are."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.register.sampling.declared import (
    ProportionalSample,
    Sample,
    StratifiedSample,
    several,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SamplingFrame", "Strata", "cluster_of", "framed"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Strata:
    """Strata of people, in the order of their codes; one where no columns make any.

    Attributes
    ----------
    of_person : int64 array (people,)
    table : pandas.DataFrame
        A row a stratum, a column for each that makes them.
    """

    of_person: Ints
    table: pd.DataFrame

    @property
    def names(self) -> list[Hashable]:
        """Each stratum as users name it: by its code, or by a tuple of codes."""
        columns = [self.table[one].tolist() for one in self.table]
        return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


@dataclass(frozen=True, slots=True)
class SamplingFrame:
    """The units of the first stage: clusters, or people themselves.

    Attributes
    ----------
    strata : Strata
    unit : int64 array (people,)
        Unit of each person.
    stratum, people, place : int64 array (units,)
        Stratum, number of people, and place in the declared order of each unit.
    size : float64 array (units,)
        To which its probability is proportional, if it is.
    astray : int64 array (fields,)
        How many units have people in several strata, or in several places of the order.
    """

    strata: Strata
    unit: Ints
    stratum: Ints
    people: Ints
    place: Ints
    size: Floats
    astray: tuple[int, int]

    @property
    def units(self) -> Ints:
        """Units of each stratum (strata,)."""
        return np.bincount(self.stratum, minlength=len(self.strata.table))

    def measure(self, sample: Sample) -> Floats:
        """Return what is shared out among strata in proportion to: units, or sizes (strata,)."""
        if not isinstance(sample, ProportionalSample):
            return self.units.astype(np.float64)
        return np.bincount(self.stratum, self.size, len(self.strata.table)).astype(np.float64)


def cluster_of(sample: Sample) -> str | None:
    """Return the column of a sample's clusters."""
    return None if isinstance(sample, StratifiedSample) else sample.clusters


def framed(people: pd.DataFrame, sample: Sample) -> SamplingFrame:
    """Make the sampling frame of people, who have everything that the sample names."""
    strata = _strata_of(people, several(sample.strata))
    cluster = cluster_of(sample)
    unit = np.arange(len(people)) if cluster is None else people[cluster].factorize()[0]
    unit = unit.astype(np.int64)
    counts = np.bincount(unit)
    stratum, split = _of_unit(strata.of_person, unit, counts.size)
    place, scattered, sizes = np.zeros_like(stratum), 0, counts.astype(np.float64)
    if isinstance(sample, ProportionalSample):
        in_order = _strata_of(people, several(sample.order))
        place, scattered = _of_unit(in_order.of_person, unit, counts.size)
        if sample.size is not None:
            of_person = people[sample.size].to_numpy(np.float64)
            sizes = np.bincount(unit, of_person).astype(np.float64)
    return SamplingFrame(strata, unit, stratum, counts, place, sizes, (split, scattered))


def _strata_of(people: pd.DataFrame, columns: Sequence[str]) -> Strata:
    import pandas as pd

    if not columns:
        return Strata(np.zeros(len(people), dtype=np.int64), pd.DataFrame(index=range(1)))
    groups = people.groupby(list(columns), sort=True, observed=True)
    number = groups.ngroup().to_numpy().astype(np.int64)
    first = np.unique(number, return_index=True)[1]
    return Strata(number, people.iloc[first][list(columns)].reset_index(drop=True))


def _of_unit(of_person: Ints, unit: Ints, number: int) -> tuple[Ints, int]:
    """Return the code of each unit, and how many units have people of several codes."""
    found = np.zeros(number, dtype=np.int64)
    found[unit] = of_person
    return found, np.unique(unit[found[unit] != of_person]).size
