"""Households of the synthetic register: couples, their children, and the mother of the head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.demo import FOLDER
from socialpoll.demo.citizens import SEXES, Citizens
from socialpoll.demo.register import supposed
from socialpoll.demo.register.names import FAMILIES, FAMILIES_AT_HOME, FEMALE, MALE
from socialpoll.demo.register.people import (
    EDUCATIONS,
    FAMILY,
    FATHER,
    GIVEN,
    GOVERNORATES,
    GRANDFATHER,
    NOT_OF_AGE,
    WORDS,
    Ints,
    People,
    day,
)
from socialpoll.demo.register.wilayats import wilayats_of_blocks, wilayats_of_homes

__all__ = ["Drawing", "families_of", "names_of_sex", "people_of"]

Floats: TypeAlias = npt.NDArray[np.float64]
Uniforms: TypeAlias = Callable[[int], Floats]

CHUNK_NUMBERS = 1_000_000
"""More than a chunk has people: numbers of its households and blocks begin with its own."""
FULL_AGE = 18
YOUNGEST_HEAD, OLDEST_HEAD, OLDEST = 24, 80, 99
YOUNGEST_MOTHER, GROWN = 17, 32
DAYS = 365.2425
HEAD, WIFE, MOTHER, CHILD = range(4)


@dataclass(frozen=True)
class Drawing:
    """Draws from uniform numbers alone, so that every version of numpy gives the same.

    Attributes
    ----------
    uniform : function of int to float64 array
        Gives so many numbers from 0 to before 1.
    """

    uniform: Uniforms = field(repr=False)

    def among(self, chances: npt.ArrayLike, count: int) -> Ints:
        """Return places, each with its chance."""
        cumulated = np.cumsum(np.asarray(chances, dtype=np.float64))
        cumulated /= cumulated[-1]
        return np.searchsorted(cumulated, self.uniform(count), side="right")

    def between(self, first: npt.ArrayLike, last: npt.ArrayLike, count: int) -> Ints:
        """Return whole numbers from ``first`` to ``last``, all as likely."""
        low = np.asarray(first, dtype=np.int64)
        return low + np.floor(self.uniform(count) * (np.asarray(last) - low + 1)).astype(np.int64)

    def happens(self, chance: float, count: int) -> npt.NDArray[np.bool_]:
        """Return whether something of a chance happens."""
        return self.uniform(count) < chance

    def order(self, count: int) -> Ints:
        """Return places in random order."""
        return np.argsort(self.uniform(count), kind="stable")


def places_of(names: tuple[str, ...]) -> Ints:
    """Return the places of names in :data:`WORDS`."""
    place = {word: at for at, word in enumerate(WORDS)}
    return np.array([place[name] for name in names], dtype=np.int64)


def names_of_sex(drawing: Drawing, sex: Ints) -> Ints:
    """Draw given names, the nth as common as 1 / (n + 3)."""
    drawn = np.empty(len(sex), dtype=np.int64)
    for code, names in enumerate((MALE, FEMALE)):
        of_sex = sex == code
        chances = 1 / (np.arange(len(names)) + 4.0)
        drawn[of_sex] = places_of(names)[drawing.among(chances, int(of_sex.sum()))]
    return drawn


def families_of(drawing: Drawing, governorate: Ints) -> Ints:
    """Draw family names: some of the governorate, the others of the whole country."""
    count = len(governorate)
    drawn = places_of(FAMILIES)[drawing.among(1 / (np.arange(len(FAMILIES)) + 8.0), count)]
    at_home = drawing.happens(supposed.FAMILY_AT_HOME, count)
    for code, name in enumerate(GOVERNORATES):
        own = at_home & (governorate == code)
        names = places_of(FAMILIES_AT_HOME[name])
        drawn[own] = names[drawing.between(0, len(names) - 1, int(own.sum()))]
    return drawn


def people_of(drawing: Drawing, of_places: Drawing, chunk: int, first: int, count: int) -> People:
    """Draw so many people, in whole households but for the last.

    Parameters
    ----------
    drawing : Drawing
    of_places : Drawing
        Of wilayats, so that the other draws do not depend on them.
    chunk : int
        Number of the chunk.
    first : int
        Number of the first of them.
    count : int
        At most 1,000,000.
    """
    heads = _heads(drawing, count)
    household, role = _members(heads, count)
    homes = drawing.among(list(_census().governorates.values()), len(heads["children"]))
    people = len(household)
    governorate = homes[household]
    is_child = role == CHILD
    sex = np.where(role == HEAD, 0, 1)
    sex[is_child] = drawing.between(0, 1, int(is_child.sum()))
    age = _ages(drawing, heads, household, role)
    moved_to, moved_on = _moves(drawing, homes)
    blocks = _blocks(homes)
    wilayats = wilayats_of_blocks(of_places, homes, blocks)
    moved_wilayats = wilayats_of_homes(of_places, moved_to)
    return People(
        number=first + np.arange(people),
        household=chunk * CHUNK_NUMBERS + household,
        block=chunk * CHUNK_NUMBERS + blocks[household],
        names=_names(drawing, homes, household, role, sex),
        sex=sex,
        education=_educations(drawing, sex, age),
        kind=np.zeros(people, dtype=np.int64),
        born=_birthdays(drawing, age, household, is_child),
        governorate=governorate,
        moved_to=moved_to[household],
        wilayat=wilayats[household],
        moved_to_wilayat=np.where(moved_to == homes, wilayats, moved_wilayats)[household],
        moved_on=moved_on[household],
        in_reference=drawing.happens(supposed.COVERAGE["reference"], people),
    )


def _heads(drawing: Drawing, people: int) -> dict[str, Ints]:
    """Return what is drawn of each household; there are enough of them for so many people."""
    count = people
    age = drawing.between(YOUNGEST_HEAD, OLDEST_HEAD, count)
    wife = drawing.happens(supposed.MARRIED, count).astype(np.int64)
    wife_age = np.maximum(age - drawing.between(0, 10, count), FULL_AGE + 1)
    children = drawing.among(supposed.CHILDREN, count) * wife
    mother = drawing.happens(supposed.GRANDMOTHER, count) & (age + YOUNGEST_MOTHER < OLDEST)
    size = 1 + wife + children + mother
    enough = int(np.searchsorted(np.cumsum(size), people)) + 1
    drawn = {"age": age, "wife": wife, "wife_age": wife_age, "children": children}
    return {name: told[:enough] for name, told in (drawn | {"mother": mother + 0}).items()}


def _members(heads: Mapping[str, Ints], people: int) -> tuple[Ints, Ints]:
    """Return household and role of each person: head, wife, mother, children."""
    counts = np.column_stack(
        [np.ones_like(heads["age"]), heads["wife"], heads["mother"], heads["children"]]
    )
    roles = np.tile(np.arange(4), len(counts))
    household = np.repeat(np.arange(len(counts)), counts.sum(axis=1))
    return household[:people], np.repeat(roles, counts.ravel())[:people]


def _ages(drawing: Drawing, heads: Mapping[str, Ints], household: Ints, role: Ints) -> Ints:
    own, wife = heads["age"][household], heads["wife_age"][household]
    oldest_child = np.minimum(wife - YOUNGEST_MOTHER, GROWN)
    child = drawing.between(0, oldest_child - 1, len(role))
    beside = drawing.between(YOUNGEST_MOTHER, YOUNGEST_MOTHER + 15, len(role))
    by_role = np.array([own, wife, np.minimum(own + beside, OLDEST), child])
    return by_role[role, np.arange(len(role))]


def _birthdays(
    drawing: Drawing, age: Ints, household: Ints, is_child: npt.NDArray[np.bool_]
) -> Ints:
    """Return the days of birth; some children are twins of the one before."""
    within = np.floor(drawing.uniform(len(age)) * DAYS)
    born: Ints = day(supposed.REFERENCE_DATE) - np.floor(age * DAYS + within).astype(np.int64)
    twin = drawing.happens(supposed.TWIN, len(age))
    twin[1:] &= is_child[1:] & is_child[:-1] & (household[1:] == household[:-1])
    twin[0] = False
    twin[1:] &= ~twin[:-1]
    (second,) = twin.nonzero()
    born[second] = born[second - 1]
    return born


def _names(drawing: Drawing, homes: Ints, household: Ints, role: Ints, sex: Ints) -> Ints:
    """Return the chains: children have the head's, wives and mothers one of their own."""
    count = len(role)
    fathers = names_of_sex(drawing, np.zeros(3 * len(homes), dtype=np.int64)).reshape(3, -1)
    family = families_of(drawing, homes)[household]
    own = names_of_sex(drawing, np.zeros(2 * count, dtype=np.int64)).reshape(2, -1)
    kin = drawing.happens(supposed.KIN_MARRIAGE, count)
    other = families_of(drawing, homes[household])
    given = names_of_sex(drawing, sex)
    names = np.empty((count, 4), dtype=np.int64)
    is_head, is_child = role == HEAD, role == CHILD
    names[:, GIVEN] = np.where(is_head, fathers[0][household], given)
    names[:, FATHER] = np.choose(
        is_head + 2 * is_child, (own[0], fathers[1][household], fathers[0][household])
    )
    names[:, GRANDFATHER] = np.choose(
        is_head + 2 * is_child, (own[1], fathers[2][household], fathers[1][household])
    )
    names[:, FAMILY] = np.where(is_head | is_child | kin, family, other)
    _tell_siblings_apart(drawing, names, household, is_child, sex)
    return names


