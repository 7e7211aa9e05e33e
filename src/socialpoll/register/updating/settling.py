"""Which of the things that are said of a person stands: arrays in, arrays out."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.register.coding import NOTHING, Ints

__all__ = ["NOT_SAID", "UNRANKED", "Said", "Settled", "Truths", "settled", "worth"]

Truths: TypeAlias = npt.NDArray[np.bool_]

UNRANKED = 1 << 20
"""Rank of a table that was given none: after all that were."""
NOT_SAID = -1
"""Source of what nobody said."""
DAYS = 1 << 24
"""More than there are between any two dates."""


class Said(NamedTuple):
    """What is said of an attribute, a place a statement.

    Attributes
    ----------
    person : int64 array (n,)
        Of whom: place among the people.
    value : int64 array (n,)
        None is ``NOTHING``: who has no value says nothing.
    rank, day, source : int64 array (n,)
        Rank of the table over the attribute, its date, and its number.
    """

    person: Ints
    value: Ints
    rank: Ints
    day: Ints
    source: Ints


class Settled(NamedTuple):
    """What stands of an attribute once everything was said, a place a person.

    Attributes
    ----------
    value : int64 array (p,)
    winner : int64 array (p,)
        Place of the statement that stands now, ``NOT_SAID`` where what stood before does.
    contested : bool array (p,)
        Whether the best that was said contradicts itself, or what stands and is as good.
    best : bool array (n,)
        Of each statement, whether none of its person is better.
    """

    value: Ints
    winner: Ints
    contested: Truths
    best: Truths


def worth(rank: Ints, day: Ints, order: tuple[str, ...]) -> Ints:
    """Return what statements are worth: more is better.

    Examples
    --------
    >>> rank, day = np.array([1, 2, 1]), np.array([100, 300, 200])
    >>> worth(rank, day, ("authority", "recency")).argsort().tolist()
    [1, 0, 2]
    """
    parts = {"authority": -rank, "recency": day}
    found = np.zeros(len(rank), dtype=np.int64)
    for criterion in order:
        found = found * DAYS + parts[criterion]
    return found


def settled(standing: Said, said: Said, order: tuple[str, ...]) -> Settled:
    """Settle an attribute of all people.

    The best of what is said of a person stands, if it is better than what stood and does not
    contradict itself. What is as good as what stood changes nothing.

    Parameters
    ----------
    standing : Said
        A statement a person, in their order; ``NOTHING`` where nobody knew.
    said : Said
        No statement without a value.
    order : tuple of str
        Criteria, the first one first.
    """
    people = len(standing.value)
    before = np.where(standing.value == NOTHING, NOTHING, worth(standing.rank, standing.day, order))
    now = worth(said.rank, said.day, order)
    most = np.full(people, NOTHING, dtype=np.int64)
    np.maximum.at(most, said.person, now)
    best = now == most[said.person]
    lowest, highest = _extremes(said.person[best], said.value[best], people)
    better, as_good = most > before, (most == before) & (most != NOTHING)
    agreed = lowest == highest
    wins = better & agreed
    contradicted = as_good & ~(agreed & (lowest == standing.value))
    winner = np.where(wins, _first(said, best, people), NOT_SAID)
    value = np.where(wins, lowest, standing.value)
    return Settled(value, winner, (better & ~agreed) | contradicted, best)


def _extremes(person: Ints, value: Ints, people: int) -> tuple[Ints, Ints]:
    """Return the lowest and the highest value that is said of each person."""
    lowest = np.full(people, np.iinfo(np.int64).max, dtype=np.int64)
    highest = np.full(people, NOTHING, dtype=np.int64)
    np.minimum.at(lowest, person, value)
    np.maximum.at(highest, person, value)
    return lowest, highest


def _first(said: Said, best: Truths, people: int) -> Ints:
    """Return for each person the best statement of the source that is first."""
    places = np.flatnonzero(best)
    # The last that is written stays: that of the first source.
    ordered = places[np.argsort(-said.source[places], kind="stable")]
    first = np.full(people, NOT_SAID, dtype=np.int64)
    first[said.person[ordered]] = ordered
    return first
