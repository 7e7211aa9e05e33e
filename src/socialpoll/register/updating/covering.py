"""Which people tables know, and how often they say what stands, by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.register.coding import NOTHING, Ints, coded
from socialpoll.register.updating.settling import Truths
from socialpoll.register.updating.stating import NOBODY, Stated

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.register.registers import Register

__all__ = ["ALL", "agreement_of", "coverage_of"]

ALL = "all"
UNKNOWN = "unknown"
"""Of whom the place is not known."""
COUNTED = ("people", "linked", "coverage", "unlinked", "undecided")
COMPARED = ("attribute", "compared", "agreeing", "agreement")


def coverage_of(register: Register, told: Sequence[Stated], by: str | None) -> pd.DataFrame:
    """Return how many people of each place a table has records of.

    Parameters
    ----------
    register : Register
        Before it is updated.
    told : sequence of Stated
    by : str or None
        The attribute of the places.
    """
    import pandas as pd

    names, place = _places(register, by)
    people = _by_place(place, names)
    rows: list[tuple[object, ...]] = []
    for one in told:
        linked = np.zeros(len(register), dtype=np.bool_)
        linked[one.person[one.person != NOBODY]] = True
        of_record = one.says.get(by or "", np.full(len(one.person), NOTHING))
        its_place = np.where(of_record == NOTHING, len(names) - 2, of_record)
        nobody = one.person == NOBODY
        counts = (
            people,
            _by_place(place[linked], names),
            _by_place(its_place[nobody & ~one.undecided], names),
            _by_place(its_place[nobody & one.undecided], names),
        )
        for name, known, has, unlinked, undecided in zip(names, *counts, strict=True):
            if name != UNKNOWN or known or unlinked or undecided:
                share = has / known if known else float("nan")
                rows.append((one.table.name, name, known, has, share, unlinked, undecided))
    return pd.DataFrame(rows, columns=["source", by or "place", *COUNTED])


def agreement_of(register: Register, told: Sequence[Stated], by: str | None) -> pd.DataFrame:
    """Return how often records say what stands of their people, by place and attribute.

    Parameters
    ----------
    register : Register
        Before it is updated.
    told : sequence of Stated
    by : str or None
        The attribute of the places.
    """
    import pandas as pd

    names, place = _places(register, by)
    rows = [
        (one.table.name, *row) for one in told for row in _agreeing(register, one, names, place)
    ]
    columns = ["source", by or "place", *COMPARED]
    return pd.DataFrame(rows, columns=columns)


def _agreeing(
    register: Register, told: Stated, names: Sequence[str], place: Ints
) -> Iterator[tuple[object, ...]]:
    linked = told.person != NOBODY
    person = told.person[linked]
    for attribute, values in told.says.items():
        if attribute not in register.frame:
            continue
        standing = coded(register.frame[attribute], attribute, register.layout)[person]
        said = values[linked]
        both = (standing != NOTHING) & (said != NOTHING)
        compared = _by_place(place[person[both]], names)
        agreeing = _by_place(place[person[both & (standing == said)]], names)
        for name, of, agree in zip(names, compared, agreeing, strict=True):
            if name != UNKNOWN or of:
                yield name, attribute, of, agree, agree / of if of else float("nan")


def _places(register: Register, by: str | None) -> tuple[list[str], Ints]:
    """Return names of places, those without and all of them last, and where people are."""
    if by is None or by not in register.frame:
        return [UNKNOWN, ALL], np.zeros(len(register), dtype=np.int64)
    codes = register.layout.codes[by]
    place = coded(register.frame[by], by, register.layout)
    return [*codes, UNKNOWN, ALL], np.where(place == NOTHING, len(codes), place)


def _by_place(place: Ints | Truths, names: Sequence[str]) -> list[int]:
    """Return how many there are of each place, and of all at the end."""
    counts = np.bincount(place, minlength=len(names))
    return [*counts[:-1].tolist(), int(counts.sum())]
