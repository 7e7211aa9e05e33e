"""The cells of a banner as the words of a language, each figure written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.report.blocks import Figure, Interval, Message, Phrase
from socialpoll.report.marks import SUPPRESSED
from socialpoll.report.writing import figure_written, written

if TYPE_CHECKING:
    from socialpoll.report.banner_rows import BannerRow
    from socialpoll.report.language import Language

__all__ = ["CellWriter"]


class CellWriter:
    """Writes what stands in a banner.

    Parameters
    ----------
    language : Language
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._known: dict[Figure | Interval, str] = {}

    def phrase(self, phrase: Phrase) -> str:
        """Write words."""
        return written(phrase, self.language)

    def number(self, figure: Figure) -> str:
        """Write a figure alone; the shorthand of its status where it is not there."""
        status = "" if _is_there(figure) else figure.status
        return self._once(Figure(figure.value, figure.unit, figure.decimals, status))

    def mark(self, figure: Figure) -> str:
        """Write what stands behind a figure: its letters, and the shorthand of its status."""
        marks = (figure.status, *figure.marks.split()) if _is_there(figure) else ()
        return " ".join(filter(None, (figure.letters, *(f"[{one}]" for one in marks if one))))

    def interval(self, interval: Interval) -> str:
        """Write an interval; nothing where there is none."""
        return "" if interval.low is None else self._once(interval)

    def base(self, row: BannerRow) -> str:
        """Write the base of a question; nothing for other rows."""
        if row.base is None:
            return ""
        return self.phrase(Message("Base: {who}.", {"who": row.base}))

    def _once(self, figure: Figure | Interval) -> str:
        if figure not in self._known:
            self._known[figure] = figure_written(figure, self.language)
        return self._known[figure]


def _is_there(figure: Figure) -> bool:
    return figure.value is not None and figure.status != SUPPRESSED
