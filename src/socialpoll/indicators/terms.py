"""From the names of outcome and terms to the columns of a regression, by treatment coding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal, TypeAlias

from socialpoll.errors import EstimationError
from socialpoll.indicators.coded import codes_or_numbers
from socialpoll.indicators.sampled import Sampled
from socialpoll.responses import Numeric, Ticks
from socialpoll.schema import NOT_APPLICABLE, Code, CodeValue
from socialpoll.totals import Factor, Model

__all__ = ["INTERCEPT", "Coded", "Outcome", "Term", "coded", "names_in"]

Term: TypeAlias = str | tuple[str, ...]
"""A variable, or several whose interaction enters."""
Outcome: TypeAlias = str | tuple[str, CodeValue]
"""A number, or a question and the code that counts as 1."""
INTERCEPT = "(intercept)"


@dataclass(frozen=True, slots=True)
class Coded:
    """A model, and the term and category of each of its columns.

    Attributes
    ----------
    model : Model
    labels : tuple of (str, str)
        Term and category; the parts of an interaction are joined by ``|``.
    outcome : str
        In words: the question, with ``=`` and the code where one was named.
    """

    model: Model
    labels: tuple[tuple[str, str], ...]
    outcome: str


def names_in(outcome: Outcome, terms: Sequence[Term]) -> tuple[str, ...]:
    """Return the variables that a regression is about, each once."""
    several = [outcome if isinstance(outcome, str) else outcome[0]]
    for one in terms:
        several += [one] if isinstance(one, str) else one
    return tuple(dict.fromkeys(several))


def coded(
    sampled: Sampled,
    outcome: Outcome,
    terms: Sequence[Term],
    link: Literal["identity", "logit"],
    reference: Mapping[str, CodeValue],
) -> Coded:
    """Code the terms of a regression; EstimationError where one does not fit."""
    several = [(one,) if isinstance(one, str) else tuple(one) for one in terms]
    names = list(dict.fromkeys(name for one in several for name in one))
    asked = outcome if isinstance(outcome, str) else outcome[0]
    sampled.known([asked], "outcome")
    sampled.known(names, "terms")
    sampled.known(reference, "reference")
    _refuse_odd_terms(several, asked)
    factors = {name: _factors(sampled, name, reference) for name in names}
    columns: list[tuple[Factor, ...]] = [()]
    labels = [(INTERCEPT, NOT_APPLICABLE)]
    for one in several:
        for chosen in product(*(factors[name] for name in one)):
            columns.append(tuple(factor for factor, _ in chosen))
            labels.append(("|".join(one), "|".join(category for _, category in chosen)))
    model = Model(_outcome(sampled, outcome, link), tuple(columns), link)
    said = outcome if isinstance(outcome, str) else f"{outcome[0]} = {outcome[1]}"
    return Coded(model, tuple(labels), said)


def _refuse_odd_terms(several: Sequence[tuple[str, ...]], outcome: str) -> None:
    given = {frozenset(one) for one in several}
    for one in several:
        said = " × ".join(one)
        if several.count(one) > 1 or len(set(one)) < len(one) or not one:
            raise EstimationError(f"the term {said!r} repeats itself", where="terms")
        if outcome in one:
            raise EstimationError("the outcome is among the terms", where="terms", found=said)
        for size in range(1, len(one)):
            for part in combinations(one, size):
                if frozenset(part) not in given:
                    raise EstimationError(
                        f"the interaction {said} needs the terms that it is made of",
                        where="terms",
                        found=f"no term {' × '.join(part)}",
                        advice="add it before the interaction",
                    )


def _factors(
    sampled: Sampled, name: str, reference: Mapping[str, CodeValue]
) -> list[tuple[Factor, str]]:
    """Return the columns of one variable: a number, options, or categories but the reference."""
    column = codes_or_numbers(sampled.responses, name, "terms")
    if isinstance(column, Numeric):
        return [((name, None), NOT_APPLICABLE)]
    if isinstance(column, Ticks):
        return [((name, place), str(one.code)) for place, one in enumerate(column.options)]
    base = 0
    if name in reference:
        base = _place(name, column.categories, reference[name], "reference")
    return [
        ((name, place), str(one.code))
        for place, one in enumerate(column.categories)
        if place != base
    ]


def _outcome(sampled: Sampled, outcome: Outcome, link: str) -> Factor:
    if isinstance(outcome, str):
        column = codes_or_numbers(sampled.responses, outcome, "outcome")
        if link == "logit" and not isinstance(column, Numeric):
            raise EstimationError(
                f"which answer to {outcome!r} counts as 1 is not said",
                where="outcome",
                found=repr(outcome),
                advice=f"name its code: ({outcome!r}, code)",
            )
        return outcome, None
    name, code = outcome
    column = codes_or_numbers(sampled.responses, name, "outcome")
    if isinstance(column, Numeric):
        raise EstimationError(
            f"{name!r} is a number and has no codes",
            where="outcome",
            found=repr(outcome),
            advice="declare bands of it in the questionnaire's derived variables",
        )
    codes = column.options if isinstance(column, Ticks) else column.categories
    return name, _place(name, codes, code, "outcome")


def _place(name: str, codes: Sequence[Code], code: CodeValue, where: str) -> int:
    known = [str(one.code) for one in codes]
    if str(code) not in known:
        raise EstimationError(
            f"{name!r} has no such code",
            where=where,
            found=repr(code),
            allowed=", ".join(map(repr, known)),
        )
    return known.index(str(code))
