"""A table in two languages: once, with the labels of both, wherever its figures are the same."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.exporters.word.columns import fits
from socialpoll.exporters.word.context import Context
from socialpoll.exporters.word.languages import word_language
from socialpoll.report import Edition

__all__ = ["facing_tables"]

MARKS = str.maketrans("", "", "\u200e\u200f")
FIGURES = ("figure", "interval")
LIST = 2
"""Columns of a table that is a list: of what, and what is said of it."""


def facing_tables(block: Context, edition: Edition, room: int) -> list[Context]:
    """Lay out a table of an edition in two languages.

    Parameters
    ----------
    block : dict
        A table in both languages: of each column, row and cell ``other`` is the second one.
    edition : Edition
        In one language, it is one table in this.
    room : int
        How wide it may be, in twentieths of a point.

    Returns
    -------
    list of dict
        Tables, each with its ``title`` and ``captions``. Whatever stands in a cell of one is a list
        of lines, each with its language.
        There is one table where all columns but the first hold figures: the labels of the second
        language stand in a last column, so that figures are printed once between the two. A list
        is one table too, whose columns come again from the other side. Else there are two, one
        beneath the other: where one has no room, where there are words in more columns, and where
        the digits differ.
    """
    return _Layout(edition).tables(block, room)


def _texts(table: Context) -> list[list[str]]:
    """Return the texts of each column, its heading first."""
    rows = [row["cells"] for row in table["rows"] if row["role"] != "group"]
    return [
        [_words(column["heading"]), *(_words(cells[place]["lines"]) for cells in rows)]
        for place, column in enumerate(table["columns"])
    ]


def _bold(table: Context) -> set[int]:
    rows = [row["role"] for row in table["rows"] if row["role"] != "group"]
    return {0, *(place for place, role in enumerate(rows, start=1) if role == "total")}


def _words(lines: Sequence[Context]) -> str:
    return "\n".join(line["text"] for line in lines)


class _Layout:
    """Lays out tables in the languages of an edition."""

    def __init__(self, edition: Edition) -> None:
        self.latin = edition.digits == "latn"
        self.tags = [word_language(tag) for tag in edition.languages]

    def tables(self, block: Context, room: int) -> list[Context]:
        """Return the tables that stand for one."""
        first, *others = (column["kind"] for column in block["columns"])
        if len(self.tags) == 1:
            return [self._titled(block, self._alone(block, 0), [0])]
        if self.latin and first not in FIGURES and all(one in FIGURES for one in others):
            shared = self._shared(block)
            if block["grouped"] or fits(_texts(shared), room, bold=_bold(shared)):
                return [self._titled(block, shared)]
        grouped = block["grouped"] or any(row["role"] == "group" for row in block["rows"])
        if len(others) + 1 == LIST and not grouped:
            return [self._titled(block, self._mirrored(block))]
        places = range(len(self.tags))
        return [self._titled(block, self._alone(block, place), [place]) for place in places]

    def _titled(self, block: Context, table: Context, places: Sequence[int] = (0, 1)) -> Context:
        title = (block, block["other"])[places[0]]["title"]
        captions = [self._lines(block, "caption", [place])[0] for place in places]
        return {"title": title, "captions": captions, **table}

    def _shared(self, block: Context) -> Context:
        columns, rows = block["columns"], block["rows"]
        labels = self._column(columns[0], [1])
        kept = [self._column(columns[0], [0]), *(self._column(one) for one in columns[1:]), labels]
        return {
            "grouped": block["grouped"],
            "columns": kept,
            "rows": [self._shared_row(row, len(columns)) for row in rows],
        }

    def _shared_row(self, row: Context, width: int) -> Context:
        cells = row["cells"][:1] and [self._cell(row["cells"][0], [0])]
        cells += [self._cell(one) for one in row["cells"][1:]]
        empty = {"kind": "label", "lines": [self._line("", 0)]}
        cells += [empty] * (width - len(cells))
        last = self._cell(row["cells"][0], [1]) if row["cells"] else empty
        return self._row(row, [*cells, last])

    def _mirrored(self, block: Context) -> Context:
        columns = block["columns"]
        return {
            "grouped": False,
            "columns": [
                *(self._column(one, [0]) for one in columns),
                *(self._column(one, [1]) for one in reversed(columns)),
            ],
            "rows": [self._mirrored_row(row) for row in block["rows"]],
        }

    def _mirrored_row(self, row: Context) -> Context:
        cells = row["cells"]
        first = [self._cell(one, [0]) for one in cells]
        other = [self._cell(one, [1]) for one in reversed(cells)]
        return self._row(row, [*first, *other])

    def _alone(self, block: Context, place: int) -> Context:
        rows = [
            self._row(row, [self._cell(cell, [place]) for cell in row["cells"]], [place])
            for row in block["rows"]
        ]
        columns = [self._column(column, [place]) for column in block["columns"]]
        return {"grouped": block["grouped"], "columns": columns, "rows": rows}

    def _column(self, column: Context, places: Sequence[int] = (0, 1)) -> Context:
        group = self._lines(column, "group", places) if column["group"] else []
        heading = self._lines(column, "heading", places)
        same = {name: column[name] for name in ("name", "kind", "span")}
        return {**same, "heading": heading, "group": group}

    def _row(self, row: Context, cells: list[Context], places: Sequence[int] = (0, 1)) -> Context:
        return {"role": row["role"], "label": self._lines(row, "label", places), "cells": cells}

    def _cell(self, cell: Context, places: Sequence[int] = (0, 1)) -> Context:
        return {"kind": cell["kind"], "lines": self._lines(cell, "plain", places)}

    def _lines(self, what: Context, name: str, places: Sequence[int] = (0, 1)) -> list[Context]:
        """Return a text in some of the languages, once where it is the same in all of them."""
        several = what, what["other"]
        lines = [
            self._line(several[place][name], place, several[place].get("letters", ""))
            for place in places
        ]
        alike = len({line["text"].translate(MARKS) for line in lines}) == 1
        return lines[:1] if alike else lines

    def _line(self, text: str, place: int, letters: str = "") -> Context:
        return {"text": text, "letters": letters, "tag": self.tags[place]}
