"""The answers to one variable as read-only arrays; what is missing keeps its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.schema import Code, Missing

__all__ = [
    "BLANK",
    "FIRST_MISSING",
    "NOT_ASKED",
    "UNREADABLE",
    "Categorical",
    "Clock",
    "Column",
    "Days",
    "Numeric",
    "Positions",
    "Ticks",
    "Truths",
    "Words",
]

BLANK = -1
"""Position of an answer that is not there, without a reason."""
NOT_ASKED = -2
"""Position of a question that was not asked of this case."""
UNREADABLE = -3
"""Position of an answer that fits no declared code; a finding tells which."""
FIRST_MISSING = -4
"""Position of the first typed missing code; the next one is one lower."""

Positions: TypeAlias = npt.NDArray[np.int8] | npt.NDArray[np.int16]
"""Places in a list of codes; int8 where the list is short."""
Truths: TypeAlias = npt.NDArray[np.bool_]
"""A truth value a case."""


@dataclass(frozen=True, eq=False)
class Categorical:
    """One position in a list of categories per case.

    Attributes
    ----------
    position : int8 or int16 array (n,)
        Place in ``categories``; negative where there is no valid answer.
    categories : tuple of Code
        In schema order.
    missing : tuple of Missing
        Typed missing codes: number ``j`` stands at position ``FIRST_MISSING - j``.
    """

    position: Positions
    categories: tuple[Code, ...]
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, eq=False)
class Ticks:
    """The options of a multiple-response question.

    Attributes
    ----------
    ticked : int8 array (n, options), Fortran order
        1 chosen, 0 not chosen; meaningless where ``state`` is negative.
    state : int8 array (n,)
        0 where the question was answered, else a negative position as in :class:`Categorical`.
    options : tuple of Code
        In schema order.
    missing : tuple of Missing
        Typed missing codes.
    """

    ticked: npt.NDArray[np.int8]
    state: npt.NDArray[np.int8]
    options: tuple[Code, ...]
    missing: tuple[Missing, ...] = ()

    @property
    def mentions(self) -> tuple[int, ...]:
        """Places of the options that count as something chosen: all but the exclusive ones."""
        return tuple(place for place, one in enumerate(self.options) if not one.exclusive)

    @property
    def chosen(self) -> npt.NDArray[np.float64]:
        """How many of these each case chose (n,); 0 where ``state`` is negative."""
        number = self.ticked[:, list(self.mentions)].sum(axis=1, dtype=np.float64)
        return np.where(self.state == 0, number, 0.0)


@dataclass(frozen=True, eq=False)
class Numeric:
    """A number per case.

    Attributes
    ----------
    values : float64 array (n,)
        0 where ``state`` is negative.
    state : int8 array (n,)
        0 where there is a valid number, else a negative position as in :class:`Categorical`.
    missing : tuple of Missing
        Typed missing codes.
    """

    values: npt.NDArray[np.float64]
    state: npt.NDArray[np.int8]
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, eq=False)
class Clock(Categorical):
    """A time of day: its band as a position, and the time itself.

    Attributes
    ----------
    minutes : float64 array (n,)
        After midnight, 0 to before 1440; 0 where ``position`` is negative.
    """

    minutes: npt.NDArray[np.float64] = None  # type: ignore[assignment]


@dataclass(frozen=True, eq=False)
class Days:
    """A day of the calendar per case.

    Attributes
    ----------
    day : int32 array (n,)
        Days since the beginning of year 1, as ``datetime.date.toordinal``; 0 where ``state`` is
        negative.
    state : int8 array (n,)
        0 where there is a day, else a negative position as in :class:`Categorical`.
    missing : tuple of Missing
        Typed missing codes.
    """

    day: npt.NDArray[np.int32]
    state: npt.NDArray[np.int8]
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, eq=False)
class Words:
    """An answer in the respondent's own words per case.

    Attributes
    ----------
    words : object array (n,)
        Of str; empty where ``state`` is negative.
    state : int8 array (n,)
        0 where there are words, else a negative position as in :class:`Categorical`.
    missing : tuple of Missing
        Typed missing codes.
    """

    words: npt.NDArray[np.object_]
    state: npt.NDArray[np.int8]
    missing: tuple[Missing, ...] = ()


Column: TypeAlias = Categorical | Ticks | Numeric | Clock | Days | Words
