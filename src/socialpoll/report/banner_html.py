"""A banner as HTML: one table whose cells know their heads, for notebooks and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from socialpoll.report.banner_cells import CellWriter

if TYPE_CHECKING:
    from socialpoll.report.banner_layout import Layout
    from socialpoll.report.banner_rows import BannerRow
    from socialpoll.report.blocks import Figure, Phrase
    from socialpoll.report.heads import Head
    from socialpoll.report.language import Language

__all__ = ["html_of"]

TABLE = "border-collapse:collapse;font-variant-numeric:tabular-nums"
CAPTION = "text-align:start;font-weight:bold;padding:.3em 0"
OVER = "text-align:center;vertical-align:bottom;padding:.2em .6em"
RULE = "border-bottom:1px solid;padding-bottom:.2em"
HEAD = "text-align:end;vertical-align:bottom;font-weight:normal;padding:.2em .6em"
TITLE = "text-align:start;padding:.8em .6em .2em 0;border-top:1px solid"
PART = "text-align:start;font-style:italic;font-weight:normal;padding:.4em .6em .1em"
LABEL = "text-align:start;vertical-align:top;font-weight:normal;min-width:14em;padding:.1em .6em"
CELL = "text-align:end;white-space:nowrap;vertical-align:top;padding:.1em .6em"
FAINT = ";opacity:.7"
SMALL = "font-size:smaller;opacity:.7"
MARK = "display:inline-block"
NOTE = "text-align:start;font-size:smaller;padding:.6em 0;border-top:1px solid"


def html_of(layout: Layout, language: Language) -> str:
    """Write a banner as a table element.

    Every text is escaped. There are a body for each question, a column group for each breakdown,
    and a scope for each heading, so that a screen reader can say what a cell is about.
    """
    page = _Page(layout, language)
    return "".join(page.table())


class _Page:
    """Writes one banner."""

    def __init__(self, layout: Layout, language: Language) -> None:
        self.layout = layout
        self.language = language
        self.side = "left" if language.direction == "ltr" else "right"
        self.writer = CellWriter(language)
        self.width = len(layout.heads) + 1
        figures = [row.figures for row in layout.rows if row.figures]
        self.marks = [max(map(self._mark, column)) for column in zip(*figures, strict=True)]

    def table(self) -> Iterator[str]:
        """Yield the table piece by piece."""
        tag, direction = escape(self.language.tag), self.language.direction
        yield f'<table lang="{tag}" dir="{direction}" style="{TABLE}">\n'
        yield f'<caption style="{CAPTION}">{self._words(self.layout.title)}</caption>\n'
        yield '<colgroup span="1"></colgroup>'
        for _, heads in groupby(self.layout.heads, key=lambda one: one.breakdown):
            yield f'<colgroup span="{len(list(heads))}"></colgroup>'
        yield "\n<thead>\n"
        yield from self._head()
        yield "</thead>\n"
        for question in _questions(self.layout.rows):
            yield "<tbody>\n"
            yield from map(self._row, question)
            yield "</tbody>\n"
        yield from self._foot()
        yield "</table>"

    def _head(self) -> Iterator[str]:
        """Yield the rows of the head; what has nothing beneath it reaches down to the body."""
        paths = [_path(head) for head in self.layout.heads]
        used = [level for level in range(3) if any(path[level] for path in paths)]
        for number, level in enumerate(used):
            yield "<tr>"
            if number == 0:
                yield f'<td rowspan="{len(used)}"></td>'
            for place, cells in groupby(
                range(len(paths)), key=lambda one: self.layout.heads[one].place[: level + 1]
            ):
                columns = list(cells)
                below = [paths[columns[0]][other] for other in used[number:]]
                if (words := below[0]) is not None:
                    yield self._th(words, below, columns, place)
            yield "</tr>\n"

    def _th(
        self,
        phrase: Phrase,
        below: Sequence[Phrase | None],
        columns: Sequence[int],
        place: Sequence[str],
    ) -> str:
        """Return a head that spans its columns, and the rows in which nothing stands beneath it."""
        rows = 1
        while rows < len(below) and below[rows] is None:
            rows += 1
        leaf = rows == len(below)
        words = self._words(phrase)
        head = self.layout.heads[columns[0]]
        if leaf and self.layout.lettered and head.letter:
            words += f"<br><bdi>{head.letter}</bdi>"
        words = words if leaf else f'<div style="{RULE}">{words}</div>'
        scope = "colgroup" if len(place) == 1 and not leaf else "col"
        span = f' colspan="{len(columns)}"' if len(columns) > 1 else ""
        span += f' rowspan="{rows}"' if rows > 1 else ""
        return f'<th scope="{scope}"{span} style="{HEAD if leaf else OVER}">{words}</th>'

    def _row(self, row: BannerRow) -> str:
        if row.role in ("question", "part"):
            style = TITLE if row.role == "question" else PART
            words = self._words(row.label)
            if row.base is not None:
                base = escape(self.writer.base(row))
                words += f'<br><span style="font-weight:normal;{SMALL}">{base}</span>'
            span = f'colspan="{self.width}"'
            return f'<tr><th scope="rowgroup" {span} style="{style}">{words}</th></tr>\n'
        faint = "" if row.role == "figure" else FAINT
        label = f'<th scope="row" style="{LABEL}{faint}">{self._words(row.label)}</th>'
        cells = "".join(f'<td style="{CELL}{faint}">{one}</td>' for one in self._cells(row))
        return f"<tr>{label}{cells}</tr>\n"

    def _cells(self, row: BannerRow) -> Iterator[str]:
        beside = row.intervals if self.layout.intervals else ()
        for number, figure in enumerate(row.figures):
            if figure is None:
                yield ""
                continue
            words = escape(self.writer.number(figure))
            if self.marks[number]:
                style = f"{MARK};text-align:{self.side};min-width:{self.marks[number]}ch"
                words += f' <bdi style="{style}">{escape(self.writer.mark(figure))}</bdi>'
            interval = beside[number] if beside else None
            if interval is not None and (limits := self.writer.interval(interval)):
                words += f'<br><span style="{SMALL}">{escape(limits)}</span>'
            yield words

    def _mark(self, figure: Figure | None) -> int:
        """Return how many characters stand behind a figure."""
        return 0 if figure is None else len(self.writer.mark(figure))

    def _foot(self) -> Iterator[str]:
        if self.layout.notes:
            notes = "<br>\n".join(map(self._words, self.layout.notes))
            yield f'<tfoot>\n<tr><td colspan="{self.width}" style="{NOTE}">{notes}</td></tr>\n'
            yield "</tfoot>\n"

    def _words(self, phrase: Phrase) -> str:
        return escape(self.writer.phrase(phrase))


def _path(head: Head) -> tuple[Phrase | None, Phrase | None, Phrase | None]:
    """Return the words above a column, from the top; None beneath what reaches further down."""
    if head.group is None:
        return head.label, None, head.period
    return head.group, head.label, head.period


def _questions(rows: Iterable[BannerRow]) -> Iterator[list[BannerRow]]:
    """Part the rows by question."""
    found: list[BannerRow] = []
    for row in rows:
        if row.role == "question" and found:
            yield found
            found = []
        found.append(row)
    yield found
