"""Whether hidden counts stay uncertain enough: what the attacker's program can still reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.copying import copied
from socialpoll.disclosure.linear import solved, widened
from socialpoll.disclosure.solving import MOST, TOLERANCE, Needs, System

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["HIGH", "LOW", "intervals", "reach", "unreached"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

HIGH, LOW = 1.0, -1.0
"""The two directions in which a count must be uncertain."""
FEW = 1_000
"""Unknowns of so few needs, each with its own, that one program looks at all of them."""


def unreached(
    system: System, needs: Needs, family: npt.NDArray[np.int64] | None = None
) -> tuple[Truths, Truths]:
    """Say of which needs the upper limit cannot be reached, and of which the lower one.

    Parameters
    ----------
    system : System
        Of all that is known.
    needs : Needs
    family : int array (needs,), optional
        Families of which one need is enough: where one cannot be reached, the others are not
        looked at.

    Returns
    -------
    bool array, bool array (needs,)
    """
    high = _beyond(system, needs, HIGH, family)
    left = np.ones(high.size, dtype=np.bool_)
    if family is not None:
        left = ~np.isin(family, family[high])
        family = family[left]
    low = np.zeros(high.size, dtype=np.bool_)
    low[left] = _beyond(system, needs.chosen(left), LOW, family)
    return high, low


def reach(system: System, needs: Needs, direction: float) -> Floats:
    """Return how far unknown parts of forms must go to their limits, in one direction."""
    limits = needs.high if direction == HIGH else needs.low
    return direction * (limits - system.settled[needs.forms])


def _beyond(
    system: System,
    needs: Needs,
    direction: float,
    family: npt.NDArray[np.int64] | None,
) -> Truths:
    """Push all limits at once, then, in groups where none gives way, one after another.

    Where one of a family is enough, one of each group is pushed first, and by turns what then fell
    shortest. When few are left, one program pushes each in a copy of its group.
    """
    target, group = reach(system, needs, direction), system.groups_of(needs.forms)
    missed = (target > TOLERANCE) | (group >= 0)
    pending = missed & (group >= 0)
    sizes = np.bincount(system.group, minlength=1)
    short, alone = target.copy(), set[int]() if family is None else set(group.tolist())
    while True:
        if family is not None:
            _give_up(pending, missed, family)
        left = np.flatnonzero(pending)
        if sizes[group[left]].sum() <= FEW:
            missed[left] = ~_reached_alone(system, needs.forms[left], target[left], direction)
            return missed
        chosen = _first_of(pending, group, short, alone)
        kept = system.within(np.unique(group[chosen]))
        point = _pushed(kept, kept.forms[needs.forms[chosen]] * direction, target[chosen])
        near = np.isin(group, group[chosen])
        short[near] = (target - direction * (kept.forms[needs.forms] @ point))[near]
        here = pending & near & (short <= TOLERANCE)
        missed[here] = False
        still = set(group[chosen].tolist()) - set(group[here].tolist())
        stuck = np.isin(group, list(still & alone)) & chosen
        pending &= ~here & ~stuck
        waiting = set(group[pending].tolist())
        by_turns = set[int]() if alone else waiting
        alone = (alone | still) & waiting if family is None else by_turns


def _give_up(pending: Truths, missed: Truths, family: npt.NDArray[np.int64]) -> None:
    """Look no further at families of which one was missed, nor count their others as missed."""
    lost = missed & ~pending
    pending &= ~np.isin(family, family[lost])
    missed &= pending | lost


def _first_of(
    pending: Truths, group: npt.NDArray[np.int64], short: Floats, alone: set[int]
) -> Truths:
    """Choose what is pending; of groups that are taken alone what fell shortest."""
    chosen = pending.copy()
    single = np.flatnonzero(pending & np.isin(group, list(alone)))
    chosen[single] = False
    single = single[np.argsort(-short[single], kind="stable")]
    chosen[single[np.unique(group[single], return_index=True)[1]]] = True
    return chosen


def _reached_alone(
    system: System, forms: npt.NDArray[np.intp], target: Floats, direction: float
) -> Truths:
    """Say which forms reach their targets, whatever becomes of the others."""
    if not forms.size:
        return np.zeros(0, dtype=np.bool_)
    own = copied(system, forms)
    sums = own.forms * direction
    return np.asarray(sums @ _pushed(own, sums, target) >= target - TOLERANCE)


def _pushed(system: System, sums: sparse.csr_array, target: Floats) -> Floats:
    """Return the point at which sums fall short of their targets by the least in all."""
    from scipy import sparse

    unknowns, pushed = system.free.size, target.size
    size = unknowns + pushed
    short = sparse.hstack([sums, sparse.eye_array(pushed)], format="csr")
    least = sparse.vstack([widened(system.bounds, size), short], format="csr")
    point = solved(
        np.concatenate([np.zeros(unknowns), np.ones(pushed)]),
        (widened(system.equal, size), system.values),
        (least, np.concatenate([system.least, target])),
    )
    return point[:unknowns]


def intervals(system: System, forms: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return the least and the most that each form can be; infinite where nothing limits it.

    Parameters
    ----------
    system : System
        Of all that is known.
    forms : int array (m,)

    Returns
    -------
    float64 array, float64 array (m,)
    """
    return _ends(system, forms, LOW), _ends(system, forms, HIGH)


def _ends(system: System, forms: npt.NDArray[np.intp], direction: float) -> Floats:
    """Push one form of each group after another as far as it goes."""
    found = system.settled[forms].copy()
    group = system.groups_of(forms)
    waiting = group >= 0
    while waiting.any():
        here = np.flatnonzero(waiting)
        chosen = here[np.unique(group[here], return_index=True)[1]]
        kept = system.within(group[chosen])
        sums = kept.forms[forms[chosen]]
        cost = np.asarray(-direction * sums.sum(axis=0)).ravel()
        equal, least = (kept.equal, kept.values), (kept.bounds, kept.least)
        moved = sums @ solved(cost, equal, least, most=MOST)
        found[chosen] += np.where(np.abs(moved) >= MOST / 2, direction * np.inf, moved)
        waiting[chosen] = False
    return found
