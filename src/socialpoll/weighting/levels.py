"""A margin's targets beside the sample, level by level, and where the two do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.responses import Categorical, Responses
from socialpoll.schema import CodeValue
from socialpoll.totals import Cells, summed
from socialpoll.weighting.codes import listed, named
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.matching import codes_of, matched

__all__ = ["Levels", "levels_of"]

Floats = npt.NDArray[np.float64]
ADVISED = 3


@dataclass(frozen=True, eq=False)
class Levels:
    """Every combination of the categories of a margin's variables, first variable slowest.

    Attributes
    ----------
    margin : Margin
    categories : tuple of tuple of codes
        Those of each variable; L is the product of their numbers.
    of_cell : int array (C,)
        Level of each weighting cell; -1 where a variable has no value.
    cases : int array (L,)
        Interviews.
    weight : float64 array (L,)
        Sums of the weights that enter the step.
    target : float64 array (L,)
        As declared; 0 where it is not.
    declared : bool array (L,)
        Whether there is a target.
    misnamed : bool
        Whether there are targets of codes that do not exist.
    """

    margin: Margin
    categories: tuple[tuple[CodeValue, ...], ...]
    of_cell: npt.NDArray[np.intp]
    cases: npt.NDArray[np.int64]
    weight: Floats
    target: Floats
    declared: npt.NDArray[np.bool_]
    misnamed: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of categories of each variable."""
        return tuple(map(len, self.categories))

    @cached_property
    def codes(self) -> list[str]:
        """Codes of each level (L,), joined by ``|``."""
        return [named(codes) for codes in product(*self.categories)]

    def problems(self, where: str) -> Iterator[Problem]:
        """Yield what does not fit: levels on one side only, and targets that cannot be reached."""
        held, wanted = self.cases > 0, self.target > 0
        missing = np.flatnonzero(held & ~self.declared)
        if missing.size:
            yield self._missing(missing, where)
        empty = np.flatnonzero(~held & wanted)
        if empty.size:
            yield self._empty(empty, where)
        weightless = np.flatnonzero(held & wanted & ~(self.weight > 0))
        if weightless.size:
            yield Problem(
                "respondents whose weights are all 0 cannot reach a target",
                where=where,
                found=self._counted(weightless),
                advice="look at the base weights of these cases",
            )
        zero = np.flatnonzero(held & self.declared & (self.target == 0))
        if zero.size and wanted.any():
            yield Problem(
                "a target of 0 for a level that has respondents",
                where=where,
                found=self._counted(zero),
                advice=f"give it its target, or {self._merges(zero)}",
            )

    def _missing(self, places: npt.NDArray[np.intp], where: str) -> Problem:
        declared = [self.codes[place] for place in np.flatnonzero(self.declared)]
        return Problem(
            "respondents of levels that have no target",
            where=where,
            found=f"{self._counted(places)}; in the sample: "
            f"{self._counted(np.flatnonzero(self.cases > 0))}",
            allowed=f"levels with a target: {listed(declared)}",
            advice="correct the codes of the targets"
            if self.misnamed
            else "add their targets, group them with other levels in a derived grouping, or "
            "declare codes that are no answers as missing",
        )

    def _empty(self, places: npt.NDArray[np.intp], where: str) -> Problem:
        wanted = [f"{self.codes[place]} (target {self.target[place]:g})" for place in places]
        return Problem(
            "targets for levels that have no respondents",
            where=where,
            found=f"{listed(wanted)}; in the sample: "
            f"{self._counted(np.flatnonzero(self.cases > 0))}",
            advice=self._merges(places),
        )

    def _counted(self, places: npt.NDArray[np.intp]) -> str:
        return listed([f"{self.codes[place]} ({_counts(self.cases[place])})" for place in places])

    def _merges(self, places: npt.NDArray[np.intp]) -> str:
        """Advise to merge levels with neighbours that have respondents and a target."""
        advice = [
            f"{self.codes[place]} with {' or '.join(near)}"
            for place in places[:ADVISED]
            if (near := self._neighbours(place))
        ]
        if not advice:
            return f"group {' or '.join(self.margin.of)} more coarsely"
        return f"merge {', '.join(advice)} by a derived grouping that margin and targets then use"

    def _neighbours(self, place: np.intp) -> list[str]:
        """Return the levels next to one along each variable, most respondents first."""
        at = np.unravel_index(place, self.shape)
        found = []
        for axis, size in enumerate(self.shape):
            for step in (-1, 1):
                beside = [int(one) for one in at]
                beside[axis] += step
                if 0 <= beside[axis] < size:
                    other = int(np.ravel_multi_index(beside, self.shape))
                    if self.cases[other] and self.target[other] > 0:
                        found.append((-int(self.cases[other]), other))
        return [f"{self.codes[other]} ({_counts(-cases)})" for cases, other in sorted(found)[:2]]


def levels_of(
    margin: Margin,
    responses: Responses,
    columns: Mapping[str, Categorical],
    cells: Cells,
    weight: Floats,
    where: str,
) -> tuple[Levels, list[Problem]]:
    """Lay out a margin's targets and sample over the same levels.

    Parameters
    ----------
    margin : Margin
    responses : Responses
    columns : mapping of str to Categorical
        The variables of the cells, in their order.
    cells : Cells
    weight : float64 array (C,)
        Sums of the weights that enter the step.
    where : str
        For messages.

    Returns
    -------
    tuple of (Levels, list of Problem)
        The problems are targets of codes that do not exist and targets that are no counts.
    """
    places = [list(columns).index(name) for name in margin.of]
    categories = tuple(tuple(codes_of(columns[name])) for name in margin.of)
    sizes = tuple(map(len, categories))
    position = cells.position[:, places]
    known = (position < np.array(sizes)).all(axis=1)
    of_cell = np.where(known, np.ravel_multi_index(tuple(position.T), sizes, mode="clip"), -1)
    size = prod(sizes)
    target, declared, problems = matched(margin, responses, columns, where)
    levels = Levels(
        margin,
        categories,
        of_cell,
        np.bincount(of_cell[known], weights=cells.cases[known], minlength=size).astype(np.int64),
        summed(of_cell[known], weight[known], size),
        target,
        declared,
        misnamed=int(declared.sum()) < len(margin.targets.values),
    )
    return levels, problems


def _counts(cases: int | np.int64) -> str:
    return f"n = {cases}"
