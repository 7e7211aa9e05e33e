"""Differences with variances from the joint scores of their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.differences import (
    Beside,
    Comparable,
    Differences,
    enough,
    joined,
    rows_of,
)
from socialpoll.indicators.joint import Apart
from socialpoll.indicators.stack import Stack, stacks_of
from socialpoll.totals import FIXED, of_differences, one_thread

if TYPE_CHECKING:
    from socialpoll.indicators.block import Block
    from socialpoll.indicators.estimates import Estimates
    from socialpoll.indicators.joint import Joint
    from socialpoll.indicators.pairing import Pairing

__all__ = ["linearised"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
AT_ONCE = 4_000_000
"""Scores held at once."""
TOGETHER = 128
"""Figures whose covariance is made at once, though only parts of it are asked for."""


def linearised(estimates: Estimates, pairings: Iterable[Pairing], minimum_base: int) -> Differences:
    """Return differences with variances k'Vk from joint scores (Binder 1983).

    Parameters
    ----------
    estimates : Estimates
        With a row for every figure of the pairings.
    pairings : iterable of Pairing
    minimum_base : int
        Respondents that a figure needs.
    """
    frame, joint = estimates.frame, estimates.joint
    table = Comparable.of(frame, (frame["se"] > 0).to_numpy() & enough(frame, minimum_base))
    several = [one for one in pairings if one.a.size]
    with one_thread():
        at_once = _within_blocks(several, joint)
        alone = [one for one in several if one.first is not one.second or one.first not in at_once]
        joint.foresee(part.apart for one in alone for part in _parts(one, joint, table))
        found = []
        for pairing in several:
            known = at_once.get(pairing.first) if pairing.second is pairing.first else None
            for one in [known] if known is not None else _by_line(pairing, joint, table):
                least = FIXED * (table.se[one.a] + table.se[one.b]) ** 2
                found.append(one.kept(table, one.variance > least))
    return joined(found)


def _within_blocks(pairings: Sequence[Pairing], joint: Joint) -> dict[Block, Beside]:
    """Compare within blocks, those of the same shape at once, as far as memory allows.

    What costs as much for one question as for twenty is done once for all of them.
    """
    within = {one.first: one for one in pairings if one.first is one.second}
    found: dict[Block, Beside] = {}
    for stack in stacks_of(list(within), joint.engine) if joint.stackable else ():
        for part in stack.parts:
            if joint.uncertainty.scored * part.size <= AT_ONCE:
                chosen = [within[block] for block in part.blocks]
                found |= zip(part.blocks, _of_a_stack(part, chosen, joint), strict=True)
    return found


def _of_a_stack(
    stack: Block | Stack, pairings: Sequence[Pairing], joint: Joint
) -> Iterator[Beside]:
    """Yield the pairings of every block of a stack that is summed as one."""
    lines = len(stack.plan.lines)
    scores = joint.uncertainty.scores(stack, joint.engine.cells(stack.basis))
    firsts = accumulate((block.domains for block in stack.blocks), initial=0)
    starts = list(firsts)[:-1]
    a, b = (
        np.concatenate([getattr(one, side) + at for one, at in zip(pairings, starts, strict=True)])
        for side in ("a", "b")
    )
    freedom = joint.degrees_of_pairs(stack, a, stack, b)
    widths = [block.domains * lines for block in stack.blocks]
    several = joint.uncertainty.covariances(scores, widths)
    done = 0
    for pairing, v in zip(pairings, several, strict=True):
        at = np.arange(lines)[:, None]
        place_a, place_b = ((one * lines + at).ravel() for one in (pairing.a, pairing.b))
        pairs = slice(done, done + pairing.a.size)
        done = pairs.stop
        yield Beside(
            pairing,
            *rows_of(pairing, range(lines)),
            of_differences(v, place_a, place_b),
            np.tile(freedom[pairs], lines),
        )


def _by_line(pairing: Pairing, joint: Joint, table: Comparable) -> Iterator[Beside]:
    """Yield a pairing, so many lines at once as memory allows."""
    freedom = joint.degrees_of_pairs(pairing.first, pairing.a, pairing.second, pairing.b)
    for part in _parts(pairing, joint, table):
        one = part.apart
        variance = joint.apart(one.rows, one.at_a, one.at_b)
        yield Beside(pairing, part.a, part.b, variance, np.tile(freedom, part.lines))


class _Part(NamedTuple):
    """Some lines of a pairing: the rows that are compared, and what their differences need."""

    lines: int
    a: Places
    b: Places
    apart: Apart


def _parts(pairing: Pairing, joint: Joint, table: Comparable) -> Iterator[_Part]:
    joint = joint.among([pairing.first.basis, pairing.second.basis])
    width = np.unique(pairing.a).size + np.unique(pairing.b).size
    most = min(TOGETHER, AT_ONCE // max(joint.uncertainty.scored, 1))
    lines = len(pairing.first.plan.lines)
    step = max(1, most // width)
    for start in range(0, lines, step):
        some = range(start, min(start + step, lines))
        a, b = rows_of(pairing, some)
        used = np.unique(np.concatenate([a, b]))
        used = used[table.usable[used]]
        if used.size == 0:
            continue
        # Figures that may not be compared have no place; any other will do, for they are left out.
        at_a, at_b = (np.searchsorted(used, one).clip(max=used.size - 1) for one in (a, b))
        apart = Apart(
            pairing.first, pairing.a, pairing.second, pairing.b, used.tolist(), at_a, at_b
        )
        yield _Part(len(some), a, b, apart)
