"""What bases ask of the variables that they are made of: every value, or sums of numbers only."""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.schema import questions_of
from socialpoll.totals.basis import (
    Alike,
    Amounts,
    Basis,
    Equations,
    Information,
    Measure,
    Present,
    Products,
    Squares,
    Values,
    names_of,
)

__all__ = ["powers_in", "variables_in"]


def powers_in(bases: Iterable[Basis]) -> dict[str, int]:
    """Return the variables of bases that are summed and have no other use, and to which power.

    Sums of products of two of them go with the first power of both.
    """
    powers: dict[str, int] = {}
    otherwise: set[str] = set()
    for basis in bases:
        conditions = () if basis.where is None else questions_of(basis.where)
        otherwise |= {*basis.breakdown, *conditions}
        measure = basis.measure
        power = _power(measure)
        for name in _questions(measure):
            if power is None:
                otherwise.add(name)
            else:
                powers[name] = max(power, powers.get(name, 0))
    return {name: power for name, power in powers.items() if name not in otherwise}


def _power(measure: Measure) -> int | None:
    """Return the power of numbers that a measure sums up to; None where it asks for values."""
    match measure:
        case Values() | Products() | Amounts() | Present():
            return 1
        case Squares():
            return 2
        case Alike(measures=several) if all(isinstance(one, Present) for one in several):
            return 1
        case _:
            return None


def _questions(measure: Measure) -> tuple[str, ...]:
    if isinstance(measure, Equations | Information):
        return (*measure.model.questions, *measure.among)
    return tuple(name for name in names_of(measure) if name)


def variables_in(basis: Basis) -> tuple[str, ...]:
    """Return the variables that a basis is made of: measured, broken down by, in its condition."""
    conditions = () if basis.where is None else questions_of(basis.where)
    named = (*_questions(basis.measure), *basis.breakdown, *conditions)
    return tuple(dict.fromkeys(named))
