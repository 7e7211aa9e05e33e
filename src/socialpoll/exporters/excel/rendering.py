"""A workbook in one language: which sheets it has, in which order, and what leads where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from socialpoll.exporters.excel.front import contents, cover, notes
from socialpoll.exporters.excel.ledger import Ledger
from socialpoll.exporters.excel.naming import sheet_name, table_name
from socialpoll.exporters.excel.observed import observed
from socialpoll.exporters.excel.options import ExcelOptions
from socialpoll.exporters.excel.sheets import Line, Sheet
from socialpoll.exporters.excel.spreading import Spread, spread
from socialpoll.exporters.excel.writing import written
from socialpoll.hooks import Document
from socialpoll.report import Edition, Message, Said, Table, Value
from socialpoll.report.language import Language
from socialpoll.schema import say
from socialpoll.schema.legible import legible

__all__ = ["MEDIA_TYPE", "render"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OWN_TABLES = ("publication", "contents", "notes", "data")


def render(edition: Edition, options: ExcelOptions | None = None) -> Iterator[Document]:
    """Make the workbook of an edition.

    Parameters
    ----------
    edition : Edition
        Its leading language is that of the workbook.
    options : ExcelOptions, optional

    Yields
    ------
    Document
        ``workbook-ar.xlsx``; the same edition and options give the same bytes. Tables of the
        report are in it, its figures, and the logo; sentences, charts and other pictures are not.

    Raises
    ------
    ExportError
        Words that are longer than a cell may be, more rows or columns than a sheet may have, or a
        logo that cannot be put into a workbook.

    References
    ----------
    UK Government Analysis Function, "Releasing statistics in spreadsheets" (2021).
    """
    chosen = options or ExcelOptions()
    if chosen.digits is not None:
        edition = replace(edition, digits=chosen.digits)
    sheets = _Binder(edition).sheets(data=chosen.data)
    yield Document(f"workbook-{edition.language}.xlsx", written(sheets, edition), MEDIA_TYPE)


class _Names(NamedTuple):
    """The names of the sheets that every workbook has."""

    cover: str
    contents: str
    notes: str
    data: str


class _Bound(NamedTuple):
    """A table of the report with the names that it has in a workbook."""

    sheet: str
    table: str
    spread: Spread


class _Binder:
    """Puts the sheets of a workbook together."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        words = (Message("Cover"), Message("Contents"), Message("Notes"), Message("Data"))
        self.names = _Names(*_apart(self._words(one) for one in words))

    def sheets(self, *, data: bool) -> list[Sheet]:
        """Return all sheets in their order."""
        names, bound = self.names, list(self._bound())
        ledger = Ledger({one.sheet: one.spread.notes for one in bound})
        others = [
            notes(self.edition, names.notes, ledger, contents=names.contents),
            *(self._table(one, ledger.numbers(one.sheet)) for one in bound),
            *(self._data() if data else ()),
        ]
        return [
            cover(self.edition, names.cover, contents=names.contents),
            contents(self.edition, names.contents, others),
            *others,
        ]

    def _bound(self) -> Iterator[_Bound]:
        """Yield the tables of the report, numbered in its order."""
        sheets, tables = list(self.names), list(OWN_TABLES)
        number = 0
        for section in self.edition.report.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    number += 1
                    name = self._words(Message("Table {number}", {"number": number}))
                    sheets.append(sheet_name(name, sheets))
                    tables.append(table_name(section.name or section.role, tables))
                    yield _Bound(sheets[-1], tables[-1], self._spread(block, number))

    def _spread(self, table: Table, number: int) -> Spread:
        values: dict[str, Value] = {"number": number, "title": table.title}
        title = Message("Table {number}. {title}", values)
        return spread(self.edition, replace(table, title=title))

    def _table(self, bound: _Bound, numbers: Sequence[int]) -> Sheet:
        """Return the sheet of a table; what it is based on stands beneath its title."""
        first = next(iter(bound.spread.notes), "") or self._publication()
        language = Language(self.edition.language, self.edition.digits)
        told = tuple(Said({"und": language.number(one)}) for one in numbers)
        notes = Message("Notes on this table: {numbers}", {"numbers": told})
        return Sheet(
            name=bound.sheet,
            title=bound.spread.title,
            lines=(
                Line(first),
                Line(self._words(notes) if told else self.names.notes, self.names.notes),
                Line(self.names.contents, self.names.contents),
            ),
            table=bound.table,
            fields=bound.spread.fields,
            totals=bound.spread.totals,
        )

    def _data(self) -> Iterator[Sheet]:
        fields = observed(self.edition)
        if fields:
            names = self.names
            yield Sheet(
                name=names.data,
                title=self._words(Message("All figures, one in each row")),
                lines=(
                    Line(self._publication()),
                    Line(names.notes, names.notes),
                    Line(names.contents, names.contents),
                ),
                table="data",
                fields=fields,
                filtered=True,
            )

    def _publication(self) -> str:
        report, language = self.edition.report, self.edition.language
        texts = (say(one, language) for one in (report.title, report.subtitle))
        return " · ".join(filter(None, texts))

    def _words(self, message: Message) -> str:
        return legible(self.edition.text(message))


def _apart(words: Iterable[str]) -> list[str]:
    """Return names of sheets that differ."""
    names: list[str] = []
    for one in words:
        names.append(sheet_name(one, names))
    return names
