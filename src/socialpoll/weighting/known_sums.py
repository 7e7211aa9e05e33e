"""Groups whose weights sum to what is known of the population, whoever knows it.

Every margin of a recipe makes some: its targets are published figures. So do strata of a selection,
and categories of a reference, where the weights of their interviews still come to their size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from socialpoll.responses import Categorical, Responses, Scan
from socialpoll.totals import Basis, Mass, Present, rows_of
from socialpoll.weighting.benchmarks import APART
from socialpoll.weighting.declared import ReferencePropensity, Selection
from socialpoll.weighting.lacking import MISSING_LEVEL
from socialpoll.weighting.margins import MarginOutcome
from socialpoll.weighting.merges import Merges
from socialpoll.weighting.replicating.replicates import Replicates
from socialpoll.weighting.targeting.codes import JOINT, named
from socialpoll.weighting.targeting.targets import Targets
from socialpoll.weighting.waves import Waves
from socialpoll.weighting.weights import Weights

__all__ = ["KnownSum", "known_sums"]

Source: TypeAlias = Weights | Waves | Replicates | Responses | Scan
ELSEWHERE = "made elsewhere"


@dataclass(frozen=True, slots=True)
class KnownSum:
    """A group whose weights sum to a known figure.

    Attributes
    ----------
    wave : str
        Empty where the poll was taken once.
    step : str
        What made its weights so, for messages: ``step 2 (rake)``.
    margin, group : str
        Variables and codes, joined by ``|``.
    codes : tuple of tuple of str
        For each variable the codes that the group takes together.
    cases : int
        Interviews.
    weight : float or None
        Sum of their weights after all steps; None where it is only part of the known figure.
    squares : float or None
        Sum of the squares of these; of everybody alone, whose effective number is told.
    """

    wave: str
    step: str
    margin: str
    group: str
    codes: tuple[tuple[str, ...], ...]
    cases: int
    weight: float | None
    squares: float | None = None

    @property
    def everybody(self) -> bool:
        """Whether it is no group but all interviews."""
        return not self.margin


def known_sums(source: Source) -> tuple[KnownSum, ...]:
    """Return everybody, and the groups of a source whose weights sum to known figures.

    Parameters
    ----------
    source : Weights, Waves, Replicates, Responses or Scan
        Of waves each has its own; of responses, whose base weights are as they came, nothing is
        known.

    Notes
    -----
    Totals and means of numbers are of no group; interviews without a value are no group of the
    population.
    """
    match source:
        case Waves():
            return tuple(
                replace(one, wave=name)
                for name, each in source.sources.items()
                for one in known_sums(each)
            )
        case Replicates():
            return known_sums(source.weights)
        case Weights():
            own = _of_margins(source), _of_sizes(source), _of_elsewhere(source)
            return (_of_all(source), *(one for several in own for one in several))
        case _:
            return ()


def _of_all(weights: Weights) -> KnownSum:
    engine, everybody = rows_of(weights.responses, weights.mass), Basis(Present(()))
    cases, total, squares = (
        float(engine.cells(everybody, moment)[0, 0]) for moment in ("cases", "weight", "squared")
    )
    return KnownSum("", "", "", "", (), int(cases), total, squares)


def _of_margins(weights: Weights) -> Iterator[KnownSum]:
    for outcome in weights.outcomes:
        if outcome.amount is not None:
            continue
        step = weights.recipe.steps[outcome.step - 1]
        merges = {one.name: one.merge for one in step.margins}
        yield from _of_outcome(outcome, _place(outcome.step, step.step), merges[outcome.name])


def _of_outcome(outcome: MarginOutcome, step: str, merges: Merges) -> Iterator[KnownSum]:
    of = outcome.name.split(JOINT)
    for group, cases, final in zip(
        outcome.codes, outcome.cases.tolist(), outcome.final.tolist(), strict=True
    ):
        if group == MISSING_LEVEL or not cases:
            continue
        levels = zip(of, group.split(JOINT), strict=True)
        codes = tuple(_parts(merges.get(name, {}), level) for name, level in levels)
        weight = final if outcome.mix is None else None
        yield KnownSum("", step, outcome.name, group, codes, cases, weight)


def _parts(merge: Mapping[str, Sequence[object]], level: str) -> tuple[str, ...]:
    return tuple(str(one) for one in merge.get(level, (level,)))


def _of_sizes(weights: Weights) -> Iterator[KnownSum]:
    """Yield strata and categories of a reference whose interviews weigh what all of them are."""
    for number, step in enumerate(weights.recipe.steps, start=1):
        sizes: list[tuple[tuple[str, ...], Mapping[str, float]]] = []
        if isinstance(step, Selection) and step.of is not None and step.sizes is not None:
            sizes = [(step.of, {named(codes): size for codes, size in step.sizes.items()})]
        elif isinstance(step, ReferencePropensity):
            sizes = [((name,), _summed(step.targets, place)) for place, name in enumerate(step.of)]
        for names, known in sizes:
            for one in _groups(weights, names, _place(number, step.step)):
                if one.weight is not None and _near(one.weight, known.get(one.group, 0.0)):
                    yield one


def _summed(targets: Targets, place: int) -> dict[str, float]:
    """Return the persons by the codes of one variable of a crossing."""
    found: dict[str, float] = {}
    for codes, persons in targets.items():
        found[str(codes[place])] = found.get(str(codes[place]), 0.0) + persons
    return found


def _near(weight: float, known: float) -> bool:
    return abs(weight - known) <= APART * known


def _of_elsewhere(weights: Weights) -> Iterator[KnownSum]:
    """Yield the groups of margins to which weights were made that came with the answers."""
    fact = weights.methodology.fact("weighting", "made_elsewhere") or {}
    margins = fact.get("margins")
    for margin in margins if isinstance(margins, tuple) else ():
        yield from _groups(weights, tuple(str(margin).split(JOINT)), ELSEWHERE)


def _groups(weights: Weights, names: tuple[str, ...], step: str) -> Iterator[KnownSum]:
    """Yield the groups of interviews that variables make, with what they weigh."""
    responses, values = weights.responses, weights.mass.forward()
    cells = rows_of(responses, Mass(values)).distinct(names, values > 0)
    columns = [responses.columns[name] for name in names]
    codes = [
        [str(one.code) for one in column.categories]
        for column in columns
        if isinstance(column, Categorical)
    ]
    known = (cells.position < np.array([len(one) for one in codes])).all(axis=1)
    sums = cells.sums(values)
    for place in np.flatnonzero(known):
        at = cells.position[place].tolist()
        group = tuple(own[here] for own, here in zip(codes, at, strict=True))
        cases, weight = int(cells.cases[place]), float(sums[place])
        yield KnownSum(
            "", step, named(names), named(group), tuple((one,) for one in group), cases, weight
        )


def _place(number: int, word: str) -> str:
    return f"step {number} ({word})"
