"""A banner as text for the terminal, parted by breakdowns where it is wider than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.report.banner_cells import CellWriter

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from socialpoll.report.banner_layout import Layout
    from socialpoll.report.banner_rows import BannerRow
    from socialpoll.report.blocks import Phrase
    from socialpoll.report.heads import Head
    from socialpoll.report.language import Language

__all__ = ["text_of"]

GAP = 2
"""Blanks between columns; one more before each breakdown."""
LEAST_LABEL, MOST_LABEL = 20, 0.35
"""Width of the labels: characters at least, and part of the console at most."""
RULE = "─"
LEFT_TO_RIGHT, ISOLATE, END = "\u200e", "\u2067", "\u2069"
"""Marks without width: columns keep their places where a console turns words, and so does what
stands between Arabic words (Unicode Standard Annex 9, right-to-left isolate)."""


class _Cell(NamedTuple):
    """What stands in a cell: the figure, its letters or status, and its interval."""

    number: str = ""
    mark: str = ""
    interval: str = ""


class _Column(NamedTuple):
    """A column: the words right above it, the width of its figures, and of all of it."""

    label: str
    number: int
    width: int


class _Field(NamedTuple):
    """A piece of a line: the columns that it stands in, and what stands there."""

    columns: Sequence[int]
    words: str


def text_of(layout: Layout, language: Language, console: Console, width: int) -> Iterator[Text]:
    """Write a banner as lines of text, without cutting anything off.

    Where it is wider than ``width`` characters it is parted by breakdowns, and each part has the
    labels of its rows again; rows without a figure in a part are not in it.
    """
    sheet = _Sheet(layout, language, console, width)
    yield from sheet.paragraph(layout.title, "bold")
    for columns in sheet.parts():
        yield sheet.line("")
        yield from sheet.part(columns)
    yield sheet.line("")
    for note in layout.notes:
        yield from sheet.paragraph(note, "dim")


class _Sheet:
    """A banner in one language, its columns measured."""

    def __init__(self, layout: Layout, language: Language, console: Console, width: int) -> None:
        self.layout = layout
        self.console = console
        self.width = width
        self.mirrored = language.direction == "rtl"
        self.writer = CellWriter(language)
        self.labels = [self.writer.phrase(row.label) for row in layout.rows]
        self.cells = [tuple(self._cells(row)) for row in layout.rows]
        self.columns = [self._column(*one) for one in enumerate(layout.heads)]
        several = zip(self.labels, self.cells, strict=True)
        widest = max(_wide(label) for label, cells in several if cells) + GAP
        self.label = min(widest, max(LEAST_LABEL, int(width * MOST_LABEL)))

    def parts(self) -> Iterator[list[int]]:
        """Yield the columns that fit beside each other, whole breakdowns where that is possible."""
        part: list[int] = []
        for _, several in groupby(range(len(self.columns)), key=self._breakdown):
            group = list(several)
            if part and not self._fits([*part, *group]):
                yield part
                part = []
            for column in group:
                if part and not self._fits([*part, column]):
                    yield part
                    part = []
                part.append(column)
        yield part

    def part(self, columns: Sequence[int]) -> Iterator[Text]:
        """Yield the head and the rows of some columns."""
        yield from self._head(columns)
        for place in self._rows_in(columns):
            row = self.layout.rows[place]
            if row.role == "question":
                yield self.line("")
                yield from self._spread(self.labels[place], "bold")
                yield from self._spread(self.writer.base(row), "dim")
            elif row.role == "part":
                yield from self._spread(self.labels[place], "italic")
            else:
                yield from self._row(place, columns)

    def line(self, words: str, style: str = "") -> Text:
        """Return a line that is never folded or cut."""
        from rich.text import Text

        return Text(words.rstrip(), style=style, no_wrap=True, overflow="ignore", end="\n")

    def paragraph(self, phrase: Phrase, style: str) -> Iterator[Text]:
        """Yield words as lines of the console's width."""
        yield from self._spread(self.writer.phrase(phrase), style)

    def _breakdown(self, column: int) -> str:
        return self.layout.heads[column].breakdown

    def _cells(self, row: BannerRow) -> Iterator[_Cell]:
        beside = row.intervals if self.layout.intervals and row.intervals else None
        for number, figure in enumerate(row.figures):
            interval = None if beside is None else beside[number]
            limits = "" if interval is None else self.writer.interval(interval)
            if figure is None:
                yield _Cell()
            else:
                yield _Cell(self.writer.number(figure), self.writer.mark(figure), limits)

    def _column(self, place: int, head: Head) -> _Column:
        """Measure a column: no figure and no word above it is wider."""
        cells = [cells[place] for cells in self.cells if cells]
        number = max(_wide(one.number) for one in cells)
        mark = max(_wide(one.mark) for one in cells)
        words = self.writer.phrase(head.label if head.period is None else head.period)
        width = max(
            number + (mark and mark + 1),
            *(_wide(one.interval) for one in cells),
            *map(_wide, words.split()),
            _wide(head.letter),
        )
        return _Column(words, number, width)

    def _span(self, columns: Sequence[int]) -> int:
        """Return the width of columns beside each other."""
        gaps = (self._gap(*pair) for pair in pairwise(columns))
        return sum(self.columns[one].width for one in columns) + sum(gaps)

    def _gap(self, left: int, right: int) -> int:
        return GAP if self._breakdown(left) == self._breakdown(right) else GAP + 1

    def _fits(self, columns: Sequence[int]) -> bool:
        return self.label + GAP + 1 + self._span(columns) <= self.width

    def _rows_in(self, columns: Sequence[int]) -> list[int]:
        """Return the rows with a figure in some of the columns, under their headings."""
        found: list[int] = []
        filled = {"question": False, "part": False}
        for place in reversed(range(len(self.cells))):
            role = self.layout.rows[place].role
            if role in filled:
                kept = filled[role]
                filled |= dict.fromkeys(filled if role == "question" else ["part"], False)
            else:
                kept = any(self.cells[place][column].number for column in columns)
                filled = dict.fromkeys(filled, True) if kept else filled
            if kept:
                found.append(place)
        return found[::-1]

    def _head(self, columns: Sequence[int]) -> Iterator[Text]:
        """Yield breakdowns with a rule beneath each, then groups, then waves, then letters."""
        heads = self.layout.heads
        if any(heads[one].group is not None for one in columns):
            yield from self._breakdowns(columns)
        if any(heads[one].period is not None for one in columns):
            bands = _bands(columns, lambda one: heads[one].place[:2])
            yield from self._over(bands, [heads[band[0]].label for band in bands])
        yield from self._stacked([[one] for one in columns], list(map(self._above, columns)))

    def _breakdowns(self, columns: Sequence[int]) -> Iterator[Text]:
        bands = _bands(columns, self._breakdown)
        groups = [self.layout.heads[band[0]].group for band in bands]
        yield from self._over(bands, groups)
        pairs = zip(bands, groups, strict=True)
        rules = [_Field(one, RULE * self._span(one) if group else "") for one, group in pairs]
        yield self._assembled("", rules, "dim")

    def _over(
        self, bands: Sequence[Sequence[int]], phrases: Sequence[Phrase | None]
    ) -> Iterator[Text]:
        """Yield words above several columns each."""
        pairs = zip(bands, phrases, strict=True)
        folded = [
            self._wrapped(self.writer.phrase(phrase), self._span(band)) if phrase else [""]
            for band, phrase in pairs
        ]
        yield from self._stacked(bands, folded)

    def _above(self, column: int) -> list[str]:
        """Return the words right above a column and its letter, over its figures."""
        measured = self.columns[column]
        lines = self._wrapped(measured.label, measured.width)
        if self.layout.lettered:
            lines.append(self.layout.heads[column].letter)
        shift = 0 if self.mirrored else measured.number - max(map(_wide, lines))
        return [_blanks(shift) + one for one in lines]

    def _stacked(
        self, bands: Sequence[Sequence[int]], folded: Sequence[list[str]]
    ) -> Iterator[Text]:
        """Yield words of several lines side by side, standing on the last line."""
        height = max(map(len, folded))
        stacked = [[""] * (height - len(one)) + one for one in folded]
        for lines in zip(*stacked, strict=True):
            yield self._assembled("", map(_Field, bands, lines))

    def _spread(self, words: str, style: str) -> Iterator[Text]:
        """Yield words as lines as wide as the console."""
        for one in self._wrapped(words, self.width):
            line = LEFT_TO_RIGHT + self._padded(self._isolated(one), self.width)
            yield self.line(line if self.mirrored else one, style)

    def _row(self, place: int, columns: Sequence[int]) -> Iterator[Text]:
        """Yield a row of figures: its label may take several lines, and so may its cells."""
        row, cells = self.layout.rows[place], self.cells[place]
        labels = self._wrapped(self.labels[place], self.label - GAP)
        lines = [[_Field([one], self._figure(one, cells[one])) for one in columns]]
        if any(cells[one].interval for one in columns):
            lines.append([_Field([one], cells[one].interval) for one in columns])
        style = "" if row.role == "figure" else "dim"
        for number in range(max(len(labels), len(lines))):
            label = labels[number] if number < len(labels) else ""
            yield self._assembled(label, lines[number] if number < len(lines) else (), style)

    def _figure(self, column: int, cell: _Cell) -> str:
        """Return a figure in its place, letters behind it."""
        if self.mirrored:
            return f"{cell.mark} {cell.number}" if cell.mark else cell.number
        number = _blanks(self.columns[column].number - _wide(cell.number)) + cell.number
        return f"{number} {cell.mark}"

    def _assembled(self, label: str, fields: Iterable[_Field], style: str = "") -> Text:
        """Return a line: its label, then its fields; mirrored where the language runs leftwards."""
        pieces = [self._label(label)]
        before: int | None = None
        for columns, words in fields:
            gap = _blanks(GAP + 1 if before is None else self._gap(before, columns[0]))
            padded = self._padded(words, self._span(columns))
            pieces.append(padded + gap if self.mirrored else gap + padded)
            before = columns[-1]
        if not self.mirrored:
            return self.line("".join(pieces), style)
        room = self.width - sum(map(_wide, pieces))
        return self.line(
            _blanks(room) + "".join(LEFT_TO_RIGHT + one for one in reversed(pieces)), style
        )

    def _label(self, words: str) -> str:
        if self.mirrored:
            return self._padded(self._isolated(words) + _blanks(GAP), self.label)
        return self._padded(_blanks(GAP) + words, self.label)

    def _isolated(self, words: str) -> str:
        return f"{ISOLATE}{words}{END}" if self.mirrored and words else words

    def _padded(self, words: str, width: int) -> str:
        blanks = _blanks(width - _wide(words))
        return blanks + words if self.mirrored else words + blanks

    def _wrapped(self, words: str, width: int) -> list[str]:
        from rich.text import Text

        lines = Text(words).wrap(self.console, width)
        return [line.plain.rstrip() for line in lines]


def _bands(columns: Sequence[int], key: Callable[[int], object]) -> list[list[int]]:
    """Part columns where what they have in common ends."""
    return [list(band) for _, band in groupby(columns, key=key)]


def _wide(words: str) -> int:
    """Return how many characters of a console words take."""
    from rich.cells import cell_len

    return cell_len(words)


def _blanks(number: int) -> str:
    return " " * number
