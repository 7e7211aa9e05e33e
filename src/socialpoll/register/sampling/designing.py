"""What was drawn as a frame of cases, its design, and what was taken of each stratum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.register.registers import PERSON
from socialpoll.register.sampling.declared import (
    ClusterSample,
    ProportionalSample,
    Sample,
    StratifiedSample,
    several,
)
from socialpoll.register.sampling.disguising import Disguise
from socialpoll.register.sampling.drawn import CASE, PROBABILITY, STRATUM, UNIT, WEIGHT
from socialpoll.register.sampling.frames import SamplingFrame, cluster_of
from socialpoll.register.sampling.stages import Chosen, within_of
from socialpoll.responses import SampleDesign

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["IN_CLUSTER", "IN_STRATUM", "Designing"]

IN_STRATUM, IN_CLUSTER = "units_in_stratum", "people_in_cluster"
EVERYBODY = "all"
"""The one stratum where no columns make any."""


@dataclass(frozen=True)
class Designing:
    """One sample and whom it found.

    Attributes
    ----------
    people : pandas.DataFrame
        All of the population.
    frame : SamplingFrame
        Of these.
    sample : Sample
    chosen : Chosen
    disguise : Disguise
    """

    people: pd.DataFrame
    frame: SamplingFrame
    sample: Sample
    chosen: Chosen
    disguise: Disguise

    def cases(self, keep: Sequence[str]) -> pd.DataFrame:
        """Return a row a sampled case, in the order of ``case``."""
        import pandas as pd

        drawn = self.people.iloc[self.chosen.people].reset_index(drop=True)
        made = pd.DataFrame({CASE: self.disguise.cases(drawn[PERSON])})
        cluster = cluster_of(self.sample)
        for column in dict.fromkeys([*several(self.sample.strata), *several(cluster), *keep]):
            hide = self.disguise.clusters if column == cluster else self.disguise.variable
            made[column] = hide(drawn[column])
        self._add_stages(made)
        made[PROBABILITY] = self.chosen.probability
        made[WEIGHT] = 1 / self.chosen.probability
        return made.sort_values(CASE, ignore_index=True)

    def design(self) -> SampleDesign:
        """Return the design of these cases."""
        within, stratified = within_of(self.sample), bool(several(self.sample.strata))
        if isinstance(self.sample, ProportionalSample):
            return SampleDesign(
                strata=STRATUM,
                weight=WEIGHT,
                clusters=self.sample.clusters and UNIT,
                lonely="error" if self._alone() else "certainty",
            )
        if isinstance(self.sample, StratifiedSample):
            return SampleDesign(STRATUM, WEIGHT, fpc=IN_STRATUM, fpc_as="count")
        strata = STRATUM if stratified else None
        if within == 1:
            # One person tells nothing of a cluster: as if clusters were drawn with replacement.
            return SampleDesign(strata, WEIGHT, self.sample.clusters)
        fpc = (IN_STRATUM,) if within is None else (IN_STRATUM, IN_CLUSTER)
        return SampleDesign(strata, WEIGHT, self.sample.clusters, fpc, "count")

    def strata(self) -> pd.DataFrame:
        """Return what was taken of each stratum."""
        frame, chosen = self.frame, self.chosen
        table = frame.strata.table.apply(self.disguise.variable)
        count = len(table)
        stratum = frame.strata.of_person
        of_case = stratum[chosen.people]
        table["people"] = np.bincount(stratum, minlength=count)
        if cluster_of(self.sample) is not None:
            table["clusters"] = frame.units
        table["asked"] = chosen.asked
        table["taken"] = np.bincount(frame.stratum[chosen.units], minlength=count)
        if isinstance(self.sample, ProportionalSample):
            table["certain"] = np.bincount(frame.stratum[chosen.certain], minlength=count)
        table["whole"] = table["taken"].to_numpy() == frame.units
        table["cases"] = np.bincount(of_case, minlength=count)
        lowest, highest = np.ones(count), np.zeros(count)
        np.minimum.at(lowest, of_case, chosen.probability)
        np.maximum.at(highest, of_case, chosen.probability)
        return table.assign(lowest=lowest, highest=highest)

    def _add_stages(self, made: pd.DataFrame) -> None:
        """Add the columns of the design to the cases, which are in the order of people."""
        frame, unit = self.frame, self.frame.unit[self.chosen.people]
        cluster = cluster_of(self.sample)
        by_size = isinstance(self.sample, ProportionalSample)
        labels = self._labels()[frame.stratum[unit]]
        if by_size:
            case = made[CASE].to_numpy(dtype=object)
            names = made[cluster].to_numpy(dtype=object) if cluster else case
            certain = self.chosen.certain[unit]
            made[STRATUM] = np.where(certain, _joined(labels, names), labels)
            if cluster:
                parted = certain & ~self._taken_whole()[unit]
                made[UNIT] = np.where(parted, case, names)
            return
        if several(self.sample.strata):
            made[STRATUM] = labels
        made[IN_STRATUM] = frame.units[frame.stratum[unit]]
        if isinstance(self.sample, ClusterSample) and self.sample.within is not None:
            made[IN_CLUSTER] = frame.people[unit]

    def _labels(self) -> npt.NDArray[np.object_]:
        """Return the label of each stratum: its codes."""
        table = self.frame.strata.table.apply(self.disguise.variable)
        labels = np.full(len(table), "" if len(table.columns) else EVERYBODY, dtype=object)
        for column in table:
            # Doubled, a slash within a code is never taken for one between two.
            codes = [str(one).replace("/", "//") for one in table[column].tolist()]
            labels = _joined(labels, np.array(codes, dtype=object))
        return labels

    def _taken_whole(self) -> npt.NDArray[np.bool_]:
        """Tell of which units all people are in the sample."""
        unit = self.frame.unit[self.chosen.people]
        taken = np.bincount(unit, minlength=self.frame.people.size)
        return np.equal(taken, self.frame.people)

    def _alone(self) -> bool:
        """Tell whether a stratum has one unit, though that is not all of it."""
        frame, (people, _, units, certain, _) = self.frame, self.chosen
        left_to_chance = np.bincount(frame.stratum[units & ~certain])
        cases = np.bincount(frame.unit[people], minlength=units.size)
        return bool(
            (left_to_chance == 1).any() or (certain & (cases == 1) & (frame.people > 1)).any()
        )


def _joined(
    one: npt.NDArray[np.object_], other: npt.NDArray[np.object_]
) -> npt.NDArray[np.object_]:
    pairs = zip(one, other, strict=True)
    return np.array([f"{first} / {second}" if first else second for first, second in pairs], object)
