"""How replicates of the sample are to be made: the same words in Python and in a poll file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

import numpy as np

from socialpoll.errors import WeightingError
from socialpoll.weighting.replicating.supplied import GivenReplicates

__all__ = [
    "BalancedRepeated",
    "Bootstrap",
    "Jackknife",
    "Replication",
    "Seed",
    "SuccessiveDifference",
]

Seed: TypeAlias = int | np.random.Generator
LEAST_GROUPS = 2
LEAST_REPLICATES = 4


@dataclass(frozen=True)
class Jackknife:
    """Leave out the first-stage units in turn: JK1 without strata, JKn with (Wolter 2007, ch. 4).

    The other units of the stratum count n_h / (n_h - 1) times. Finite populations enter through the
    factors of the squared deviations, (1 - f_h) (n_h - 1) / n_h. Strata that were taken completely
    vary no further and have no replicate.

    A stratum with one unit is settled by the design's ``lonely``: with ``certainty`` it has no
    replicate, with ``average`` neither and the others count for it, with ``collapse`` the joined
    strata are used. ``centered`` compares it with units of other strata, which no replicate can do:
    that is an error.

    Parameters
    ----------
    groups : int, optional
        Leave out random groups of units instead, at least 2 (Kott 2001, Journal of Official
        Statistics 17:521): so many replicates, however many units. Finite populations then enter
        through the copies, and ``average`` is an error as well.
    seed : int or numpy.random.Generator, optional
        For the random groups, and needed with them. A generator moves on with every use.
    mse : bool
        Whether deviations are taken from the estimate of the full sample rather than from the mean
        of the replicates, as R's option of that name.

    Raises
    ------
    WeightingError
        Fewer than 2 groups; groups without a seed, or a seed without groups.
    """

    method: ClassVar[Literal["jackknife"]] = "jackknife"
    groups: int | None = None
    seed: Seed | None = None
    mse: bool = False

    def __post_init__(self) -> None:
        if self.groups is None:
            if self.seed is not None:
                raise WeightingError(
                    "a seed, but nothing is drawn at random",
                    where="jackknife, seed",
                    advice="leave it out, or say how many random groups",
                )
            return
        _require_least("jackknife, groups", self.groups, LEAST_GROUPS)
        if self.seed is None:
            raise WeightingError(
                "random groups without a seed",
                where="jackknife, seed",
                advice="give a number, so that the groups can be made again",
            )
        _require_seed("jackknife, seed", self.seed)


@dataclass(frozen=True)
class Bootstrap:
    """Draw first-stage units with replacement, n_h - 1 in each stratum, and rescale.

    A unit drawn t times counts t n_h / (n_h - 1) times (Rao, Wu & Yue 1992, Survey Methodology
    18:209). The variance is the mean squared deviation from the estimate of the full sample. With a
    finite population deviations of copies from 1 are multiplied by √(1 - f_h), which multiplies the
    variance of a total by 1 - f_h.

    Each replicate has random numbers of its own: with one seed, the first replicates of many are
    the replicates of few. They go to the clusters in the order of strata and of the clusters'
    labels, so the order of rows does not matter; cases that are units themselves are in the order
    of the data.

    A stratum with one unit is settled by the design's ``lonely``: with ``certainty`` its copy is 1,
    with ``collapse`` the joined strata are used; ``average`` and ``centered`` are errors.

    Parameters
    ----------
    replicates : int
        At least 2.
    seed : int or numpy.random.Generator
        A generator moves on with every use.

    Raises
    ------
    WeightingError
        Fewer than 2 replicates, or a seed that is none.
    """

    method: ClassVar[Literal["bootstrap"]] = "bootstrap"
    replicates: int = 500
    seed: Seed = field(kw_only=True)

    def __post_init__(self) -> None:
        _require_least("bootstrap, replicates", self.replicates, 2)
        _require_seed("bootstrap, seed", self.seed)


@dataclass(frozen=True)
class BalancedRepeated:
    """Take one of the two units of every stratum, by the rows of a Hadamard matrix.

    Balanced repeated replication (McCarthy 1969; Wolter 2007, ch. 3) in full balance: as many
    replicates as the order of the smallest Hadamard matrix that is larger than the number of
    strata. The unit taken counts 2 - ``fay`` times, the other ``fay`` times (Judkins 1990, Journal
    of Official Statistics 6:223). With a finite population deviations of copies from 1 are
    multiplied by √(1 - f_h).

    A stratum with one unit is settled as for :class:`Bootstrap`; every other stratum, or joined
    stratum, must have two.

    Parameters
    ----------
    fay : float
        At least 0, below 1.
    mse : bool
        Whether deviations are taken from the estimate of the full sample, or, as by default in R,
        from the mean of the replicates.

    Raises
    ------
    WeightingError
        Another factor.
    """

    method: ClassVar[Literal["balanced_repeated"]] = "balanced_repeated"
    fay: float = 0.0
    mse: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.fay < 1:
            raise WeightingError(
                "a factor of Fay's method that is out of range",
                where="balanced_repeated, fay",
                found=f"{self.fay:g}",
                allowed="at least 0, below 1",
            )


@dataclass(frozen=True)
class SuccessiveDifference:
    """Compare each unit with the next, for systematic samples of an ordered list.

    Successive difference replication (Fay & Train 1995; Ash 2014, Survey Methodology 40:47): a
    unit counts 1 + (a - b) / √8 times, where a and b are entries of two rows of a Hadamard matrix,
    and shares one of them with the next unit; the last unit of a stratum is followed by its first.
    Deviations are taken from the estimate of the full sample. With a finite population deviations
    of copies from 1 are multiplied by √(1 - f_h).

    With more replicates than units, the variance of a total is exactly that of successive
    differences, ½ (1 - f_h) Σ (z_i - z_i+1)². With fewer, rows are used again, in steps of another
    size each time (Ash 2014, row assignment 1), and that holds on average.

    **The order of units is the order of the data**: of first rows, where units have several. A
    stratum with one unit is settled as for :class:`Bootstrap`.

    Parameters
    ----------
    replicates : int
        At least 4; raised to the next order of a Hadamard matrix.

    Raises
    ------
    WeightingError
        Fewer than 4 replicates.
    """

    method: ClassVar[Literal["successive_difference"]] = "successive_difference"
    replicates: int = 80

    def __post_init__(self) -> None:
        _require_least("successive_difference, replicates", self.replicates, LEAST_REPLICATES)


Replication: TypeAlias = (
    Jackknife | Bootstrap | BalancedRepeated | SuccessiveDifference | GivenReplicates
)
"""How replicates are made; each class has its word in ``method``."""


def _require_least(where: str, number: object, least: int) -> None:
    if isinstance(number, bool) or not isinstance(number, int | np.integer) or number < least:
        raise WeightingError(
            "a number that is too small, or not whole",
            where=where,
            found=repr(number),
            allowed=f"{least} or more",
        )


def _require_seed(where: str, seed: object) -> None:
    whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool) and seed >= 0
    if not (whole or isinstance(seed, np.random.Generator)):
        raise WeightingError(
            "a seed that is none",
            where=where,
            found=repr(seed),
            allowed="a whole number from 0, or a numpy.random.Generator",
        )
