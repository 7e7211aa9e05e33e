"""Values of the tables of ``[[indicators]]`` that may be written in more than one way."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from socialpoll.errors import EstimationError, ReportError
from socialpoll.indicators import OptionSet, Reach, Windows
from socialpoll.indicators.times import Window
from socialpoll.report import ChartChoice, Charts

__all__ = ["Between", "Kinds", "OptionSets", "Parts"]

Part = Annotated[float, Field(gt=0, lt=1)]


def _once(parts: tuple[float, ...]) -> tuple[float, ...]:
    if len(set(parts)) < len(parts):
        kind, allowed = "repeated", "each number once"
        raise PydanticCustomError(kind, allowed)
    return parts


def _listed(parts: object) -> object:
    """Take a number for a list of it."""
    return tuple(parts) if isinstance(parts, list | tuple) else (parts,)


def _windows(between: object) -> object:
    """Take one window for a list of it."""
    if not isinstance(between, list | tuple):
        return between
    alone = bool(between) and all(isinstance(one, str) for one in between)
    several = [between] if alone else between
    return tuple(tuple(one) if isinstance(one, list) else one for one in several)


def _of_the_clock(between: tuple[Window, ...]) -> tuple[Window, ...]:
    try:
        Windows("", between)
    except EstimationError as error:
        raise PydanticCustomError("windows", error.allowed) from error
    return between


def _sets(of: object) -> object:
    """Take one set of options for a list of it."""
    if not isinstance(of, list | tuple):
        return of
    alone = bool(of) and all(isinstance(one, str | int) for one in of)
    return tuple(tuple(one) if isinstance(one, list) else one for one in ([of] if alone else of))


def _taken_together(of: tuple[OptionSet, ...]) -> tuple[OptionSet, ...]:
    try:
        Reach("", of)
    except EstimationError as error:
        raise PydanticCustomError("sets", error.allowed) from error
    return of


def _alone(kinds: tuple[ChartChoice, ...]) -> tuple[ChartChoice, ...]:
    try:
        Charts(kinds={"": kinds})
    except ReportError as error:
        raise PydanticCustomError("charts", error.allowed) from error
    return kinds


TIMES = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
SET = {
    "type": "array",
    "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    "minItems": 1,
}
PART = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
Between = Annotated[
    tuple[Window, ...],
    BeforeValidator(_windows),
    Field(min_length=1),
    AfterValidator(_of_the_clock),
    WithJsonSchema({"anyOf": [TIMES, {"type": "array", "items": TIMES, "minItems": 1}]}),
]
OptionSets = Annotated[
    tuple[OptionSet, ...],
    BeforeValidator(_sets),
    Field(min_length=1),
    AfterValidator(_taken_together),
    WithJsonSchema({"anyOf": [SET, {"type": "array", "items": SET, "minItems": 1}]}),
]
Parts = Annotated[
    tuple[Part, ...],
    BeforeValidator(_listed),
    Field(min_length=1),
    AfterValidator(_once),
    WithJsonSchema({"anyOf": [PART, {"type": "array", "items": PART, "minItems": 1}]}),
]


KIND = {"enum": list(get_args(ChartChoice))}
Kinds = Annotated[
    tuple[ChartChoice, ...],
    BeforeValidator(_listed),
    AfterValidator(_alone),
    WithJsonSchema({"anyOf": [KIND, {"type": "array", "items": KIND, "minItems": 1}]}),
]
