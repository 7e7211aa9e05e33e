"""The busiest hours: windows of the clock by how many are in them, and which are not behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from socialpoll.errors import EstimationError
from socialpoll.indicators.apart import behind
from socialpoll.indicators.estimating import Breakdown, estimate
from socialpoll.indicators.levelling import ranking_of
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.sources import Source
from socialpoll.indicators.times import Windows
from socialpoll.schema import Condition
from socialpoll.schema.clock import DAY, clock_time

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators.estimates import Estimates

__all__ = ["busiest"]

COLUMNS = (
    "wave",
    "breakdown",
    "domain",
    "rank",
    "window",
    "share",
    "se",
    "ci_low",
    "ci_high",
    "ci_method",
    "df",
    "difference",
    "difference_se",
    "p",
    "p_adjusted",
    "among_busiest",
    "n_base",
    "n_window",
    "caveat",
)


def busiest(
    source: Source,
    question: str,
    minutes: int = 60,
    *,
    step: int | None = None,
    by: Breakdown | Sequence[Breakdown] | None = None,
    where: Condition | None = None,
    precision: Precision | None = None,
) -> pd.DataFrame:
    """Rank the hours of the day by how many are in them, and say which may be the busiest.

    The day is covered by windows of equal length that begin at midnight and at every ``step`` after
    it, the last ones across midnight. Each is a share as :class:`~socialpoll.Windows` makes it: a
    time lies in the windows that hold its minute, whatever its band is. Every window is then
    compared with the busiest of its group on their joint covariance, by t on the degrees of freedom
    of the group, and the p values of a group are adjusted together (Holm 1979).

    Parameters
    ----------
    source : Weights, Replicates, Waves or Responses
    question : str
        A question of kind ``time_of_day``.
    minutes : int
        Length of a window, less than a day.
    step : int, optional
        Minutes from one beginning to the next, a divisor of 1440; the length where absent. With
        less than that, windows overlap.
    by, where, precision
        As of :func:`~socialpoll.estimate`.

    Returns
    -------
    pandas.DataFrame
        A row a window, within each group by ``rank``; windows that are level have the same rank and
        stand in the order of the clock. ``share`` is of those who answered, with its precision,
        ``n_base`` of them and ``n_window`` in the window. ``difference`` is the share less that of
        the busiest (the first of rank 1), with standard error, ``p`` and ``p_adjusted``;
        ``among_busiest`` is true where that does not tell them apart at 1 - level, and missing
        where nothing is known of precision.

    Raises
    ------
    UnknownNameError, EstimationError
        As of :func:`~socialpoll.estimate`; windows that do not go round the day.

    See Also
    --------
    Windows : Shares of windows that are named.

    Notes
    -----
    The busiest window is chosen by its share in this sample, so its share is rather too high and
    the p values are rather too small: that an hour is ``among_busiest`` is the safer of the two
    statements (Hsu 1984, Annals of Statistics 12: 1136-1144).
    """
    import pandas as pd

    windows = Windows(question, _round_the_day(minutes, minutes if step is None else step))
    estimates = estimate(source, windows, by, where=where, precision=precision)
    frame = estimates.frame
    rows = frame[frame["item"].isin(windows.codes)]
    groups = rows.groupby(["wave", "breakdown", "domain"], sort=False)
    ranked = [_ranked(estimates, group) for _, group in groups]
    return pd.concat(ranked, ignore_index=True)[list(COLUMNS)]


def _round_the_day(minutes: int, step: int) -> tuple[tuple[str, str], ...]:
    if minutes not in range(1, DAY):
        message, allowed = "minutes is no length of a window", f"whole minutes, 1 to {DAY - 1}"
        raise EstimationError(message, where="minutes", found=repr(minutes), allowed=allowed)
    if step not in range(1, DAY) or DAY % step:
        raise EstimationError(
            "the windows do not go round the day",
            where="step",
            found=f"a beginning every {step} minutes",
            allowed=f"a divisor of {DAY}, such as 15, 30 or 60",
        )
    return tuple(
        (clock_time(start), clock_time((start + minutes) % DAY)) for start in range(0, DAY, step)
    )


def _ranked(estimates: Estimates, group: pd.DataFrame) -> pd.DataFrame:
    """Return the windows of one group by rank; in the order of the clock where nobody is in it."""
    import pandas as pd

    share = group["estimate"].to_numpy(dtype=np.float64)
    ranking = ranking_of(np.nan_to_num(share))
    made = group.iloc[ranking.order].rename(
        columns={"item": "window", "estimate": "share", "n_category": "n_window"}
    )
    rank = pd.array(ranking.rank, dtype="Int64")
    rank[np.isnan(share)] = pd.NA
    return made.assign(rank=rank, **_compared(estimates, made))


def _compared(estimates: Estimates, group: pd.DataFrame) -> dict[str, Any]:
    """Compare the windows of a group with the first of them."""
    import pandas as pd

    share, se, df = (group[one].to_numpy(dtype=np.float64) for one in ("share", "se", "df"))
    covariance = np.full((share.size, share.size), np.nan)
    if estimates.joint.known:
        covariance = estimates.covariance(group.index.tolist())
    found = behind(share, se, covariance, df, estimates.precision.level).apart
    among = pd.array(found.alike, dtype="boolean")
    among[~found.known] = pd.NA
    return {
        "difference": found.difference,
        "difference_se": found.se,
        "p": found.p,
        "p_adjusted": found.p_adjusted,
        "among_busiest": among,
    }
