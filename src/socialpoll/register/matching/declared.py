"""How records are matched, as declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from socialpoll.errors import Problem, RegisterError

__all__ = ["Matching"]

MOST_PAIRS = 1_000_000_000


@dataclass(frozen=True)
class Matching:
    """When a record is taken to be of a person of the reference.

    Parameters
    ----------
    accept : float
        From this probability on a record is linked.
    review : float
        From this probability on people decide.
    pairs : int
        So many pairs of people and records are compared to learn how often the attributes of two
        different people agree.
    seed : int
        Of the draw of these pairs.

    Raises
    ------
    RegisterError
        Probabilities that are none, or not in this order; no pairs. All at once.
    """

    accept: float = 0.95
    review: float = 0.5
    pairs: int = 1_000_000
    seed: int = 1

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise RegisterError("how records are matched", problems)

    def _problems(self) -> Iterator[Problem]:
        if not 0 < self.review <= self.accept < 1:
            yield Problem(
                "the probabilities are not in order",
                "review, accept",
                f"{self.review}, {self.accept}",
                "0 < review <= accept < 1",
            )
        if not 1 <= self.pairs <= MOST_PAIRS:
            yield Problem(
                "the number of pairs is none", "pairs", repr(self.pairs), f"1 to {MOST_PAIRS:,}"
            )
