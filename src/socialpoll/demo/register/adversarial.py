"""People who are there to be mistaken for each other: twins, common names, swapped names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from socialpoll.demo.register.households import Drawing, people_of
from socialpoll.demo.register.people import (
    GIVEN,
    KINDS,
    WORDS,
    Ints,
    People,
)
from socialpoll.demo.register.recording import Errors

__all__ = ["WITHOUT_IDENTIFIERS", "hard_people"]

WITHOUT_IDENTIFIERS = Errors(identifier_missing=1, name_typo=0, birth_date_slip=0, duplicate=0)
"""Names and dates must tell them apart, and no other error does its part."""
ALIKE = (
    (("حسن", "حسين"), ("أحمد", "حمد"), ("سعيد", "سعود"), ("حمد", "حمود"), ("زاهر", "زهران")),
    (("شيخة", "شيماء"), ("راية", "رية"), ("سعاد", "سعدية"), ("أمل", "آمنة"), ("زهرة", "الزهراء")),
)
"""Names that parents give to twins: of brothers, and of sisters."""
NEAR_IN_TIME = 40
"""Days between the births of half of those with one name."""


def hard_people(drawing: Drawing, of_places: Drawing, pairs: int) -> People:
    """Return pairs of people of each kind, all of them in the reference.

    Twins are of one sex, day and chain, with names that are alike. Two people of a common name have
    all four names, sex and governorate in common, not the day of birth. Those whose names are
    swapped are ordinary people of whom agencies write the father's name first.

    Parameters
    ----------
    drawing, of_places : Drawing
        As of :func:`~socialpoll.demo.register.households.people_of`.
    pairs : int
        Of each kind.

    Returns
    -------
    People
        6 times ``pairs``.
    """
    drawn = people_of(drawing, of_places, 0, 0, 6 * pairs)
    everybody = replace(
        drawn,
        kind=np.repeat([KINDS.index(kind) for kind in KINDS[1:]], 2 * pairs),
        in_reference=np.ones(6 * pairs, dtype=np.bool_),
        moved_to=drawn.governorate,
        moved_to_wilayat=drawn.wilayat,
    )
    first = np.arange(0, 2 * pairs, 2)
    twins, common = first, first + 2 * pairs
    for one in (*twins, *common):
        _as_the_first(everybody, one)
    everybody.born[twins + 1] = everybody.born[twins]
    _name_alike(drawing, everybody, twins)
    apart = drawing.between(1, NEAR_IN_TIME, pairs) * (np.arange(pairs) % 2 == 0)
    far = drawing.between(366, 9000, pairs) * (np.arange(pairs) % 2 == 1)
    everybody.born[common + 1] = everybody.born[common] - apart - far
    return everybody


def _as_the_first(people: People, first: int) -> None:
    """Give the second of a pair what both have in common."""
    alike = (people.household, people.block, people.names, people.sex)
    for told in (*alike, people.governorate, people.wilayat):
        told[first + 1] = told[first]
    people.moved_to[first + 1] = people.governorate[first]
    people.moved_to_wilayat[first + 1] = people.wilayat[first]


def _name_alike(drawing: Drawing, people: People, twins: Ints) -> None:
    place = {word: at for at, word in enumerate(WORDS)}
    names = np.array([[[place[one] for one in pair] for pair in of_sex] for of_sex in ALIKE])
    which = drawing.between(0, len(ALIKE[0]) - 1, len(twins))
    chosen = names[people.sex[twins], which]
    people.names[twins, GIVEN], people.names[twins + 1, GIVEN] = chosen.T
