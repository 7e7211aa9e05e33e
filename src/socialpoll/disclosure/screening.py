"""Judging figures row by row, and taking away what may not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.disclosure.policy import DEFAULT_MINIMUM, Policy
from socialpoll.disclosure.rounding import (
    COUNT_DECIMALS,
    LENGTH_DECIMALS,
    OTHER_DECIMALS,
    PROSE_DECIMALS,
    SHARE_DECIMALS,
    round_half_away,
)
from socialpoll.disclosure.rules import (
    VERDICTS,
    MinBase,
    ReliabilityRule,
    Row,
    respondents,
    ruling_of,
)
from socialpoll.disclosure.status import FIXED, SITUATIONS
from socialpoll.indicators import KEYS
from socialpoll.schema.clock import AFTER_MIDNIGHT, DAY

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PROSE", "judged", "minimum_of", "plain_rows", "rounded", "stripped", "with_prose"]

PROSE = "estimate_prose"
"""The estimate as sentences print it, rounded once from the unrounded figure, not twice."""
STATUS_COLUMNS = ("flag", "obs_status", "conf_status")
MOVES = ("difference", "change", "slope")
"""Columns of frames that tell by how much figures differ."""
ENDS = ("estimate_a", "estimate_b")
"""Columns of such a frame that hold the figures themselves."""
NATURAL = ("estimate", "se", "ci_low", "ci_high", "moe", *MOVES, *ENDS)
"""Columns in the unit of their row."""
TIMES = ("estimate", "ci_low", "ci_high")
"""Of these, the columns that hold a time of day where the row is of one."""
OF_THEIR_OWN = {"cv": 3, "deff": 2, "n_effective": 1, "population": 0}
COUNTS = ("n_asked", "n_answered", "n_base", "n_category")
HIDDEN = ("suppressed", "suppressed_secondary", "confidential", "withheld")


def minimum_of(rules: Sequence[ReliabilityRule], policy: Policy) -> int:
    """Return the respondents below which a domain is suppressed as a whole."""
    if policy.minimum_base is not None:
        return policy.minimum_base
    otherwise = 0 if policy.complementary else DEFAULT_MINIMUM
    return max((one.minimum for one in rules if isinstance(one, MinBase)), default=otherwise)


def judged(figures: pd.DataFrame, rules: Sequence[ReliabilityRule], policy: Policy) -> list[str]:
    """Name the situation of every row (:data:`SITUATIONS`).

    A domain with too few respondents goes with all rows of its indicator, fixed ones included;
    reliability rules then judge the other rows that are not fixed.
    """
    minimum = (policy.minimum_base or 0) if policy.complementary else minimum_of(rules, policy)
    rows = plain_rows(figures)
    domains = [(row["wave"], row["indicator"], row["breakdown"], row["domain"]) for row in rows]
    small = {
        domain for domain, row in zip(domains, rows, strict=True) if 0 < respondents(row) < minimum
    }
    return [
        "suppressed" if domain in small else _situation(row, rules)
        for domain, row in zip(domains, rows, strict=True)
    ]


def plain_rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows as mappings of plain values; None where there is no value."""
    as_objects = frame.astype(object)
    plain = as_objects.where(frame.notna(), None)
    names = [str(one) for one in plain.columns]
    columns = [plain.iloc[:, place].tolist() for place in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _situation(row: Row, rules: Sequence[ReliabilityRule]) -> str:
    if row["estimate"] is None or respondents(row) == 0:
        return "not_available"
    if FIXED in str(row["caveat"]).split("; "):
        return "fixed"
    verdicts = [(ruling_of(rule, row).verdict, rule) for rule in rules]
    if any(verdict == "suppress" and isinstance(rule, MinBase) for verdict, rule in verdicts):
        return "suppressed"
    strictest = max((verdict for verdict, _ in verdicts), key=VERDICTS.index, default="publish")
    return {"suppress": "withheld", "flag": "low_reliability", "publish": "usual"}[strictest]


def stripped(figures: pd.DataFrame, situations: Sequence[str]) -> pd.DataFrame:
    """Write the statuses, and empty every other column of the rows that may not be shown."""
    made = figures.astype(dict.fromkeys(COUNTS, "Int64"))
    hidden = np.array([one in HIDDEN for one in situations], dtype=bool)
    absent = np.array([one == "not_available" for one in situations], dtype=bool)
    for name in made.columns.difference([*KEYS, *STATUS_COLUMNS]):
        gone = hidden if name in {"base", "caveat", "weights_id"} else hidden | absent
        if made[name].dtype.kind in "fiu":
            made[name] = made[name].mask(gone)
        else:
            made[name] = made[name].astype(object).mask(gone, "").to_numpy()
    for name in STATUS_COLUMNS:
        made[name] = [getattr(SITUATIONS[one], name) for one in situations]
    return made


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Round figures or differences, each column in its own way; p values and df stay exact."""
    made = frame.copy()
    decimals = np.array(
        [_decimals(*one) for one in zip(made["statistic"], made["unit"], strict=True)], dtype=int
    )
    of_the_day = (made["unit"] == AFTER_MIDNIGHT).to_numpy()
    limits = made.columns.intersection(list(MOVES)).empty  # else those of a move, not of a time
    for name in made.columns.intersection(list(NATURAL)):
        values = made[name].to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
        times = of_the_day & (name in ENDS or (limits and name in TIMES))
        of_column = np.where(times, COUNT_DECIMALS, decimals)
        for digits in np.unique(of_column):
            here = of_column == digits
            values[here] = round_half_away(values[here], int(digits))
        values[times] %= DAY  # what is rounded up to midnight is 00:00
        made[name] = values
    for name in made.columns.intersection(list(OF_THEIR_OWN)):
        values = made[name].to_numpy(dtype=np.float64, na_value=np.nan)
        made[name] = round_half_away(values, OF_THEIR_OWN[name])
    return made


def with_prose(figures: pd.DataFrame) -> pd.DataFrame:
    """Add the figures of sentences: shares in whole per cent, others as they are released."""
    made = figures.copy()
    values = made["estimate"].to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
    share = (made["unit"] == "share").to_numpy()
    values[share] = round_half_away(values[share], PROSE_DECIMALS)
    values[~share] = rounded(made)["estimate"].to_numpy(dtype=np.float64)[~share]
    made[PROSE] = values
    return made


def _decimals(statistic: str, unit: str) -> int:
    if unit == "share" or statistic == "ratio":
        return SHARE_DECIMALS
    if statistic == "concentration":
        return LENGTH_DECIMALS
    return COUNT_DECIMALS if (statistic, unit) == ("total", "persons") else OTHER_DECIMALS
