"""Names and texts as SQL has them."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["listed", "named", "quoted"]


def named(name: str) -> str:
    """Return the name of a column or a table in its quotation marks.

    Examples
    --------
    >>> print(named('born "on" day'))
    "born ""on"" day"
    """
    return '"' + name.replace('"', '""') + '"'


def quoted(text: str) -> str:
    """Return a text in its quotation marks.

    Examples
    --------
    >>> quoted("the owner's")
    "'the owner''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list in brackets."""
    return f"({', '.join(map(quoted, texts))})"
