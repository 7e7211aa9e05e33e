"""What a step has to reach, laid out on its weighting cells; interviews without a value too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.totals import Cells
from socialpoll.weighting.benchmarks import Benchmarks
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.lacking import MISSING_LEVEL, of_estimates, of_mixing, without_value
from socialpoll.weighting.levels import Levels
from socialpoll.weighting.margin import MissingPolicy
from socialpoll.weighting.mixing import Mixing, mixing_of
from socialpoll.weighting.splitting import Parts, parts_of

__all__ = ["Controls", "controls_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Controls:
    """What a step has to reach: margins that fit the sample.

    Attributes
    ----------
    cells : Cells
    base : float64 array (C,)
        Sums of the weights that enter the step.
    names : tuple of str
        Of the margins.
    codes : tuple of lists of str (L,)
        Levels that have respondents, by margin; under ``own_class`` the last is ``_M``.
    cases : tuple of int arrays (L,)
        Interviews, by margin; those without a value only in ``_M``.
    persons : tuple of float64 arrays (L,)
        Persons by margin, that sum to N in each; 0 in ``_M``.
    total : float
        N.
    missing : tuple of policies
        By margin; ``raise`` where every interview has a value, whatever the margin says.
    level : tuple of int arrays (C,)
        Level of each cell, by margin; -1 where it has no value, unless these are level ``_M``.
    parts : Parts
        Cells, those to be distributed split into the levels that they count in.
    findings : tuple of WeightingFinding
        What was rescaled, how many interviews have no value, which targets are estimates.
    rescaled : tuple of str
        Margins whose targets were multiplied to sum to N.

    Notes
    -----
    Let w be sums of weights by cell, d those that enter, T the persons of a level l, and m the
    cells without a value. What is to hold after the step:

    ``own_class``
        m is a level of its own. Its target is N s with s = Σ_m d / Σ d; the others are T (1 - s).
    ``keep_base``
        Σ_l w = T (N - Σ_m w) / N, and the step multiplies m by 1 on behalf of this margin.
    ``distribute``
        m is split into parts, one a level, by the level mix that d has among the cells that are
        like it; each part is raked as if it had a value, and Σ_l w = T over cells and parts.

    ``keep_base`` compares d with N, so weights must be scaled to N before it starts.
    """

    cells: Cells
    base: Floats
    names: tuple[str, ...]
    codes: tuple[list[str], ...]
    cases: tuple[npt.NDArray[np.int64], ...]
    persons: tuple[Floats, ...]
    total: float
    missing: tuple[MissingPolicy, ...]
    level: tuple[Places, ...]
    parts: Parts
    findings: tuple[WeightingFinding, ...]
    rescaled: tuple[str, ...]

    @cached_property
    def target(self) -> tuple[Floats, ...]:
        """Targets (L,) in persons, by margin."""
        targets = self.targets(self.base[:, None])[: len(self.names)]
        return tuple(one[:, 0] for one in targets)

    @property
    def keeps(self) -> bool:
        """Whether any margin leaves cells alone."""
        return "keep_base" in self.missing

    @property
    def levels(self) -> tuple[Places, ...]:
        """Levels of the parts (K,), by margin, and one of all that sums to N where it is needed.

        Where every margin leaves cells alone, none says what all weights sum to.
        """
        parts = self.parts
        return (*parts.level, np.zeros_like(parts.cell)) if self._needs_all else parts.level

    @property
    def _needs_all(self) -> bool:
        return {*self.missing} == {"keep_base"}

    def targets(self, base: Floats) -> list[Floats]:
        """Return the targets (L, B) of :attr:`levels` where weights (C, B) enter."""
        targets = [
            self._with_class(place, base) if policy == "own_class" else persons[:, None]
            for place, (policy, persons) in enumerate(zip(self.missing, self.persons, strict=True))
        ]
        return [*targets, np.array([[self.total]])] if self._needs_all else targets

    def mix(self, place: int, after: Floats) -> Floats | None:
        """Return in which levels of a margin split cells count (M, L), where they do.

        Parameters
        ----------
        place : int
            Of the margin.
        after : float64 array (K,)
            What each part is of its cell after the step, up to a factor.
        """
        if self.missing[place] != "distribute":
            return None
        lacking = np.flatnonzero(self.level[place] < 0)
        row = np.full(self.level[place].size, -1)
        row[lacking] = np.arange(lacking.size)
        of_part = row[self.parts.cell]
        split = of_part >= 0
        mix = np.zeros((lacking.size, self.persons[place].size))
        np.add.at(mix, (of_part[split], self.parts.level[place][split]), after[split])
        return np.asarray(mix / mix.sum(axis=1, keepdims=True))

    def drift(self, base: Floats) -> list[Floats]:
        """Return how the targets of :attr:`levels` move with the weight of each cell: (C, L).

        Parameters
        ----------
        base : float64 array (C,)
            Sums of the weights that enter.
        """
        moved = []
        for place, (policy, persons) in enumerate(zip(self.missing, self.persons, strict=True)):
            move = np.zeros((base.size, persons.size))
            if policy == "own_class":
                lacking = self._lacking(place)
                share = (lacking - base[lacking].sum() / base.sum()) / base.sum()
                move = np.outer(share, -persons)
                move[:, -1] = self.total * share
            moved.append(move)
        return [*moved, np.zeros((base.size, 1))] if self._needs_all else moved

    def _with_class(self, place: int, base: Floats) -> Floats:
        share = base[self._lacking(place)].sum(axis=0) / base.sum(axis=0)
        target = np.outer(self.persons[place], 1 - share)
        target[-1] = self.total * share
        return target

    def _lacking(self, place: int) -> npt.NDArray[np.bool_]:
        """Return which cells (C,) are in level ``_M``."""
        return np.asarray(self.level[place] == self.persons[place].size - 1)


def controls_of(
    cells: Cells, base: Floats, margins: Sequence[Levels], benchmarks: Benchmarks, number: int
) -> Controls:
    """Lay out margins that fit the sample.

    Parameters
    ----------
    cells : Cells
    base : float64 array (C,)
        Sums of the weights that enter the step.
    margins : sequence of Levels
        Without problems.
    benchmarks : Benchmarks
        Of the same margins.
    number : int
        Place of the step in the recipe, from 1.
    """
    placed = [
        _placed(place, margins, persons, cells, base, number)
        for place, persons in enumerate(benchmarks.targets)
    ]
    mixings = {place: one.mixing for place, one in enumerate(placed) if one.mixing is not None}
    level = tuple(one.level for one in placed)
    return Controls(
        cells,
        base,
        tuple(one.margin.name for one in margins),
        tuple(one.codes for one in placed),
        tuple(one.cases for one in placed),
        tuple(one.persons for one in placed),
        benchmarks.total,
        tuple(one.missing for one in placed),
        level,
        parts_of(level, mixings, cells.size),
        (
            *benchmarks.findings,
            *(found for one in placed for found in one.findings),
            *(of_estimates(one, number) for one in margins if one.margin.targets.estimated),
        ),
        tuple(benchmarks.rescaled),
    )


class _Placed(NamedTuple):
    codes: list[str]
    level: Places
    cases: npt.NDArray[np.int64]
    persons: Floats
    missing: MissingPolicy
    mixing: Mixing | None
    findings: list[WeightingFinding]


def _placed(
    place: int,
    margins: Sequence[Levels],
    persons: Floats,
    cells: Cells,
    base: Floats,
    number: int,
) -> _Placed:
    levels = margins[place]
    held = np.flatnonzero(levels.cases)
    # One more, so that -1 stays -1.
    recoded = np.append(np.cumsum(levels.cases > 0) - 1, -1)
    level = recoded[levels.of_cell]
    codes = [levels.codes[one] for one in held]
    cases, persons = levels.cases[held], persons[held]
    lacking = level < 0
    if not lacking.any():
        return _Placed(codes, level, cases, persons, "raise", None, [])
    policy = levels.margin.missing
    findings = [without_value(levels, cells, number)]
    mixing = None
    if policy == "own_class":
        codes.append(MISSING_LEVEL)
        level = np.where(lacking, held.size, level)
        cases, persons = np.append(cases, cells.cases[lacking].sum()), np.append(persons, 0.0)
    elif policy == "distribute":
        mixing = mixing_of(place, margins, cells, base)
        mixing = replace(mixing, level_of=recoded[mixing.level_of])
        findings += of_mixing(levels, mixing, number)
    return _Placed(codes, level, cases, persons, policy, mixing, findings)
