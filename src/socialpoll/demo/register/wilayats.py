"""Wilayats of the synthetic register: the parts of governorates in which blocks lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from socialpoll.demo.register.people import GOVERNORATES, WILAYATS_OF, Ints

if TYPE_CHECKING:
    from socialpoll.demo.register.households import Drawing

__all__ = ["wilayats_of_blocks", "wilayats_of_homes"]

COUNTS = np.array([len(WILAYATS_OF[name]) for name in GOVERNORATES])
FIRSTS = np.cumsum(COUNTS) - COUNTS


def wilayats_of_homes(drawing: Drawing, governorate: Ints) -> Ints:
    """Draw a wilayat of each governorate, the nth that it has as common as 1 / n.

    Parameters
    ----------
    drawing : Drawing
    governorate : int64 array (n,)

    Returns
    -------
    int64 array (n,)
        Places in :data:`~socialpoll.demo.register.people.WILAYATS`.
    """
    nth = np.arange(1, COUNTS.max() + 1)
    chances = (nth <= COUNTS[:, None]) / nth
    until = np.cumsum(chances, axis=1)[:, :-1] / chances.sum(axis=1, keepdims=True)
    uniform = drawing.uniform(len(governorate))
    before = (uniform[:, None] >= until[governorate]).sum(axis=1)
    drawn: Ints = FIRSTS[governorate] + np.minimum(before, COUNTS[governorate] - 1)
    return drawn


def wilayats_of_blocks(drawing: Drawing, governorate: Ints, block: Ints) -> Ints:
    """Draw the wilayats of households: one for each block.

    Parameters
    ----------
    drawing : Drawing
    governorate, block : int64 array (n,)
        A block lies in one governorate.

    Returns
    -------
    int64 array (n,)
    """
    _, first, of = np.unique(block, return_index=True, return_inverse=True)
    return wilayats_of_homes(drawing, governorate[first])[of]
