"""Adult Omanis as the synthetic sample knows them: how many of each kind, in each governorate."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = [
    "AGE_GROUPS",
    "EDUCATION_GROUPS",
    "GROUP_OF_EDUCATION",
    "INTENSITIES",
    "SEXES",
    "Citizens",
    "Kind",
    "Profile",
    "age_group_of",
]

Floats: TypeAlias = npt.NDArray[np.float64]
Kind: TypeAlias = tuple[int, int, int, int, int]
"""Places of a citizen on the five axes of :attr:`Citizens.persons`."""

SEXES = ("male", "female")
AGE_GROUPS = ("18-29", "30-49", "50+")
EDUCATION_GROUPS = ("below_secondary", "secondary", "above_secondary")
INTENSITIES = {-1: 0.3, 0: 0.4, 1: 0.3}
"""How eager a user somebody is, which no question asks, and how common that is."""

GROUP_OF_EDUCATION = {
    "illiterate": 0,
    "read_write": 0,
    "below_diploma": 0,
    "diploma": 1,
    "higher_diploma": 2,
    "degree": 2,
}
FIRST_AGES = (18, 30, 50)
OPEN_END, OPEN_FROM = "70+", 70
OLDEST = 95
MEAN_YEARS_BEYOND = 7.0
"""Mean of the years lived beyond 70 in the open age group: an assumption."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A row of the census table: sex, five years of age, education.

    Attributes
    ----------
    sex, age_group, education_group : int
        Places on their axes.
    age : str
        ``"18-19"``, ``"20-24"`` … ``"70+"``.
    education : str
        One of the six levels of the census.
    persons : float
        In the whole country.
    """

    sex: int
    age_group: int
    education_group: int
    age: str
    education: str
    persons: float

    def has(self, years: int) -> bool:
        """Whether somebody of so many completed years is of this row."""
        if self.age == OPEN_END:
            return years >= OPEN_FROM
        first, last = map(int, self.age.split("-"))
        return first <= years <= last

    def years(self, uniform: float) -> int:
        """Turn a uniform number from 0 to before 1 into an age in completed years."""
        if self.age == OPEN_END:
            beyond = -MEAN_YEARS_BEYOND * math.log(1 - uniform)
            return min(OPEN_FROM + int(beyond), OLDEST)
        first, last = map(int, self.age.split("-"))
        return first + int(uniform * (last - first + 1))


@dataclass(frozen=True, eq=False)
class Citizens:
    """The population that the sample is drawn from.

    Attributes
    ----------
    governorates : dict of str to int
        Persons in each, in official order.
    profiles : tuple of Profile
        The same in every governorate: no source crosses governorate with the rest.
    persons : float64 array (governorates, sexes, age groups, education groups, intensities)
        How many of each kind there are.
    """

    governorates: dict[str, int]
    profiles: tuple[Profile, ...]
    persons: Floats

    @classmethod
    def read(cls, folder: Path) -> Citizens:
        """Read the targets of the governorates and the census table of a demo folder."""
        rows = _rows(folder / "targets" / "governorate.csv")
        governorates = {row["governorate"]: int(row["target"]) for row in rows}
        profiles = tuple(_profile(row) for row in _rows(folder / "population.csv"))
        nation = np.zeros((len(SEXES), len(AGE_GROUPS), len(EDUCATION_GROUPS)))
        for one in profiles:
            nation[one.sex, one.age_group, one.education_group] += one.persons
        place = np.array(list(governorates.values()), dtype=np.float64)
        eagerness = np.array(list(INTENSITIES.values()))
        persons = np.einsum("g,sae,i->gsaei", place, nation / nation.sum(), eagerness)
        return cls(governorates, profiles, persons)

    def allocation(self, interviews: int) -> dict[str, int]:
        """Share interviews among governorates by the square root of their citizens (Bankier 1988).

        Parameters
        ----------
        interviews : int
            Of the whole sample.

        Returns
        -------
        dict of str to int
            Sums to ``interviews``; largest remainders are rounded up.
        """
        roots = {name: math.sqrt(persons) for name, persons in self.governorates.items()}
        exact = {name: interviews * root / sum(roots.values()) for name, root in roots.items()}
        whole = {name: int(share) for name, share in exact.items()}
        left = interviews - sum(whole.values())
        for name in sorted(exact, key=lambda one: whole[one] - exact[one])[:left]:
            whole[name] += 1
        return whole


def age_group_of(years: int) -> int:
    """Return the place of an age in completed years, from 18 on, in :data:`AGE_GROUPS`."""
    return sum(years >= first for first in FIRST_AGES) - 1


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _profile(row: dict[str, str]) -> Profile:
    youngest = int(row["age"][:2])
    return Profile(
        sex=SEXES.index(row["sex"]),
        age_group=age_group_of(youngest),
        education_group=GROUP_OF_EDUCATION[row["education"]],
        age=row["age"],
        education=row["education"],
        persons=float(row["persons"]),
    )
