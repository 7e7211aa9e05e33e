"""What a release tells of each audience, as it is needed for a plan: figures and choices."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from socialpoll.disclosure import situation_of
from socialpoll.disclosure.screening import plain_rows
from socialpoll.schema import NOT_APPLICABLE

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.disclosure import Release

__all__ = ["Audience", "Choice", "Figure", "Line", "Tellings", "Told", "read"]

Row: TypeAlias = Mapping[str, object]


class Audience(NamedTuple):
    """For whom a figure is, as its row names them."""

    wave: str
    breakdown: str
    domain: str


class Line(NamedTuple):
    """Which of its figures within an audience: a set of options, a band, an answer to an item."""

    item: str
    category: str

    @property
    def code(self) -> str:
        """The code of the answer: of a grid that of the option, whatever the item."""
        return self.item if self.category == NOT_APPLICABLE else self.category


ZERO = "zero cases"
"""The caveat of a figure that no respondent is in."""
NOTHING = Line("", "")
"""What a choice is against where there is nothing else."""


@dataclass(frozen=True)
class Figure:
    """A released figure.

    Attributes
    ----------
    line : Line
    estimate, low, high : float or None
        None where there is none, or none that may be shown.
    base : int or None
        Respondents.
    caveat : str
    letter : str
        The shorthand of its status, as tables have it in square brackets.
    """

    line: Line
    estimate: float | None
    low: float | None
    high: float | None
    base: int | None
    caveat: str
    letter: str

    @property
    def hidden(self) -> bool:
        """Whether it may not be shown."""
        return self.letter == "c"

    @property
    def unreliable(self) -> bool:
        """Whether a rule of reliability marks it."""
        return self.letter == "u"

    @property
    def empty(self) -> bool:
        """Whether no respondent is in it."""
        return ZERO in self.caveat.split("; ")

    @property
    def fixed(self) -> bool:
        """Whether the weights reproduce it, so that it has no sampling error."""
        return self.letter == "w"

    @property
    def precise(self) -> bool:
        """Whether anything is known of its error."""
        return self.fixed or self.low is not None


@dataclass(frozen=True)
class Choice:
    """A released choice: two figures of one audience, and whether they are told apart.

    Attributes
    ----------
    role : str
    line, against : Line
    size : int or None
    difference, low, high : float or None
    p : float or None
        Adjusted for all that were compared with it.
    alike : bool or None
        None where that was not tested.
    optimism, cost, at_most : float or None
    """

    role: str
    line: Line
    against: Line
    size: int | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    alike: bool | None
    optimism: float | None
    cost: float | None
    at_most: float | None

    @property
    def tells(self) -> bool | None:
        """Whether the two are told apart; None where that was not tested."""
        return None if self.alike is None else not self.alike


@dataclass(frozen=True)
class Told:
    """What is told of one indicator for one audience, in the order of the release."""

    figures: list[Figure] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    def of(self, role: str) -> tuple[Choice, ...]:
        """Return the choices of a role."""
        return tuple(one for one in self.choices if one.role == role)

    def figure(self, line: Line) -> Figure | None:
        """Return the figure of a line; None where there is none to show."""
        shown = (one for one in self.figures if one.estimate is not None)
        return next((one for one in shown if one.line == line), None)

    def by_item(self) -> Mapping[str, Told]:
        """Return what is told of each item of a grid, in its order."""
        several: dict[str, Told] = {}
        for one in self.figures:
            several.setdefault(one.line.item, Told()).figures.append(one)
        for choice in self.choices:
            several.setdefault(choice.line.item, Told()).choices.append(choice)
        return several


Tellings: TypeAlias = Mapping[str, Mapping[Audience, Told]]
"""What is told, by indicator and audience; audiences in the order of the figures."""


def read(release: Release, indicators: Iterable[str]) -> Tellings:
    """Read what a release tells of some indicators.

    Parameters
    ----------
    release : Release
    indicators : iterable of str
        Names that the figures have.

    Returns
    -------
    mapping of str to mapping of Audience to Told
    """
    told: dict[str, dict[Audience, Told]] = {name: {} for name in indicators}
    for row in _rows(release.figures, told):
        audiences = told[str(row["indicator"])]
        audiences.setdefault(_audience(row), Told()).figures.append(_figure(row))
    for row in _rows(release.choices, told):
        audiences = told[str(row["indicator"])]
        audiences.setdefault(_audience(row), Told()).choices.append(_choice(row))
    return told


def _rows(frame: pd.DataFrame, indicators: Iterable[str]) -> Iterator[Row]:
    yield from plain_rows(frame[frame["indicator"].isin(list(indicators))])


def _audience(row: Row) -> Audience:
    return Audience(str(row["wave"]), str(row["breakdown"]), str(row["domain"]))


def _figure(row: Row) -> Figure:
    base = _number(row, "n_base")
    return Figure(
        line=Line(str(row["item"]), str(row["category"])),
        estimate=_number(row, "estimate"),
        low=_number(row, "ci_low"),
        high=_number(row, "ci_high"),
        base=None if base is None else int(base),
        caveat=str(row["caveat"] or ""),
        letter=situation_of(row).shorthand,
    )


def _choice(row: Row) -> Choice:
    size, alike = _number(row, "size"), row["alike"]
    return Choice(
        role=str(row["role"]),
        line=Line(str(row["item"]), str(row["category"])),
        against=Line(str(row["against_item"]), str(row["against_category"])),
        size=None if size is None else int(size),
        difference=_number(row, "difference"),
        low=_number(row, "ci_low"),
        high=_number(row, "ci_high"),
        p=_number(row, "p_adjusted"),
        alike=None if alike is None else bool(alike),
        optimism=_number(row, "optimism"),
        cost=_number(row, "cost"),
        at_most=_number(row, "at_most"),
    )


def _number(row: Row, column: str) -> float | None:
    """Return a number; None where there is none, or one that is not finite."""
    found = row[column]
    number = float(found) if isinstance(found, int | float) else math.nan
    return number if math.isfinite(number) else None
