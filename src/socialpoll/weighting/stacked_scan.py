"""Waves of which some lie elsewhere, counted together as far as is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from socialpoll.errors import CombinationsError
from socialpoll.responses import Responses
from socialpoll.totals import Mass, stacked_mass
from socialpoll.weighting.stacked_answers import stacked_answers
from socialpoll.weighting.wave_sources import (
    WaveSource,
    answers_to,
    mass_of,
    scan_of,
    summed_in,
    weighted_by,
)
from socialpoll.weighting.waves import WAVE

__all__ = ["StackedScan"]


@dataclass(frozen=True, eq=False)
class StackedScan:
    """Waves under one another of which some lie elsewhere.

    Of those that do, so much is counted as is asked for, wave by wave; those in memory are there
    with all their cases.

    Attributes
    ----------
    sources : mapping of str to Weights, Responses or Scan
        By wave, in their order.
    everybody : Responses
        Everybody who was sampled in any of them, as the stack holds them.
    mass : Mass
        How much each of these counts.
    """

    sources: Mapping[str, WaveSource]
    everybody: Responses
    mass: Mass
    # What was stacked, by the answers of each wave, and how much it counts: known answers to
    # questions, no state.
    _kept: dict[tuple[Responses, ...], tuple[Responses, Mass]] = field(
        default_factory=dict, repr=False
    )

    @property
    def digest(self) -> str:
        """That of the stack."""
        return self.everybody.digest

    def tally(
        self, names: Iterable[str], *, summed: Mapping[str, int] = MappingProxyType({})
    ) -> Responses:
        """Return the combinations of answers to some variables that all waves have.

        Of some, only sums up to a power matter, as in :meth:`Scan.tally`.

        Raises
        ------
        CombinationsError
            Where those of a wave are too many.
        """
        asked = {*names} - {WAVE}
        parts = {wave: _counted(wave, one, asked, summed) for wave, one in self.sources.items()}
        key = tuple(parts.values())
        if key not in self._kept:
            self._let_go()
            like = self.everybody
            stacked = stacked_answers(parts, like.questionnaire, like.digest, like.methodology)
            mass = stacked_mass([mass_of(one, parts[wave]) for wave, one in self.sources.items()])
            self._kept[key] = stacked, mass
        return self._kept[key][0]

    def is_few(
        self, names: Iterable[str], most: int, summed: Mapping[str, int] = MappingProxyType({})
    ) -> bool:
        """Say whether variables make no more than so many combinations in any wave."""
        asked = {*names} - {WAVE}
        return all(
            scan.is_few({*asked, *weighted_by(one)}, most, summed_in(one, summed))
            for one in self.sources.values()
            if (scan := scan_of(one)) is not None
        )

    def keeps(self, tally: Responses) -> bool:
        """Say whether this very tally is still at hand: those are that each wave still has."""
        return any(one is tally for one, _ in self._kept.values())

    def mass_of(self, stacked: Responses) -> Mass:
        """Return how much combinations count that were tallied here, or everybody."""
        if stacked is self.everybody:
            return self.mass
        (mass,) = (mass for one, mass in self._kept.values() if one is stacked)
        return mass

    def _let_go(self) -> None:
        """Keep no longer what a wave keeps no longer."""
        scans = [scan_of(one) for one in self.sources.values()]
        for key in list(self._kept):
            parts = zip(scans, key, strict=True)
            if not all(scan is None or scan.keeps(part) for scan, part in parts):
                del self._kept[key]


def _counted(
    wave: str, source: WaveSource, names: Iterable[str], summed: Mapping[str, int]
) -> Responses:
    try:
        return answers_to(source, names, summed)
    except CombinationsError as failure:
        raise CombinationsError(f"the answers of wave {wave!r}", failure.problems) from None
