"""What somebody can work out from published counts: the attacker's system of equations.

The unknowns are how many respondents have each combination of elementary codes, one set of unknowns
a *signature* (the roots that figures make statements about together). Every published count is a
sum of them, and a signature is the projection of every finer one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.bounding import bounds_between
from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.products import Products, Signature
from socialpoll.disclosure.roots import Root
from socialpoll.disclosure.routed import Routes
from socialpoll.disclosure.telling import Form

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Equations", "equations_of"]

Entry: TypeAlias = tuple[int, int, float]


@dataclass(frozen=True, eq=False)
class Equations:
    """Sums of unknowns, which are not negative.

    Attributes
    ----------
    forms : sparse array (forms, unknowns)
        What each form sums.
    links : sparse array (links, unknowns)
        Sums that are 0: a signature less the projection of a finer one.
    bounds : sparse array (bounds, unknowns)
        Sums that are not negative, of options of one question.
    nobody : bool array (unknowns,)
        Who, so everybody knows, there is not: without an answer to a question of a breakdown that
        nobody left blank.
    """

    forms: sparse.csr_array
    links: sparse.csr_array
    bounds: sparse.csr_array
    nobody: npt.NDArray[np.bool_]


def equations_of(
    forms: Sequence[Form], routes: Routes, breakdowns: Collection[str] = ()
) -> Equations:
    """Return the equations between forms.

    Parameters
    ----------
    forms : sequence of Form
    routes : Routes
    breakdowns : collection of str
        Questions by whose answers figures are broken down; ``nobody`` is who lacks one.
    """
    grains = routes.grains
    used = dict.fromkeys((one.universe, one.roots) for form in forms for _, one in form)
    used |= dict.fromkeys(_routed(list(used), routes))
    used |= dict.fromkeys(_numbered(list(used), grains))
    products: dict[Signature, Products] = {}
    size = 0
    for signature in _with_common(list(used), grains):
        products[signature] = Products(signature, size, routes)
        size += len(products[signature].codes)
    return Equations(
        _matrix(_summed(forms, products), len(forms), size),
        _matrix(*_linked(products, grains), size),
        _matrix(*bounds_between(products, grains), size),
        np.concatenate([one.lacking(breakdowns) for one in products.values()]),
    )


def _routed(used: list[Signature], routes: Routes) -> Iterable[Signature]:
    """Yield who was asked beside what decides it, where that is published, too."""
    spoken = {root for _, roots in used for root in roots}
    for universe, roots in used:
        for root in roots:
            state = routes.grains.state_of(root)
            others = tuple(one for one in roots if one.of != root.of)
            for by in routes.deciding(root):
                if state is not None and by in spoken and by not in roots:
                    yield universe, _joined((*others, state), (by,))


def _numbered(used: list[Signature], grains: Grains) -> Iterable[Signature]:
    """Yield how many options were chosen wherever one is spoken of, where both are published."""
    spoken = {root for _, roots in used for root in roots}
    for universe, roots in used:
        for root in roots:
            number = grains.number_of(root)
            others = tuple(one for one in roots if one != root)
            if number in spoken and not any(one.of == root.of for one in others):
                yield universe, _joined(others, (number,))


def _with_common(used: list[Signature], grains: Grains) -> list[Signature]:
    """Add the signatures that several have in common, through which one tells of another.

    One of other options of the same questions is as good as the same: options bound each other.
    """
    shared: dict[Signature, int] = {}
    for signature in used:
        for coarser in _coarser(signature, grains):
            shared[coarser] = shared.get(coarser, 0) + 1
    have, alike = set(used), {_questions(one) for one in used}
    more = (one for one, times in shared.items() if times > 1 or _questions(one) in alike)
    return used + [one for one in more if one not in have]


def _questions(signature: Signature) -> tuple[tuple[str, ...], frozenset[tuple[str, bool]]]:
    """Return what a signature is about, whichever options it is of."""
    universe, roots = signature
    return universe, frozenset((one.of, one.coarsest) for one in roots)


def _coarser(signature: Signature, grains: Grains) -> list[Signature]:
    """Return a signature and all that it can be projected to."""
    universe, roots = signature
    made: dict[tuple[Root, ...], None] = {(): None}
    for root in roots:
        state = grains.state_of(root)
        ways = dict.fromkeys([(), (root,) if state is None else (state,), (root,)])
        made = {_joined(one, way): None for one in made for way in ways}
    return [(universe, one) for one in made]


def _joined(roots: tuple[Root, ...], more: tuple[Root, ...]) -> tuple[Root, ...]:
    """Return roots in order; a question's coarsest root goes where there is a finer one."""
    together = {*roots, *more}
    finer = {one.of for one in together if not one.coarsest}
    kept = [one for one in together if not (one.coarsest and one.of in finer)]
    return tuple(sorted(kept, key=lambda one: one.place))


def _summed(forms: Sequence[Form], products: dict[Signature, Products]) -> Iterable[Entry]:
    for row, form in enumerate(forms):
        for times, term in form:
            own = products[term.universe, term.roots]
            made = times * own.coefficients(term)
            some = np.flatnonzero(made)
            yield from zip([row] * some.size, own.columns[some], made[some], strict=True)


def _linked(products: dict[Signature, Products], grains: Grains) -> tuple[list[Entry], int]:
    """Return that each signature is the projection of the next finer ones."""
    entries: list[Entry] = []
    rows = 0
    for signature, fine in products.items():
        below = [one for one in _coarser(signature, grains) if one in products and one != signature]
        passed = {two for one in below for two in _coarser(one, grains) if two != one}
        for coarse in (products[one] for one in below if one not in passed):
            codes = fine.projected(coarse.signature[1])
            place = {tuple(one): row for row, one in enumerate(coarse.codes.tolist())}
            at = [place[tuple(one)] for one in codes.tolist()]
            entries += [
                (rows + row, column, 1.0) for row, column in zip(at, fine.columns, strict=True)
            ]
            entries += [(rows + row, column, -1.0) for row, column in enumerate(coarse.columns)]
            rows += len(coarse.codes)
    return entries, rows


def _matrix(entries: Iterable[Entry], rows: int, size: int) -> sparse.csr_array:
    from scipy import sparse

    listed = list(entries)
    row, column, value = (
        (np.array(one) for one in zip(*listed, strict=True)) if listed else ([],) * 3
    )
    made = sparse.coo_array(
        (np.asarray(value, np.float64), (np.asarray(row, np.int64), np.asarray(column, np.int64))),
        shape=(rows, size),
    )
    return sparse.csr_array(made)
