"""What an agency writes down of people, with the errors that its records have."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.demo.register import supposed
from socialpoll.demo.register.households import FULL_AGE, Drawing
from socialpoll.demo.register.layouts import REFERENCE, Layout
from socialpoll.demo.register.people import (
    FAMILY,
    FATHER,
    GIVEN,
    KINDS,
    WORDS,
    Ints,
    People,
    day,
)
from socialpoll.demo.register.typos import Slips

__all__ = ["NOBODY", "Errors", "Written", "identifiers_of", "slips", "written"]

Truths: TypeAlias = npt.NDArray[np.bool_]

IDENTIFIER_FIRST, IDENTIFIER_COUNT, IDENTIFIER_STEP = 10_000_000, 90_000_000, 38_196_601
"""The step has no factor in common with the count, so that no two people have one identifier."""
NOBODY = -1
DAYS_OF_A_YEAR = 365.2425
MONTHS, SURE_DAYS = 12, 28
EXCHANGED, DAY = 0, 1
"""Of the parts of a date that are off; the others are month, year and decade."""


@dataclass(frozen=True)
class Errors:
    """How common errors are, as shares of records; duplicates as a share of people."""

    identifier_missing: float = supposed.IDENTIFIER_MISSING
    name_typo: float = supposed.NAME_TYPO
    birth_date_slip: float = supposed.BIRTH_DATE_SLIP
    duplicate: float = supposed.DUPLICATE


@dataclass(frozen=True, eq=False)
class Written:
    """Records of people, in arrays of one place a record.

    Attributes
    ----------
    person : int64 array (n,)
        Whom a record is of: the number of the person.
    household, block : int64 array (n,)
        In which the person lived at the date of the reference.
    identifier : int64 array (n,)
        As written, or ``NOBODY``.
    spelled : int64 array (n, 4)
        Places of the spellings of the four names.
    sex, born, governorate, wilayat, education : int64 array (n,)
        As written.
    """

    person: Ints
    household: Ints
    block: Ints
    identifier: Ints
    spelled: Ints
    sex: Ints
    born: Ints
    governorate: Ints
    wilayat: Ints
    education: Ints


def written(drawing: Drawing, people: People, layout: Layout, errors: Errors) -> Written:
    """Return the records that a table has of people, in an order of its own.

    Parameters
    ----------
    drawing : Drawing
    people : People
    layout : Layout
    errors : Errors
    """
    known = people.take(_known(drawing, people, layout))
    again = known.take(drawing.happens(errors.duplicate, len(known)))
    both = People.join([known, again])
    of = both.take(drawing.order(len(both)))
    count = len(of)
    missing = drawing.happens(errors.identifier_missing, count)
    slipped = drawing.happens(errors.birth_date_slip, count)
    swapped = (of.kind == KINDS.index("swapped_name")) & (layout != REFERENCE)
    return Written(
        person=of.number,
        household=of.household,
        block=of.block,
        identifier=np.where(missing, NOBODY, identifiers_of(of.number)),
        spelled=_exchanged(_spelled(drawing, of.names, errors.name_typo), swapped),
        sex=of.sex,
        born=np.where(slipped, _slipped(drawing, of.born, layout.date), of.born),
        governorate=of.lives_in(layout.date),
        wilayat=of.wilayats_in(layout.date),
        education=of.education,
    )


def identifiers_of(number: Ints) -> Ints:
    """Return the identifiers of people: eight digits, no two the same."""
    return IDENTIFIER_FIRST + number * IDENTIFIER_STEP % IDENTIFIER_COUNT


@cache
def slips() -> Slips:
    """Return all slips of all names."""
    return Slips.of(WORDS)


def _known(drawing: Drawing, people: People, layout: Layout) -> Truths:
    if layout == REFERENCE:
        return people.in_reference
    known = drawing.happens(supposed.COVERAGE[layout.name], len(people))
    if not layout.educations:
        return known
    age = (day(layout.date) - people.born) / DAYS_OF_A_YEAR
    return known & (age >= FULL_AGE) & (people.education >= 0)


def _spelled(drawing: Drawing, names: Ints, typo: float) -> Ints:
    """Return the spellings: one slip in one of the names of some records."""
    spelled = names.copy()
    (rows,) = drawing.happens(typo, len(names)).nonzero()
    which = drawing.between(GIVEN, FAMILY, len(rows))
    spelled[rows, which] = slips().draw(names[rows, which], drawing.uniform(len(rows)))
    return spelled


def _slipped(drawing: Drawing, born: Ints, latest: dt.date) -> Ints:
    """Return dates of birth with a slip: day and month exchanged, or one part of them off."""
    date = born.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    of_month = (date - month).astype(np.int64) + 1
    of_year = month.astype(np.int64) % 12 + 1
    part = drawing.between(0, 4, len(born))
    step = np.where(drawing.happens(0.5, len(born)), 1, -1)
    exchanged = (part == EXCHANGED) & (of_month <= MONTHS) & (of_month != of_year)
    days = np.where((part <= DAY) & ~exchanged, (of_month + step - 1) % SURE_DAYS + 1, of_month)
    days = np.where(exchanged, of_year, np.minimum(days, SURE_DAYS))
    months = np.where(exchanged, of_month - of_year, np.array([0, 0, 1, 12, 120])[part] * step)
    slipped = _date(month.astype(np.int64) + months, days)
    # What would be after the date of the table is off in the other direction.
    return np.where(slipped <= day(latest), slipped, _date(month.astype(np.int64) - months, days))


def _date(month: Ints, of_month: Ints) -> Ints:
    """Return days since 1970-01-01 from months since then and days of the month."""
    first = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + of_month - 1


def _exchanged(spelled: Ints, swapped: Truths) -> Ints:
    """Return the names, those of some with given and father's name in each other's place."""
    other = spelled.copy()
    other[:, [GIVEN, FATHER]] = spelled[:, [FATHER, GIVEN]]
    return np.where(swapped[:, None], other, spelled)
