"""What was tested: which differences between groups may be spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from socialpoll.report.blocks import Change
from socialpoll.report.measured import Line, Measured, Shown
from socialpoll.report.report import Scalar
from socialpoll.schema.clock import shortest_arc

__all__ = ["ALPHA", "Contrast", "Contrasts", "Key", "Outcome", "WaveTests"]

ALPHA = 0.05
"""A difference counts as significant where its adjusted p value lies below."""
Key: TypeAlias = tuple[str, str, str, str, str]


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
    """All released comparisons.

    Parameters
    ----------
    rows : iterable of mapping
        Of ``Release.comparisons``, as plain values.
    """

    found: Mapping[Key, tuple[Contrast, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Scalar]]) -> Contrasts:
        """Read released comparisons of domains in pairs, by the design of the sample.

        A rule that knows nothing of strata and clusters gives letters, but no sentence.
        """
        found: dict[Key, list[Contrast]] = {}
        for row in rows:
            if row["against"] != "pairs" or row["test"] != "linearised":
                continue
            difference, p = row["difference"], row["p_adjusted"]
            if not isinstance(difference, float | int) or not isinstance(p, float | int):
                continue
            if row["against"] != "pairs":
                continue
            a, b = str(row["domain_a"]), str(row["domain_b"])
            high, low = (a, b) if difference >= 0 else (b, a)
            names = ("wave", "indicator", "breakdown", "item", "category")
            wave, indicator, breakdown, item, category = (str(row[name]) for name in names)
            contrast = Contrast(high, low, abs(float(difference)), float(p))
            found.setdefault((wave, indicator, breakdown, item, category), []).append(contrast)
        return cls({key: tuple(several) for key, several in found.items()})

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


@dataclass(frozen=True)
class WaveTests:
    """All released comparisons of figures with themselves in an earlier wave.

    Parameters
    ----------
    found : mapping of (Key, str, str) to (float, float)
        Indicator, breakdown, item, category and domain, the later and the earlier wave to the
        difference, later less earlier, and its adjusted p value.
    """

    found: Mapping[tuple[Key, str, str], tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Scalar]]) -> WaveTests:
        """Read released comparisons between waves, by the design of the sample."""
        found: dict[tuple[Key, str, str], tuple[float, float]] = {}
        for row in rows:
            difference, p = row["difference"], row["p_adjusted"]
            if row["against"] != "waves" or row["test"] != "linearised":
                continue
            if not isinstance(difference, float | int) or not isinstance(p, float | int):
                continue
            names = ("indicator", "breakdown", "item", "category", "domain_a")
            indicator, breakdown, item, category, domain = (str(row[name]) for name in names)
            key = (indicator, breakdown, item, category, domain)
            found[key, str(row["wave"]), str(row["wave_b"])] = float(difference), float(p)
        return cls(found)

    def change(self, key: Key, earlier: tuple[str, Shown], later: tuple[str, Shown]) -> Change:
        """Return what may be said of a figure beside that of an earlier wave.

        Parameters
        ----------
        key : Key
            Indicator, breakdown, item, category and domain.
        earlier, later : (str, Shown)
            The waves, and the figure in each; those that are not sound are compared with none.
        """
        (first, before), (last, after) = earlier, later
        tested = self.found.get((key, last, first))
        if tested is None or not (before.sound and after.sound):
            return "untested"
        difference, p = tested
        if p >= ALPHA:
            return "alike"
        return "higher" if difference > 0 else "lower"


def _agrees(contrast: Contrast, rows: Mapping[str, Shown]) -> bool:
    """Say whether the printed figures do not contradict the difference."""
    high, low = rows[contrast.high].value, rows[contrast.low].value
    if high is None or low is None:
        return False
    apart = high - low
    if rows[contrast.high].unit == "clock":
        apart = float(shortest_arc(apart))
    return apart >= 0 or not contrast.significant
