"""Ages by the calendar."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt

__all__ = ["completed_years"]

MONTHS, FIRST_YEAR = 12, 1970
"""Of a year; and that from which numpy counts."""


def completed_years(born: npt.NDArray[np.datetime64], on: dt.date) -> npt.NDArray[np.float64]:
    """Return ages in completed years; below 0 of whoever was born later.

    Who was born on 29 February completes a year on 1 March where there is no such day.

    Parameters
    ----------
    born : datetime64 array (n,)
        Days; NaT where nobody knows.
    on : datetime.date

    Returns
    -------
    float64 array (n,)
        Whole numbers; NaN where nobody knows.

    Examples
    --------
    >>> born = np.array(["2004-02-29", "2004-03-01", "NaT"], dtype="datetime64[D]")
    >>> completed_years(born, dt.date(2022, 2, 28)), completed_years(born, dt.date(2022, 3, 1))
    (array([17., 17., nan]), array([18., 18., nan]))
    """
    days = born.astype("datetime64[D]")
    known = ~np.isnat(days)
    days = np.where(known, days, np.datetime64(on))
    months = days.astype("datetime64[M]")
    year, month = np.divmod(months.astype(np.int64), MONTHS)
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    later = (month + 1 > on.month) | ((month + 1 == on.month) & (day > on.day))
    years = on.year - (year + FIRST_YEAR) - later
    return np.where(known, years.astype(np.float64), np.nan)
