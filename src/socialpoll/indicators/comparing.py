"""Differences between domains, tested on their joint covariance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from socialpoll.errors import EstimationError, nearest
from socialpoll.indicators.adjusting import Adjustment, adjusted
from socialpoll.indicators.estimates import COMPARISON_COLUMNS, KEYS, Estimates
from socialpoll.indicators.intervals import student
from socialpoll.schema import Fact
from socialpoll.schema.clock import AFTER_MIDNIGHT, shortest_arc

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["compare"]


def compare(
    estimates: Estimates, within: str | Sequence[str] | None = None, *, adjust: Adjustment = "holm"
) -> Estimates:
    """Compare the domains of a breakdown in pairs, row by row.

    The variance of a difference is k'Vk on the joint covariance of its figures, never v_a + v_b; p
    comes from t on the degrees of freedom of the union of both domains. A family is one row of one
    breakdown. Times of day differ by the shorter way round the clock, at most 720 minutes, and the
    difference is positive where the first is the later.

    Parameters
    ----------
    estimates : Estimates
        With the breakdown among them.
    within : str or list of str, optional
        Breakdowns, as in the frame's ``breakdown`` (a crossing joined by ``|``); every one where
        absent.
    adjust : {"holm", "bonferroni", "none"}
        How p values are adjusted within a family (Holm 1979).

    Returns
    -------
    Estimates
        The same, with ``comparisons``. Figures fixed by weighting, and figures without a standard
        error, enter none.

    Raises
    ------
    EstimationError
        No such breakdown.
    """
    frame = estimates.frame
    present = [one for one in frame["breakdown"].unique() if one != "_T"]
    wanted = present if within is None else [within] if isinstance(within, str) else list(within)
    for one in wanted:
        if one not in present:
            message = f"there is no breakdown {one!r} to compare within"
            raise EstimationError(
                message, where="within", found=repr(one), allowed=nearest(one, present)
            )
    row_keys = [key for key in KEYS if key != "domain"]
    chosen = frame[frame["breakdown"].isin(wanted)]
    families = []
    for key, family in chosen.groupby(row_keys, sort=False):
        families.extend(
            _family(estimates, dict(zip(row_keys, map(str, key), strict=True)), family, adjust)
        )
    fact = Fact("indicators", "comparisons", {"within": tuple(wanted), "adjust": adjust})
    return _with(estimates, families, fact)


def _with(estimates: Estimates, rows: list[dict[str, Any]], fact: Fact) -> Estimates:
    from dataclasses import replace

    import pandas as pd

    made = pd.DataFrame(rows, columns=list(COMPARISON_COLUMNS))
    before = estimates.comparisons
    together = made if before.empty else pd.concat([before, made], ignore_index=True)
    added = replace(estimates, methodology=estimates.methodology.adding(fact))
    return added.with_comparisons(together)


def _family(
    estimates: Estimates, key: dict[str, str], family: pd.DataFrame, adjust: Adjustment
) -> list[dict[str, Any]]:
    """Compare every pair of figures that vary; adjust their p values together."""
    usable = family[(family["se"] > 0) & family["estimate"].notna()]
    places = [int(one) for one in usable.index]
    if not places:
        return []
    covariance = estimates.covariance(places)
    freedom = estimates.pairwise_degrees_of_freedom(places)
    figures = usable["estimate"].to_numpy()
    apart = figures[:, None] - figures
    if key["unit"] == AFTER_MIDNIGHT:
        apart = shortest_arc(apart)
    rows = []
    for a, b in combinations(range(len(places)), 2):
        variance = covariance[a, a] + covariance[b, b] - 2 * covariance[a, b]
        df = float(freedom[a, b])
        if variance <= 0 or df < 1:
            continue
        rows.append(
            {
                **key,
                "domain_a": usable["domain"].iloc[a],
                "domain_b": usable["domain"].iloc[b],
                **_test(float(apart[a, b]), float(variance), df, estimates.precision.level),
                "method": adjust,
                "test": "linearised",
                "against": "pairs",
                "wave_b": key["wave"],
            }
        )
    holding = adjusted(np.array([row["p"] for row in rows]), adjust)
    for row, p in zip(rows, holding, strict=True):
        row["p_adjusted"] = float(p)
    return rows


def _test(difference: float, variance: float, df: float, level: float) -> dict[str, float]:
    from scipy import special

    se = float(np.sqrt(variance))
    statistic = abs(difference) / se
    tail = special.ndtr(-statistic) if np.isinf(df) else special.stdtr(df, -statistic)
    margin = float(student(np.array([df]), level)[0]) * se
    return {
        "difference": difference,
        "se": se,
        "df": df,
        "ci_low": difference - margin,
        "ci_high": difference + margin,
        "p": float(2 * tail),
    }
