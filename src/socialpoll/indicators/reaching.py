"""What is to be estimated of several answers together: whom a set of options reaches."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NoReturn, TypeAlias, get_args

from socialpoll.errors import EstimationError
from socialpoll.indicators.named import Named
from socialpoll.schema import CodeValue
from socialpoll.totals import Base

__all__ = ["JOINT", "OptionSet", "Reach"]

OptionSet: TypeAlias = tuple[CodeValue, ...]
"""Codes of options that are taken together."""
JOINT = "|"
"""Between the codes of a set in results."""
ALLOWED = 'sets of different options, each set once: (("a",), ("a", "b"))'


@dataclass(frozen=True, slots=True)
class Reach(Named):
    """Shares of those who chose at least one option of a set: its unduplicated reach.

    A union, from what each person chose, and never a sum: whoever chose two options of a set counts
    once (Miaoulis, Free & Parsons 1990, Marketing Research 2 (1): 28-40, "TURF"). Sets may overlap.
    A set is an ``item`` of the results: its codes in the order of the questionnaire, joined by
    ``|``. Intervals are those of :class:`Share`.

    Parameters
    ----------
    question : str
        A ``multiple`` question, or nets of one question.
    of : tuple of codes, or tuple of those
        One set of options or several. Exclusive options ("none of these") reach nobody.
    base : {"answered", "asked", "all"}
        Of whom, as of :class:`Share`. Who gave a missing code that is in the base is in no set.
    time : str, optional
        A number or a duration, such as hours a day: then the figures are parts of all the time
        that is spent, Σ w h 1[reached] / Σ w h, over those who gave a valid answer to both
        questions. A ratio (Särndal, Swensson & Wretman 1992, §5.6): standard error, design effect
        and coefficient of variation are those of :class:`Ratio`; the interval is estimate ± t·se,
        cut off at 0 and 1. The statistic is ``share_of_time``. It is all the time of those whom a
        set reaches, and not what they spend on its options.
    name : str, optional
        Name in results; the question's with ``_reach`` where absent, or ``_reach_of_time``.
    title : Text, optional
        Words for people.

    Raises
    ------
    EstimationError
        No set, an empty one, one that is there twice or names an option twice; an unknown base; of
        time, another base than ``answered``.

    Examples
    --------
    >>> Reach("platforms", ("whatsapp", "x")).sets
    (('whatsapp', 'x'),)
    >>> Reach("platforms", (("whatsapp",), ("whatsapp", "x"))).sets
    (('whatsapp',), ('whatsapp', 'x'))
    """

    question: str
    of: OptionSet | tuple[OptionSet, ...]
    base: Base = "answered"
    time: str | None = None

    def __post_init__(self) -> None:
        several = [frozenset(map(str, one)) for one in self.sets]
        wrong = [one for one in self.sets if not one or len(set(map(str, one))) < len(one)]
        twice = [one for one, other in combinations(several, 2) if one == other]
        if wrong or twice or not several:
            found = [*map(repr, wrong), *(f"{'|'.join(sorted(one))} twice" for one in twice)]
            self._refuse("of", ", ".join(found) or repr(self.of), ALLOWED)
        if self.base not in get_args(Base):
            self._refuse("base", repr(self.base), ", ".join(get_args(Base)))
        if self.time is not None and self.base != "answered":
            raise EstimationError(
                "parts of time are of those who gave theirs",
                where="Reach.base",
                found=repr(self.base),
                allowed="'answered'",
            )

    @property
    def sets(self) -> tuple[OptionSet, ...]:
        """All sets, as asked for."""
        given: object = self.of
        if not isinstance(given, tuple | list):
            self._refuse("of", repr(given), ALLOWED)
        alone = bool(given) and all(isinstance(one, str | int) for one in given)
        several = (given,) if alone else given
        odd = [one for one in several if not _is_set(one)]
        if odd:
            self._refuse("of", ", ".join(map(repr, odd)), ALLOWED)
        return tuple(tuple(one) for one in several)

    def _refuse(self, name: str, found: str, allowed: str) -> NoReturn:
        message = f"{name} does not say which options are taken together"
        raise EstimationError(message, where=f"Reach.{name}", found=found, allowed=allowed)


def _is_set(one: object) -> bool:
    return isinstance(one, tuple | list) and all(isinstance(code, str | int) for code in one)
