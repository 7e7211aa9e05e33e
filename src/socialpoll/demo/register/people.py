"""People as the synthetic register holds them to be: what is true of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.demo.register.names import (
    FAMILIES,
    FAMILIES_AT_HOME,
    FEMALE,
    MALE,
    WILAYATS_AT_HOME,
)

__all__ = [
    "EDUCATIONS",
    "FAMILY",
    "FATHER",
    "GIVEN",
    "GOVERNORATES",
    "GRANDFATHER",
    "KINDS",
    "NOT_OF_AGE",
    "SEXES",
    "WILAYATS",
    "WILAYATS_OF",
    "WORDS",
    "Ints",
    "People",
    "day",
]

Ints: TypeAlias = npt.NDArray[np.int64]
Truths: TypeAlias = npt.NDArray[np.bool_]

SEXES = ("male", "female")
GOVERNORATES = tuple(FAMILIES_AT_HOME)
WILAYATS_OF = {governorate: WILAYATS_AT_HOME[governorate] for governorate in GOVERNORATES}
"""Those of each governorate, the largest first."""
WILAYATS = tuple(name for names in WILAYATS_OF.values() for name in names)
EDUCATIONS = ("illiterate", "read_write", "below_diploma", "diploma", "higher_diploma", "degree")
NOT_OF_AGE = -1
"""Education of those of whom the census tells none."""
KINDS = ("ordinary", "twin", "common_name", "swapped_name")
"""Why somebody is in the register; all but the first are there to be mistaken."""
GIVEN, FATHER, GRANDFATHER, FAMILY = range(4)

_AT_HOME = [name for names in FAMILIES_AT_HOME.values() for name in names]
WORDS = tuple(dict.fromkeys((*MALE, *FEMALE, *FAMILIES, *_AT_HOME)))
"""All names, each once."""


def day(date: dt.date) -> int:
    """Return a date as days since 1970-01-01."""
    return date.toordinal() - dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, eq=False)
class People:
    """Some people, in arrays of one place a person.

    Attributes
    ----------
    number : int64 array (n,)
        From 0, of all people.
    household, block : int64 array (n,)
        In which they live at the date of the reference.
    names : int64 array (n, 4)
        Given, father's, grandfather's and family name: places in :data:`WORDS`.
    sex, education, kind : int64 array (n,)
        Places in :data:`SEXES`, :data:`EDUCATIONS` (or ``NOT_OF_AGE``) and :data:`KINDS`.
    born : int64 array (n,)
        Days since 1970-01-01.
    governorate, moved_to : int64 array (n,)
        At the date of the reference, and after a move; the same for those who did not move.
    wilayat, moved_to_wilayat : int64 array (n,)
        Of these governorates: places in :data:`WILAYATS`.
    moved_on : int64 array (n,)
        Days since 1970-01-01.
    in_reference : bool array (n,)
        Whether the reference knows them.
    """

    number: Ints
    household: Ints
    block: Ints
    names: Ints
    sex: Ints
    education: Ints
    kind: Ints
    born: Ints
    governorate: Ints
    moved_to: Ints
    wilayat: Ints
    moved_to_wilayat: Ints
    moved_on: Ints
    in_reference: Truths

    def __len__(self) -> int:
        return len(self.number)

    def take(self, places: Ints | Truths) -> Self:
        """Return the people at some places, in their order."""
        return type(self)(**{one.name: getattr(self, one.name)[places] for one in fields(self)})

    @classmethod
    def join(cls, parts: Sequence[People]) -> Self:
        """Return several as one."""
        return cls(
            **{
                one.name: np.concatenate([getattr(part, one.name) for part in parts])
                for one in fields(cls)
            }
        )

    def lives_in(self, date: dt.date) -> Ints:
        """Return the governorates in which they lived on a day."""
        return np.where(self.moved_on <= day(date), self.moved_to, self.governorate)

    def wilayats_in(self, date: dt.date) -> Ints:
        """Return the wilayats in which they lived on a day."""
        return np.where(self.moved_on <= day(date), self.moved_to_wilayat, self.wilayat)
