"""Released rows, put together by indicator: what was measured, for whom, with which figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.disclosure import FOOTNOTE, REVISED, REVISION, situation_of
from socialpoll.indicators.circular import UNSETTLED
from socialpoll.indicators.precision import MODEL_BASED
from socialpoll.report.blocks import Figure, Interval, Unit
from socialpoll.report.marks import MARKED_REVISED, NOT_AVAILABLE, SUPPRESSED
from socialpoll.report.report import Scalar
from socialpoll.schema import NOT_APPLICABLE, TOTAL
from socialpoll.schema.clock import AFTER_MIDNIGHT

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Line", "Measured", "Shown", "measured_in", "plain_rows"]

MOST = 0.995
LEAST = 0.005
"""Shares beyond these would be written as 0 or 100 per cent without being it."""
UNITS: Mapping[str, Unit] = {
    "share": "percent",
    "persons": "count",
    "hours": "hours",
    "minutes": "minutes",
    AFTER_MIDNIGHT: "clock",
}
"""Units of figures that are displayed in a way of their own."""
OF_NUMBERS = frozenset({"mean", "median", "quantile"})
"""Statistics in the unit of a number, which may be called like one that is not: of persons."""


def joined(item: str, category: str) -> str:
    """Return the code of an answer to an item of a grid."""
    return f"{item}|{category}"


class Line(NamedTuple):
    """One figure of each domain: an option, a category, or the only one."""

    item: str
    category: str

    @property
    def code(self) -> str:
        """The code that tells it from the others."""
        if NOT_APPLICABLE in self:
            return self.category if self.item == NOT_APPLICABLE else self.item
        return joined(self.item, self.category)


@dataclass(frozen=True)
class Shown:
    """A released row.

    Attributes
    ----------
    place : int
        In the report's figures.
    row : mapping
        Its plain values.
    """

    place: int
    row: Mapping[str, Scalar]

    @cached_property
    def status(self) -> str:
        """The shorthand letter of its status; empty for a usual figure."""
        letter = situation_of(self.row).shorthand
        return NOT_AVAILABLE if letter != SUPPRESSED and self.unsettled else letter

    @property
    def unsettled(self) -> bool:
        """Whether it is a mean time that means nothing: times may as well be spread evenly."""
        caveats = str(self.row["caveat"] or "").split("; ")
        return self.row["statistic"] == "circular_mean" and UNSETTLED in caveats

    @property
    def value(self) -> float | None:
        """The estimate; None where there is none to show."""
        return None if self.status in (SUPPRESSED, NOT_AVAILABLE) else self.number("estimate")

    @property
    def sound(self) -> bool:
        """Whether it may be compared: it is there, and nothing is the matter with it."""
        return self.value is not None and self.status in ("", MARKED_REVISED)

    @property
    def footnotes(self) -> tuple[str, ...]:
        """The codes of what is told of it."""
        return tuple(filter(None, str(self.row.get(FOOTNOTE) or "").split("; ")))

    @property
    def also_revised(self) -> bool:
        """Whether it is revised, though its status says something else in the first place."""
        return self.row.get(REVISION) == REVISED and self.status != MARKED_REVISED

    @property
    def respondents(self) -> int | None:
        """The respondents in its base, unweighted."""
        rule = {"asked": "n_asked", "all": "n_asked"}.get(str(self.row["base"]), "n_answered")
        count = self.number("n_base")
        count = self.number(rule) if count is None else count
        return None if count is None else int(count)

    def number(self, column: str) -> float | None:
        """Return a number of the row; None where it is empty."""
        found = self.row.get(column)
        return float(found) if isinstance(found, int | float) else None

    def figure(self, *, prose: bool = False) -> Figure:
        """Return the estimate as it is displayed: in tables, or within a sentence."""
        unit, decimals = self.unit, self._decimals
        value = self.value
        if prose and unit == "percent" and value is not None and _tells(value):
            # Rounded once from the estimate: 36.46 per cent is 36, though the table has 36.5.
            whole = self.number("estimate_prose")
            value, decimals = (value if whole is None else whole), 0
        status = self.status if not prose or self.status == "u" else ""
        return Figure(value, unit, decimals, status)

    @property
    def is_precise(self) -> bool:
        """Whether it has a confidence interval, or needs none, as one that is fixed."""
        interval = self.interval()
        return interval.low is not None or interval.status == "z"

    def interval(self) -> Interval:
        """Return its confidence interval as it is displayed."""
        unit, decimals = self.unit, self._decimals
        low, high = self.number("ci_low"), self.number("ci_high")
        if self.status in (SUPPRESSED, NOT_AVAILABLE, "z"):
            return Interval(None, None, unit, decimals, self.status)
        if low is None or high is None:
            return Interval(None, None, unit, decimals, "z" if self.status == "w" else "x")
        return Interval(low, high, unit, decimals)

    def base(self) -> Figure:
        """Return the number of respondents as it is displayed."""
        return Figure(
            self.respondents, "count", 0, self.status if self.status == SUPPRESSED else ""
        )

    @property
    def _decimals(self) -> int:
        """The decimals that the release left it."""
        if self.row["statistic"] in ("ratio", "concentration"):
            return 3
        return 0 if self.unit in ("count", "clock") else 1

    @property
    def unit(self) -> Unit:
        """How it is displayed."""
        unit = UNITS.get(str(self.row["unit"]), "decimal")
        counted = unit in ("percent", "count")
        return "decimal" if counted and self.row["statistic"] in OF_NUMBERS else unit


def _tells(share: float) -> bool:
    """Say whether a share keeps its meaning without decimals."""
    return share in (0.0, 1.0) or LEAST <= share < MOST


@dataclass(frozen=True)
class Measured:
    """An indicator of a wave with all its released rows.

    Attributes
    ----------
    name, wave, question, statistic, unit, base : str
        As in its rows; the base of those that are not suppressed.
    lines : tuple of Line
        Its figures within a domain, in the order of the schema.
    domains : mapping of str to tuple of str
        Breakdown to the codes of its domains, in order; ``_T`` to ``_T`` for everybody.
    rows : mapping of (str, str, Line) to Shown
        Breakdown, domain and line to the row.
    """

    name: str
    wave: str
    question: str
    statistic: str
    unit: str
    base: str
    lines: tuple[Line, ...]
    domains: Mapping[str, tuple[str, ...]]
    rows: Mapping[tuple[str, str, Line], Shown]

    @property
    def percent(self) -> bool:
        """Whether its figures are parts of a whole."""
        return self.unit == "share" and self.statistic not in OF_NUMBERS

    @property
    def model_based(self) -> bool:
        """Whether its precision comes from a model, for the sample is not random."""
        caveats = (str(one.row.get("caveat") or "").split("; ") for one in self.rows.values())
        return any(MODEL_BASED in one for one in caveats)

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """All but everybody."""
        return tuple(one for one in self.domains if one != TOTAL)

    @property
    def profile(self) -> bool:
        """Whether it says who is in the domains: there is no figure for everybody."""
        return TOTAL not in self.domains

    def of(self, line: Line, breakdown: str = TOTAL, domain: str = TOTAL) -> Shown | None:
        """Return a row; None where it was not estimated."""
        return self.rows.get((breakdown, domain, line))

    def across(self, line: Line, breakdown: str) -> dict[str, Shown]:
        """Return the rows of a line in every domain of a breakdown."""
        found = {domain: self.of(line, breakdown, domain) for domain in self.domains[breakdown]}
        return {domain: one for domain, one in found.items() if one is not None}

    def overall(self) -> list[tuple[Line, Shown]]:
        """Return the rows of everybody."""
        found = ((line, self.of(line)) for line in self.lines)
        return [(line, one) for line, one in found if one is not None]


def plain_rows(frame: pd.DataFrame) -> tuple[dict[str, Scalar], ...]:
    """Return the rows of a frame as plain values; None where there is none.

    Whole numbers stay whole, as in the frame.
    """
    names = [str(name) for name in frame.columns]
    columns = [map(_plain, frame[name].astype(object)) for name in frame.columns]
    return tuple(dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def measured_in(rows: Iterable[Mapping[str, Scalar]]) -> tuple[Measured, ...]:
    """Put the rows of each indicator and wave together, in the order in which they appear."""
    groups: dict[tuple[str, str], list[Shown]] = {}
    for place, row in enumerate(rows):
        groups.setdefault((str(row["wave"]), str(row["indicator"])), []).append(Shown(place, row))
    return tuple(_measured(one) for one in groups.values())


def _measured(shown: list[Shown]) -> Measured:
    first = shown[0].row
    lines: dict[Line, None] = {}
    domains: dict[str, dict[str, None]] = {}
    rows: dict[tuple[str, str, Line], Shown] = {}
    base = ""
    for one in shown:
        line = Line(str(one.row["item"]), str(one.row["category"]))
        breakdown, domain = str(one.row["breakdown"]), str(one.row["domain"])
        lines[line] = None
        domains.setdefault(breakdown, {})[domain] = None
        rows[breakdown, domain, line] = one
        base = base or str(one.row["base"] or "")
    return Measured(
        name=str(first["indicator"]),
        wave=str(first["wave"]),
        question=str(first["question"]),
        statistic=str(first["statistic"]),
        unit=str(first["unit"]),
        base=base or "answered",
        lines=tuple(lines),
        domains={breakdown: tuple(codes) for breakdown, codes in domains.items()},
        rows=rows,
    )


def _plain(value: object) -> Scalar:
    if type(value) is float:
        return None if math.isnan(value) else value
    if type(value) is str:
        return value
    plain = value.item() if hasattr(value, "item") else value
    if plain is None or type(plain).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(plain, float):
        return None if math.isnan(plain) else plain
    if isinstance(plain, str | bool | int):
        return plain
    return str(plain)
