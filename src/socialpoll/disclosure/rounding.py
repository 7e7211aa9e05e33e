"""Rounding as people do it by hand: half away from zero, on the decimals one sees."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "COUNT_DECIMALS",
    "LENGTH_DECIMALS",
    "OTHER_DECIMALS",
    "PROSE_DECIMALS",
    "SHARE_DECIMALS",
    "round_half_away",
]

SHARE_DECIMALS = 3
"""Of a share from 0 to 1: one decimal of a percentage."""
PROSE_DECIMALS = 2
"""Of a share from 0 to 1 within a sentence: a whole percentage."""
LENGTH_DECIMALS = 3
"""Of a concentration from 0 to 1."""
OTHER_DECIMALS = 1
COUNT_DECIMALS = 0

HALF = 0.5
# Closer to a tie than this, the scaled value may have been pushed over it by the scaling itself.
NEAR_TIE = 1e-6
# Beyond this, the error of scaling by a power of ten may be larger than that.
LARGE = 2.0**32


def round_half_away(
    values: npt.ArrayLike | Sequence[float], decimals: int
) -> npt.NDArray[np.float64]:
    """Round half away from zero, judging ties by the decimals with which a number is written.

    Parameters
    ----------
    values : array_like of float, any shape
        NaN and infinities stay as they are.
    decimals : int
        Digits to keep after the point, 0 or more.

    Returns
    -------
    float64 array, same shape
        0.285 gives 0.29, though the nearest double lies below it: its shortest decimal is 0.285.

    Raises
    ------
    ValueError
        ``decimals`` is negative.

    Examples
    --------
    >>> round_half_away([0.125, 0.285, -0.5, 2.675], 2).tolist()
    [0.13, 0.29, -0.5, 2.68]
    >>> round_half_away([-0.5, 0.5, 2.5, -0.4], 0).tolist()
    [-1.0, 1.0, 3.0, 0.0]
    """
    if decimals < 0:
        message = f"decimals must be 0 or more, not {decimals}"
        raise ValueError(message)
    given = np.asarray(values, dtype=np.float64)
    scale = 10.0**decimals
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = np.abs(given) * scale
        whole = np.floor(scaled)
        rest = scaled - whole
    rounded = np.where(rest >= HALF, whole + 1, whole) / scale
    out = np.where(np.isfinite(given), np.copysign(rounded, given), given)
    by_hand = np.isfinite(given) & ((np.abs(rest - HALF) < NEAR_TIE) | (scaled > LARGE))
    if by_hand.any():
        out[by_hand] = [_by_decimal(one, decimals) for one in given[by_hand].tolist()]
    return np.asarray(out + 0.0)


def _by_decimal(value: float, decimals: int) -> float:
    """Round the shortest decimal that reads back as ``value``."""
    exact = Decimal(repr(value))
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -decimals:
        return value
    return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
