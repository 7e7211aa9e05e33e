"""What was estimated: indicators, their estimates with precision, and comparisons."""

from socialpoll.indicators.comparing import Adjustment, compare
from socialpoll.indicators.definitions import (
    AnyIndicator,
    Indicator,
    Mean,
    Profile,
    Ratio,
    Share,
    Total,
)
from socialpoll.indicators.estimates import COLUMNS, COMPARISON_COLUMNS, KEYS, Estimates
from socialpoll.indicators.estimating import Breakdown, estimate
from socialpoll.indicators.headline import joint_precision
from socialpoll.indicators.precision import IntervalMethod, Precision

__all__ = [
    "COLUMNS",
    "COMPARISON_COLUMNS",
    "KEYS",
    "Adjustment",
    "AnyIndicator",
    "Breakdown",
    "Estimates",
    "Indicator",
    "IntervalMethod",
    "Mean",
    "Precision",
    "Profile",
    "Ratio",
    "Share",
    "Total",
    "compare",
    "estimate",
    "joint_precision",
]
