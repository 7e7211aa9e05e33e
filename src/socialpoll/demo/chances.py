"""Chances of an answer for each kind of citizen, such that the whole population meets shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.demo.citizens import INTENSITIES

__all__ = ["AGE", "EDUCATION", "GOVERNORATE", "INTENSITY", "SEX", "Leaning", "chances"]

Floats: TypeAlias = npt.NDArray[np.float64]

GOVERNORATE, SEX, AGE, EDUCATION, INTENSITY = range(5)
CLOSE_ENOUGH = 1e-12
SWEEPS = 200
WIDEST = 30.0
HALVINGS = 70


@dataclass(frozen=True, slots=True)
class Leaning:
    """How the log-odds of an answer differ between kinds of citizens; all of it assumed.

    Attributes
    ----------
    female : float
        Of women against men.
    age : tuple of float
        Of each age group.
    education : tuple of float
        Of each education group.
    intensity : float
        Of each step of intensity.
    governorate : tuple of float
        Of each governorate, in official order.
    """

    female: float = 0.0
    age: tuple[float, float, float] = (0.0, 0.0, 0.0)
    education: tuple[float, float, float] = (0.0, 0.0, 0.0)
    intensity: float = 0.0
    governorate: tuple[float, ...] = (0.0,)

    @property
    def scores(self) -> Floats:
        """Sums of all effects, broadcastable to the axes of the population."""
        effects = (
            (GOVERNORATE, self.governorate),
            (SEX, (0.0, self.female)),
            (AGE, self.age),
            (EDUCATION, self.education),
            (INTENSITY, [self.intensity * step for step in INTENSITIES]),
        )
        total = np.zeros((1,) * len(effects))
        for axis, values in effects:
            total = total + np.moveaxis(np.array(values).reshape(-1, 1, 1, 1, 1), 0, axis)
        return total


def logistic(scores: Floats) -> Floats:
    """Turn log-odds into chances."""
    return np.asarray(1 / (1 + np.exp(-scores)))


def chances(
    leaning: Leaning, persons: Floats, shares: dict[int | None, tuple[float, ...]]
) -> Floats:
    """Find the chances that follow a leaning and meet shares of the population.

    One offset a level is added to the log-odds, margin by margin, until all margins are met:
    iterative proportional fitting (Deming & Stephan 1940) on the scale of log-odds.

    Parameters
    ----------
    leaning : Leaning
        Differences between kinds.
    persons : float64 array
        How many of each kind may give the answer.
    shares : dict of axis to tuple of float
        Share of ``persons`` that give it, for each level of an axis; the axis ``None`` is
        everybody.

    Returns
    -------
    float64 array
        Chance of each kind, shaped as ``persons``.

    Raises
    ------
    ValueError
        The shares contradict each other.
    """
    scores = np.broadcast_to(leaning.scores, persons.shape).copy()
    for _ in range(SWEEPS):
        farthest = 0.0
        for axis, targets in shares.items():
            for level, target in enumerate(targets):
                inside = _level(axis, level)
                shift = _shift(scores[inside], persons[inside], target)
                scores[inside] += shift
                farthest = max(farthest, abs(shift))
        if farthest < CLOSE_ENOUGH:
            return logistic(scores)
    message = f"no chances meet all of {shares}"
    raise ValueError(message)


def _level(axis: int | None, level: int) -> tuple[slice | int, ...]:
    if axis is None:
        return (slice(None),)
    return (*(slice(None),) * axis, level)


def _shift(scores: Floats, persons: Floats, target: float) -> float:
    """Find by bisection what must be added to log-odds for their mean chance to be the target."""
    low, high = -WIDEST, WIDEST
    wanted = target * float(persons.sum())
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if float((persons * logistic(scores + middle)).sum()) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
