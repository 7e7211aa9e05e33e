"""Finite population corrections: the sampling fraction of each stratum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.responses.counting import ONE_EACH, Counting
from socialpoll.responses.levels import Codes

__all__ = ["SHOWN", "fractions_of", "listed", "units_by_stratum"]

Floats = npt.NDArray[np.float64]
SHOWN = 5


def fractions_of(
    declared: Floats,
    fpc_as: str,
    stratum: Codes,
    sampled_in: Callable[[], npt.NDArray[np.int64]],
    name_of: Callable[[int], str],
    counting: Counting,
) -> tuple[Floats, list[Problem]]:
    """Return the sampling fraction of each case's stratum.

    Parameters
    ----------
    declared : float64 array (n,)
        Population counts of units, or sampling fractions.
    fpc_as : {"count", "fraction"}
        Which of the two.
    stratum : int32 array (n,)
        Stratum of the stage.
    sampled_in : callable
        Returns the number of sampled units of each stratum.
    name_of : callable
        Names a stratum, given its number.
    counting : Counting
        How many cases each row stands for.

    Returns
    -------
    tuple of (float64 array (n,), list of Problem)
        Counts N_h become n_h / N_h, with n_h the sampled units of the stratum over all rows.
    """
    missing = ~np.isfinite(declared)
    if missing.any():
        what = f"the finite population correction is no number in {_rows(missing, counting)}"
        return declared, [Problem(what, advice="give every case the value of its stratum")]
    strata = int(stratum.max(initial=0)) + 1
    value = np.zeros(strata)
    value[stratum] = declared
    mixed = np.unique(stratum[declared != value[stratum]])
    if mixed.size:
        what = "the finite population correction is not the same throughout a stratum"
        advice = "give one value a stratum; say fpc_as = 'count' or 'fraction' as the column holds"
        return declared, [Problem(what, found=listed(mixed, name_of), advice=advice)]
    if fpc_as == "fraction":
        wrong = np.flatnonzero((value <= 0) | (value > 1))
        if wrong.size:
            what = "a sampling fraction is not above 0 and at most 1"
            return declared, [Problem(what, found=listed(wrong, name_of, value), advice=_OTHER)]
        return declared, []
    sampled = sampled_in()
    short = np.flatnonzero(value < sampled)
    if short.size:
        what = "a stratum has more sampled units than its population count"
        shown = listed(short, lambda one: f"{name_of(one)} (sampled {sampled[one]})", value)
        return declared, [Problem(what, found=shown, advice=_OTHER)]
    return (sampled / np.maximum(value, 1))[stratum], []


_OTHER = "correct the column, or say with fpc_as whether it holds counts or fractions"


def units_by_stratum(
    unit: Codes, stratum: Codes, counting: Counting = ONE_EACH
) -> npt.NDArray[np.int64]:
    """Count the units of each stratum, over all rows; rows of several cases are as many units."""
    strata = int(stratum.max(initial=0)) + 1
    if counting.times is not None:
        return counting.by_place(stratum, strata)
    of_unit = np.zeros(int(unit.max(initial=0)) + 1, dtype=np.int32)
    of_unit[unit] = stratum
    return np.bincount(of_unit, minlength=strata)


def listed(
    numbers: npt.NDArray[np.integer], name_of: Callable[[int], str], value: Floats | None = None
) -> str:
    """Name a few strata or clusters, with their values, and say how many more there are."""
    shown = [
        name_of(int(one)) + (f" = {value[one]:g}" if value is not None else "")
        for one in numbers[:SHOWN]
    ]
    more = len(numbers) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _rows(missing: npt.NDArray[np.bool_], counting: Counting) -> str:
    count = counting.number(missing)
    return counting.told(missing, f"{count} row{'s' if count > 1 else ''}")
