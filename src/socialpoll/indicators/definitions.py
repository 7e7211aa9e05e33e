"""What is to be estimated: one frozen definition an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from socialpoll.errors import EstimationError
from socialpoll.indicators.named import Named
from socialpoll.indicators.precision import ShareInterval
from socialpoll.indicators.ranking import RULES, QuantileCentre, QuantileRule
from socialpoll.indicators.reaching import Reach
from socialpoll.indicators.times import CircularMean, Concentration, Windows
from socialpoll.totals import Base

__all__ = [
    "AnyIndicator",
    "Indicator",
    "Mean",
    "Profile",
    "Quantile",
    "Ratio",
    "Share",
    "ShareOf",
    "Total",
    "Variance",
]


HALF = 0.5
ShareOf: TypeAlias = Literal["respondents", "responses"]
"""What several answers are shares of: the persons who answered, or all options they chose."""


@dataclass(frozen=True, slots=True)
class Share(Named):
    """Shares of the categories of a question, or of the options of a multiple-response question.

    Parameters
    ----------
    question : str
        A ``single``, ``scale``, ``multiple`` or ``time_of_day`` question, or a derived variable.
    base : {"answered", "asked", "all"}
        Of whom: those with an answer (and the missing codes that count), those asked, or everybody.
    of : {"respondents", "responses"}
        Of ``responses``: the part of each option of a ``multiple`` question in all options chosen,
        Σ w y / Σ w x, where x is how many a person chose, as :class:`Mean` counts them: an
        exclusive option ("none of these") and a missing code are no responses. A ratio (Särndal,
        Swensson & Wretman 1992, §5.6): standard error, design effect and coefficient of variation
        are those of :class:`Ratio`, over respondents; the interval is estimate ± t·se, cut off at 0
        and 1. The statistic is ``share_of_responses``, and the parts sum to 1.
    name : str, optional
        Name in results; the question's where absent, with ``_of_responses`` of those.
    title : Text, optional
        Words for people; the question's where absent.

    Raises
    ------
    EstimationError
        Shares of something else; of responses, on another base than ``answered``.
    """

    question: str
    base: Base = "answered"
    of: ShareOf = "respondents"

    def __post_init__(self) -> None:
        if self.of not in get_args(ShareOf):
            raise EstimationError(
                "of does not say what shares are of",
                where="Share.of",
                found=repr(self.of),
                allowed=", ".join(get_args(ShareOf)),
            )
        if self.of == "responses" and self.base != "answered":
            raise EstimationError(
                "shares of responses are of those who gave one",
                where="Share.base",
                found=repr(self.base),
                allowed="'answered'",
            )


@dataclass(frozen=True, slots=True)
class Mean(Named):
    """The mean of a number, a duration or scores, among those who gave one.

    Scores are those of a scale, of a question whose codes all have one, or of a derived variable:
    of :class:`~socialpoll.Boxes` the net agreement, of groups or bands that are scored 100, 0 and
    -100 the net promoter score (Reichheld 2003, Harvard Business Review 81 (12): 46-54). Of a
    question of several answers it is the mean number of options chosen.

    Parameters
    ----------
    question : str
        A number, a duration, a question or derived variable with scores, or one of several answers.
    """

    question: str


@dataclass(frozen=True, slots=True)
class Total(Named):
    """The population total of a number, or the number of persons in each category.

    The total of a number is of those who gave one; other bases are for categories.

    Parameters
    ----------
    question : str
        A number or a duration, or a question or derived variable with categories.
    base : {"answered", "asked", "all"}
        Of the numbers of persons: those with an answer, those asked, or everybody.
    """

    question: str
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Ratio(Named):
    """The total of one number over the total of another, among those who gave both.

    Parameters
    ----------
    numerator, denominator : str
        As of :class:`Mean`.
    """

    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Profile(Named):
    """Who they are: shares of ``question`` among those who chose each category of ``among``.

    ``Profile("age_group", among="platforms")``: of WhatsApp users, how many are 18–29. The rows are
    those of ``Share(question)`` broken down by ``among``, and no others.

    Parameters
    ----------
    question : str
        Of what there are shares: a question or derived variable with categories.
    among : str
        Whose categories they are of; of a multiple-response question its options.
    """

    question: str
    among: str


@dataclass(frozen=True, slots=True)
class Quantile(Named):
    """Quantiles of a number, or of the scores of a scale, among those who gave one.

    The interval is Woodruff's (1952, J. Amer. Statist. Assoc. 47: 635-646), as R ``survey`` 4.1 and
    later make it: limits for the share that is not above the quantile, read back by the same rule.
    The standard error is its width over 2t.

    Parameters
    ----------
    question : str
        A number, a duration, or a scale with scores.
    p : float or tuple of float
        Parts of the population that are not above, between 0 and 1. One half alone gives rows of
        statistic ``median``; else the statistic is ``quantile``, and the category says which:
        ``p25`` for 0.25.
    rule : {"math", "school", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"}
        ``math``: the least answer with at least ``p`` not above it. ``school``: the mean of it and
        the next where that is exactly ``p``. The others draw lines between answers (Hyndman & Fan
        1996, American Statistician 50: 361-365), with weights as in R ``survey``.
    interval : {"wald", "logit", "wilson", "beta", "arcsine", "nchs"}
        Of the share that is not above.
    about : {"share", "p"}
        Where the interval of that share lies: about the share itself, as in R, or about ``p``, as
        in SAS. Where answers heap on few values the share may be far above ``p``, and the interval
        about it misses the quantile too often. About ``p`` it is always ``wald``.
    name, title
        As of :class:`Share`; the name is by default ``hours_median`` or ``hours_quantile``.

    Raises
    ------
    EstimationError
        A part that is not between 0 and 1 or is there twice, an unknown rule or interval, another
        one than ``wald`` about ``p``.

    Examples
    --------
    >>> Quantile("hours").probabilities
    (0.5,)
    >>> Quantile("hours", (0.25, 0.75)).probabilities
    (0.25, 0.75)
    """

    question: str
    p: float | tuple[float, ...] = 0.5
    rule: QuantileRule = "math"
    interval: ShareInterval = "wald"
    about: QuantileCentre = "share"

    def __post_init__(self) -> None:
        several = self.probabilities
        if not several or not all(0 < one < 1 for one in several):
            self._refuse("p", self.p, "one or several numbers between 0 and 1")
        if len(set(several)) < len(several):
            self._refuse("p", self.p, "each number once")
        if self.rule not in RULES:
            self._refuse("rule", self.rule, ", ".join(RULES))
        if self.interval not in get_args(ShareInterval):
            self._refuse("interval", self.interval, ", ".join(get_args(ShareInterval)))
        if self.about not in get_args(QuantileCentre):
            self._refuse("about", self.about, ", ".join(get_args(QuantileCentre)))
        if self.about == "p" and self.interval != "wald":
            self._refuse("interval", self.interval, "wald, about p")

    @property
    def probabilities(self) -> tuple[float, ...]:
        """All parts, as asked for."""
        return tuple(self.p) if isinstance(self.p, tuple | list) else (self.p,)

    @property
    def statistic(self) -> str:
        """``median`` of one half alone, else ``quantile``."""
        return "median" if self.probabilities == (HALF,) else "quantile"

    def _refuse(self, name: str, found: object, allowed: str) -> None:
        message = f"{name} does not say which quantile"
        raise EstimationError(message, where=f"Quantile.{name}", found=repr(found), allowed=allowed)


@dataclass(frozen=True, slots=True)
class Variance(Named):
    """The variance of a number in the population, among those who gave one.

    S² = n / (n - 1) · Σ w (y - ȳ)² / Σ w, as R ``svyvar``; the standard error is linearised
    (Särndal, Swensson & Wretman 1992, §5.5), and the unit is the square of the number's. It says
    nothing of the precision of the mean.

    Parameters
    ----------
    question : str
        As of :class:`Mean`.
    """

    question: str


AnyIndicator: TypeAlias = (
    Share
    | Reach
    | Mean
    | Total
    | Ratio
    | Profile
    | Quantile
    | Variance
    | CircularMean
    | Concentration
    | Windows
)
Indicator: TypeAlias = AnyIndicator | str
"""A definition, or the name of a question: its share, or its mean where it is a number."""
