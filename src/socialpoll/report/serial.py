"""A report as JSON and back: nothing is lost, and nothing in it belongs to one program."""

from __future__ import annotations

import datetime as dt
import json
import math
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import singledispatch
from types import NoneType
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import ReportError, nearest
from socialpoll.report.blocks import (
    Chart,
    Column,
    Figure,
    Interval,
    Message,
    Picture,
    Point,
    Row,
    Said,
    Section,
    Series,
    Span,
    Table,
    Text,
)
from socialpoll.report.fitting import require_fits
from socialpoll.report.house_style import HouseStyle
from socialpoll.report.images import Image
from socialpoll.report.report import LifeCycle, Publisher, Report

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["KIND", "PARTS", "VERSION", "report_from_json", "report_to_json"]

Plain: TypeAlias = "str | int | float | list[Plain] | dict[str, Plain] | None"

VERSION = 1
"""Raised when a field changes its meaning or goes; new fields may come at any time."""
KIND = "$type"
"""Tells what an object is; a key of a plain mapping that starts with ``$`` has it doubled."""


def _date(value: str) -> dt.date:
    return dt.date.fromisoformat(value)


def _moment(value: str) -> dt.datetime:
    return dt.datetime.fromisoformat(value)


def _bytes(base64: str) -> bytes:
    return b64decode(base64, validate=True)


PARTS: Mapping[str, type[DataclassInstance]] = {
    one.__name__: one
    for one in (
        Chart,
        Column,
        Figure,
        HouseStyle,
        Image,
        Interval,
        LifeCycle,
        Message,
        Picture,
        Point,
        Publisher,
        Report,
        Row,
        Said,
        Section,
        Series,
        Span,
        Table,
        Text,
    )
}
"""The classes that a report is made of, by name."""
READERS: Mapping[str, Callable[..., object]] = {
    **PARTS,
    "date": _date,
    "datetime": _moment,
    "bytes": _bytes,
}
"""Makes an object again from its parts, by the name of its type."""


def report_to_json(report: Report) -> str:
    """Write a report as JSON text.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        ``{"version": 1, "report": {...}}``. Objects say by ``$type`` what they are (``Table``,
        ``Figure``, ``date``); fields at their defaults are left out. Unicode as it is.

    Raises
    ------
    ReportError
        Something in it is no plain data.

    See Also
    --------
    report_from_json : The way back.

    report_json_schema : The shape of the JSON.
    """
    plain = {"version": VERSION, "report": _plain(report, "report")}
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)


def report_from_json(text: str) -> Report:
    """Read a report from JSON text; equal to the one that was written.

    Parameters
    ----------
    text : str

    Returns
    -------
    Report

    Raises
    ------
    ReportError
        It is no JSON, of another version, or no report.

    See Also
    --------
    report_to_json : The way there.

    report_json_schema : The shape of the JSON.
    """
    try:
        read = json.loads(text)
    except ValueError as error:
        raise ReportError("this is no JSON", where="report", found=str(error)) from error
    version = read.get("version") if isinstance(read, dict) else None
    if version != VERSION:
        raise ReportError(
            "this is not the JSON of a report that this version can read",
            where="report",
            found=f"version {version!r}",
            allowed=f"version {VERSION}",
        )
    report = _made(read.get("report"), "report")
    if not isinstance(report, Report):
        raise ReportError(
            "this is not a report",
            where="report",
            found=type(report).__name__,
            allowed="an object with $type 'Report'",
        )
    return report


@singledispatch
def _plain(value: object, where: str) -> Plain:
    if type(value).__name__ in READERS and is_dataclass(value) and not isinstance(value, type):
        return _fields(value, where)
    raise ReportError("this is no plain data", where=where, found=repr(value))


@_plain.register(str)
@_plain.register(int)
@_plain.register(NoneType)
def _(value: str | int | None, _: str) -> Plain:
    return value


@_plain.register
def _(value: float, where: str) -> Plain:
    if not math.isfinite(value):
        raise ReportError(
            "this number has no place in JSON",
            where=where,
            found=repr(value),
            advice="write None for what is not there",
        )
    return value


@_plain.register
def _(value: dt.date, _: str) -> Plain:
    return {KIND: "date", "value": value.isoformat()}


@_plain.register
def _(value: dt.datetime, _: str) -> Plain:
    return {KIND: "datetime", "value": value.isoformat()}


@_plain.register
def _(value: bytes, _: str) -> Plain:
    return {KIND: "bytes", "base64": b64encode(value).decode("ascii")}


@_plain.register(tuple)
@_plain.register(list)
def _(value: Sequence[object], where: str) -> Plain:
    return [_plain(one, f"{where}[{place}]") for place, one in enumerate(value)]


@_plain.register(Mapping)
def _(value: Mapping[str, object], where: str) -> Plain:
    return {_escaped(str(key)): _plain(one, f"{where}.{key}") for key, one in value.items()}


def _fields(value: DataclassInstance, where: str) -> Plain:
    made: dict[str, Plain] = {KIND: type(value).__name__}
    for field in fields(value):
        found = getattr(value, field.name)
        made_anew = field.default_factory
        default = field.default if made_anew is MISSING else made_anew()
        if found != default or type(found) is not type(default):
            made[field.name] = _plain(found, f"{where}.{field.name}")
    return made


def _made(value: Plain, where: str) -> object:
    if isinstance(value, list):
        return tuple(_made(one, f"{where}[{place}]") for place, one in enumerate(value))
    if not isinstance(value, dict):
        return value
    kind = value.get(KIND)
    parts = {
        _unescaped(key): _made(one, f"{where}.{key}") for key, one in value.items() if key != KIND
    }
    if kind is None:
        return parts
    if not isinstance(kind, str) or kind not in READERS:
        raise ReportError(
            "nobody knows what this is",
            where=where,
            found=repr(kind),
            allowed=nearest(kind, READERS),
        )
    if kind in PARTS:
        require_fits(PARTS[kind], parts, where)
    try:
        return READERS[kind](**parts)
    except (TypeError, ValueError) as error:
        raise ReportError(
            f"this is no {kind}", where=where, found=f"{type(error).__name__}: {error}"
        ) from error


def _escaped(key: str) -> str:
    return f"${key}" if key.startswith("$") else key


def _unescaped(key: str) -> str:
    return key[1:] if key.startswith("$$") else key
