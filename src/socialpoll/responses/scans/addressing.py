"""Columns under names that every engine can be asked for: some read a dot as a path to a field."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from socialpoll.errors import BindingError, Problem
from socialpoll.responses.scans.fetching import schema_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import narwhals as nw

__all__ = ["address_of", "addressed", "named", "names_in"]

MARK = "at_"
PLAIN = re.compile(rf"(?!{MARK}[0-9a-f]*\Z)[^\W\d](?:[\w ]*\w)?\Z")
ADDRESS = re.compile(rf"{MARK}((?:[0-9a-f]{{2}})*)\Z")


def address_of(name: str) -> str:
    """Return what a column is called while an engine is asked for it.

    Its own name, if that is of words alone; otherwise one that spells it, so that no two columns
    have the same.
    """
    return name if PLAIN.match(name) else MARK + name.encode().hex()


def addressed(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a frame whose columns stand at their addresses.

    Raises
    ------
    BindingError
        Where the columns of a frame of Spark are told apart by nothing, or by capitals alone; where
        an engine fails to tell the columns.
    """
    import narwhals as nw

    native: Any = frame.to_native()
    kind = frame.implementation
    # Of a frame of Spark, a schema has each name once.
    names: Sequence[Any] = native.columns if kind.is_spark_like() else schema_of(frame).names()
    if kind.is_spark_like():
        _require_apart(names)
    told = {one: address_of(one) for one in names if isinstance(one, str)}
    moved = {name: address for name, address in told.items() if name != address}
    if not moved:
        return frame
    # An engine that is asked in SQL would look for the old names as it does for any.
    if kind.is_spark_like():
        native = native.toDF(*told.values())
    elif kind.is_duckdb():
        listed = (f"{_quoted(name)} AS {_quoted(address)}" for name, address in told.items())
        native = native.project(", ".join(listed))
    else:
        return frame.rename(moved)
    renamed: nw.LazyFrame[Any] = nw.from_native(native)
    return renamed


def named(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a frame that has its columns at their addresses, with these under their own names."""
    at = {one: _name_at(one) for one in frame.collect_schema().names()}
    moved = {address: name for address, name in at.items() if address != name}
    return frame.rename(moved) if moved else frame


def names_in(frame: nw.LazyFrame[Any]) -> list[str]:
    """Return the names of the columns of a frame that has them at their addresses."""
    return [_name_at(one) for one in frame.collect_schema().names()]


def _name_at(address: str) -> str:
    spelled = ADDRESS.match(str(address))
    return address if spelled is None else bytes.fromhex(spelled[1]).decode()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _require_apart(names: Sequence[str]) -> None:
    times = Counter(one.casefold() for one in names)
    alike = [one for one in names if times[one.casefold()] > 1]
    if alike:
        what = "columns have the same name, or are told apart by capitals alone"
        advice = "select or rename the columns that hold the answers"
        found = ", ".join(map(repr, alike))
        raise BindingError("the answers", [Problem(what, found=found, advice=advice)])
