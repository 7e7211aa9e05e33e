"""What somebody can work out from published counts: the attacker's system of equations.

The unknowns are how many respondents have each combination of elementary codes, one set of unknowns
a *signature* (the roots that figures make statements about together). Every published count is a
sum of them, and a signature is the projection of every finer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.roots import Root, Term
from socialpoll.disclosure.telling import Form

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Equations", "equations_of"]

Signature: TypeAlias = tuple[tuple[str, ...], tuple[Root, ...]]
"""Universe and roots."""
Entry: TypeAlias = tuple[int, int, float]
Places = npt.NDArray[np.intp]


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
        Sums that are not negative: a union less one of its members, their sum less the union.
    """

    forms: sparse.csr_array
    links: sparse.csr_array
    bounds: sparse.csr_array


@dataclass(frozen=True, eq=False)
class _Products:
    """The unknowns of a signature: combinations of codes that can occur together."""

    signature: Signature
    first: int

    @cached_property
    def codes(self) -> Places:
        """Code of each root (unknowns, roots)."""
        roots = self.signature[1]
        if not roots:
            return np.zeros((1, 0), dtype=np.intp)
        mesh = np.indices([root.size for root in roots]).reshape(len(roots), -1).T
        possible = np.ones(len(mesh), dtype=np.bool_)
        for a, b in combinations(range(len(roots)), 2):
            if roots[a].of == roots[b].of:
                possible &= roots[a].state(mesh[:, a]) == roots[b].state(mesh[:, b])
        return np.asarray(mesh[possible], dtype=np.intp)

    @property
    def columns(self) -> Places:
        """Their places among all unknowns."""
        return self.first + np.arange(len(self.codes))

    def coefficients(self, term: Term) -> npt.NDArray[np.float64]:
        """Return how much each unknown counts in a term of this signature."""
        made = np.ones(len(self.codes))
        for place, literal in enumerate(term.literals):
            made *= np.asarray(literal.vector)[self.codes[:, place]]
        return made

    def projected(self, roots: Sequence[Root]) -> Places:
        """Return the codes (unknowns, roots) of coarser roots."""
        own = self.signature[1]
        columns = np.zeros((len(self.codes), len(roots)), dtype=np.intp)
        for place, root in enumerate(roots):
            at = next((k for k, one in enumerate(own) if one == root), None)
            if at is None:
                at = next(k for k, one in enumerate(own) if one.of == root.of)
                columns[:, place] = own[at].state(self.codes[:, at])
            else:
                columns[:, place] = self.codes[:, at]
        return columns


def equations_of(forms: Sequence[Form], grains: Grains) -> Equations:
    """Return the equations between forms."""
    used = dict.fromkeys((one.universe, one.roots) for form in forms for _, one in form)
    products: dict[Signature, _Products] = {}
    size = 0
    for signature in _with_common(list(used), grains):
        products[signature] = _Products(signature, size)
        size += len(products[signature].codes)
    return Equations(
        _matrix(_summed(forms, products), len(forms), size),
        _matrix(*_linked(products, grains), size),
        _matrix(*_bounded(products, grains), size),
    )


def _with_common(used: list[Signature], grains: Grains) -> list[Signature]:
    """Add the signatures that several have in common, through which one tells of another."""
    shared: dict[Signature, int] = {}
    for signature in used:
        for coarser in _coarser(signature, grains):
            shared[coarser] = shared.get(coarser, 0) + 1
    have = set(used)
    return used + [one for one, times in shared.items() if times > 1 and one not in have]


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


def _summed(forms: Sequence[Form], products: dict[Signature, _Products]) -> Iterable[Entry]:
    for row, form in enumerate(forms):
        for times, term in form:
            own = products[term.universe, term.roots]
            made = times * own.coefficients(term)
            some = np.flatnonzero(made)
            yield from zip([row] * some.size, own.columns[some], made[some], strict=True)


def _linked(products: dict[Signature, _Products], grains: Grains) -> tuple[list[Entry], int]:
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


def _bounded(products: dict[Signature, _Products], grains: Grains) -> tuple[list[Entry], int]:
    """Return that a union holds each of its members, and no more than all of them."""
    entries: list[Entry] = []
    rows = 0
    for union in products.values():
        roots = union.signature[1]
        for place, root in enumerate(roots):
            members = grains.members(root)
            if members is None or any(one in roots for one in members):
                continue
            found = [_exchanged(union, place, one, products) for one in members]
            here = union.columns[union.codes[:, place] == 0]
            for columns in (one for one in found if one is not None):
                entries += [(rows + k, column, 1.0) for k, column in enumerate(here)]
                entries += [(rows + k, column, -1.0) for k, column in enumerate(columns)]
                rows += here.size
            if all(one is not None for one in found) and grains.complete(root):
                for columns in (one for one in found if one is not None):
                    entries += [(rows + k, column, 1.0) for k, column in enumerate(columns)]
                entries += [(rows + k, column, -1.0) for k, column in enumerate(here)]
                rows += here.size
    return entries, rows


def _exchanged(
    union: _Products, place: int, member: Root, products: dict[Signature, _Products]
) -> Places | None:
    """Return the unknowns of a member that are alike but for the union, where there are any."""
    universe, roots = union.signature
    others = [one for k, one in enumerate(roots) if k != place]
    exchanged = tuple(sorted([*others, member], key=lambda one: one.place))
    if (universe, exchanged) not in products:
        return None
    own = products[universe, exchanged]
    at = exchanged.index(member)
    known = {
        tuple(one): column
        for one, column in zip(np.delete(own.codes, at, 1).tolist(), own.columns, strict=True)
        if own.codes[column - own.first, at] == 0
    }
    here = np.delete(union.codes[union.codes[:, place] == 0], place, 1).tolist()
    return np.array([known[tuple(one)] for one in here], dtype=np.intp)


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
