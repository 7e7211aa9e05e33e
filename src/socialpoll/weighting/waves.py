"""Several waves of a poll as one source of estimates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.errors import WeightingError
from socialpoll.responses import Responses, counting_of
from socialpoll.schema import Methodology
from socialpoll.totals import Mass, Overlap
from socialpoll.weighting.breaks import Break, broken_by
from socialpoll.weighting.offers import NotOffered
from socialpoll.weighting.wave_sources import WaveSource

if TYPE_CHECKING:
    from socialpoll.weighting.stacked_scan import StackedScan

__all__ = ["WAVE", "Waves"]

WAVE = "wave"
"""The variable of a stack that holds the wave of each case."""


@dataclass(frozen=True, eq=False, repr=False)
class Waves:
    """Waves of a poll, stacked.

    Attributes
    ----------
    sources : mapping of str to Weights, Responses or Scan
        By wave, in their order.
    responses : Responses
        The cases of all waves. Strata are wave × stratum; the variable ``wave`` holds the wave.
        Of waves that lie elsewhere everybody who was sampled, without most of their answers.
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
    scan : StackedScan or None
        How waves are counted together of which some lie elsewhere; None where all are in memory.
    """

    sources: Mapping[str, WaveSource]
    responses: Responses
    mass: Mass
    id: str
    differences: Mapping[str, str]
    methodology: Methodology
    overlap: Overlap | None = None
    breaks: tuple[Break, ...] = ()
    not_offered: NotOffered = field(default_factory=dict)
    scan: StackedScan | None = None

    def __repr__(self) -> str:
        everybody = np.ones(len(self.responses), dtype=np.bool_)
        cases = counting_of(self.responses.repeats).number(everybody)
        return f"<Waves {', '.join(self.names)}: {cases} cases>"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the waves, in their order."""
        return tuple(self.sources)

    @property
    def broken(self) -> Mapping[str, frozenset[str]]:
        """The waves at which variables start anew, by variable that a break touches."""
        return broken_by(self.responses.questionnaire, self.breaks)

    def tally(self, names: Iterable[str]) -> Waves:
        """Return the same waves with the combinations of some answers, where they lie elsewhere.

        Parameters
        ----------
        names : iterable of str
            Questions and derived variables that are the same in all waves; those that a wave was
            weighted by come along.

        Returns
        -------
        Waves
            Itself, where all waves are in memory.

        Raises
        ------
        UnknownNameError, CombinationsError
            As :meth:`Scan.tally`.
        WeightingError
            A question that is not the same in all waves.
        """
        if self.scan is None:
            return self
        names = tuple(names)
        differ = [one for one in names if one in self.differences]
        if differ:
            raise WeightingError(
                "what is not the same in all waves has no combinations with what is",
                where=", ".join(differ),
                found="; ".join(f"{one!r}: {self.differences[one]}" for one in differ),
                advice="tally each wave alone",
            )
        counted = self.scan.tally(names)
        return replace(self, responses=counted, mass=self.scan.mass_of(counted), scan=None)
