"""What an answer can be at its finest, and statements about it as vectors over that.

A *root* is a question seen at the finest grain at which anything is published of it: its
categories, its missing codes, no valid answer, not asked. Every respondent has one of these codes,
so counts over all codes of a root add up to everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

__all__ = ["Literal", "Root", "Term", "conjunction"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Root:
    """A question at a grain: all of it, one option of several, or only whether it was answered.

    Attributes
    ----------
    place : int
        In the order in which roots were met; it orders them whatever they are called.
    of : str
        The question.
    grain : str
        Empty for whether it was answered; what tells roots of one question apart.
    own : int
        How many codes are valid answers; they come first.
    states : int
        How many codes the question has at the coarsest: answered, and each way of not being so.
    """

    place: int
    of: str = field(compare=False)
    grain: str = field(compare=False)
    own: int = field(compare=False)
    states: int = field(compare=False)

    @property
    def size(self) -> int:
        """How many codes it has."""
        return self.own + self.states - 1

    @property
    def coarsest(self) -> bool:
        """Whether it only tells how the question was answered."""
        return not self.grain

    def state(self, codes: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Return the state of codes: 0 for all valid answers."""
        return np.maximum(codes - self.own + 1, 0)


@dataclass(frozen=True, slots=True)
class Literal:
    """How much each code of a root counts: 1 where a statement is true of it, or its score."""

    root: Root
    vector: tuple[float, ...]

    def refined(self, root: Root) -> Literal:
        """Return the same statement about a finer root of its question."""
        first, *others = self.vector
        return Literal(root, (first,) * root.own + tuple(others))


@dataclass(frozen=True, slots=True)
class Term:
    """Respondents of a universe of whom several statements are true: a sum of elementary products.

    Attributes
    ----------
    universe : tuple of str
        Answers and wave.
    literals : tuple of Literal
        In the order of their roots, each once; none for everybody.
    """

    universe: tuple[str, ...]
    literals: tuple[Literal, ...]

    @property
    def roots(self) -> tuple[Root, ...]:
        """Its signature: what it makes statements about."""
        return tuple(one.root for one in self.literals)

    def within(self, other: Term) -> bool:
        """Say whether all its respondents are among those of another, as statements tell."""
        own = {one.root: np.asarray(one.vector) for one in self.literals}
        return self.universe == other.universe and all(
            one.root in own and bool((own[one.root] <= one.vector).all()) for one in other.literals
        )


def conjunction(universe: tuple[str, ...], literals: Iterable[Literal]) -> Term:
    """Join statements, each said at the coarsest root at which it can be said.

    What is true of everybody is no statement, so sets of respondents that are the same are one
    term, however they were arrived at.
    """
    product: dict[Root, Floats] = {}
    for one in literals:
        product[one.root] = product.get(one.root, 1.0) * np.asarray(one.vector)
    finer = [root for root in product if not root.coarsest]
    for root in [one for one in product if one.coarsest]:
        within = [one for one in finer if one.of == root.of]
        vector = tuple(product[root].tolist())
        for fine in within:
            refined = Literal(root, vector).refined(fine)
            product[fine] = product[fine] * np.asarray(refined.vector)
        if within:
            del product[root]
    made = [
        Literal(root, tuple(vector.tolist()))
        for root, vector in product.items()
        if not (vector == 1).all()
    ]
    return Term(universe, tuple(sorted(made, key=lambda one: one.root.place)))
