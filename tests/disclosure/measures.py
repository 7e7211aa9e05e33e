"""What released means and quantiles tell of the weights of the kinds of people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.disclosure.people import Mask, People
from tests.disclosure.sums import EXACT, Floats, Row, Sums

COUNTED = ("score", "options")
"""Units of which everybody's number is known from the answer."""


def measured(weights: Sums, people: People, base: Mask, row: Row, within: float) -> None:
    """Take in a mean or a quantile, which is off by ``within`` at most."""
    value, name = float(row["estimate"]), str(row["question"])
    if row["statistic"] == "mean" and row["unit"] in COUNTED:
        _of_known_numbers(weights, base, people.scored(name), row, within)
        return
    low, high = people.limits(name) if row["unit"] not in COUNTED else (people.scored(name),) * 2
    base = base & ~np.isnan(low)
    if row["statistic"] == "mean":
        _between_limits(weights, base, low, high, (value - within, value + within))
    else:
        _of_quantile(weights, base, low, high, row, within)


def _of_known_numbers(weights: Sums, base: Mask, scores: Floats, row: Row, within: float) -> None:
    value = float(row["estimate"])
    scored = base & ~np.isnan(scores)
    apart = np.where(scored, np.nan_to_num(scores) - value, 0.0)
    weights.know_ratio(apart, scored.astype(float), 0.0, within)
    least, most = spread_of(row, within)
    if np.isfinite(most):
        # About the printed mean, which is off by half a unit of its last decimal at most.
        middle, room = (least + most + within**2) / 2, (most + within**2 - least) / 2
        weights.know_ratio(apart**2, scored.astype(float), middle, room + EXACT)


def _between_limits(
    weights: Sums, base: Mask, low: Floats, high: Floats, mean: tuple[float, float]
) -> None:
    """The sum of the numbers is at least what all give at least, and at most what they give."""
    for end, of, limits in ((low, mean[1], (-np.inf, 0.0)), (high, mean[0], (0.0, np.inf))):
        apart = np.where(base, end - of, 0.0)
        if np.isfinite(apart).all():
            scale = max(1.0, float(np.abs(apart).max()))
            weights.know(apart / scale, *limits)


def _of_quantile(
    weights: Sums, base: Mask, low: Floats, high: Floats, row: Row, within: float
) -> None:
    """At least a part ``p`` is not above a quantile, and no more than that is below it."""
    value, part = float(row["estimate"]), _part(row)
    may_be_below = (base & (low <= value + within)).astype(float)
    surely_below = (base & (high < value - within)).astype(float)
    weights.know(may_be_below - part * base, -EXACT, np.inf)
    weights.know(surely_below - part * base, -np.inf, EXACT)


def _part(row: Row) -> float:
    """Return of which part it is the quantile."""
    return 0.5 if row["statistic"] == "median" else float(str(row["category"])[1:]) / 100


def spread_of(row: Row, within: float) -> tuple[float, float]:
    """Return the limits of the mean square about a mean, from its error and its design effect.

    S² = n/(n-1) Σ w (y - ȳ)² / Σ w, and the design effect is the variance over S²/n; the relative
    error has more decimals than the error.
    """
    value, se, deff, cv, cases = (
        float(row[name]) if not pd.isna(row[name]) else np.nan
        for name in ("estimate", "se", "deff", "cv", "n_base")
    )
    exact = within == EXACT
    near_cv, near_deff = (EXACT, EXACT) if exact else (0.0005, 0.005)
    if not (deff > near_deff and cases > 1):
        return 0.0, np.inf
    least, most = max(0.0, se - within), se + within
    if cv > 0 and value > within:
        least = max(least, (cv - near_cv) * (value - within))
        most = min(most, (cv + near_cv) * (value + within))
    return least**2 * (cases - 1) / (deff + near_deff), most**2 * (cases - 1) / (deff - near_deff)
