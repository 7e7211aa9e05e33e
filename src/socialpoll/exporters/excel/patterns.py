"""Numbers as cells hold them, and the formats in which they are shown as everywhere else."""

from __future__ import annotations

from socialpoll.report import Digits, Unit
from socialpoll.report.language import hundredfold, rounded
from socialpoll.schema.clock import DAY

__all__ = ["number_of", "pattern_of"]

ARABIC_DIGITS = "[$-2000401]"
"""Numerals of the Arabic script, of whatever language the program is (ECMA-376, 18.8.31)."""
SHARE = 2
"""Decimals that a share has more than its percentage."""


def number_of(value: float, unit: Unit, decimals: int) -> float:
    """Return a number as a cell holds it.

    Parameters
    ----------
    value : float
        As in a figure of a report: shares from 0 to 1, times in minutes after midnight.
    unit : Unit
    decimals : int
        Those that are displayed: none is hidden in the cell, so that sums are those of what is
        seen.

    Returns
    -------
    float
        A percentage as its share, percentage points as such, a time of day as part of a day.

    Examples
    --------
    >>> number_of(0.2849, "percent", 1), number_of(0.031, "points", 1), number_of(1080, "clock", 0)
    (0.285, 3.1, 0.75)
    """
    if unit == "clock":
        return (DAY if value == DAY else int(rounded(value, 0)) % DAY) / DAY
    if unit == "points":
        return float(rounded(hundredfold(value), decimals))
    return float(rounded(value, decimals + SHARE if unit == "percent" else decimals))


def pattern_of(unit: Unit, decimals: int, digits: Digits = "latn") -> str:
    """Return the number format of a figure.

    Examples
    --------
    >>> pattern_of("percent", 1), pattern_of("count", 0), pattern_of("hours", 2)
    ('0.0%', '#,##0', '#,##0.00')
    >>> pattern_of("clock", 0, "arab")
    '[$-2000401][hh]:mm'
    """
    if unit == "clock":
        shape = "[hh]:mm"
    else:
        whole = "0" if unit == "percent" else "#,##0"
        shape = f"{whole}.{'0' * decimals}" if decimals else whole
        shape += "%" if unit == "percent" else ""
    return f"{ARABIC_DIGITS}{shape}" if digits == "arab" else shape
