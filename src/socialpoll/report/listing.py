"""Phrases one behind the other: lists without a last word such as "and", and sentences."""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.report.blocks import Message, Phrase

__all__ = ["in_sentences", "listed"]


def in_sentences(sentences: Iterable[Phrase]) -> Phrase:
    """Return sentences, one at least, with a blank between them."""
    whole, *others = sentences
    for one in others:
        whole = Message("{first} {second}", {"first": whole, "second": one})
    return whole


def listed(phrases: Iterable[Phrase]) -> Phrase:
    """Return phrases, one at least, with the comma of each language between them."""
    found, *others = phrases
    for one in others:
        found = Message("{first}, {second}", {"first": found, "second": one})
    return found
