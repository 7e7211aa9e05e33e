"""Turning the columns of a sample design into coded stages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.responses.corrections import fractions_of, listed, units_by_stratum
from socialpoll.responses.counting import ONE_EACH, Counting
from socialpoll.responses.design import per_stage
from socialpoll.responses.distinct import frozen
from socialpoll.responses.levels import Codes, Levels, levels_in, numbers_in, paired
from socialpoll.responses.responses import DesignStage
from socialpoll.responses.similarity import similarity_of
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses.design import SampleDesign, StageColumns
    from socialpoll.responses.scans.clusters import Clusters

__all__ = ["Staged", "beyond_the_first_stage", "stages_of"]


@dataclass(frozen=True, slots=True)
class Staged:
    """The stages of a design, coded, and the labels of the first stage's strata and clusters.

    Attributes
    ----------
    stages : tuple of DesignStage
        The first alone, where clusters lie elsewhere.
    strata_labels, unit_labels : tuple of str
    clusters : int64 array (strata,) or None
        Sampled clusters of each stratum of the first stage, where they lie elsewhere.
    """

    stages: tuple[DesignStage, ...]
    strata_labels: tuple[str, ...]
    unit_labels: tuple[str, ...]
    clusters: npt.NDArray[np.int64] | None = None


def stages_of(
    frame: pd.DataFrame,
    design: SampleDesign,
    problems: list[Problem],
    counting: Counting = ONE_EACH,
    clusters: Clusters | None = None,
) -> Staged:
    """Code the stages of a design, and add what is wrong with it to the problems.

    Parameters
    ----------
    frame : pandas.DataFrame
        With every column that the design names.
    design : SampleDesign
    problems : list of Problem
        Takes every contradiction; the stages are of use only where it stays empty.
    counting : Counting
        How many cases each row stands for.
    clusters : Clusters, optional
        Those of the first stage, where they lie elsewhere.

    Returns
    -------
    Staged
    """
    staging = _Staging(frame, design, problems, counting)
    return staging.staged() if clusters is None else staging.staged_among(clusters)


@dataclass(frozen=True, slots=True)
class _Staging:
    """One frame, one design, and what was found wrong with them so far."""

    frame: pd.DataFrame
    design: SampleDesign
    problems: list[Problem]
    counting: Counting

    def staged(self) -> Staged:
        """Code the stages, first stage first, and make them read-only."""
        first, *later = per_stage(self.design)
        stage, labels, unit_labels = self.first_stage(first)
        stages = [stage]
        for columns in later:
            stages.append(self.next_stage(columns, stages[-1].unit))
        for one in stages:
            frozen(one.stratum, one.unit, one.fraction, one.similar)
        return Staged(tuple(stages), labels, unit_labels)

    def staged_among(self, clusters: Clusters) -> Staged:
        """Code the first stage of cases whose clusters lie elsewhere; no other enters variances."""
        first = per_stage(self.design)[0]
        self.problems.extend([*clusters.problems, *beyond_the_first_stage(self.design)])
        strata = self.levels(first.stratum, "stratum")
        labels = (TOTAL,) if strata is None else strata.labels
        stratum, unit = self.codes(strata), self.cases()
        if clusters.problems or _any_blank(strata):
            return Staged((DesignStage(stratum, unit, None),), labels, ())
        number = clusters.numbers_of(labels)
        fraction = self.fraction(first, stratum, lambda: number, _named(labels))
        stage = DesignStage(stratum, unit, fraction, self.similar(stratum, labels))
        frozen(stratum, unit, fraction, stage.similar)
        return Staged((stage,), labels, (), number)

    def first_stage(
        self, columns: StageColumns
    ) -> tuple[DesignStage, tuple[str, ...], tuple[str, ...]]:
        """Code the first stage; its clusters may be numbered over all strata or within each."""
        strata = self.levels(columns.stratum, "stratum")
        clusters = self.levels(columns.cluster, "cluster")
        labels = (TOTAL,) if strata is None else strata.labels
        stratum = self.codes(strata)
        if clusters is None:
            unit = self.cases()
        elif self.design.nested:
            unit, _ = paired(stratum, self.codes(clusters))
        else:
            unit = self.codes(clusters)
            if not _any_blank(strata, clusters):
                self.problems.extend(_in_several_strata(columns, unit, stratum, clusters, labels))
        if _any_blank(strata, clusters):
            return DesignStage(stratum, unit, None), labels, ()
        sampled = partial(units_by_stratum, unit, stratum, self.counting)
        fraction = self.fraction(columns, stratum, sampled, _named(labels))
        stage = DesignStage(stratum, unit, fraction, self.similar(stratum, labels))
        return stage, labels, () if clusters is None else _unit_labels(unit, clusters)

    def similar(self, stratum: Codes, labels: tuple[str, ...]) -> npt.NDArray[np.float64] | None:
        """Return the place of each stratum on the declared scale of similarity."""
        name = self.design.similarity
        if self.design.lonely != "collapse":
            return None
        if name is None:
            return np.arange(len(labels), dtype=np.float64)
        found, problems = similarity_of(self.frame[name], stratum, labels)
        self.problems.extend(replace(one, where=f"similarity = {name!r}") for one in problems)
        return found

    def next_stage(self, columns: StageColumns, above: Codes) -> DesignStage:
        """Code a later stage: strata within the units above, units within the strata."""
        strata = self.levels(columns.stratum, "stratum")
        clusters = self.levels(columns.cluster, "cluster")
        stratum, _ = paired(above, self.codes(strata))
        unit = self.cases() if clusters is None else paired(stratum, self.codes(clusters))[0]

        if _any_blank(strata, clusters):
            return DesignStage(stratum, unit, None)

        def told(one: int) -> str:
            return f"the stratum of row {int(np.argmax(stratum == one))}"

        sampled = partial(units_by_stratum, unit, stratum, self.counting)
        return DesignStage(stratum, unit, self.fraction(columns, stratum, sampled, told))

    def levels(self, name: str | None, what: str) -> Levels | None:
        """Read the levels of a column; rows without one are a problem."""
        if name is None:
            return None
        found = levels_in(self.frame[name])
        if found.blank.any():
            self.problems.append(
                Problem(
                    f"{self.counting.number(found.blank)} row(s) have no {what}",
                    where=f"column {name!r}",
                    found=self.counting.told(found.blank, "a blank"),
                    advice=f"give every sampled case its {what}",
                )
            )
        return found

    def codes(self, levels: Levels | None) -> Codes:
        """Return the level of each row; 0 where there are no levels, or a row has none."""
        if levels is None:
            return np.zeros(len(self.frame), dtype=np.int32)
        return np.maximum(levels.of_row, 0)

    def cases(self) -> Codes:
        """Return the cases as sampling units."""
        return np.arange(len(self.frame), dtype=np.int32)

    def fraction(
        self,
        columns: StageColumns,
        stratum: Codes,
        sampled: Callable[[], npt.NDArray[np.int64]],
        told: Callable[[int], str],
    ) -> npt.NDArray[np.float64] | None:
        """Return the sampling fraction of each row's stratum, if the stage has a correction."""
        if columns.fpc is None or self.design.fpc_as is None:
            return None
        declared = numbers_in(self.frame[columns.fpc])
        fraction, found = fractions_of(
            declared, self.design.fpc_as, stratum, sampled, told, self.counting
        )
        self.problems.extend(replace(one, where=f"fpc = {columns.fpc!r}") for one in found)
        return fraction


