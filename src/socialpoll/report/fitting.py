"""Whether a value may stand in a field of a report, told by the type that the field declares."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from socialpoll.errors import ReportError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["Hint", "fields_of", "members_of", "origin_of", "require_fits"]

Hint: TypeAlias = Any
"""A type as annotations say it: classes, unions, literals, tuples and mappings."""
Fits: TypeAlias = Callable[[object], bool]
NUMBERS: Mapping[type, tuple[type, ...]] = {int: (int,), float: (int, float)}
"""What may stand for a number; True and False are numbers of Python and none of a report."""


@cache
def fields_of(part: type[DataclassInstance]) -> Mapping[str, Hint]:
    """Return the fields of a class of the report, each with its type."""
    hints = get_type_hints(part)
    return {one.name: hints[one.name] for one in fields(part)}


def members_of(hint: Hint) -> tuple[Hint, ...]:
    """Return the alternatives of a union; of another type itself alone."""
    return get_args(hint) if origin_of(hint) in (Union, types.UnionType) else (hint,)


def origin_of(hint: Hint) -> object:
    """Return what a type is made with, such as tuple of a tuple of words; None of a class."""
    return get_origin(hint)


def require_fits(part: type[DataclassInstance], values: Mapping[str, object], where: str) -> None:
    """Hold what is to be a part of a report to the types of its fields.

    Parameters
    ----------
    part : type
        A class of the report.
    values : mapping
        Field to value; unknown and missing fields are the business of the class.
    where : str

    Raises
    ------
    ReportError
        A value is of another type than its field.
    """
    for name, (hint, fits) in _checks(part).items():
        if name in values and not fits(values[name]):
            raise ReportError(
                f"this is no {part.__name__}",
                where=f"{where}.{name}",
                found=f"{type(values[name]).__name__} {_cut(repr(values[name]))}",
                allowed=_said(hint),
            )


@cache
def _checks(part: type[DataclassInstance]) -> Mapping[str, tuple[Hint, Fits]]:
    return {name: (hint, _fits(hint)) for name, hint in fields_of(part).items()}


def _fits(hint: Hint) -> Fits:
    """Return a function that tells whether a value is of a type."""
    members = members_of(hint)
    if len(members) > 1:
        checks = [_fits(one) for one in members]
        return lambda value: any(check(value) for check in checks)
    origin, inside = origin_of(hint), get_args(hint)
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in inside
    if origin is tuple:
        return _fits_tuple(inside)
    if origin is not None:
        key, one = map(_fits, inside)
        return lambda value: (
            isinstance(value, Mapping) and _all(key, value.keys()) and _all(one, value.values())
        )
    return _fits_class(hint)


def _fits_tuple(inside: tuple[Hint, ...]) -> Fits:
    if inside[-1] is Ellipsis:
        each = _fits(inside[0])
        return lambda value: isinstance(value, tuple) and _all(each, value)
    several = [_fits(one) for one in inside]
    return lambda value: (
        isinstance(value, tuple)
        and len(value) == len(several)
        and all(check(one) for check, one in zip(several, value, strict=True))
    )


def _fits_class(kind: type) -> Fits:
    if kind in NUMBERS:
        numbers = NUMBERS[kind]
        return lambda value: isinstance(value, numbers) and not isinstance(value, bool)
    return lambda value: isinstance(value, kind)


def _all(check: Fits, values: Iterable[object]) -> bool:
    return all(map(check, values))


def _said(hint: Hint) -> str:
    members = members_of(hint)
    if len(members) > 1:
        return " or ".join(dict.fromkeys(map(_said, members)))
    if origin_of(hint) is Literal:
        return ", ".join(map(repr, get_args(hint)))
    if origin_of(hint) is tuple:
        return "a list"
    if origin_of(hint) is not None:
        return "a mapping"
    return "None" if hint is types.NoneType else str(hint.__name__)


def _cut(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
