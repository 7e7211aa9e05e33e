"""What the number of options that were chosen tells of each option: inequalities of the attacker.

Sets of options of given sizes are bases of generalised polymatroids, and so are their sums: how
often options were chosen agrees with how many were chosen where no set of options was chosen more
often, or less, than the numbers allow (Frank & Tardos 1988, Generalized polymatroids and
submodular flows, Mathematical Programming 42: 489-563).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

import numpy as np

from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.products import Products, Signature
from socialpoll.disclosure.roots import Root

__all__ = ["bounds_of_numbers"]

Weighted: TypeAlias = list[tuple[int, float]]
"""Unknowns, each times a number, whose sum is not negative."""
Context: TypeAlias = tuple[int, ...]
"""Codes of all other roots of a signature."""
ALL_SETS = 4
"""Options of which every set is looked at; of more, each one and all together."""
CHOSEN = 0


def bounds_of_numbers(products: Mapping[Signature, Products], grains: Grains) -> Iterator[Weighted]:
    """Yield sums of unknowns that are not negative."""
    for own in products.values():
        for place, root in enumerate(own.signature[1]):
            others = [one for one in own.signature[1] if one != root]
            if not any(one.of == root.of for one in others):
                known = _Beside(own, place, products, grains)
                if known.options:
                    yield from known.bounds()
                yield from known.of_none()


@dataclass(frozen=True, eq=False)
class _Beside:
    """A number of options beside the options that are published for the same groups."""

    own: Products
    place: int
    products: Mapping[Signature, Products]
    grains: Grains

    @property
    def root(self) -> Root:
        """The number."""
        return self.own.signature[1][self.place]

    @cached_property
    def options(self) -> Mapping[Root, tuple[str, ...]]:
        """Options, and unions of them, with their codes."""
        known = self.grains.chosen(self.root).items()
        return {one: codes for one, codes in known if self._exchanged(one) in self.products}

    @cached_property
    def numbered(self) -> Mapping[Context, list[tuple[int, int]]]:
        """The numbers of each context, each with its unknown."""
        valid = self.own.codes[:, self.place] < self.root.own
        made: dict[Context, list[tuple[int, int]]] = {}
        for row in np.flatnonzero(valid).tolist():
            code = int(self.own.codes[row, self.place])
            context = tuple(np.delete(self.own.codes[row], self.place).tolist())
            made.setdefault(context, []).append((code, self.own.first + row))
        return made

    def bounds(self) -> Iterator[Weighted]:
        """Yield between what a set of options lies, in each context."""
        numbers, size = self.grains.numbers(self.root), self.grains.countable(self.root)
        single = [option for option, codes in self.options.items() if len(codes) == 1]
        united = [(option,) for option, codes in self.options.items() if len(codes) > 1]
        for some in [*_sets(single), *united]:
            codes = len(self.options[some[0]]) if len(some) == 1 else len(some)
            most = [min(high, len(some)) for _, high in numbers]
            least = [min(max(0, low - size + codes), len(some)) for low, _ in numbers]
            columns = [self._by_context(one) for one in some]
            for context, counted in self.numbered.items():
                chosen = [one[context] for one in columns if context in one]
                yield [(column, float(most[code])) for code, column in counted] + _all(chosen, -1.0)
                yield _all(chosen, 1.0) + [
                    (column, -float(least[code])) for code, column in counted
                ]

    def of_none(self) -> Iterator[Weighted]:
        """Yield that who chose none of several, and answered, chose one that excludes these."""
        exclusive = (
            self.grains.exclusive(self.root) if self.grains.numbers_options(self.root) else ()
        )
        if not exclusive or any(self._exchanged(one) not in self.products for one in exclusive):
            return
        numbers = self.grains.numbers(self.root)
        columns = [self._by_context(one) for one in exclusive]
        for context, counted in self.numbered.items():
            none = [column for code, column in counted if numbers[code][1] == 0]
            yield _all([one[context] for one in columns if context in one], 1.0) + _all(none, -1.0)

    def _exchanged(self, option: Root) -> Signature:
        universe, roots = self.own.signature
        others = [one for one in roots if one != self.root]
        return universe, tuple(sorted([*others, option], key=lambda one: one.place))

    def _by_context(self, option: Root) -> dict[Context, int]:
        """Return the unknown of those who chose an option in each context."""
        made = self.products[self._exchanged(option)]
        place = made.signature[1].index(option)
        rows = np.flatnonzero(made.codes[:, place] == CHOSEN).tolist()
        return {tuple(np.delete(made.codes[row], place).tolist()): made.first + row for row in rows}


def _all(columns: Sequence[int], times: float) -> Weighted:
    return [(one, times) for one in columns]


def _sets(options: Sequence[Root]) -> Iterator[tuple[Root, ...]]:
    sizes = range(1, len(options) + 1) if len(options) <= ALL_SETS else (1, len(options))
    for size in sizes:
        yield from combinations(options, size)
