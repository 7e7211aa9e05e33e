"""The rule of commercial tables: differences of independent columns, by their effective bases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.differences import (
    Beside,
    Comparable,
    Differences,
    enough,
    joined,
    rows_of,
)
from socialpoll.indicators.pairing import Pairing
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.tabulating import FIXED_BY_WEIGHTING
from socialpoll.responses import Ticks
from socialpoll.totals import Rows

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators.estimates import Estimates
    from socialpoll.indicators.joint import Joint

__all__ = ["by_effective_base"]

Floats = npt.NDArray[np.float64]
KINDS = ("share", "mean")
"""Statistics that the rule is for."""


def by_effective_base(
    estimates: Estimates, pairings: Iterable[Pairing], minimum_base: int
) -> Differences:
    """Return differences of independent columns, with S² over the effective base of each.

    S² is p(1 - p) of a share, and n times the variance of a simple random sample of a mean.
    """
    frame = estimates.frame
    fixed = frame["caveat"].map(lambda one: FIXED_BY_WEIGHTING in str(one).split("; "))
    usable = enough(frame, minimum_base)
    table = Comparable.of(frame, usable & ~fixed.to_numpy(dtype=bool))
    variance = _over_the_effective_base(frame, estimates.precision)
    found = []
    for pairing in pairings:
        _refuse_for_the_effective_base(pairing, estimates.joint)
        a, b = rows_of(pairing, range(len(pairing.first.plan.lines)))
        both = variance[a] + variance[b]
        infinite = np.full(a.size, np.inf)
        found.append(Beside(pairing, a, b, both, infinite).kept(table, both > 0))
    return joined(found)


def _over_the_effective_base(frame: pd.DataFrame, precision: Precision) -> Floats:
    """Return S² over the effective base of every figure; NaN of what is no share or mean."""
    names = ("estimate", "se", "deff", "n_base", "population", "n_effective")
    estimate, se, deff, cases, population, effective = (
        frame[name].to_numpy(dtype=np.float64) for name in names
    )
    finite = 1 - cases / population if precision.deff == "without" else np.ones(len(frame))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(se > 0, cases * se**2 / deff / finite, 0.0)
        shares = (frame["statistic"] == "share").to_numpy()
        return np.asarray(np.where(shares, estimate * (1 - estimate), spread) / effective)


def _refuse_for_the_effective_base(pairing: Pairing, joint: Joint) -> None:
    plan = pairing.first.plan
    if plan.kind not in KINDS:
        raise EstimationError(
            "the rule of the effective base is for shares and means",
            where=f"indicator {plan.name!r}",
            found=plan.kind,
            allowed=", ".join(KINDS),
            advice="compare it by method='linearised'",
        )
    overlapping = [
        name
        for name in pairing.first.breakdown
        if isinstance(joint.engine, Rows)
        and isinstance(joint.engine.responses.columns[name], Ticks)
    ]
    in_both = overlapping and pairing.first is pairing.second
    if in_both or (pairing.between and joint.overlap is not None):
        raise EstimationError(
            "the rule of the effective base is for columns that do not overlap",
            where=f"indicator {plan.name!r}",
            found=f"{', '.join(overlapping)}, a question of several answers"
            if in_both
            else "waves with sampling units in common",
            advice="compare by method='linearised', which takes what columns have in common into "
            "account",
        )
