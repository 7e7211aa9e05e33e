"""What a plan says of sets of platforms: whom they reach, and how they compare.

Each is told of one audience.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Loss", "Reached", "Shared", "Step"]


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Whom a set of platforms reaches.

    Attributes
    ----------
    options : tuple of str
        Codes of the platforms, in the order of the questionnaire.
    observed : float
        The potential reach: the share of the audience that uses one of them at least, as estimated.
    optimism : float or None
        How much of it is to be expected from having chosen the set for its reach.
    expected : float
        The observed share less the optimism, and not below 0.
    low, high : float or None
        Its confidence interval, less the optimism too; between 0 and 1.
    cost : float or None
        The sum of the costs of its platforms; None where there are none.
    """

    options: tuple[str, ...]
    observed: float
    optimism: float | None
    expected: float
    low: float | None
    high: float | None
    cost: float | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """The best set of a size, and what it adds to the best of one platform less.

    Attributes
    ----------
    reached : Reached
    gain, low, high, p : float or None
        None for the smallest size; limits and p, adjusted for all steps, where they are known.
    tells : bool or None
        Whether it reaches significantly more; None where that was not tested.
    """

    reached: Reached
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    tells: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What is lost where one platform of the chosen set is dropped.

    Attributes
    ----------
    option : str
        Code of the platform.
    loss, low, high, p : float or None
        Of the share that is reached; limits and p, adjusted for all platforms, where they are
        known.
    tells : bool or None
        Whether significantly less is reached without it; None where that was not tested.
    """

    option: str
    loss: float
    low: float | None = None
    high: float | None = None
    p: float | None = None
    tells: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Shared:
    """The platforms chosen for everybody, in an audience, beside those chosen for it.

    Attributes
    ----------
    reached : Reached
        As observed, for they were not chosen for this audience; where they were, the chosen set.
    loss, low, high, p : float or None
        How much less they reach than the own set as observed: 0 where they are the same, below 0
        where the own set is one that reaches less at lower cost. Limits and p where they are known.
    tells : bool or None
        Whether they reach significantly less; None where that was not tested, or the figure is of
        low reliability. The own set was chosen for its reach, so that it does not tell is the safer
        of the two.
    """

    reached: Reached
    loss: float
    low: float | None = None
    high: float | None = None
    p: float | None = None
    tells: bool | None = None
