"""A margin's targets beside the sample, level by level, and where the two do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.responses import Categorical, Responses
from socialpoll.schema import CodeValue
from socialpoll.totals import Cells, summed
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.matching import matched
from socialpoll.weighting.merges import Merged, combined
from socialpoll.weighting.targeting.codes import Combination, listed, named

__all__ = ["Levels", "levels_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Levels:
    """Every combination of the categories of a margin's variables, first variable slowest.

    Attributes
    ----------
    margin : Margin
    categories : tuple of tuple of codes
        Those of each variable, merged as the margin says; L is the product of their numbers.
    place : tuple of int arrays (K,)
        For each variable, which of these each category of the questionnaire is in.
    of_variable : int array (k, C)
        Place of each weighting cell in each variable's categories; -1 where it has no value.
    of_cell : int array (C,)
        Level of each weighting cell; -1 where any variable has no value.
    cases : int array (L,)
        Interviews.
    weight : float64 array (L,)
        Sums of the weights that enter the step.
    target : float64 array (L,)
        As declared; 0 where it is not.
    declared : bool array (L,)
        Whether there is a target.
    partial : bool array (L,)
        Merged levels of which some categories have respondents but no target.
    misnamed : bool
        Whether there are targets of codes that do not exist.
    """

    margin: Margin
    categories: tuple[tuple[CodeValue, ...], ...]
    place: tuple[npt.NDArray[np.intp], ...]
    of_variable: Places
    of_cell: Places
    cases: npt.NDArray[np.int64]
    weight: Floats
    target: Floats
    declared: npt.NDArray[np.bool_]
    partial: npt.NDArray[np.bool_]
    misnamed: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of categories of each variable."""
        return tuple(map(len, self.categories))

    @cached_property
    def codes(self) -> list[str]:
        """Codes of each level (L,), joined by ``|``."""
        return [named(codes) for codes in product(*self.categories)]

    def codes_at(self, place: int | np.integer) -> tuple[str, ...]:
        """Return the code of each variable at a level."""
        at = np.unravel_index(place, self.shape)
        return tuple(str(codes[one]) for codes, one in zip(self.categories, at, strict=True))

    @cached_property
    def unasked(self) -> npt.NDArray[np.bool_]:
        """Levels (L,) that have respondents but no target, or not all of it."""
        return np.asarray((self.cases > 0) & (~self.declared | self.partial))

    @cached_property
    def empty(self) -> npt.NDArray[np.bool_]:
        """Levels (L,) that have a target but no respondents."""
        return np.asarray((self.cases == 0) & (self.target > 0))

    @cached_property
    def weightless(self) -> npt.NDArray[np.bool_]:
        """Levels (L,) that have a target, and respondents who all weigh nothing."""
        return np.asarray((self.cases > 0) & (self.target > 0) & ~(self.weight > 0))

    @cached_property
    def zero(self) -> npt.NDArray[np.bool_]:
        """Levels (L,) that have respondents, and a target of 0 among others that are not."""
        return np.asarray(
            (self.cases > 0) & self.declared & (self.target == 0) & (self.target > 0).any()
        )

    @cached_property
    def unreachable(self) -> int:
        """Number of levels that do not fit."""
        return int((self.unasked | self.empty | self.weightless | self.zero).sum())

    def merging(self, axis: int, pair: tuple[int, int]) -> Levels:
        """Return the levels with two of a variable's categories taken together.

        Parameters
        ----------
        axis : int
            Place of the variable in the margin.
        pair : tuple of int
            Places of two of its levels; the new one stands where the first of them stood.
        """
        low, high = sorted(pair)
        size = self.shape[axis]
        place = np.arange(size)
        place[high] = low
        place[high + 1 :] -= 1
        codes = self.categories[axis]
        merge = combined(self.margin.merge.get(self.margin.of[axis], {}), (codes[low], codes[high]))
        new = list(merge)[-1]
        names = (*codes[:low], new, *(one for k, one in enumerate(codes) if k > low and k != high))
        return self._on(axis, place, names, merge)

    def _on(
        self,
        axis: int,
        place: npt.NDArray[np.intp],
        names: tuple[CodeValue, ...],
        merge: Mapping[str, Combination],
    ) -> Levels:
        at = list(np.indices(self.shape).reshape(len(self.shape), -1))
        at[axis] = place[at[axis]]
        shape = [*self.shape]
        shape[axis] = len(names)
        turned = np.ravel_multi_index(at, shape)
        size = prod(shape)
        name = self.margin.of[axis]
        of_variable = self.of_variable.copy()
        of_variable[axis] = np.append(place, -1)[of_variable[axis]]
        old = self.margin
        merges = {**old.merge, name: dict(merge)}
        return replace(
            self,
            margin=Margin(old.of, old.targets, missing=old.missing, merge=merges),
            categories=(*self.categories[:axis], names, *self.categories[axis + 1 :]),
            place=(*self.place[:axis], place[self.place[axis]], *self.place[axis + 1 :]),
            of_variable=of_variable,
            of_cell=np.where(self.of_cell < 0, -1, turned[self.of_cell]),
            cases=np.bincount(turned, self.cases, size).astype(np.int64),
            weight=summed(turned, self.weight, size),
            target=summed(turned, self.target, size),
            declared=summed(turned, self.declared.astype(np.float64), size) > 0,
            partial=summed(turned, self.unasked.astype(np.float64), size) > 0,
        )

    def problems(self, where: str, advise: Callable[[Places], str]) -> Iterator[Problem]:
        """Yield what does not fit: levels on one side only, and targets that cannot be reached.

        Parameters
        ----------
        where : str
            For messages.
        advise : function
            Words of advice on merging levels, given their places.
        """
        if self.unasked.any():
            yield self._missing(np.flatnonzero(self.unasked), where)
        if self.empty.any():
            places = np.flatnonzero(self.empty)
            wanted = [f"{self.codes[one]} (target {self.target[one]:g})" for one in places]
            yield Problem(
                "targets for levels that have no respondents",
                where=where,
                found=f"{listed(wanted)}; in the sample: {self._sample}",
                allowed="levels with respondents: nobody can stand for the others",
                advice=advise(places),
            )
        if self.weightless.any():
            yield Problem(
                "respondents whose weights are all 0 cannot reach a target",
                where=where,
                found=self._counted(np.flatnonzero(self.weightless)),
                advice="look at the base weights of these cases",
            )
        if self.zero.any():
            places = np.flatnonzero(self.zero)
            yield Problem(
                "a target of 0 for a level that has respondents",
                where=where,
                found=self._counted(places),
                allowed="a target above 0 where there are respondents",
                advice=f"give it its target, or {advise(places)}",
            )

    def _missing(self, places: Places, where: str) -> Problem:
        declared = [self.codes[place] for place in np.flatnonzero(self.declared)]
        part = bool(self.partial[places].any())
        advice = (
            "add their targets, merge them with other levels in the margin, or declare codes that "
            "are no answers as missing"
        )
        if part:
            advice = "give targets for all codes of a merged level, or one for the level itself"
        return Problem(
            "respondents of levels that have no target"
            + (" for some of the codes that are merged" if part else ""),
            where=where,
            found=f"{self._counted(places)}; in the sample: {self._sample}",
            allowed=f"levels with a target: {listed(declared)}",
            advice="correct the codes of the targets" if self.misnamed else advice,
        )

    @property
    def _sample(self) -> str:
        return self._counted(np.flatnonzero(self.cases > 0))

    def _counted(self, places: Places) -> str:
        return listed([f"{self.codes[place]} (n = {self.cases[place]})" for place in places])


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
        The problems are targets and merges of codes that do not exist, and targets that are no
        counts.
    """
    fitted = matched(margin, responses, columns, where)
    columns_of = [list(columns).index(name) for name in margin.of]
    sizes = tuple(one.place.size for one in fitted.levels)
    position = cells.position[:, columns_of]
    known = (position < np.array(sizes)).all(axis=1)
    whole = np.ravel_multi_index(tuple(position.T), sizes, mode="clip")[known]
    uncovered = np.bincount(whole, cells.cases[known], prod(sizes)).astype(bool) & ~fitted.covered
    turn = _turned(fitted.levels)
    of_cell = np.full(known.size, -1, dtype=np.intp)
    of_cell[known] = turn[whole]
    size = fitted.target.size
    levels = Levels(
        margin,
        tuple(one.codes for one in fitted.levels),
        tuple(one.place for one in fitted.levels),
        np.stack(
            [
                np.append(one.place, -1)[place]
                for one, place in zip(fitted.levels, position.T, strict=True)
            ]
        ),
        of_cell,
        np.bincount(of_cell[known], weights=cells.cases[known], minlength=size).astype(np.int64),
        summed(of_cell[known], weight[known], size),
        fitted.target,
        fitted.declared,
        (np.bincount(turn[uncovered], minlength=size) > 0) & fitted.declared,
        fitted.misnamed,
    )
    return levels, fitted.problems


def _turned(levels: Sequence[Merged]) -> Places:
    """Return the level of every combination of categories (K,), before any are merged."""
    at = np.meshgrid(*(one.place for one in levels), indexing="ij")
    return np.ravel_multi_index([one.ravel() for one in at], [len(one.codes) for one in levels])
