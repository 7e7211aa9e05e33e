"""What an exporter may take while it renders in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from socialpoll.errors import PluginError

__all__ = ["Isolated", "Limits"]

Isolated: TypeAlias = bool | Literal["third-party"]
"""Which exporters render in a process of their own: all, none, or those that are not built in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an exporter may take while it renders in a process of its own.

    Parameters
    ----------
    seconds : float
        From the start of the process to its end, for all documents of an export together.
    size : int
        Bytes of these documents together. Whatever else is written or printed meanwhile may come
        to as much again.
    memory : int
        Bytes of address space beside those of the library itself, on systems that can hold a
        process to that; others do not.

    Raises
    ------
    PluginError
        A limit that is no number above 0.
    """

    seconds: float = 300.0
    size: int = 1 << 28
    memory: int = 1 << 32

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            sound = isinstance(value, int | float if field.name == "seconds" else int)
            if not sound or isinstance(value, bool) or not value > 0:
                raise PluginError(
                    "this is no limit",
                    where=f"Limits.{field.name}",
                    found=repr(value),
                    allowed="a number above 0" if field.name == "seconds" else "whole bytes",
                )
