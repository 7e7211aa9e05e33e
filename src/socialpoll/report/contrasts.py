"""What was tested: which differences between groups may be spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, TypeAlias

from socialpoll.report.measured import Line, Measured, Shown
from socialpoll.report.report import Scalar
from socialpoll.schema.clock import shortest_arc

__all__ = ["ALPHA", "Against", "Apart", "Change", "Contrast", "Contrasts", "Outcome"]

KEYS = ("wave", "indicator", "breakdown", "item", "category")
ALPHA = 0.05
"""A difference counts as significant where its adjusted p value lies below."""
Key: TypeAlias = tuple[str, str, str, str, str]
Moment: TypeAlias = tuple[str, str, str, str, str, str]
"""Of a change: later wave, indicator, breakdown, domain, item and category."""
Against: TypeAlias = Literal["rest", "total"]
"""All who are not in a group, or everybody."""


@dataclass(frozen=True)
class Change:
    """A tested change of one figure since an earlier wave.

    Attributes
    ----------
    earlier : str
        The wave.
    difference : float
        The later figure less the earlier one; of times of day the shorter way round the clock.
    p : float
        Adjusted.
    """

    earlier: str
    difference: float
    p: float

    @property
    def significant(self) -> bool:
        """Whether it may be called a change."""
        return self.p < ALPHA


@dataclass(frozen=True)
class Contrast:
    """A tested difference, from the higher to the lower figure.

    Attributes
    ----------
    high, low : str
        Codes of the domains.
    difference : float
        Not negative.
    p : float
        Adjusted.
    """

    high: str
    low: str
    difference: float
    p: float

    @property
    def significant(self) -> bool:
        """Whether it may be called a difference."""
        return self.p < ALPHA


@dataclass(frozen=True)
class Apart:
    """A tested difference of a group from all others together, or from everybody.

    Attributes
    ----------
    difference : float
        Positive where the group has the higher figure, or the later time.
    p : float
        Adjusted.
    """

    difference: float
    p: float

    @property
    def significant(self) -> bool:
        """Whether it may be called a difference."""
        return self.p < ALPHA

    @property
    def direction(self) -> int:
        """1 where the group has the higher figure, else -1."""
        return 1 if self.difference > 0 else -1


@dataclass(frozen=True)
class Outcome:
    """What the tests within one breakdown say about one line.

    Attributes
    ----------
    tested : tuple of Contrast
        Between figures that are sound.
    complete : bool
        Whether every pair of sound figures was tested; there is at least one.
    everybody : bool
        Whether all domains of the breakdown have sound figures.
    """

    tested: tuple[Contrast, ...]
    complete: bool
    everybody: bool

    @property
    def widest(self) -> Contrast | None:
        """The largest significant difference."""
        significant = [one for one in self.tested if one.significant]
        return max(significant, key=lambda one: one.difference, default=None)

    @property
    def alike(self) -> bool:
        """Whether everything was tested and nothing differs."""
        return self.complete and self.widest is None


@dataclass(frozen=True)
class Contrasts:
    """All released comparisons by the design of the sample.

    A rule that knows nothing of strata and clusters gives letters, but no sentence.

    Attributes
    ----------
    found : mapping
        Of domains in pairs, by wave, indicator, breakdown, item and category.
    changed : mapping
        Of waves, by what changed.
    apart : mapping
        Of domains against what they are a part of, by key and what they are against, then by
        domain.
    """

    found: Mapping[Key, tuple[Contrast, ...]] = field(default_factory=dict)
    changed: Mapping[Moment, tuple[Change, ...]] = field(default_factory=dict)
    apart: Mapping[tuple[Key, str], Mapping[str, Apart]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Scalar]]) -> Contrasts:
        """Read ``Release.comparisons``, as plain values."""
        found: dict[Key, list[Contrast]] = {}
        changed: dict[Moment, list[Change]] = {}
        apart: dict[tuple[Key, str], dict[str, Apart]] = {}
        for row in rows:
            difference, p = row["difference"], row["p_adjusted"]
            if not isinstance(difference, float | int) or not isinstance(p, float | int):
                continue
            if row["test"] != "linearised":
                continue
            wave, indicator, breakdown, item, category = (str(row[one]) for one in KEYS)
            a, b, against = (str(row[one]) for one in ("domain_a", "domain_b", "against"))
            key = wave, indicator, breakdown, item, category
            if against == "pairs":
                high, low = (a, b) if difference >= 0 else (b, a)
                contrast = Contrast(high, low, abs(float(difference)), float(p))
                found.setdefault(key, []).append(contrast)
            elif against == "waves":
                moment = wave, indicator, breakdown, a, item, category
                change = Change(str(row["wave_b"]), float(difference), float(p))
                changed.setdefault(moment, []).append(change)
            else:
                apart.setdefault((key, against), {})[a] = Apart(float(difference), float(p))
        return cls(
            {key: tuple(several) for key, several in found.items()},
            {key: tuple(several) for key, several in changed.items()},
            apart,
        )

    def from_whole(
        self, measured: Measured, line: Line, breakdown: str, against: Against
    ) -> Mapping[str, Apart]:
        """Return how sound figures differ from those of all others, or of everybody, by domain.

        Of a figure that is not sound, or whose difference from everybody the printed figures do
        not show, there is none.
        """
        rows = measured.across(line, breakdown)
        key = (measured.wave, measured.name, breakdown, line.item, line.category)
        overall = measured.of(line)
        if not measured.profile and (overall is None or not overall.sound):
            return {}
        return {
            domain: one
            for domain, one in self.apart.get((key, against), {}).items()
            if domain in rows
            and rows[domain].sound
            and (overall is None or not one.significant or rows[domain].value != overall.value)
        }

    def change(
        self, measured: Measured, line: Line, breakdown: str, domain: str, earlier: str
    ) -> Change | None:
        """Return the tested change of a figure since a wave; None where there was no test.

        Of a figure that was compared twice the later test counts.
        """
        moment = measured.wave, measured.name, breakdown, domain, line.item, line.category
        several = [one for one in self.changed.get(moment, ()) if one.earlier == earlier]
        return several[-1] if several else None

    def outcome(self, measured: Measured, line: Line, breakdown: str) -> Outcome:
        """Return what may be said of the domains of a breakdown.

        Figures of low reliability, fixed ones and hidden ones enter no comparison.
        """
        rows = measured.across(line, breakdown)
        sound = {domain for domain, row in rows.items() if row.sound}
        key = (measured.wave, measured.name, breakdown, line.item, line.category)
        tested = tuple(
            one
            for one in self.found.get(key, ())
            if {one.high, one.low} <= sound and _agrees(one, rows)
        )
        pairs = {frozenset((one.high, one.low)) for one in tested}
        wanted = {frozenset(pair) for pair in combinations(sorted(sound), 2)}
        complete = bool(wanted) and wanted <= pairs
        return Outcome(tested, complete, len(sound) == len(measured.domains[breakdown]))


def _agrees(contrast: Contrast, rows: Mapping[str, Shown]) -> bool:
    """Say whether the printed figures bear the difference out, where it is significant."""
    high, low = rows[contrast.high].value, rows[contrast.low].value
    if high is None or low is None:
        return False
    apart = high - low
    if rows[contrast.high].unit == "clock":
        apart = float(shortest_arc(apart))
    return apart > 0 or not contrast.significant
