"""Bounds that cannot hold: by how much targets are missed at best, and which bounds would do."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.weighting.solving.equations import scales
from socialpoll.weighting.solving.programs import missed_in_sum, missed_least, smallest

__all__ = ["LARGEST", "Bounds", "Reachable", "Tightest", "nearest_reachable", "tightest_bounds"]

Floats = npt.NDArray[np.float64]
Bounds: TypeAlias = tuple[float, float]
Meets: TypeAlias = Callable[[float, float], bool]
LARGEST = 1_000_000
"""Entries (different rows of x, times columns) up to which the tightest bounds are looked for."""
EASIER = 2
"""How many times as many there may be for the nearest totals within bounds as they are."""
EXACT = 1e-8
"""Relative error up to which a total counts as reached."""
DIGITS = 4
"""Significant digits of bounds that are proposed."""
ROOM = (1e-3, 5e-3, 0.02, 0.1)
"""Parts of their distance from the centre by which bounds are widened, until they are met."""


class Reachable(NamedTuple):
    """The nearest that bounds allow.

    Attributes
    ----------
    error : float
        Largest relative error of a total; 0 where all are reached.
    missed : float64 array (p,)
        What is reached minus the target, relative as the error, by column: of all weights that
        come as near, those whose errors have the smallest sum.
    """

    error: float
    missed: Floats


@dataclass(frozen=True, slots=True)
class Tightest:
    """Bounds that can be met; None where none can.

    Attributes
    ----------
    high_at_low : float or None
        The smallest upper bound beside the lower one as it is.
    low_at_high : float or None
        The largest lower bound beside the upper one as it is.
    both : (float, float) or None
        Both, widened by the same factor.
    """

    high_at_low: float | None
    low_at_high: float | None
    both: Bounds | None

    @property
    def found(self) -> bool:
        """Whether any bounds can be met."""
        return any(one is not None for one in (self.high_at_low, self.low_at_high, self.both))


def nearest_reachable(
    size: Floats, x: Floats, target: Floats, low: float, high: float
) -> Reachable | None:
    """Find by how much totals are missed at best: the smallest largest relative error.

    Parameters
    ----------
    size : float64 array (C,)
        What a factor of 1 makes of each row, zero or more: the weights that enter, for bounds of
        factors; 1 a case, for bounds of weights.
    x : float64 array (C, p)
    target : float64 array (p,)
    low, high : float
        Bounds of factors of ``size``.

    Returns
    -------
    Reachable or None
        None where the linear programme would have more than twice ``LARGEST`` entries.

    Notes
    -----
    min e subject to |Σ v x - t| <= e s, low d <= v <= high d over rows of equal x taken together,
    with d their size and s as in :func:`~.equations.scales`. All that a row adds is linear in its
    v, so the sum of v over rows of equal x can be anything between the sums of their bounds, and
    nothing is lost by taking them together.
    """
    program = _Program.of(size, x, target)
    if program.rows.size > EASIER * LARGEST:
        return None
    worst = missed_least(program.rows, program.wanted, low, high)
    if worst is None:
        return None
    # The worst is as small as it can be; now the others too, as a sum.
    every = missed_in_sum(program.rows, program.wanted, low, high, worst.error)
    missed = program.rows @ (worst.factors if every is None else every) - program.wanted
    missed[np.abs(missed) <= EXACT] = 0.0
    return Reachable(float(np.abs(missed).max(initial=0.0)), missed)


def tightest_bounds(
    size: Floats,
    x: Floats,
    target: Floats,
    bounds: Bounds,
    *,
    meets: Meets,
    centre: float = 1.0,
    room: float = 0.0,
) -> Tightest | None:
    """Find the tightest bounds that can be met, in place of some that cannot.

    Parameters
    ----------
    size : float64 array (C,)
        As of :func:`nearest_reachable`.
    x : float64 array (C, p)
    target : float64 array (p,)
    bounds : (float, float)
        That cannot be met, zero or more.
    meets : callable
        Whether a lower and an upper bound can be met in fact; a logit, which never quite reaches
        its bounds, needs more room than truncation.
    centre : float
        From where both are widened: centre - k (centre - low), centre + k (high - centre).
    room : float
        Part of their distance from the centre by which bounds are widened at least.

    Returns
    -------
    Tightest or None
        Rounded outward to four significant digits, and widened a little until they are met. Lower
        bounds stay at zero or more. None where the linear programmes would have more than
        ``LARGEST`` entries.
    """
    program = _Program.of(size, x, target)
    if program.rows.size > LARGEST:
        return None
    low, high = bounds
    above = smallest(*program, low=(low, 0.0), high=(0.0, 1.0))
    below = smallest(*program, low=(0.0, -1.0), high=(high, 0.0))
    wider = math.nan
    if math.isfinite(high):
        wider = smallest(*program, low=(centre, low - centre), high=(centre, high - centre))

    def ahead(room: float) -> Bounds:
        return low, _outward(above + room * (above - centre), up=True)

    def behind(room: float) -> Bounds:
        return _outward(max(-below - room * (centre + below), 0.0), up=False), high

    def around(room: float) -> Bounds:
        factor = wider * (1 + room)
        lower = max(centre - factor * (centre - low), 0.0)
        return _outward(lower, up=False), _outward(centre + factor * (high - centre), up=True)

    one, other, both = (
        None if math.isnan(limit) else _first_met(made, meets, room)
        for limit, made in ((above, ahead), (below, behind), (wider, around))
    )
    return Tightest(one and one[1], other and other[0], both)


class _Program(NamedTuple):
    """The linear programme, rows of equal x taken together.

    Attributes
    ----------
    rows : float64 array (p, K)
        What a factor of 1 adds to each total, over what errors are relative to.
    wanted : float64 array (p,)
        Targets over the same.
    """

    rows: Floats
    wanted: Floats

    @classmethod
    def of(cls, size: Floats, x: Floats, target: Floats) -> _Program:
        counted = size > 0
        table, group = np.unique(x[counted], axis=0, return_inverse=True)
        together = np.bincount(group.ravel(), size[counted], len(table))
        scale = scales(target, np.abs(table).T @ together)
        scale = np.where(scale > 0, scale, 1.0)
        return cls((together[:, None] * table).T / scale[:, None], target / scale)


def _first_met(bounds: Callable[[float], Bounds], meets: Meets, least: float) -> Bounds | None:
    for room in (least, *(one for one in ROOM if one > least)):
        low, high = bounds(room)
        if meets(low, high):
            return low, high
    return None


def _outward(value: float, *, up: bool) -> float:
    if value == 0:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(abs(value))) + 1 - DIGITS)
    # What is of rounding alone shall not push a bound on by a whole unit.
    steps = math.ceil(value / unit - 1e-6) if up else math.floor(value / unit + 1e-6)
    return float(f"{steps * unit:.{DIGITS}g}")
