"""How cells look, in the house style of the publisher and the direction of the language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from socialpoll.exporters.excel.sheets import Kind
from socialpoll.report import Edition
from socialpoll.report.colours import WHITE, tint

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

__all__ = ["Looks"]

RULE = 0.38
"""Share of the primary colour in the lines between rows."""
SIZE, TITLE = 11, 14
READ_RIGHTWARDS, READ_LEFTWARDS = 1, 2
"""Reading orders of cells."""


class Looks:
    """The formats of a workbook, each made once.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    edition : Edition
    """

    def __init__(self, book: Workbook, edition: Edition) -> None:
        style = edition.report.style
        leftwards = edition.direction == "rtl"
        self._make = cache(lambda *look: book.add_format(dict(look)))
        self.cell = cache(self._cell)
        self._row = {"bottom": 1, "bottom_color": tint(style.primary, RULE), "valign": "top"}
        self._style = style
        self._font = {"font_name": style.arabic_font if leftwards else style.latin_font}
        self._words = {
            "align": "right" if leftwards else "left",
            "reading_order": READ_LEFTWARDS if leftwards else READ_RIGHTWARDS,
        }

    def title(self) -> Format:
        """Return the look of the title of a sheet."""
        look = {"bold": True, "font_size": TITLE, "font_color": self._style.primary}
        return self._format(**self._words, **look)

    def line(self) -> Format:
        """Return the look of words between title and table."""
        return self._format(**self._words)

    def link(self) -> Format:
        """Return the look of words that lead somewhere."""
        return self._format(
            **self._words, font_color=self._style.primary, underline=True, valign="top"
        )

    def heading(self, kind: Kind) -> Format:
        """Return the look of the heading of a column."""
        look = {"bold": True, "font_color": WHITE, "bg_color": self._style.primary}
        return self._format(
            **self._words | self._aligned(kind), **look, text_wrap=True, valign="top"
        )

    def _cell(self, kind: Kind, pattern: str, *, bold: bool) -> Format:
        """Return the look of a cell of a table."""
        look: dict[str, object] = dict(self._row)
        if kind in ("label", "text"):
            look |= {**self._words, "text_wrap": True}
        else:
            look |= {**self._aligned(kind), "reading_order": READ_RIGHTWARDS}
        if pattern:
            look["num_format"] = pattern
        return self._format(**look, bold=bold)

    def _aligned(self, kind: Kind) -> dict[str, object]:
        """Align numbers, and shorthand in their place, by their last digits; marks beside them."""
        if kind == "figure":
            return {"align": "right"}
        return {"align": self._words["align"], "indent": 1 if kind == "mark" else 0}

    def _format(self, **look: object) -> Format:
        whole = {"font_size": SIZE, **self._font, **look}
        return self._make(*sorted(whole.items()))