def _named(labels: tuple[str, ...]) -> Callable[[int], str]:
    return lambda one: f"stratum {labels[one]!r}"


def beyond_the_first_stage(design: SampleDesign) -> list[Problem]:
    """Tell of a second stage that adds to variances: it cannot where clusters lie elsewhere."""
    first, *later = per_stage(design)
    if first.fpc is None or not any(one.fpc is not None for one in later[:1]):
        return []
    what = "where answers lie elsewhere, the first stage alone can have a finite population"
    advice = "leave out the corrections of later stages, or bind the answers themselves"
    found, allowed = repr(later[0].fpc), "one column, of the first stage"
    return [Problem(what, "fpc", found, allowed, advice)]


def _unit_labels(unit: Codes, clusters: Levels) -> tuple[str, ...]:
    """Return the label of each unit's cluster."""
    if np.array_equal(unit, clusters.of_row):
        return clusters.labels
    of_unit = np.zeros(int(unit.max(initial=-1)) + 1, dtype=np.int32)
    of_unit[unit] = clusters.of_row
    return tuple(clusters.labels[one] for one in of_unit.tolist())


def _any_blank(*several: Levels | None) -> bool:
    return any(levels is not None and bool(levels.blank.any()) for levels in several)


def _in_several_strata(
    columns: StageColumns,
    cluster: Codes,
    stratum: Codes,
    clusters: Levels,
    labels: tuple[str, ...],
) -> list[Problem]:
    """Tell of clusters whose number stands in more than one stratum."""
    unit, stratum_of_unit = paired(stratum, cluster)
    cluster_of_unit = np.zeros(stratum_of_unit.shape, dtype=np.int32)
    cluster_of_unit[unit] = cluster
    shared = np.flatnonzero(np.bincount(cluster_of_unit) > 1)
    if not shared.size:
        return []

    def told(one: int) -> str:
        strata = stratum_of_unit[cluster_of_unit == one]
        return f"{clusters.labels[one]!r} in {listed(strata, lambda number: repr(labels[number]))}"

    advice = "say nested = true if cluster numbers start again in every stratum, or correct them"
    what = f"{shared.size} cluster number(s) stand in more than one stratum"
    return [Problem(what, f"clusters = {columns.cluster!r}", listed(shared, told), advice=advice)]
