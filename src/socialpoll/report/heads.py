"""The heads of a banner: its columns, their letters and their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Phrase
from socialpoll.schema import TOTAL
from socialpoll.weighting import WAVE

if TYPE_CHECKING:
    from socialpoll.report.banners import Banner
    from socialpoll.report.measured import Measured
    from socialpoll.report.wording import Wording

__all__ = ["Head", "Place", "heads_of", "letter_of"]

Place = tuple[str, str, str]
"""Breakdown, domain and wave: what a column is of."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a banner.

    Attributes
    ----------
    breakdown, domain, wave : str
        Codes, as in the figures.
    letter : str
        By which cells speak of it; empty for everybody, unless waves are compared.
    group : Phrase or None
        Words above it and its neighbours: its breakdown; None for everybody.
    label : Phrase
        Its own words: the domain.
    period : Phrase or None
        The wave, where there are several.
    """

    breakdown: str
    domain: str
    wave: str
    letter: str
    group: Phrase | None
    label: Phrase
    period: Phrase | None = None

    @property
    def place(self) -> Place:
        """What it is of."""
        return self.breakdown, self.domain, self.wave

    @property
    def name(self) -> str:
        """A plain name that no other column of the banner has."""
        parts = ["total"] if self.breakdown == TOTAL else [self.breakdown, self.domain]
        return ".".join([*parts, self.wave] if self.period is not None else parts)


def heads_of(
    banner: Banner, wording: Wording, several: Sequence[Measured], waves: Sequence[str]
) -> tuple[Head, ...]:
    """Return the columns of a banner that have figures, in order.

    Parameters
    ----------
    banner : Banner
    wording : Wording
    several : sequence of Measured
        What stands in its rows.
    waves : sequence of str
        All waves, in their order; each column is split by them where there are several.
    """
    known = _domains(several)
    breakdowns = banner.columns or tuple(one for one in known if one != TOTAL)
    wanted = (TOTAL, *breakdowns) if banner.total else breakdowns
    there = {
        (breakdown, domain, one.wave)
        for one in several
        for breakdown, domains in one.domains.items()
        for domain in domains
    }
    places = (
        (breakdown, domain, wave)
        for breakdown in wanted
        for domain in known.get(breakdown, ())
        for wave in waves
        if (breakdown, domain, wave) in there
    )
    return tuple(_lettered(places, wording, by_wave=len(waves) > 1))


def letter_of(number: int) -> str:
    """Return the letters of a column, counted from 0.

    Examples
    --------
    >>> [letter_of(one) for one in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    number += 1
    while number:
        number, last = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[last] + letters
    return letters


def _lettered(places: Iterable[Place], wording: Wording, *, by_wave: bool) -> Iterator[Head]:
    """Yield heads with their letters; everybody has one where waves are compared."""
    number = 0
    groups: dict[str, Phrase | None] = {TOTAL: None}
    labels: dict[tuple[str, str], Phrase] = {}
    for breakdown, domain, wave in places:
        letter = ""
        if breakdown != TOTAL or by_wave:
            letter, number = letter_of(number), number + 1
        if breakdown not in groups:
            groups[breakdown] = wording.breakdown(breakdown)
        if (breakdown, domain) not in labels:
            labels[breakdown, domain] = wording.domain(breakdown, domain)
        period = wording.code(WAVE, wave) if by_wave else None
        label = labels[breakdown, domain]
        yield Head(breakdown, domain, wave, letter, groups[breakdown], label, period)


def _domains(several: Iterable[Measured]) -> dict[str, dict[str, None]]:
    """Return the domains of each breakdown in the order in which figures have them."""
    known: dict[str, dict[str, None]] = {}
    for one in several:
        for breakdown, domains in one.domains.items():
            known.setdefault(breakdown, {}).update(dict.fromkeys(domains))
    return known
