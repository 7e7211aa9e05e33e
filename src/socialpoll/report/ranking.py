"""How far down a list of answers their order is beyond the error of the sample."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from socialpoll.disclosure.rounding import SHARE_DECIMALS
from socialpoll.report.contrasts import ALPHA
from socialpoll.report.measured import Shown

__all__ = ["ranked"]

SLACK = 10.0**-SHARE_DECIMALS / 2
"""By how much rounding may have moved a released share, or its standard error."""


def ranked(shares: Sequence[Shown]) -> int:
    """Return how many of the first shares are certain to stand where they do.

    Each of K shares gets an interval at the level 1 - 0.05 / K, so that all K hold together,
    however the shares depend on one another. Where the intervals of neighbours do not overlap,
    their order is that of the population, at the 5 per cent level for the whole list (Klein,
    Wright & Wieczorek 2020, J. R. Stat. Soc. C, doi:10.1111/rssc.12402). Rounded figures count for
    the worst that they may stand for.

    Parameters
    ----------
    shares : sequence of Shown
        Of all answers, the largest first.

    Returns
    -------
    int
        0 where the first may as well be the second, or any figure cannot be compared.
    """
    limits = [_limits(one, len(shares)) for one in shares]
    found = [one for one in limits if one is not None]
    if len(found) < len(limits):
        return 0
    count = 0
    for (low, _), (_, high) in pairwise(found):
        if low <= high:
            break
        count += 1
    return count


def _limits(shown: Shown, several: int) -> tuple[float, float] | None:
    """Return the interval of a share that holds together with those of the others."""
    from scipy import special

    value, se, df = shown.value, shown.number("se"), shown.number("df")
    if not shown.sound or value is None or se is None or df is None:
        return None
    tail = 1 - ALPHA / (2 * several)
    quantile = special.ndtri(tail) if math.isinf(df) else special.stdtrit(df, tail)
    half = float(quantile) * (se + SLACK) + SLACK
    return value - half, value + half
