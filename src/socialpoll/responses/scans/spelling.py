"""Words that are numbers, plainly: known where they lie, by every engine alike."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from socialpoll.responses.scans.addressing import address_of

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["plainly_numbers", "spelt"]

PLAIN = r"^\s*-?[0-9]{1,200}(?:\.[0-9]{1,200})?(?:[eE][+-]?[0-9]{1,2})?\s*$"
"""Digits, perhaps with a point or a power of ten: what every engine reads as the same number."""
BLANK = r"^\s*$"


def plainly_numbers(frame: nw.LazyFrame[Any], columns: Collection[str]) -> list[str]:
    """Return the columns of words in which nothing stands but numbers, and blanks.

    All rows are gone through, once. Where the engine fails, it says so itself.

    Parameters
    ----------
    frame : narwhals.LazyFrame
    columns : collection of str
        Those that the frame has not are left out.
    """
    import narwhals as nw

    schema = frame.collect_schema()
    words = [one for one in columns if isinstance(schema.get(address_of(one)), nw.String)]
    if not words:
        return []
    addresses = [address_of(one) for one in words]
    other = (~nw.col(one).str.contains(f"{PLAIN}|{BLANK}") for one in addresses)
    found = frame.select(one.any() for one in other).collect().rows(named=True)[0]
    return [one for one, at in zip(words, addresses, strict=True) if not found[at]]


def spelt(words: nw.Expr) -> nw.Expr:
    """Return the numbers that words plainly are; nothing where they are none."""
    import narwhals as nw

    # Only what is a number comes to be read, whatever an engine does first.
    plain = nw.when(words.str.contains(PLAIN)).then(words.str.strip_chars())
    return plain.cast(nw.Float64())
