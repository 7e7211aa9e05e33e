"""What several answers to one question bound of each other: inequalities of the attacker.

A union of options holds no more than all of them. Where whoever answered chose an option, those who
did not choose one chose another. Sets that hold each other bound each other, and how many options
were chosen bounds all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.numbering import bounds_of_numbers
from socialpoll.disclosure.products import Places, Products, Signature
from socialpoll.disclosure.roots import Root
from socialpoll.disclosure.uniting import bounds_of_unions

__all__ = ["bounds_between"]

Entry: TypeAlias = tuple[int, int, float]
Bound: TypeAlias = tuple[list[Places], Places]
"""Unknowns whose sum is no less than an unknown, one array a summand; all of one length."""
CHOSEN, NOT_CHOSEN = 0, 1
"""The codes of an option, or of a union, among those who answered."""
NOBODY = -1
"""In place of an unknown: a combination that cannot occur."""


def bounds_between(
    products: Mapping[Signature, Products], grains: Grains
) -> tuple[list[Entry], int]:
    """Return sums of unknowns that are not negative, and how many there are."""
    entries: list[Entry] = []
    rows = 0
    for own in products.values():
        for place in range(len(own.signature[1])):
            for summands, least in _bounds(own, place, products, grains):
                for columns in summands:
                    entries += _entries(rows, columns, 1.0)
                entries += _entries(rows, least, -1.0)
                rows += least.size
    for weighted in (*bounds_of_numbers(products, grains), *bounds_of_unions(products, grains)):
        entries += [(rows, column, times) for column, times in weighted]
        rows += 1
    return entries, rows


def _entries(rows: int, columns: Places, times: float) -> list[Entry]:
    return [(rows + k, int(column), times) for k, column in enumerate(columns) if column != NOBODY]


def _bounds(
    own: Products, place: int, products: Mapping[Signature, Products], grains: Grains
) -> Iterator[Bound]:
    """Yield what a root bounds, or is bounded by."""
    root = own.signature[1][place]
    here = own.columns[own.codes[:, place] == CHOSEN]
    members = grains.members(root)
    if members is not None:
        found = _exchanged(own, place, members, products)
        if len(found) == len(members) and grains.all_published(root):
            yield found, here
    others = grains.others(root)
    if others is not None:
        least = own.columns[own.codes[:, place] == NOT_CHOSEN]
        found = _exchanged(own, place, others, products, NOT_CHOSEN)
        if len(found) == len(others):
            yield found, least


def _exchanged(
    own: Products,
    place: int,
    options: Sequence[Root],
    products: Mapping[Signature, Products],
    code: int = CHOSEN,
) -> list[Places]:
    """Return the unknowns of options that are alike but for a root, of those that have any."""
    roots = own.signature[1]
    if any(one in roots for one in options):
        return []
    here = np.delete(own.codes[own.codes[:, place] == code], place, 1).tolist()
    made = (_alike(own, place, one, here, products) for one in options)
    return [one for one in made if one is not None]


def _alike(
    own: Products,
    place: int,
    option: Root,
    here: list[list[int]],
    products: Mapping[Signature, Products],
) -> Places | None:
    universe, roots = own.signature
    others = [one for k, one in enumerate(roots) if k != place]
    exchanged = tuple(sorted([*others, option], key=lambda one: one.place))
    if (universe, exchanged) not in products:
        return None
    made = products[universe, exchanged]
    at = exchanged.index(option)
    known = {
        tuple(one): column
        for one, column in zip(np.delete(made.codes, at, 1).tolist(), made.columns, strict=True)
        if made.codes[column - made.first, at] == CHOSEN
    }
    return np.array([known.get(tuple(one), NOBODY) for one in here], dtype=np.intp)
