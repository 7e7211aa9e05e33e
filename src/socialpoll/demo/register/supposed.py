"""Every number that the synthetic register supposes, apart from the census of the bundled poll."""

from __future__ import annotations

import datetime as dt

__all__ = [
    "BIRTH_DATE_SLIP",
    "BLOCK_HOUSEHOLDS",
    "CHILDREN",
    "COVERAGE",
    "DUPLICATE",
    "FAMILY_AT_HOME",
    "GRANDMOTHER",
    "IDENTIFIER_MISSING",
    "KIN_MARRIAGE",
    "MARRIED",
    "MOVED",
    "NAME_TYPO",
    "REFERENCE_DATE",
    "TABLE_DATES",
    "TWIN",
    "TYPO_KINDS",
]

IDENTIFIER_MISSING = 0.10
"""Of the records of an agency."""
NAME_TYPO = 0.08
"""Of the records of an agency: one slip in one of the names."""
BIRTH_DATE_SLIP = 0.03
"""Of the records of an agency."""
MOVED = 0.05
"""Of the people: to another governorate, after the date of the reference."""
DUPLICATE = 0.02
"""Of the people whom an agency knows: a second record, with errors of its own."""

REFERENCE_DATE = dt.date(2020, 12, 12)
TABLE_DATES = {
    "education": dt.date(2022, 6, 30),
    "health": dt.date(2023, 6, 30),
    "civil_status": dt.date(2023, 12, 31),
}
"""A table shows where people lived on its date; people moved at any time up to the last one."""
COVERAGE = {"reference": 0.98, "civil_status": 0.99, "health": 0.93, "education": 0.85}
"""Chance of being known to each; to education, of those who are 18 or older on its date."""

BLOCK_HOUSEHOLDS = 40
"""Households of an enumeration block."""
MARRIED = 0.88
"""Chance that the wife of the head lives in the household."""
GRANDMOTHER = 0.15
"""Chance that the mother of the head does."""
CHILDREN = (0.10, 0.10, 0.14, 0.16, 0.16, 0.13, 0.10, 0.06, 0.05)
"""Chances of none, one, two … children where there is a wife; without her there are none."""
TWIN = 0.012
"""Chance that a child was born on the day of the child before."""
FAMILY_AT_HOME = 0.6
"""Chance of a family name of the governorate, and not of the whole country."""
KIN_MARRIAGE = 0.4
"""Chance that a wife, or the mother of the head, has the family name of the head."""

TYPO_KINDS = {
    "hamza": 0.25,
    "teh_marbuta": 0.15,
    "alef_maqsura": 0.10,
    "article": 0.15,
    "compound": 0.05,
    "doubled": 0.10,
    "lost": 0.10,
    "neighbour": 0.10,
}
"""How common the slips are, of those that the letters of a name allow."""
