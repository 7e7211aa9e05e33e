"""What is known of people as whole numbers: places of codes, and days since 1970-01-01."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.register.declared import RegisterLayout
from socialpoll.register.quoting import named, quoted

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

__all__ = ["BIRTH", "NOTHING", "Ints", "changeable", "coded", "days_of", "decoded", "numbered"]

Ints: TypeAlias = npt.NDArray[np.int64]

BIRTH = "birth_date"
NOTHING = np.iinfo(np.int64).min
"""Stands where nobody knows."""


def changeable(layout: RegisterLayout) -> tuple[str, ...]:
    """Return the attributes that tables may change: the date of birth, and those with codes.

    Examples
    --------
    >>> changeable(RegisterLayout({"sex": ("male", "female")}))
    ('birth_date', 'sex')
    """
    return (BIRTH, *layout.codes)


def numbered(
    relation: duckdb.DuckDBPyRelation, attributes: tuple[str, ...], layout: RegisterLayout
) -> tuple[list[str], Mapping[str, Ints]]:
    """Return the agency's numbers of records, and what these have of attributes.

    Parameters
    ----------
    relation : duckdb.DuckDBPyRelation
        A table in the layout of the register.
    attributes : tuple of str
        Which it has.
    layout : RegisterLayout

    Returns
    -------
    list of str (n,)
    mapping of str to int64 array (n,)
        Of each attribute, ``NOTHING`` where there is no value.
    """
    columns = [
        f"coalesce({_as_number(one, layout)}, {NOTHING}) AS {named(one)}" for one in attributes
    ]
    found = relation.project(", ".join(["record", *columns])).fetchnumpy()
    return found["record"].tolist(), {one: found[one].astype(np.int64) for one in attributes}


def _as_number(attribute: str, layout: RegisterLayout) -> str:
    if attribute == BIRTH:
        return f"date_diff('day', DATE '1970-01-01', {BIRTH})"
    codes = ", ".join(map(quoted, layout.codes[attribute]))
    return f"list_position([{codes}], {named(attribute)}) - 1"


def coded(values: pd.Series, attribute: str, layout: RegisterLayout) -> Ints:
    """Return the numbers of values in a register."""
    if attribute == BIRTH:
        return days_of(values)
    import pandas as pd

    place = pd.Index(layout.codes[attribute], dtype=object).get_indexer(
        pd.Index(values, dtype=object)
    )
    return np.where(place < 0, NOTHING, place).astype(np.int64)


def days_of(dates: pd.Series) -> Ints:
    """Return dates as days since 1970-01-01, ``NOTHING`` where one is missing."""
    days = dates.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), NOTHING, days.astype(np.int64))


def decoded(numbers: Ints, attribute: str, layout: RegisterLayout) -> pd.Series:
    """Return the values that numbers stand for: dates, or codes as text, None where there is none.

    Parameters
    ----------
    numbers : int64 array (n,)
    attribute : str
    layout : RegisterLayout
    """
    import pandas as pd

    there = numbers != NOTHING
    if attribute == BIRTH:
        days = np.where(there, numbers, 0).astype("datetime64[D]").astype("datetime64[s]")
        return pd.Series(days).where(there)
    codes = np.array([*layout.codes[attribute], None], dtype=object)
    return pd.Series(codes[np.where(there, numbers, -1)], dtype=object)
