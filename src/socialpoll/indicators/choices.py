"""What comes first within a domain: lines and sets of options, compared on their joint covariance.

A comparison is of one figure in two domains; a choice is of two figures in one domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BEST", "CHOICE_COLUMNS", "CHOSEN", "LINE", "SHARED", "WITHOUT", "no_choices"]

LINE = "line"
"""A line of an indicator beside the one that is largest in the domain."""
BEST = "best"
"""The set of its size with the largest reach, beside that of one option less."""
CHOSEN = "chosen"
"""The set that serves the goal best, beside the one from which it is told apart least."""
WITHOUT = "without"
"""What is left of the chosen set without one of its options, beside the whole."""
SHARED = "shared"
"""The set that is chosen for everybody in a domain that has another, beside its own."""
CHOICE_COLUMNS = (
    "wave",
    "indicator",
    "question",
    "breakdown",
    "domain",
    "role",
    "size",
    "item",
    "category",
    "against_item",
    "against_category",
    "difference",
    "se",
    "df",
    "ci_low",
    "ci_high",
    "p",
    "p_adjusted",
    "alike",
    "optimism",
    "cost",
    "at_most",
)
"""Version 1 of the columns of choices: columns are only ever added."""
NUMBERS = (
    "difference",
    "se",
    "df",
    "ci_low",
    "ci_high",
    "p",
    "p_adjusted",
    "optimism",
    "cost",
    "at_most",
)


def no_choices() -> pd.DataFrame:
    """Return an empty frame of choices, with the types of its columns."""
    import pandas as pd

    types = {**dict.fromkeys(NUMBERS, "float64"), "size": "Int64", "alike": "boolean"}
    several = {name: types.get(name, "str") for name in CHOICE_COLUMNS}
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in several.items()})
