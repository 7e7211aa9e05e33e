"""Lists without a last word such as "and": what stands beside another, parted by commas."""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.report.blocks import Message, Phrase

__all__ = ["listed"]


def listed(phrases: Iterable[Phrase]) -> Phrase:
    """Return phrases, one at least, with the comma of each language between them."""
    found, *others = phrases
    for one in others:
        found = Message("{first}, {second}", {"first": found, "second": one})
    return found
