"""What sets of options of one question bound of each other: inequalities of the attacker.

Whom a set reaches is among those whom a wider one reaches, and what an option adds to a set it
does not add less to a narrower one: who is reached by both of two sets is reached by what they have
in common, or else twice. (The number of persons reached is a coverage function of the set, monotone
and submodular: Nemhauser, Wolsey & Fisher 1978, An analysis of approximations for maximizing
submodular set functions, Mathematical Programming 14: 265-294.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

import numpy as np

from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.products import Products, Signature

__all__ = ["bounds_of_unions"]

Weighted: TypeAlias = list[tuple[int, float]]
"""Unknowns, each times a number, whose sum is not negative."""
Options: TypeAlias = frozenset[str]
Context: TypeAlias = tuple[int, ...]
"""Codes of all other roots of a signature."""
Counted: TypeAlias = Mapping[Context, int]
"""The unknown of those whom a set reaches, in each context."""
CHOSEN = 0


def bounds_of_unions(products: Mapping[Signature, Products], grains: Grains) -> Iterator[Weighted]:
    """Yield sums of unknowns that are not negative."""
    for sets in _beside_each_other(products, grains).values():
        for narrower, wider in _next_wider(sets):
            yield from _rows((1.0, sets[wider]), (-1.0, sets[narrower]))
        for one, other in combinations(sets, 2):
            both, common = one | other, one & other
            if both not in sets or both in (one, other) or (common and common not in sets):
                continue
            less = [(-1.0, sets[each]) for each in (both, common) if each]
            yield from _rows((1.0, sets[one]), (1.0, sets[other]), *less)


def _beside_each_other(
    products: Mapping[Signature, Products], grains: Grains
) -> dict[tuple[object, ...], dict[Options, Counted]]:
    """Return the sets of a question that are counted for the same groups."""
    made: dict[tuple[object, ...], dict[Options, Counted]] = {}
    for own in products.values():
        universe, roots = own.signature
        for place, root in enumerate(roots):
            options = grains.options(root)
            others = tuple(one for one in roots if one != root)
            if options and not any(one.of == root.of for one in others):
                beside = made.setdefault((universe, others, root.of), {})
                beside[frozenset(options)] = _by_context(own, place)
    return made


def _by_context(own: Products, place: int) -> Counted:
    rows = np.flatnonzero(own.codes[:, place] == CHOSEN).tolist()
    contexts = np.delete(own.codes, place, 1)
    return {tuple(contexts[row].tolist()): own.first + row for row in rows}


def _next_wider(sets: Mapping[Options, Counted]) -> Iterator[tuple[Options, Options]]:
    """Yield each set with those that hold it, without others between them."""
    for narrower in sets:
        wider = [one for one in sets if narrower < one]
        for one in wider:
            if not any(other < one for other in wider):
                yield narrower, one


def _rows(*counted: tuple[float, Counted]) -> Iterator[Weighted]:
    """Yield a sum for each context; who is nowhere counted is not there."""
    for context in dict.fromkeys(context for _, one in counted for context in one):
        yield [(one[context], times) for times, one in counted if context in one]
