"""What is summed, and for whom: declared, so that any engine can sum it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.schema import Condition

__all__ = [
    "Alike",
    "Amounts",
    "AtMost",
    "Base",
    "Basis",
    "Categories",
    "Directions",
    "Equations",
    "Exactly",
    "Factor",
    "Information",
    "Measure",
    "Mentions",
    "Model",
    "OneMeasure",
    "Options",
    "Pairs",
    "Present",
    "Products",
    "Spans",
    "Squares",
    "Unions",
    "Values",
    "first_of",
    "names_of",
]

Base: TypeAlias = Literal["answered", "asked", "all"]
Factor: TypeAlias = tuple[str, int | None]
"""A question and None, its number; or the place of a category or option, 1 where a case has it."""


@dataclass(frozen=True, slots=True)
class Categories:
    """A column a category: 1 where a case is in it; the last column is the rest of the base.

    Cases in the base without a category (asked, but no answer) are in the rest.
    """

    question: str
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Options:
    """A column an option of a multiple response: 1 where chosen; the last column is the base."""

    question: str
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Mentions:
    """A column an option of a multiple response that is not exclusive, and none of the base.

    Whoever chose it adds how many such options they chose, to a power: 1 for a power of 0.
    """

    question: str
    power: int = 0


@dataclass(frozen=True, slots=True)
class Unions:
    """A column a set of options of a multiple response: 1 where any is chosen; last, the base.

    Sets are of places in the question's options.
    """

    question: str
    sets: tuple[tuple[int, ...], ...]
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Exactly:
    """A column a pattern of options of a multiple response; last, the base.

    1 where of the options at the places ``among`` those of the pattern are chosen and no others.
    """

    question: str
    among: tuple[int, ...]
    patterns: tuple[tuple[int, ...], ...]
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column a set of options: a number, of who chose any of it; last, that of everybody.

    Over cases where both questions are valid. The number is raised to a power.
    """

    question: str
    sets: tuple[tuple[int, ...], ...]
    number: str
    power: int = 1

    @property
    def questions(self) -> tuple[str, str]:
        """That of the options, and that of the number."""
        return self.question, self.number


@dataclass(frozen=True, slots=True)
class Values:
    """A column a number, and last a column of ones; over cases where every number is valid."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Products:
    """A column a pair of numbers, first slowest: their product; where every number is valid."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A column a pair of answers to two questions, the first slowest: 1 where a case gave both.

    Then a column an answer of the first, one an answer of the second, and last a column of ones;
    over cases where both are valid. Answers are categories, or options, of which a case may have
    several.
    """

    questions: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Present:
    """One column of ones over the base of every question; ``valid`` admits no missing code."""

    questions: tuple[str, ...]
    base: Base | Literal["valid"] = "answered"


@dataclass(frozen=True, slots=True)
class Model:
    """A regression: E(outcome) = μ(x'b).

    Attributes
    ----------
    outcome : Factor
    columns : tuple of tuple of Factor
        The p columns of x, each a product of factors; the empty product is 1.
    link : {"identity", "logit"}
        μ(η) is η, or 1 / (1 + exp(-η)).
    """

    outcome: Factor
    columns: tuple[tuple[Factor, ...], ...]
    link: Literal["identity", "logit"]

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question of the model, each once."""
        factors = [self.outcome, *(one for column in self.columns for one in column)]
        return tuple(dict.fromkeys(name for name, _ in factors))


@dataclass(frozen=True, slots=True)
class Equations:
    """The p estimating equations x (y - μ(x'b)); over cases where every question is valid.

    ``among`` are further questions that must be valid.
    """

    model: Model
    coefficients: tuple[float, ...]
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Information:
    """Minus their slopes, μ'(x'b) x x', the upper triangle row by row: p (p + 1) / 2 columns."""

    model: Model
    coefficients: tuple[float, ...]
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AtMost:
    """A column a limit: 1 where the number is not above it; last a column of ones.

    Each domain has limits of its own, as many as the others; nobody is below NaN.
    """

    question: str
    limits: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Squares:
    """Squared distance and distance from the centre of a case's domain; last, ones."""

    question: str
    centres: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Directions:
    """The cosine and the sine of times of day as angles, and ones; where there is a time.

    Midnight is the angle 0, six in the morning a quarter turn. ``turns`` multiplies the angle.
    """

    question: str
    turns: int = 1


@dataclass(frozen=True, slots=True)
class Spans:
    """A column a span of the day: 1 where a time is in it; then as for the options of a question.

    Spans are minutes after midnight, from the first to before the second; where the second is not
    the larger, they go on after midnight. Without a time, a case of the base is in none.
    """

    question: str
    spans: tuple[tuple[float, float], ...]
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Alike:
    """Several questions, one after another: the domains of the first, then those of the second.

    Attributes
    ----------
    measures : tuple of Categories or Present
        As many columns each.
    """

    measures: tuple[Categories | Present, ...]


OneMeasure: TypeAlias = (
    Categories
    | Options
    | Mentions
    | Unions
    | Exactly
    | Amounts
    | Values
    | Products
    | Pairs
    | Present
    | Equations
    | Information
    | AtMost
    | Squares
    | Directions
    | Spans
)
"""What is summed of one question, or of several that belong together."""
Measure: TypeAlias = OneMeasure | Alike


def first_of(measure: Measure) -> OneMeasure:
    """Return a measure itself, or that of the first of several questions."""
    return measure.measures[0] if isinstance(measure, Alike) else measure


def names_of(measure: Measure) -> tuple[str, ...]:
    """Return the questions of a measure; of several measures, those of each after another."""
    if isinstance(measure, Alike):
        return tuple(name for one in measure.measures for name in names_of(one))
    own: tuple[str, ...] = getattr(measure, "questions", ())
    return own or (getattr(measure, "question", ""),)


@dataclass(frozen=True, slots=True)
class Basis:
    """A measure within the domains of a breakdown.

    Parameters
    ----------
    measure : Measure
        What is summed: K columns.
    breakdown : tuple of str
        Variables whose categories, crossed, are the domains; empty for everybody. The options of a
        multiple-response question overlap.
    where : Condition, optional
        A further condition on every domain.
    """

    measure: Measure
    breakdown: tuple[str, ...] = ()
    where: Condition | None = None
