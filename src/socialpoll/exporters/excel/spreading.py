"""From a table of a report to columns of a sheet: one fact a cell, every row whole by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from socialpoll.exporters.excel.cells import (
    EMPTY,
    NOT_APPLICABLE,
    Side,
    entry_of,
    limit_of,
    mark_of,
)
from socialpoll.exporters.excel.naming import LONGEST_HEADING, headings_of, letters_of
from socialpoll.exporters.excel.sheets import Entry, Field, Kind
from socialpoll.exporters.excel.topics import topics_of
from socialpoll.exporters.excel.units import SPOKEN, unit_in, unit_words
from socialpoll.report import (
    Cell,
    Column,
    Edition,
    Figure,
    Interval,
    Message,
    Phrase,
    Row,
    Said,
    Table,
    Unit,
    Value,
)
from socialpoll.schema.legible import legible

__all__ = ["Spread", "spread"]


@dataclass(frozen=True, slots=True)
class Spread:
    """A table as columns.

    Parameters
    ----------
    title : str
    fields : tuple of Field
    totals : frozenset of int
        Rows of role ``total``.
    notes : tuple of str
        Those of the table, of its topics, and of headings that are longer than a table allows.
    """

    title: str
    fields: tuple[Field, ...]
    totals: frozenset[int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A column before its heading is made unlike the others."""

    heading: str
    kind: Kind
    entries: tuple[Entry, ...]


def spread(edition: Edition, table: Table) -> Spread:
    """Return a table as columns that can be sorted, filtered and calculated with.

    Parameters
    ----------
    edition : Edition
        Gives words, numbers and digits.
    table : Table

    Returns
    -------
    Spread
        Headings inside the table become a column of their own, intervals two columns, letters and
        shorthand beside figures a column next to theirs. Words above several columns stand in
        the heading of each.
    """
    topics = topics_of(table.rows)
    rows = [row for row in table.rows if row.role != "group"]
    parts = list(_Spreader(edition, table.columns, rows).parts())
    if topics.phrases:
        entries = tuple(entry_of(edition, one, empty=NOT_APPLICABLE) for one in topics.phrases)
        parts.insert(0, _Part(_text(edition, Message("Indicator")), "label", entries))
    headings = headings_of([one.heading for one in parts])
    notes = (
        *(_text(edition, one) for one in (*table.notes, *topics.notes)),
        *_full_headings(edition, parts, headings),
    )
    fields = zip(headings, parts, strict=True)
    return Spread(
        title=_text(edition, table.title),
        fields=tuple(Field(heading, one.kind, one.entries) for heading, one in fields),
        totals=frozenset(place for place, row in enumerate(rows) if row.role == "total"),
        notes=tuple(filter(None, dict.fromkeys(notes))),
    )


class _Spreader:
    """Turns the columns of a table into those of a sheet, one after the other."""

    def __init__(self, edition: Edition, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self.edition = edition
        self.columns = columns
        self.rows = rows
        self.cells = [
            [row.cells[place] if place < len(row.cells) else None for row in rows]
            for place in range(len(columns))
        ]
        self.units = [unit_in(cells) for cells in self.cells]

    def parts(self) -> Iterator[_Part]:
        """Yield the columns; one of units stands before the first figures where they are mixed."""
        mixed = any(unit == "mixed" for unit in self.units)
        figures: Phrase | None = None
        for place, column in enumerate(self.columns):
            cells = self.cells[place]
            if mixed and any(isinstance(one, Figure | Interval) for one in cells):
                yield self._units()
                mixed = False
            if column.kind == "interval" or any(isinstance(one, Interval) for one in cells):
                yield from self._interval(place, figures)
            else:
                yield from self._plain(place)
                figures = column.heading

    def _plain(self, place: int) -> Iterator[_Part]:
        column, cells = self.columns[place], self.cells[place]
        figures = column.kind == "figure" or any(isinstance(one, Figure) for one in cells)
        kind: Kind = "figure" if figures else "label" if column.kind == "label" else "text"
        heading = self._heading(place, column.heading)
        empty = NOT_APPLICABLE if figures else EMPTY
        yield _Part(heading, kind, tuple(entry_of(self.edition, one, empty=empty) for one in cells))
        yield from self._marks(heading, cells)

    def _interval(self, place: int, figures: Phrase | None) -> Iterator[_Part]:
        """Yield both limits; in a group, they are told by the figures that stand before them."""
        column = self.columns[place]
        phrase = column.heading
        if column.group is not None and figures is not None:
            phrase = Message("{of}: {what}", {"of": figures, "what": phrase})
        heading = self._heading(place, phrase)
        sides: tuple[tuple[Side, Message], ...] = (
            ("low", Message("Lower limit")),
            ("high", Message("Upper limit")),
        )
        for side, words in sides:
            entries = tuple(
                limit_of(self.edition, one, side)
                if isinstance(one, Interval)
                else entry_of(self.edition, one if side == "low" else None, empty=NOT_APPLICABLE)
                for one in self.cells[place]
            )
            yield _Part(self._of(heading, words), "figure", entries)
        yield from self._marks(heading, self.cells[place])

    def _marks(self, heading: str, cells: Sequence[Cell]) -> Iterator[_Part]:
        """Yield a column of what stands beside figures, where any has something beside it."""
        marks = [mark_of(one) for one in cells]
        if any(marks):
            words = self._of(heading, Message("Marks"))
            yield _Part(words, "mark", tuple(map(Entry, marks)))

    def _units(self) -> _Part:
        """Return the unit of each row, which is that of its first figure."""
        entries = []
        for row in self.rows:
            units = (one.unit for one in row.cells if isinstance(one, Figure | Interval))
            entries.append(self._unit(next(units, None)))
        return _Part(_text(self.edition, Message("Unit")), "text", tuple(entries))

    def _unit(self, unit: Unit | None) -> Entry:
        return NOT_APPLICABLE if unit is None else _said(self.edition, unit_words(unit))

    def _heading(self, place: int, phrase: Phrase) -> str:
        group, unit = self.columns[place].group, self.units[place]
        if group is not None:
            phrase = Message("{of}: {what}", {"of": group, "what": phrase})
        if unit in SPOKEN:
            values = {"heading": phrase, "unit": SPOKEN[unit]}
            phrase = Message("{heading} ({unit})", values)
        return _text(self.edition, phrase)

    def _of(self, heading: str, what: Phrase) -> str:
        words = Said({self.edition.language: heading})
        return _text(self.edition, Message("{of}: {what}", {"of": words, "what": what}))


def _full_headings(
    edition: Edition, parts: Sequence[_Part], headings: Sequence[str]
) -> Iterator[str]:
    """Tell the whole of headings that had to be cut."""
    for part, heading in zip(parts, headings, strict=True):
        if letters_of(part.heading) > LONGEST_HEADING:
            values: dict[str, Value] = {"heading": heading, "text": part.heading}
            yield _text(edition, Message("Full heading of “{heading}”: {text}", values))


def _said(edition: Edition, phrase: Phrase) -> Entry:
    return Entry(_text(edition, phrase))


def _text(edition: Edition, phrase: Phrase) -> str:
    return legible(edition.text(phrase))
