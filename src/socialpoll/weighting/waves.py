"""Several waves of a poll as one source of estimates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from socialpoll.responses import Responses
from socialpoll.schema import Methodology
from socialpoll.totals import Mass, Overlap
from socialpoll.weighting.breaks import Break, broken_by
from socialpoll.weighting.offers import NotOffered
from socialpoll.weighting.weights import Weights

__all__ = ["WAVE", "Waves"]

WAVE = "wave"
"""The variable of a stack that holds the wave of each case."""


@dataclass(frozen=True, eq=False, repr=False)
class Waves:
    """Waves of a poll, stacked.

    Attributes
    ----------
    sources : mapping of str to Weights or Responses
        By wave, in their order.
    responses : Responses
        The cases of all waves. Strata are wave × stratum; the variable ``wave`` holds the wave.
    mass : Mass
        Base weights and steps; each wave keeps its own.
    id : str
        SHA-256, in hexadecimal, of the identities of all waves.
    differences : mapping of str to str
        Questions that are not the same in all waves, and what differs; they cannot be estimated.
    methodology : Methodology
        That of the last wave, with the cases and units of all.
    overlap : Overlap or None
        Sampling units in common; None where the waves are independent samples.
    breaks : tuple of Break
        Questions that cannot be compared with themselves before a wave.
    not_offered : mapping of str to mapping of str to codes
        By wave and question: answers that could not be chosen, of which there is no figure.
    """

    sources: Mapping[str, Weights | Responses]
    responses: Responses
    mass: Mass
    id: str
    differences: Mapping[str, str]
    methodology: Methodology
    overlap: Overlap | None = None
    breaks: tuple[Break, ...] = ()
    not_offered: NotOffered = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Waves {', '.join(self.names)}: {len(self.responses)} cases>"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the waves, in their order."""
        return tuple(self.sources)

    @property
    def broken(self) -> Mapping[str, frozenset[str]]:
        """The waves at which variables start anew, by variable that a break touches."""
        return broken_by(self.responses.questionnaire, self.breaks)
