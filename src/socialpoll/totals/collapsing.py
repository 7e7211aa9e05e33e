"""Joining strata of one cluster with the most similar strata."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["joined_strata", "pooled_fractions"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]


def joined_strata(
    alone: npt.NDArray[np.intp], fraction: Floats, similar: Floats, wave: Places
) -> Places | None:
    """Join each lonely stratum with the most similar one (Wolter 2007, §2.5).

    Strata that were taken completely join none. Of equally similar strata the neighbour in order is
    taken, and of two neighbours the first. A lonely stratum that another one has joined stays so.

    Parameters
    ----------
    alone : int array
        Strata of one cluster, in order.
    fraction : float64 array (G,)
        Sampling fraction of each stratum; 0 without a finite population.
    similar : float64 array (G,)
        Place of each stratum on the scale of similarity.
    wave : int32 array (G,)
        Wave of each stratum; strata of different waves are never joined.

    Returns
    -------
    int32 array (G,) or None
        New number of each stratum, in the order of the old ones; None where one has no partner.
    """
    leader = np.arange(fraction.size)
    for stratum in alone:
        if np.count_nonzero(leader == leader[stratum]) > 1:
            continue
        open_to_it = (fraction < 1) & (wave == wave[stratum])
        open_to_it[stratum] = False
        others = np.flatnonzero(open_to_it)
        if not others.size:
            return None
        apart, away = np.abs(similar[others] - similar[stratum]), np.abs(others - stratum)
        partner = others[np.lexsort((others, away, apart))[0]]
        first, second = sorted((int(leader[stratum]), int(leader[partner])))
        leader[leader == second] = first
    number: npt.NDArray[np.intp] = np.unique(leader, return_inverse=True)[1]
    return number.astype(np.int32)


def pooled_fractions(number: Places, count: Floats, fraction: Floats) -> tuple[Floats, Floats]:
    """Return units and sampling fraction of joined strata: Σ n over Σ N; 0 where an N is unknown.

    Parameters
    ----------
    number : int32 array (G,)
        New number of each stratum.
    count, fraction : float64 array (G,)
        Sampled units and sampling fraction of each.
    """
    size = int(number.max(initial=-1)) + 1
    units = np.bincount(number, weights=count, minlength=size).astype(np.float64)
    with np.errstate(divide="ignore"):
        population = np.bincount(number, weights=count / fraction, minlength=size)
    return units, units / population
