"""The unknowns of the attacker: how many respondents have each combination of elementary codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.roots import Root, Term
from socialpoll.disclosure.routed import Routes

__all__ = ["Places", "Products", "Signature"]

Signature: TypeAlias = tuple[tuple[str, ...], tuple[Root, ...]]
"""Universe and roots."""
Places: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Products:
    """The unknowns of a signature: combinations of codes that can occur together."""

    signature: Signature
    first: int
    routes: Routes

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
        for a, b in permutations(range(len(roots)), 2):
            together = self.routes.possible(roots[a], roots[b])
            if together is not None:
                possible &= together[mesh[:, a], mesh[:, b]]
        return np.asarray(mesh[possible], dtype=np.intp)

    def lacking(self, questions: Collection[str]) -> npt.NDArray[np.bool_]:
        """Say which lack an answer to one of some questions (unknowns,)."""
        made = np.zeros(len(self.codes), dtype=np.bool_)
        for place, root in enumerate(self.signature[1]):
            if root.of in questions:
                made |= root.state(self.codes[:, place]) > 0
        return made

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
