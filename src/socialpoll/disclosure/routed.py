"""Which answers cannot go together, because of who is asked what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.roots import Literal, Root
from socialpoll.schema import All, Condition, Is

__all__ = ["Routes"]

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Routes:
    """The conditions of questions that are statements about one root.

    Attributes
    ----------
    grains : Grains
    obeyed : bool
        Whether answers agree with them. Answers are kept as given where they do not.
    """

    grains: Grains
    obeyed: bool = True

    @cached_property
    def _conditions(self) -> dict[str, Condition | None]:
        return {one.name: one.asked_if for one in self.grains.questionnaire.asked}

    def possible(self, asked: Root, by: Root) -> Truths | None:
        """Say which codes go together (codes of a root, codes of another by which it is asked).

        None where the other does not decide.
        """
        if not self.obeyed:
            return None
        condition = self._conditions.get(asked.of)
        whole = isinstance(condition, Is)
        for literal in self._parts(condition):
            if literal.root == by:
                holds = np.asarray(literal.vector) > 0
                base = np.asarray(self.grains.based(asked.of, "asked").vector) > 0
                put = base[asked.state(np.arange(asked.size))][:, np.newaxis]
                return np.asarray(holds == put if whole else holds | ~put)
        return None

    def deciding(self, asked: Root) -> list[Root]:
        """Return the roots that decide who is asked a question."""
        condition = self._conditions.get(asked.of) if self.obeyed else None
        return [one.root for one in self._parts(condition)]

    def _parts(self, condition: Condition | None) -> Iterator[Literal]:
        """Yield what must be true of roots for a question to be asked."""
        match condition:
            case All(conditions=several):
                for one in several:
                    yield from self._parts(one)
            case Is(question=name, codes=codes) if name in self.grains.questionnaire.names:
                known = set(self.grains.codes(name))
                single = len(codes) == 1 or not self.grains.several(name)
                if single and {str(one) for one in codes} <= known:
                    given = [self.grains.given(name, str(one), "answered") for one in codes]
                    vector = np.max([one.vector for one in given], axis=0)
                    yield Literal(given[0].root, tuple(vector.tolist()))
            case _:
                pass
