"""What sets of options are chosen for: how many, what is to be reached, what it may cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import NoReturn, get_args

import numpy as np

from socialpoll.errors import EstimationError
from socialpoll.indicators.named import Named
from socialpoll.schema import CodeValue
from socialpoll.totals import Base

__all__ = ["BestReach", "Goal"]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What the best set of options has to do.

    Without ``reach`` the allowed set with the largest reach serves best; of those that are level
    the one with fewest options, then of least cost, then the first in the questionnaire. With it,
    the set that reaches so many at least cost (with fewest options, where there are no costs), and
    of these the one with the largest reach; where no allowed set reaches so many, the one that
    reaches most.

    Parameters
    ----------
    size : int, optional
        At most so many options.
    reach : float, optional
        The share that is to be reached, above 0 and up to 1.
    budget : float, optional
        What the options of a set may cost together, at most.
    costs : mapping of code to float, optional
        What each option costs, 0 or more, in any unit.

    Raises
    ------
    EstimationError
        None of size, reach and budget; a value that is out of range; a budget without costs.

    Examples
    --------
    >>> Goal(size=3)
    Goal(size=3, reach=None, budget=None, costs=None)
    >>> Goal(reach=0.9, costs={"whatsapp": 3, "x": 1.5}).cost_of("x")
    1.5
    """

    size: int | None = None
    reach: float | None = None
    budget: float | None = None
    costs: Mapping[CodeValue, float] | None = None

    def __post_init__(self) -> None:
        if self.size is None and self.reach is None and self.budget is None:
            self._refuse("", "nothing", "size, reach or budget; or several of them")
        size: object = self.size
        if size is not None and not (type(size) is int and size >= 1):
            self._refuse("size", repr(size), "a whole number, 1 or more")
        if self.reach is not None and not (_is_amount(self.reach) and 0 < self.reach <= 1):
            self._refuse("reach", repr(self.reach), "a share above 0 and up to 1, such as 0.9")
        if self.budget is not None and not _is_amount(self.budget):
            self._refuse("budget", repr(self.budget), "a number, 0 or more")
        if self.costs is not None:
            self._check_costs(self.costs)
        elif self.budget is not None:
            self._refuse("costs", "a budget without them", "what each option costs")

    def cost_of(self, code: CodeValue) -> float:
        """Return what an option costs; KeyError where that is not said."""
        return {str(one): float(cost) for one, cost in (self.costs or {}).items()}[str(code)]

    def _check_costs(self, costs: object) -> None:
        allowed = "a number, 0 or more, for each code"
        if not isinstance(costs, Mapping) or not costs:
            self._refuse("costs", repr(costs), allowed)
        wrong = [f"{code!r}: {cost!r}" for code, cost in costs.items() if not _is_amount(cost)]
        if wrong or len({str(code) for code in costs}) < len(costs):
            self._refuse("costs", ", ".join(wrong) or repr(dict(costs)), allowed)

    def _refuse(self, name: str, found: str, allowed: str) -> NoReturn:
        where = f"Goal.{name}" if name else "Goal"
        message = "the goal does not say what sets are chosen for"
        raise EstimationError(message, where=where, found=found, allowed=allowed)


@dataclass(frozen=True, slots=True)
class BestReach(Named):
    """The sets of options that serve a goal best, to be found by :func:`socialpoll.choose`.

    Parameters
    ----------
    question : str
        A ``multiple`` question, or nets of one question.
    goal : Goal
    among : list of codes, optional
        Options to choose from; all but the exclusive ones where absent.
    base : {"answered", "asked", "all"}
        Of whom, as of :class:`Share`.
    name : str, optional
        Name in results; the question's with ``_best_reach`` where absent.
    title : Text, optional
        Words for people.

    Raises
    ------
    EstimationError
        What is no goal, no list of codes or no base.

    Examples
    --------
    >>> BestReach("platforms", Goal(size=2)).named
    'platforms_best_reach'
    """

    question: str
    goal: Goal
    among: Sequence[CodeValue] | None = field(default=None, kw_only=True)
    base: Base = field(default="answered", kw_only=True)

    def __post_init__(self) -> None:
        goal: object = self.goal
        if not isinstance(goal, Goal):
            self._refuse("goal", repr(goal), "Goal(size=3), for example")
        if self.base not in get_args(Base):
            self._refuse("base", repr(self.base), ", ".join(get_args(Base)))

    @property
    def named(self) -> str:
        """Its name in results."""
        return self.name or f"{self.question}_best_reach"

    def _refuse(self, name: str, found: str, allowed: str) -> NoReturn:
        message = f"{name} does not say which sets are looked for"
        raise EstimationError(message, where=f"BestReach.{name}", found=found, allowed=allowed)


def _is_amount(value: object) -> bool:
    """Say whether a value is a number that can be a share, a cost or a budget."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        return False
    return isfinite(value) and float(value) >= 0