def _tell_siblings_apart(
    drawing: Drawing, names: Ints, household: Ints, is_child: npt.NDArray[np.bool_], sex: Ints
) -> None:
    """Draw anew where a child has the name of a sister or brother, until none has."""
    (places,) = is_child.nonzero()
    while len(places):
        key = household[places] * len(WORDS) + names[places, GIVEN]
        order = np.argsort(key, kind="stable")
        again = np.zeros(len(places), dtype=np.bool_)
        again[order[1:]] = key[order[1:]] == key[order[:-1]]
        redrawn = places[again]
        names[redrawn, GIVEN] = names_of_sex(drawing, sex[redrawn])
        places = places[np.isin(household[places], household[redrawn])]


def _blocks(homes: Ints) -> Ints:
    """Return the block of each household: neighbours in a governorate, so many a block."""
    order = np.argsort(homes, kind="stable")
    counts = np.bincount(homes, minlength=len(GOVERNORATES))
    nth = np.empty(len(homes), dtype=np.int64)
    nth[order] = np.arange(len(homes)) - np.repeat(np.cumsum(counts) - counts, counts)
    blocks: Ints = counts // supposed.BLOCK_HOUSEHOLDS + 1
    return nth // supposed.BLOCK_HOUSEHOLDS + (np.cumsum(blocks) - blocks)[homes]


