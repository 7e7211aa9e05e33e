"""How one indicator is estimated: what is summed, the function of sums, the keys of its rows."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.indicators.precision import ShareInterval
from socialpoll.indicators.ranking import QuantileCentre
from socialpoll.schema import Text
from socialpoll.totals import (
    Amounts,
    Base,
    Directions,
    Measure,
    Present,
    Statistic,
    Values,
    names_of,
)

__all__ = ["Line", "Plan", "QuantilesAsked"]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of each domain: its keys, and the column of the measure that counts its cases."""

    item: str
    category: str
    counts: int | None = None


@dataclass(frozen=True, slots=True)
class QuantilesAsked:
    """Which quantiles, one for each line, and how they and their intervals are read."""

    probabilities: tuple[float, ...]
    rule: str
    interval: ShareInterval
    about: QuantileCentre


@dataclass(frozen=True, slots=True)
class Plan:
    """How one indicator is estimated.

    Attributes
    ----------
    name, question, kind, unit : str
        Keys of its rows; ``kind`` is the statistic.
    measure, statistic
        What is summed, and the function of the sums.
    lines : tuple of Line
        One for each figure of a domain.
    base : Base
        Of whom.
    numbers : tuple of str
        Questions whose products give the simple-random-sampling variance; empty for shares and
        counts.
    among : str or None
        The only breakdown of a profile.
    quantiles : QuantilesAsked or None
        What stands for the statistic of quantiles, whose shares below are the statistic.
    grid : str or None
        The grid that the question is an item of, where its rows are filed under the grid.
    """

    name: str
    question: str
    kind: str
    unit: str
    measure: Measure
    statistic: Statistic
    lines: tuple[Line, ...]
    base: Base
    title: Text | None = None
    numbers: tuple[str, ...] = ()
    among: str | None = None
    quantiles: QuantilesAsked | None = None
    grid: str | None = None

    @property
    def present(self) -> Present:
        """The measure that counts this plan's base."""
        if isinstance(self.measure, Values | Amounts):
            return Present(self.measure.questions, "valid")
        if isinstance(self.measure, Directions):
            return Present((self.question,), "valid")
        return Present((self.question,), self.base)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions whose answers are used."""
        return names_of(self.measure)
