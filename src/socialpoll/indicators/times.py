"""What is to be estimated of a time of day: its mean, its concentration, windows of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias, get_args

from socialpoll.errors import EstimationError
from socialpoll.indicators.named import Named
from socialpoll.schema.clock import DAY, clock_time, minutes_after_midnight

__all__ = ["CircularMean", "Concentration", "Window", "Windows"]

Window: TypeAlias = tuple[str, str]
"""Two times: from the first to before the second, across midnight where that is not the later."""
WindowBase: TypeAlias = Literal["answered", "asked"]
ALLOWED = (
    'pairs of two different times in whole minutes, each pair once: ("21:00", "02:00") is from '
    "21:00 to before 02:00 of the next day"
)


@dataclass(frozen=True, slots=True)
class CircularMean(Named):
    """The mean time of day, on the circle of 24 hours, among those who gave a time.

    Times become angles θ, midnight 0; the mean is the direction of (Σ w cos θ, Σ w sin θ), given in
    minutes after midnight, from 0 to before 1440 (Mardia & Jupp 2000, §2.2.1). Half past eleven at
    night and half past midnight have midnight as their mean, not noon.

    The standard error, in minutes, is linearised (Särndal, Swensson & Wretman 1992, §5.5). The
    interval is the arc φ ± arcsin(t·se), se in radians (Fisher & Lewis 1983, Biometrika 70:
    333-341, with t for z); across midnight ``ci_low`` is greater than ``ci_high``, and the caveat
    is ``interval crosses midnight``. Where a test does not tell the mean vector from 0, or t·se is
    a radian or more, there is neither interval nor standard error, and the caveat is ``no preferred
    time established``; where times cancel out there is no mean either. A direction has no relative
    standard error: ``cv`` is empty.

    Parameters
    ----------
    question : str
        A question of kind ``time_of_day``.
    name : str, optional
        Name in results; the question's with ``_circular_mean`` where absent.
    title : Text, optional
        Words for people.
    """

    question: str


@dataclass(frozen=True, slots=True)
class Concentration(Named):
    """How close together times of day are, from 0 to 1, among those who gave a time.

    The mean resultant length R̄ = √((Σ w cos θ)² + (Σ w sin θ)²) / Σ w: 1 where all gave the same
    time, 0 where times cancel out (Mardia & Jupp 2000, §2.3.1; 1 - R̄ is the circular variance). It
    has no unit. The standard error is linearised (Särndal, Swensson & Wretman 1992, §5.5); the
    interval is tanh(artanh R̄ ± t·se / (1 - R̄²)), cut off at 0, and it begins at 0 where a test does
    not tell R̄ from 0: the caveat is then ``no preferred time established``.

    Parameters
    ----------
    question : str
        A question of kind ``time_of_day``.
    name : str, optional
        Name in results; the question's with ``_concentration`` where absent.
    title : Text, optional
        Words for people.
    """

    question: str


@dataclass(frozen=True, slots=True)
class Windows(Named):
    """Shares of those whose time of day lies in windows of the clock.

    Windows go from a time to before another, across midnight where the other is not the later; they
    may overlap. A window is an ``item`` of the results, such as ``21:00-02:00``; missing codes that
    are in the base come after the windows. Intervals are those of :class:`Share`.

    Parameters
    ----------
    question : str
        A question of kind ``time_of_day``.
    between : tuple of str, or tuple of those
        One window or several, as times of the 24-hour clock in whole minutes; ``"24:00"`` is
        midnight.
    base : {"answered", "asked"}
        Of whom. Of those asked, who gave no time is in no window.
    name : str, optional
        Name in results; the question's with ``_windows`` where absent.
    title : Text, optional
        Words for people.

    Raises
    ------
    EstimationError
        No window; what is no time; a window without length, or there twice; an unknown base.

    Examples
    --------
    >>> Windows("busiest", ("21:00", "02:00")).codes
    ('21:00-02:00',)
    >>> Windows("busiest", (("06:00", "09:00"), ("22:00", "00:00"))).spans
    ((360.0, 540.0), (1320.0, 1440.0))
    """

    question: str
    between: Window | tuple[Window, ...]
    base: WindowBase = "answered"

    def __post_init__(self) -> None:
        several = self._pairs()
        wrong = [repr(one) for one in several if _span(one) is None]
        spans = [span for one in several if (span := _span(one)) is not None]
        twice = [code(one) for one, other in combinations(spans, 2) if one == other]
        if wrong or twice or not several:
            found = ", ".join([*wrong, *(f"{one} twice" for one in dict.fromkeys(twice))])
            self._refuse("between", found or repr(self.between), ALLOWED)
        if self.base not in get_args(WindowBase):
            self._refuse("base", repr(self.base), ", ".join(get_args(WindowBase)))

    @property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """Minutes after midnight at which each window begins and ends."""
        return tuple(span for one in self._pairs() if (span := _span(one)) is not None)

    @property
    def codes(self) -> tuple[str, ...]:
        """What each window is called in results."""
        return tuple(map(code, self.spans))

    def _pairs(self) -> tuple[object, ...]:
        given: object = self.between
        if not isinstance(given, tuple | list):
            return (given,)
        alone = bool(given) and all(isinstance(one, str) for one in given)
        return (tuple(given),) if alone else tuple(given)

    def _refuse(self, name: str, found: str, allowed: str) -> None:
        message = f"{name} does not say which windows of the clock"
        raise EstimationError(message, where=f"Windows.{name}", found=found, allowed=allowed)


def code(span: tuple[float, float]) -> str:
    """Return the name of a span of the day, ``21:00-02:00``."""
    return "-".join(map(clock_time, span))


def _span(window: object) -> tuple[float, float] | None:
    """Return the minutes of a window; None where it is none."""
    if not isinstance(window, tuple | list) or len(window) != 2:  # noqa: PLR2004
        return None
    times = [minutes_after_midnight(one) if isinstance(one, str) else None for one in window]
    start, end = times
    if start is None or end is None or start % 1 or end % 1:
        return None
    if start == end or start % DAY == end:
        return None
    return start % DAY, end or float(DAY)
