"""Multipliers of jackknife and bootstrap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError
from socialpoll.totals import Units
from socialpoll.weighting.replicating.multipliers import (
    Copies,
    Deleted,
    DeletedGroups,
    Drawn,
    replication_fact,
)
from socialpoll.weighting.replicating.replication import Bootstrap, Jackknife, Seed
from socialpoll.weighting.replicating.varying import Varying

__all__ = ["MOST_REPLICATES", "bootstrap", "jackknife", "jackknife_of_groups"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
MOST_REPLICATES = 5_000
"""Replicates beyond which a method that needs one a unit, or one a stratum, is refused."""
LARGEST_SEED = 2**63


def jackknife(method: Jackknife, units: Units, varying: Varying) -> Copies:
    """Leave out one unit a replicate; the replicates are in the order of strata, then units.

    Parameters
    ----------
    method : Jackknife
        Without groups.
    units : Units
    varying : Varying

    Returns
    -------
    Copies

    Raises
    ------
    WeightingError
        More units than 5,000.
    """
    replicates = varying.unit.size
    if replicates > MOST_REPLICATES:
        raise WeightingError(
            "a jackknife of very many units",
            where="jackknife",
            found=f"{replicates:,} sampling units",
            allowed=f"{MOST_REPLICATES:,} or fewer",
            advice="leave out random groups (groups = 100 and a seed), or use the bootstrap",
        )
    count, stratum = varying.count[varying.stratum], units.stratum.astype(np.intp)
    left = (varying.left * (varying.count - 1) / varying.count)[varying.stratum]
    multipliers = Deleted(stratum, varying.unit, count / (count - 1))
    single = varying.strata == 1
    scale, rscales = (float(left[0]), np.ones(replicates)) if single else (1.0, left)
    fact = replication_fact(
        method.method, "JK1" if single else "JKn", replicates, **varying.facts(units), scale=scale
    )
    return Copies(multipliers, scale, rscales, method.mse, fact)


def jackknife_of_groups(method: Jackknife, units: Units, varying: Varying) -> Copies:
    """Leave out one random group of units a replicate (Kott 2001).

    Groups take the units of each stratum in random order, one after another, and go on where the
    stratum before ended. A stratum with fewer units than groups has Kott's extension: where one
    of its n units is in the group, it counts 1 - (n - 1) Z times and the others 1 + Z times,
    Z² = G / ((G - 1) n (n - 1)).

    Parameters
    ----------
    method : Jackknife
        With groups.
    units : Units
    varying : Varying

    Returns
    -------
    Copies

    Raises
    ------
    WeightingError
        More groups than units, or than 5,000.
    """
    groups, seed = method.groups, method.seed
    if groups is None or seed is None:
        message = "a jackknife of groups has a number of groups and a seed"
        raise ValueError(message)
    most = min(varying.unit.size, MOST_REPLICATES)
    if groups > most:
        raise WeightingError(
            f"very many groups for {varying.unit.size:,} sampling units",
            where="jackknife, groups",
            found=f"{groups:,}",
            allowed=f"{most:,} or fewer",
        )
    group = _groups(varying, groups, seed)
    inside, outside = _set_back(varying, group, groups)
    multipliers = DeletedGroups(
        varying.clusters, varying.unit, varying.stratum, group, inside, outside
    )
    scale = (groups - 1) / groups
    fact = replication_fact(
        method.method,
        "groups",
        groups,
        **varying.facts(units),
        scale=scale,
        seed=_told(seed),
    )
    return Copies(multipliers, scale, np.ones(groups), method.mse, fact)


def bootstrap(method: Bootstrap, units: Units, varying: Varying) -> Copies:
    """Draw n - 1 units of n with replacement, and rescale (Rao, Wu & Yue 1992).

    Parameters
    ----------
    method : Bootstrap
    units : Units
    varying : Varying

    Returns
    -------
    Copies
    """
    draws = varying.count.astype(np.intp) - 1
    multipliers = Drawn(
        clusters=varying.clusters,
        unit=varying.unit,
        slope=varying.slope,
        ratio=(varying.count / (varying.count - 1))[varying.stratum],
        first=np.repeat(varying.first, draws),
        count=np.repeat(varying.count.astype(np.intp), draws),
        replicates=method.replicates,
        entropy=_entropy(method.seed),
    )
    scale = 1 / method.replicates
    fact = replication_fact(
        method.method,
        "rescaled",
        method.replicates,
        **varying.facts(units),
        scale=scale,
        seed=_told(method.seed),
    )
    return Copies(multipliers, scale, np.ones(method.replicates), mse=True, fact=fact)


def _entropy(seed: Seed) -> tuple[int, ...]:
    """Return what random numbers start from; a generator gives two numbers of its own."""
    if isinstance(seed, np.random.Generator):
        return tuple(int(one) for one in seed.integers(LARGEST_SEED, size=2))
    return (int(seed),)


def _told(seed: Seed) -> int | None:
    return None if isinstance(seed, np.random.Generator) else int(seed)


def _groups(varying: Varying, groups: int, seed: Seed) -> Places:
    seeds = np.random.SeedSequence(_entropy(seed))
    chance = np.random.Generator(np.random.PCG64(seeds)).random(varying.unit.size)
    group = np.empty(varying.unit.size, dtype=np.intp)
    group[np.lexsort((chance, varying.stratum))] = np.arange(group.size) % groups
    return group


def _set_back(varying: Varying, group: Places, groups: int) -> tuple[Floats, Floats]:
    """Return multipliers (H, G) of units in the group of a replicate, and of those outside."""
    strata = varying.count.size
    placed = np.bincount(varying.stratum * groups + group, minlength=strata * groups)
    members = placed.reshape(strata, groups).astype(np.float64)
    n, slope = varying.count[:, None], np.sqrt(varying.left)[:, None]
    few = n < groups
    z = np.sqrt(groups / ((groups - 1) * n * (n - 1)))
    # A stratum with as many units as groups has none that is wholly in one group.
    up = np.where(few, z * (members > 0), members / np.where(few, 1.0, n - members))
    down = np.where(few, (n - 1) * z, 1.0)
    return np.broadcast_to(1 - slope * down, members.shape), 1 + slope * up
