"""A group of a breakdown, and where the figures of everybody are found within it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from socialpoll.report.blocks import Phrase
from socialpoll.report.contrasts import Change, Contrast, Contrasts, Key, Moment
from socialpoll.report.measured import Line, Measured, Shown
from socialpoll.report.report import Scalar
from socialpoll.schema import TOTAL

__all__ = ["Group"]

CROSSED = "|"


@dataclass(frozen=True)
class Group:
    """A group that a report is narrowed to.

    Attributes
    ----------
    breakdown, domain : str
        As in the figures.
    label : Phrase
        Its words.
    """

    breakdown: str
    domain: str
    label: Phrase

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that make it."""
        return tuple(self.breakdown.split(CROSSED))

    def within(self, breakdown: str, domain: str) -> tuple[str, str] | None:
        """Return what a domain is within the group; None where it is not a part of it.

        The group itself is everybody; of a crossing what is left of it.
        """
        codes = dict(zip(breakdown.split(CROSSED), domain.split(CROSSED), strict=False))
        own = dict(zip(self.names, self.domain.split(CROSSED), strict=False))
        if any(codes.get(name) != code for name, code in own.items()):
            return None
        left = {name: code for name, code in codes.items() if name not in own}
        return (CROSSED.join(left), CROSSED.join(left.values())) if left else (TOTAL, TOTAL)

    def rows(self, figures: Iterable[Mapping[str, Scalar]]) -> tuple[Mapping[str, Scalar], ...]:
        """Return the rows of the group, its parts and everybody, where the group is measured."""
        rows = list(figures)
        measured = {
            (row["wave"], row["indicator"])
            for row in rows
            if (row["breakdown"], row["domain"]) == (self.breakdown, self.domain)
        }
        return tuple(
            row
            for row in rows
            if (row["wave"], row["indicator"]) in measured
            and (
                row["breakdown"] == TOTAL
                or self.within(str(row["breakdown"]), str(row["domain"])) is not None
            )
        )

    def beside(self, measured: Measured) -> Measured:
        """Return an indicator of the group and of everybody."""
        kept = {TOTAL: TOTAL, self.breakdown: self.domain}
        return _of(
            measured,
            {key: row for key, row in measured.rows.items() if kept.get(key[0]) == key[1]},
        )

    def inside(self, measured: Measured) -> Measured:
        """Return an indicator as if the group were everybody; crossings with it lose it."""
        rows = {}
        for (breakdown, domain, line), row in measured.rows.items():
            place = self.within(breakdown, domain)
            if place is not None:
                rows[*place, line] = row
        return _of(measured, rows)

    def tests(self, contrasts: Contrasts) -> Contrasts:
        """Return what was tested, as if the group were everybody."""
        found: dict[Key, list[Contrast]] = {}
        for (wave, name, breakdown, item, category), several in contrasts.found.items():
            for one in several:
                high, low = (self.within(breakdown, code) for code in (one.high, one.low))
                if high is not None and low is not None:
                    key = wave, name, high[0], item, category
                    found.setdefault(key, []).append(replace(one, high=high[1], low=low[1]))
        changed: dict[Moment, tuple[Change, ...]] = {}
        for (wave, name, breakdown, domain, item, category), moved in contrasts.changed.items():
            place = self.within(breakdown, domain)
            if place is not None:
                changed[wave, name, *place, item, category] = moved
        return Contrasts({key: tuple(several) for key, several in found.items()}, changed)


def _of(measured: Measured, rows: Mapping[tuple[str, str, Line], Shown]) -> Measured:
    """Return an indicator with other rows, and with the domains that they are of."""
    domains: dict[str, dict[str, None]] = {}
    for breakdown, domain, _ in rows:
        domains.setdefault(breakdown, {})[domain] = None
    return replace(
        measured, rows=rows, domains={name: tuple(codes) for name, codes in domains.items()}
    )
