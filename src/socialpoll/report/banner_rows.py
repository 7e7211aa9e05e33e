"""The rows of a banner: headings, bases where they change, and figures with their marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from socialpoll.report.bases import who_in
from socialpoll.report.blocks import Figure, Interval, Message, Phrase
from socialpoll.report.measured import Shown

if TYPE_CHECKING:
    from socialpoll.report.heads import Head
    from socialpoll.report.lettering import Letters
    from socialpoll.report.material import Material
    from socialpoll.report.stub import Entry, Topic

__all__ = ["BannerRow", "rows_of"]


@dataclass(frozen=True)
class BannerRow:
    """A row of a banner.

    Attributes
    ----------
    role : {"question", "part", "base", "effective", "figure"}
        The heading of a question, a heading beneath it, unweighted and effective base, figures.
    label : Phrase
        Its words.
    base : Phrase or None
        Of a question: its base in words.
    figures : tuple of (Figure or None)
        A cell a column, of rows that have any; None where nothing was estimated.
    intervals : tuple of (Interval or None)
        Of rows of figures.
    places : tuple of (int or None)
        Of rows of figures: where each cell stands in the frame of the figures.
    """

    role: Literal["question", "part", "base", "effective", "figure"]
    label: Phrase
    base: Phrase | None = None
    figures: tuple[Figure | None, ...] = ()
    intervals: tuple[Interval | None, ...] = ()
    places: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class _Filled:
    """A row of the stub with its cells."""

    entry: Entry
    cells: tuple[Shown | None, ...]

    @property
    def bases(self) -> tuple[Figure | None, ...]:
        return tuple(None if one is None else one.base() for one in self.cells)


def rows_of(
    material: Material, topics: Sequence[Topic], heads: Sequence[Head], letters: Letters
) -> tuple[BannerRow, ...]:
    """Fill the stub of a banner.

    Parameters
    ----------
    material : Material
    topics : sequence of Topic
        The stub.
    heads : sequence of Head
        The columns.
    letters : Letters
        The marks of the cells.
    """
    writer = _Writer(material, heads, letters)
    return tuple(row for topic in topics for row in writer.of_topic(topic))


class _Writer:
    """Writes the rows of one question after the other."""

    def __init__(self, material: Material, heads: Sequence[Head], letters: Letters) -> None:
        self.material = material
        self.heads = heads
        self.letters = letters

    def of_topic(self, topic: Topic) -> Iterator[BannerRow]:
        """Yield the rows of a question: bases stand before the first figures that have them."""
        who = who_in(self.material.wording, topic.first)
        yield BannerRow("question", topic.heading, base=who)
        before: tuple[Figure | None, ...] | None = None
        for part in topic.parts:
            if part.heading is not None:
                yield BannerRow("part", part.heading)
            filled = [self._filled(entry) for entry in part.entries]
            start = 0
            while start < len(filled):
                end, bases = _run(filled, start)
                if before is None or not _covers(before, bases):
                    yield from self._base_rows(filled[start:end], bases, who)
                    before = bases
                yield from map(self._figures, filled[start:end])
                start = end

    def _filled(self, entry: Entry) -> _Filled:
        waves, line = entry.indicator.waves, entry.line
        cells = []
        for head in self.heads:
            measured = waves.get(head.wave)
            found = None if measured is None else measured.of(line, head.breakdown, head.domain)
            cells.append(found)
        return _Filled(entry, tuple(cells))

    def _base_rows(
        self, run: Sequence[_Filled], bases: tuple[Figure | None, ...], who: Phrase
    ) -> Iterator[BannerRow]:
        weighted = self.material.weighted
        label: Phrase = Message("Unweighted base") if weighted else Message("Base")
        own = who_in(self.material.wording, run[0].entry.indicator.first)
        if own != who:
            label = Message("{of}: {what}", {"of": label, "what": own})
        yield BannerRow("base", label, figures=bases)
        effective = tuple(map(_effective, zip(*(one.cells for one in run), strict=True)))
        precise = any(cell is not None and cell.is_precise for one in run for cell in one.cells)
        if weighted and precise and any(one is not None and one.value for one in effective):
            yield BannerRow("effective", Message("Effective base"), figures=effective)

    def _figures(self, filled: _Filled) -> BannerRow:
        name, line, marks = filled.entry.indicator.first.name, filled.entry.line, self.letters.marks
        figures = []
        for head, shown in zip(self.heads, filled.cells, strict=True):
            mark = marks.get((name, line, head.place), "")
            figures.append(None if shown is None else self._marked(shown, mark))
        return BannerRow(
            "figure",
            filled.entry.label,
            figures=tuple(figures),
            intervals=tuple(None if one is None else one.interval() for one in filled.cells),
            places=tuple(None if one is None else one.place for one in filled.cells),
        )

    def _marked(self, shown: Shown, letters: str) -> Figure:
        return replace(shown.figure(), letters=letters, marks=self.material.marks(shown))


def _run(filled: Sequence[_Filled], start: int) -> tuple[int, tuple[Figure | None, ...]]:
    """Return where a run of rows with the same bases ends, and these bases.

    A base that is hidden in one row of the run is that of the others.
    """
    bases = filled[start].bases
    end = start + 1
    while end < len(filled) and _covers(bases, filled[end].bases):
        bases = tuple(map(_known, bases, filled[end].bases))
        end += 1
    return end, bases


def _covers(bases: Sequence[Figure | None], others: Sequence[Figure | None]) -> bool:
    """Say whether bases are also those of another row, as far as it has any."""
    return all(
        other is None
        or (one is not None and (None in (one.value, other.value) or one.value == other.value))
        for one, other in zip(bases, others, strict=True)
    )


def _known(one: Figure | None, other: Figure | None) -> Figure | None:
    return other if one is not None and one.value is None and other is not None else one


def _effective(cells: Sequence[Shown | None]) -> Figure | None:
    """Return the effective base of a column, as the first of its rows that has one tells it."""
    there = [one for one in cells if one is not None]
    sizes = (one.number("n_effective") for one in there)
    size = next((one for one in sizes if one is not None), None)
    if size is None:
        return there[0].base() if there and there[0].respondents is None else None
    return Figure(size, "count")
