"""Merges that would help a step, ranked by the design effect they save."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.schema import Bands, Boxes, Grouping, Questionnaire, Scale, TimeOfDay
from socialpoll.weighting.levels import Levels
from socialpoll.weighting.linting.predicting import Sample, design_effect
from socialpoll.weighting.merges import merge_text
from socialpoll.weighting.targeting.codes import named

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SMALL", "Proposal", "Proposals", "proposals_frame"]

Places = npt.NDArray[np.intp]
Pair = tuple[int, int]
Codes = tuple[str, str]
SMALL = 30
"""Respondents of a level below which its factor is mostly chance."""
WORTH = 0.005
"""Design effect that a merge has to save to be worth a word."""
ADVISED = 3
COLUMNS = (
    "step",
    "margin",
    "variable",
    "codes",
    "level",
    "n",
    "deff_before",
    "deff_after",
    "saves",
    "unreachable",
    "recipe",
)
FEWEST = 2
"""Levels that a variable must keep: to merge them is to leave it out, which is another matter."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A merge of two levels, as one margin writes it.

    Attributes
    ----------
    step : int
        Counted from 1.
    margin, variable : str
    codes : tuple of str
        The two levels.
    level : str
        What they become.
    n : int
        Interviews in it.
    deff_before, deff_after : float
        1 + CV² of the weights after the step. Infinite before where not all can be reached; NaN
        after where the margins cannot be reached together.
    unreachable : int
        Levels of the step that still cannot be reached after it.
    also : tuple of str
        Other margins of the variable, which merge the same two: what is foretold is of all.
    recipe : str
        The line for the margin in the recipe.
    """

    step: int
    margin: str
    variable: str
    codes: tuple[str, str]
    level: str
    n: int
    deff_before: float
    deff_after: float
    unreachable: int
    also: tuple[str, ...]
    recipe: str

    @property
    def saves(self) -> float:
        """The difference; infinite where the merge makes the step possible."""
        return self.deff_before - self.deff_after

    @property
    def rank(self) -> tuple[int, float]:
        """What it is sorted by, the best first."""
        after = self.deff_after
        return (self.unreachable, math.inf if math.isnan(after) else after)


class Proposals:
    """All merges that are worth it for the margins of a step.

    Parameters
    ----------
    number : int
        Of the step, from 1.
    questionnaire : Questionnaire
        Tells which variables are ordered.
    sample : Sample
    margins : sequence of Levels
    """

    def __init__(
        self, number: int, questionnaire: Questionnaire, sample: Sample, margins: Sequence[Levels]
    ) -> None:
        self.number = number
        self.questionnaire = questionnaire
        self.sample = sample
        self.margins = margins

    @cached_property
    def deff(self) -> float:
        """1 + CV² of the weights after the step; infinite where it cannot reach all its targets."""
        if any(one.unreachable for one in self.margins):
            return math.inf
        deff = design_effect(self.sample, self.margins)
        return math.inf if math.isnan(deff) else deff

    @cached_property
    def ranked(self) -> tuple[Proposal, ...]:
        """The best first: those that leave the fewest levels out of reach, then by deff."""
        unreachable = sum(one.unreachable for one in self.margins)
        found = [one for merge in self._merges() for one in self._proposals(merge)]
        worth = [
            one
            for one in found
            if one.unreachable < unreachable
            or (unreachable == one.unreachable == 0 and one.saves >= WORTH)
        ]
        return tuple(sorted(worth, key=lambda one: one.rank))

    def adviser(self, levels: Levels) -> Callable[[Places], str]:
        """Return a function that words the best merges for levels of a margin."""
        return lambda places: self._advice(levels, places)

    def _advice(self, levels: Levels, places: Places) -> str:
        own = [one for one in self.ranked if one.margin == levels.margin.name]
        best: dict[str, Proposal] = {}
        for place in places[:ADVISED]:
            codes = levels.codes_at(place)
            for one in own:
                axis = levels.margin.of.index(one.variable)
                if codes[axis] in one.codes:
                    best.setdefault(one.recipe, one)
                    break
        if not best:
            crossed = ", or leave one out of the crossing" if len(levels.margin.of) > 1 else ""
            return f"group {' or '.join(levels.margin.of)} more coarsely{crossed}"
        words = [
            f"merge {' with '.join(one.codes)}, best by the design effect"
            f"{_foretold(one.deff_after)}: write {one.recipe} in the margin"
            f"{', and merge them likewise in ' + ' and '.join(one.also) if one.also else ''}"
            for one in best.values()
        ]
        return "; and ".join(words)

    def _is_ordered(self, name: str) -> bool:
        variable = self.questionnaire[name]
        if isinstance(variable, Grouping):
            return self._is_ordered(variable.of)
        return isinstance(variable, Scale | Bands | Boxes | TimeOfDay)

    def _merges(self) -> Iterator[_Merge]:
        """Yield every two levels of a variable that might be merged, with the margins that can."""
        axes: dict[str, dict[int, int]] = {}
        for place, levels in enumerate(self.margins):
            for axis, name in enumerate(levels.margin.of):
                axes.setdefault(name, {})[place] = axis
        for name, used in axes.items():
            is_ordered = self._is_ordered(name)
            pairs = dict.fromkeys(
                pair
                for place, axis in used.items()
                for pair in _candidates(self.margins[place], axis, is_ordered=is_ordered)
            )
            for codes in pairs:
                at = {
                    place: (axis, pair)
                    for place, axis in used.items()
                    if (pair := _places(self.margins[place], axis, codes)) is not None
                }
                yield _Merge(name, codes, at)

    def _proposals(self, merge: _Merge) -> Iterator[Proposal]:
        """Yield a merge as each of its margins writes it."""
        margins = list(self.margins)
        for place, (axis, pair) in merge.at.items():
            margins[place] = margins[place].merging(axis, pair)
        deff = design_effect(self.sample, margins)
        unreachable = sum(one.unreachable for one in margins)
        names = [margins[place].margin.name for place in merge.at]
        for place, (axis, pair) in merge.at.items():
            levels, new = margins[place], min(pair)
            yield Proposal(
                step=self.number,
                margin=levels.margin.name,
                variable=merge.variable,
                codes=merge.codes,
                level=str(levels.categories[axis][new]),
                n=int(_along(levels, levels.cases, axis)[new]),
                deff_before=self.deff,
                deff_after=deff,
                unreachable=unreachable,
                also=tuple(one for one in names if one != levels.margin.name),
                recipe=merge_text(levels.margin.of, levels.margin.merge),
            )


class _Merge(NamedTuple):
    """Two levels of a variable, and where they stand: margin to axis and places."""

    variable: str
    codes: Codes
    at: dict[int, tuple[int, Pair]]


def proposals_frame(proposals: Sequence[Proposal]) -> pd.DataFrame:
    """Return proposals as a frame, in their order."""
    import pandas as pd

    numbers = {"step": "int64", "n": "int64", "unreachable": "int64"}
    reals = dict.fromkeys(("deff_before", "deff_after", "saves"), "float64")
    rows = [
        [named(one.codes) if name == "codes" else getattr(one, name) for name in COLUMNS]
        for one in proposals
    ]
    words = dict.fromkeys([one for one in COLUMNS if one not in numbers | reals], "object")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(numbers | reals | words)


def _candidates(levels: Levels, axis: int, *, is_ordered: bool) -> Iterator[Codes]:
    """Yield neighbours on an ordered scale, else pairs of which one is small or out of reach."""
    size = levels.shape[axis]
    if size <= FEWEST:
        return
    codes = [str(one) for one in levels.categories[axis]]
    if is_ordered:
        yield from pairwise(codes)
        return
    scarce = (levels.cases < SMALL) & (levels.target > 0) | levels.zero
    small = _along(levels, scarce.astype(np.int64), axis) > 0
    for (low, first), (high, second) in combinations(enumerate(codes), 2):
        if small[low] or small[high]:
            yield first, second


def _places(levels: Levels, axis: int, pair: Codes) -> Pair | None:
    """Return where two codes stand among the levels of a margin, if they can be merged there."""
    codes = [str(one) for one in levels.categories[axis]]
    if len(codes) <= FEWEST or not set(pair) <= set(codes):
        return None
    return codes.index(pair[0]), codes.index(pair[1])


def _foretold(deff: float) -> str:
    return "" if math.isnan(deff) else f" (then {deff:.2f})"


def _along(levels: Levels, values: npt.NDArray[np.integer], axis: int) -> npt.NDArray[np.int64]:
    """Sum values (L,) over all variables of a margin but one."""
    others = tuple(one for one in range(len(levels.shape)) if one != axis)
    return np.asarray(values.reshape(levels.shape).sum(axis=others), dtype=np.int64)
