"""Headings inside a table as a column: each row says by itself what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socialpoll.report import Figure, Interval, Message, Phrase, Row, Said

__all__ = ["Topics", "topics_of"]

NOTHING = Said({"und": ""})


@dataclass(frozen=True, slots=True)
class Topics:
    """What the rows of a table are about.

    Parameters
    ----------
    phrases : tuple of Phrase or None
        One for each row that is no heading, None for one above all headings; none where the table
        has no headings.
    notes : tuple of Phrase
        Headings that tell their base besides.
    """

    phrases: tuple[Phrase | None, ...]
    notes: tuple[Phrase, ...]


def topics_of(rows: Sequence[Row]) -> Topics:
    """Return the headings above each row, those of a question before those of its parts.

    Parameters
    ----------
    rows : sequence of Row
        Of a table; headings have the role ``group``.
    """
    question: Phrase | None = None
    heading: Phrase | None = None
    phrases: list[Phrase | None] = []
    notes: list[Phrase] = []
    for row in rows:
        if row.role != "group":
            phrases.append(heading)
            continue
        label = _label(row)
        title = _title(label)
        if title is not None:
            question = heading = title
            notes.append(label)
        elif question is not None:
            heading = Message("{of}: {what}", {"of": question, "what": label})
        else:
            heading = label
    headed = any(row.role == "group" for row in rows)
    return Topics(tuple(phrases) if headed else (), tuple(notes))


def _label(row: Row) -> Phrase:
    cell = row.cells[0] if row.cells else None
    return NOTHING if cell is None or isinstance(cell, Figure | Interval) else cell


def _title(label: Phrase) -> Phrase | None:
    """Return the title in a heading that has the base of its figures too, as in banners."""
    title = label.values.get("title") if isinstance(label, Message) else None
    return title if isinstance(title, Said | Message) else None
