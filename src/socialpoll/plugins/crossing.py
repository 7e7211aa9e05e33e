"""What crosses the border of a process: an order one way, documents or an error the other.

Both are frames of bytes, each after its length: JSON first, then a report or a document each. No
frame can hold code, and nothing is unpickled.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.errors import (
    ExportError,
    OptionsError,
    PluginError,
    Problem,
    ProblemsError,
    RenderingError,
    SocialpollError,
    TemplateError,
)
from socialpoll.hooks import Document
from socialpoll.plugins.limits import Limits
from socialpoll.report import report_from_json, report_to_json

if TYPE_CHECKING:
    from socialpoll.report import Digits, Report

__all__ = ["Order", "read_answer", "read_order", "write_answer", "write_error", "write_order"]

LENGTH = struct.Struct(">Q")
ERRORS: Mapping[str, type[SocialpollError]] = {
    one.__name__: one
    for one in (ExportError, OptionsError, PluginError, RenderingError, TemplateError)
}
"""What an exporter may be refused by; any other error of the library comes as a PluginError."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Documents to be made in another process.

    Attributes
    ----------
    distribution, plugin, exporter : str
        Whose code makes them: what is installed, its entry point, the name of the exporter.
    options : mapping of str to value
        The exporter's own, as plain values.
    languages : sequence of str or None
    digits : {"latn", "arab"}
    limits : Limits
    reports : tuple of Report
    """

    distribution: str
    plugin: str
    exporter: str
    options: Mapping[str, Any]
    languages: Sequence[str] | None
    digits: Digits
    limits: Limits
    reports: tuple[Report, ...]


def write_order(order: Order, path: Path) -> None:
    """Write an order to a file; ReportError where a report is no plain data."""
    plain = {key: value for key, value in vars(order).items() if key != "reports"}
    # In ASCII, so that what a terminal could not read of an option stays as it was.
    head = json.dumps(plain | {"limits": asdict(order.limits)})
    reports = (report_to_json(one).encode() for one in order.reports)
    _write(path, [head.encode(), *reports])


def read_order(path: Path) -> Order:
    """Read an order; equal to the one that was written."""
    head, *reports = _frames(path)
    plain = json.loads(head)
    limits = Limits(**plain.pop("limits"))
    made = tuple(report_from_json(one.decode()) for one in reports)
    return Order(**plain, limits=limits, reports=made)


def write_answer(documents: Sequence[Document], path: Path) -> None:
    """Write documents to a file."""
    head = [{"name": one.name, "media_type": one.media_type} for one in documents]
    _write(path, [json.dumps(head).encode(), *(one.content for one in documents)])


def write_error(error: SocialpollError, path: Path) -> None:
    """Write the parts of an error to a file."""
    kind = next((one.__name__ for one in type(error).__mro__ if one.__name__ in ERRORS), "")
    told = {
        "kind": kind or PluginError.__name__,
        "subject": error.subject if isinstance(error, ProblemsError) else "",
        "problems": [astuple(one) for one in error.problems],
    }
    _write(path, [json.dumps(told).encode()])


def read_answer(path: Path) -> list[Document]:
    """Read documents; raise the error where there is one.

    Raises
    ------
    SocialpollError
        Whatever the other process wrote.
    ValueError
        The file is no answer, or torn.
    """
    head, *contents = _frames(path)
    told = json.loads(head)
    if isinstance(told, dict):
        raise _error(told)
    try:
        return [
            Document(one["name"], content, one["media_type"])
            for one, content in zip(told, contents, strict=True)
        ]
    except (KeyError, TypeError) as error:
        raise ValueError("the answer is torn") from error


def _error(told: Mapping[str, Any]) -> SocialpollError:
    try:
        kind = ERRORS[told["kind"]]
        problems = [Problem(*one) for one in told["problems"]]
        first = problems[0]
        subject = told["subject"]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("the error is torn") from error
    if issubclass(kind, ProblemsError):
        return kind(subject, problems)
    return kind(
        first.what,
        where=first.where,
        found=first.found,
        allowed=first.allowed,
        advice=first.advice,
    )


def _write(path: Path, frames: Iterable[bytes]) -> None:
    """Write frames beside their place; they take it when they are whole."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        for frame in frames:
            file.write(LENGTH.pack(len(frame)))
            file.write(frame)
    part.replace(path)


def _frames(path: Path) -> list[bytes]:
    return list(_read(path.read_bytes()))


def _read(content: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(content):
        head = content[place : place + LENGTH.size]
        if len(head) < LENGTH.size:
            raise ValueError("a frame has no length")
        start = place + LENGTH.size
        (length,) = LENGTH.unpack(head)
        place = start + length
        if place > len(content):
            raise ValueError("a frame is cut off")
        yield content[start:place]
