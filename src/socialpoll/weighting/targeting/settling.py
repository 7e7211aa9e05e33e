"""The form of targets: one number for every combination of codes, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socialpoll.errors import Problem, TargetError
from socialpoll.weighting.targeting.codes import Combination, as_code, as_number, named, no_number

__all__ = ["settled"]


def settled(
    variables: tuple[str, ...], values: Iterable[tuple[object, object]]
) -> dict[Combination, float]:
    """Return targets by their codes; TargetError with all that is wrong with their form."""
    where = named(variables)
    problems = list(_variable_problems(variables))
    listed = list(values)
    if not listed:
        advice = "give each level a count or a share"
        problems.append(Problem("no targets at all", where, advice=advice))
    values_by_code: dict[Combination, float] = {}
    for key, value in listed:
        codes = tuple(as_code(one) for one in (key if isinstance(key, tuple) else (key,)))
        target = as_number(value)
        if len(codes) != len(variables):
            problems.append(_wrong_length(where, variables, codes))
        elif target is None:
            problems.append(no_number(f"{where}: {named(codes)}", value))
        elif codes in values_by_code:
            problems.append(Problem("a second target for the same codes", where, named(codes)))
        else:
            values_by_code[codes] = target
    if problems:
        raise TargetError(f"the targets of {where or 'nothing'}", problems)
    return values_by_code


def _variable_problems(variables: tuple[str, ...]) -> Iterator[Problem]:
    if not variables:
        yield Problem("targets of no variable", advice="name the variable they are of")
    elif len(set(variables)) < len(variables):
        yield Problem("a variable is named twice", found=", ".join(variables))


def _wrong_length(where: str, variables: tuple[str, ...], codes: Combination) -> Problem:
    expected = f"{len(variables)} codes in a tuple: {', '.join(variables)}"
    if len(variables) == 1:
        expected = f"one code of {variables[0]}"
    return Problem("a target of too many or too few codes", where, repr(codes), expected)
