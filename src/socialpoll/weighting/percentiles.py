"""Percentiles of weights: of cases, of cells, or of rows that lie elsewhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import Repeats, Responses, ranked

__all__ = ["PERCENTILES", "percentiles_among", "percentiles_of_cells"]

Floats = npt.NDArray[np.float64]
PERCENTILES = (1, 5, 50, 95, 99)
SHARES = np.array([0, *PERCENTILES, 100]) / 100


def percentiles_among(weights: Floats, responses: Responses) -> Floats:
    """Return minimum, percentiles and maximum of the weights of cases that count.

    Where cases of a combination weigh the same, they follow from the combinations; where not, the
    engine is asked for those few weights that they lie between.

    Parameters
    ----------
    weights : float64 array (n,)
        Of cases, or sums of those of combinations. At least one is positive.
    responses : Responses

    Returns
    -------
    float64 array (7,)
        As ``numpy.percentile`` gives them for one value a case (Hyndman & Fan 1996, type 7).

    Raises
    ------
    EstimationError
        Where cases of combinations weigh differently, and are not at hand.
    """
    repeats, counted = responses.repeats, weights > 0
    if repeats is None:
        return np.asarray(np.percentile(weights[counted], SHARES * 100))
    grown = np.divide(weights, responses.base_weight, out=np.zeros_like(weights), where=counted)
    if (repeats.least == repeats.most)[counted].all():
        return percentiles_of_cells((repeats.least * grown)[counted], repeats.times[counted])
    return _where_they_lie(grown, repeats)


def percentiles_of_cells(factor: Floats, cases: npt.NDArray[np.integer]) -> Floats:
    """Return minimum, percentiles and maximum of a factor that is the same within cells.

    Parameters
    ----------
    factor : float64 array (C,)
        Of each cell.
    cases : int array (C,)
        Cases in each.

    Returns
    -------
    float64 array (7,)
        As ``numpy.percentile`` gives them for one value a case.
    """
    order = np.argsort(factor)
    last = np.cumsum(cases[order])
    if not last.size or not last[-1]:
        return np.full(SHARES.size, np.nan)
    place = SHARES * (last[-1] - 1)
    below = np.floor(place)
    low = factor[order][np.searchsorted(last, below, side="right")]
    high = factor[order][np.searchsorted(last, np.ceil(place), side="right")]
    return np.asarray(low + (high - low) * (place - below))


def _where_they_lie(grown: Floats, repeats: Repeats) -> Floats:
    """Return the same of weights that are so many times (n,) the base weights of rows."""
    if repeats.records is None:
        raise EstimationError(
            "percentiles of weights need the weight of each case, and the cases are not at hand",
            allowed="combinations of cases that weigh the same, or answers that are scanned",
            advice="look at the diagnostics of each wave, or bind the answers in memory",
        )
    counted = grown > 0
    count = int(repeats.times[counted].sum())
    place = SHARES * (count - 1)
    low, high = np.floor(place).astype(np.int64), np.ceil(place).astype(np.int64)
    smallest = float((repeats.least * grown)[counted].min())
    largest = float((repeats.most * grown)[counted].max())
    wanted = [*low.tolist(), *high.tolist()]
    found = ranked(repeats.records, grown, wanted, (smallest, largest), count)
    below, above = found[: place.size], found[place.size :]
    return np.asarray(below + (above - below) * (place - low))
