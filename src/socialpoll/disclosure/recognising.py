"""Whether an earlier release is of the answers that are released now.

Its hash says so where neither answers nor questionnaire were touched. A label that is mended, or a
variable that is derived, makes another hash of the same answers: then figures that are there now as
they were there before say so, if all of them count the same respondents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from socialpoll.disclosure.ledger import column
from socialpoll.disclosure.released import Release
from socialpoll.disclosure.rounding import COUNT_DECIMALS
from socialpoll.disclosure.screening import plain_rows
from socialpoll.disclosure.subjects import Subject
from socialpoll.disclosure.telling import Row
from socialpoll.indicators import KEYS

__all__ = ["Recognised", "key_of_row", "recognised", "same_counts"]

COUNTED = ("n_base", "n_category")
HALF = 0.5 / 10**COUNT_DECIMALS


class Recognised(NamedTuple):
    """Which answers of now a release is of.

    Attributes
    ----------
    universe : str
    weights : str
        Those of now with which it was made; empty where these are others.
    """

    universe: str
    weights: str


def recognised(
    release: Release, rows: Sequence[Row], subjects: Sequence[Subject]
) -> Recognised | None:
    """Return the answers of now that an earlier release is of; None where it is of others.

    Parameters
    ----------
    release : Release
    rows : sequence of mapping
        The figures of now.
    subjects : sequence of Subject
        What these are of.
    """
    named = set(release.hashes.get("answers", "").split()) & {one.universe for one in subjects}
    if len(named) == 1:
        made_with = release.hashes.get("weights", "")
        known = any(one.weights == made_with for one in subjects)
        return Recognised(named.pop(), made_with if known else "")
    return None if named else _by_figures(release, rows, subjects)


def key_of_row(row: Mapping[str, object]) -> tuple[object, ...]:
    """Return what a figure is called by."""
    return tuple(row[name] for name in KEYS)


def same_counts(one: Row, other: Row) -> bool:
    """Say whether two figures of one name count as many respondents."""
    return _alike(one, other, COUNTED, 0.0)


def _by_figures(
    release: Release, rows: Sequence[Row], subjects: Sequence[Subject]
) -> Recognised | None:
    now = {key_of_row(row): place for place, row in enumerate(rows)}
    shown = release.figures[release.figures["estimate"].notna().to_numpy()]
    pairs = [(row, now[key]) for row in plain_rows(shown) if (key := key_of_row(row)) in now]
    if not pairs or not all(same_counts(row, rows[place]) for row, place in pairs):
        return None
    universes = {subjects[place].universe for _, place in pairs}
    if len(universes) > 1:
        return None
    alike = all(_alike(row, rows[place], ("population",), HALF) for row, place in pairs)
    weights = {subjects[place].weights for _, place in pairs} if alike else set()
    return Recognised(universes.pop(), weights.pop() if len(weights) == 1 else "")


def _alike(one: Row, other: Row, names: Sequence[str], near: float) -> bool:
    pairs = np.array([column([one, other], name) for name in names])
    return np.allclose(pairs[:, 0], pairs[:, 1], rtol=0.0, atol=near, equal_nan=True)
