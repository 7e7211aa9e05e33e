"""Who was asked, who answered, and who counts in the base: one truth value a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.responses.columns import (
    FIRST_MISSING,
    NOT_ASKED,
    Categorical,
    Column,
    Positions,
    Truths,
)

if TYPE_CHECKING:
    from socialpoll.schema import Missing

__all__ = ["asked", "in_base", "state_of", "valid"]


def state_of(column: Column) -> Positions:
    """Return the array whose negative values say why there is no valid answer.

    Parameters
    ----------
    column : Column

    Returns
    -------
    int8 or int16 array (n,)
        ``position`` of a categorical column, ``state`` of any other.
    """
    return column.position if isinstance(column, Categorical) else column.state


def valid(column: Column) -> Truths:
    """Say who gave a valid answer: no blank, no missing code, nothing unreadable.

    Parameters
    ----------
    column : Column

    Returns
    -------
    bool array (n,)
    """
    found: Truths = state_of(column) >= 0
    return found


def asked(column: Column) -> Truths:
    """Say who was asked: neither routed out nor given a missing code of reason ``not_asked``.

    Parameters
    ----------
    column : Column

    Returns
    -------
    bool array (n,)
        Never true of a case without an interview that answered nothing.
    """
    not_asked: Truths = state_of(column) == NOT_ASKED
    return ~(not_asked | _typed(column, lambda one: one.reason == "not_asked"))


def in_base(column: Column) -> Truths:
    """Say who counts in the base ``answered``: valid answers and the missing codes that are in it.

    Parameters
    ----------
    column : Column

    Returns
    -------
    bool array (n,)
    """
    return valid(column) | _typed(column, lambda one: one.in_base)


def _typed(column: Column, such: Callable[[Missing], bool]) -> Truths:
    """Say who gave one of such missing codes."""
    state = state_of(column)
    found = np.zeros(state.shape, dtype=np.bool_)
    for place, one in enumerate(column.missing):
        if such(one):
            found |= state == FIRST_MISSING - place
    return found
