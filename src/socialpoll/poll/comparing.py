"""Comparisons as a poll declares them, in families that reach over all of its indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from socialpoll.indicators import Compared, compare
from socialpoll.indicators.comparing import adjusted_within

if TYPE_CHECKING:
    from socialpoll.indicators import Estimates

__all__ = ["compared", "together"]

WIDE = ("breakdown", "table")
"""Families of several indicators."""


def compared(estimates: Estimates, how: Compared) -> Estimates:
    """Compare figures as a poll declares it."""
    return compare(estimates, **{one.name: getattr(how, one.name) for one in fields(how)})


def together(several: Sequence[Estimates], how: Compared) -> tuple[Estimates, ...]:
    """Adjust p values over all estimates, where their families are wider than an indicator.

    Parameters
    ----------
    several : sequence of Estimates
        Compared one by one.
    how : Compared

    Returns
    -------
    tuple of Estimates
        The same; what is in one family was estimated for different groups, or not.
    """
    import pandas as pd

    frames = [one.comparisons for one in several]
    if how.family not in WIDE or sum(map(len, frames)) == 0:
        return tuple(several)
    every = pd.concat([one for one in frames if len(one)], ignore_index=True)
    p = adjusted_within(every, how)
    made = []
    start = 0
    for estimates, frame in zip(several, frames, strict=True):
        own = frame.assign(p_adjusted=p[start : start + len(frame)])
        made.append(estimates.with_comparisons(own) if len(frame) else estimates)
        start += len(frame)
    return tuple(made)