def _moves(drawing: Drawing, homes: Ints) -> tuple[Ints, Ints]:
    """Return where each household moves, and when; the rest stays where it is."""
    count = len(homes)
    moves = drawing.happens(supposed.MOVED, count)
    away = (homes + 1 + drawing.between(0, len(GOVERNORATES) - 2, count)) % len(GOVERNORATES)
    first = day(supposed.REFERENCE_DATE) + 1
    last = day(max(supposed.TABLE_DATES.values()))
    return np.where(moves, away, homes), drawing.between(first, last, count)


def _educations(drawing: Drawing, sex: Ints, age: Ints) -> Ints:
    """Return the education of those of full age: shares by sex and age as in the census."""
    firsts, chances = _education_shares()
    row = np.searchsorted(firsts, age, side="right") - 1
    uniform = drawing.uniform(len(age))
    limits = chances[sex, np.maximum(row, 0)]
    drawn = (uniform[:, None] >= limits).sum(axis=1)
    return np.where(age >= FULL_AGE, drawn, NOT_OF_AGE)


@cache
def _census() -> Citizens:
    return Citizens.read(FOLDER)


@cache
def _education_shares() -> tuple[Ints, Floats]:
    """Return the first age of each group, and cumulated shares (sex, age group, education)."""
    profiles = _census().profiles
    firsts = sorted({int(one.age[:2]) for one in profiles})
    persons = np.zeros((len(SEXES), len(firsts), len(EDUCATIONS)))
    for one in profiles:
        persons[one.sex, firsts.index(int(one.age[:2])), EDUCATIONS.index(one.education)] += (
            one.persons
        )
    cumulated = np.cumsum(persons, axis=2) / persons.sum(axis=2, keepdims=True)
    return np.array(firsts), cumulated[:, :, :-1]
