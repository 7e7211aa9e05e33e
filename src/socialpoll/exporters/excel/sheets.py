"""What a workbook is made of: sheets of one table each, in words and numbers, not yet in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Entry", "Field", "Kind", "Line", "Logo", "Sheet"]

Kind: TypeAlias = Literal["label", "figure", "mark", "text"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell.

    Parameters
    ----------
    content : str or float
        Words are never calculated; the empty string is an empty cell.
    pattern : str
        Number format of a number.
    link : str
        Name of the sheet that its words lead to.
    """

    content: str | float
    pattern: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table, its heading unlike all others of the table."""

    heading: str
    kind: Kind
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Words above a table, with the name of the sheet that they lead to."""

    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Logo:
    """The logo of a publisher, a PNG or JPEG file, with the words in its place."""

    content: bytes
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet with its table.

    Parameters
    ----------
    name : str
        On its tab.
    title : str
        In its first cell.
    lines : tuple of Line
        Between title and table.
    table : str
        Name of the table in formulas.
    fields : tuple of Field
        All of one length.
    totals : frozenset of int
        Rows of the table, from 0, that are printed in bold.
    filtered : bool
        Whether its header row has buttons that filter.
    logo : Logo, optional
        Beneath the table.
    """

    name: str
    title: str
    lines: tuple[Line, ...]
    table: str
    fields: tuple[Field, ...]
    totals: frozenset[int] = frozenset()
    filtered: bool = False
    logo: Logo | None = None
