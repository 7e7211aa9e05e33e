"""What numbers that were published tell of weights: of means, of their squares, and of ranks.

A number is shown beside all answers to its question, of which it tells nothing more. One that was
published before stays where answers are hidden now. So what it tells is taken in: a mean is a sum
of scores, its error and design effect tell a sum of their squares, and a quantile bounds who is
below it. Where only limits of numbers are known, as of bands, a mean lies between those of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.banding import limits_of
from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.roots import Literal, Root, Term
from socialpoll.disclosure.subjects import Subject
from socialpoll.disclosure.telling import Form, Row, Teller, Told
from socialpoll.schema.categories import categories_of
from socialpoll.schema.questions import Multiple, Number

__all__ = ["Numbers", "above", "measured", "numbers_of"]

Floats = npt.NDArray[np.float64]

Of: TypeAlias = tuple[Row, Subject]

NUMBERS = ("mean", "median", "quantile")
STEPS = ("math", "school")
"""Rules by which at least a part is not above a quantile, and no more than that is below it."""


class Numbers(NamedTuple):
    """Between what the number lies that each code of a root stands for.

    Attributes
    ----------
    root : Root
    low, high : float64 array (codes,)
        NaN of who gave no number.
    """

    root: Root
    low: Floats
    high: Floats

    @property
    def known(self) -> bool:
        """Whether each code stands for one number."""
        return bool(np.array_equal(self.low, self.high, equal_nan=True))

    def form(self, teller: Teller, of: Of, values: npt.NDArray[np.generic]) -> Form:
        """Return the respondents of a row who gave a number, each times a value."""
        counted = np.where(np.isnan(self.low), 0.0, values)
        return teller.of(*of, (Literal(self.root, tuple(counted.tolist())),))


def measured(row: Row, subject: Subject, teller: Teller) -> Iterator[Told]:
    """Yield what a mean or a quantile tells of weights that bases and scores do not.

    Parameters
    ----------
    row : mapping
        Published before, and estimated now.
    subject : Subject
    teller : Teller
    """
    if row["statistic"] not in NUMBERS or row["estimate"] is None:
        return
    numbers = numbers_of(teller.grains, teller.variable(row))
    if numbers is None:
        return
    if row["statistic"] == "mean":
        yield from _averaged(numbers, teller, (row, subject))
    elif subject.rule in STEPS:
        yield from _ranked(numbers, teller, (row, subject))


def above(form: Form) -> Told:
    """Return that a sum of weights is not negative: it is as much as something of its own."""
    return Told((*form, (-1.0, Term((repr(form),), ()))), weight=0.0)


def _averaged(numbers: Numbers, teller: Teller, of: Of) -> Iterator[Told]:
    row, subject = of
    value = float(str(row["estimate"]))
    if numbers.known:
        yield Told(numbers.form(teller, of, numbers.low**2), weight=subject.squares)
        return
    for apart in (numbers.high - value, value - numbers.low):
        if not np.isinf(apart).any():
            yield above(numbers.form(teller, of, apart))


def _ranked(numbers: Numbers, teller: Teller, of: Of) -> Iterator[Told]:
    row, _ = of
    value, part = float(str(row["estimate"])), _part(row)
    for apart in (part - (numbers.high < value), (numbers.low <= value) - part):
        yield above(numbers.form(teller, of, apart))


def _part(row: Row) -> float:
    """Return of which part a row is the quantile."""
    if row["statistic"] == "median":
        return 0.5
    return float(str(row["category"]).removeprefix("p")) / 100


def numbers_of(grains: Grains, name: str) -> Numbers | None:
    """Return the numbers of a variable; None where nothing is known of them."""
    variable = grains.questionnaire[name]
    if isinstance(variable, Multiple | Number):
        root = grains.numbered(name)
        ends = (
            limits_of(grains.questionnaire, variable)
            if isinstance(variable, Number)
            else grains.numbers(root)
        )
        low, high = np.full((2, root.size), np.nan)
        low[: root.own], high[: root.own] = np.array(ends, dtype=np.float64).T
        return Numbers(root, low, high)
    scores = {str(one.code): one.score for one in categories_of(grains.questionnaire, name).codes}
    if not scores or None in scores.values():
        return None
    given = [grains.given(name, code, "answered") for code in scores]
    made = np.full(given[0].root.size, np.nan)
    for one, score in zip(given, scores.values(), strict=True):
        made[np.asarray(one.vector) > 0] = score
    return Numbers(given[0].root, made, made)
