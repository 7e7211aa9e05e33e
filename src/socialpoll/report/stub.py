"""The stub of a banner: indicators under the question they belong to, nets and scores beneath."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.wording import NET
from socialpoll.schema import NOT_APPLICABLE, Boxes, Derived, Grid

if TYPE_CHECKING:
    from socialpoll.report.banners import Banner
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured

__all__ = ["Entry", "Followed", "Part", "Topic", "topics_of"]


@dataclass(frozen=True)
class Followed:
    """An indicator in every wave that has it."""

    waves: Mapping[str, Measured]

    @property
    def first(self) -> Measured:
        """The indicator in the first wave that has it: what it is, is the same in all."""
        return next(iter(self.waves.values()))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its figures within a domain."""
        found = (line for one in self.waves.values() for line in one.lines)
        return tuple(dict.fromkeys(found))

    def overall(self, line: Line) -> float | None:
        """Return the figure of everybody in the last wave that has one."""
        shown = (one.of(line) for one in reversed(tuple(self.waves.values())))
        return next((one.value for one in shown if one is not None), None)


@dataclass(frozen=True)
class Entry:
    """A row of figures."""

    indicator: Followed
    line: Line
    label: Phrase


@dataclass(frozen=True)
class Part:
    """Rows under a heading of their own, or directly under that of the question."""

    heading: Phrase | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Topic:
    """A question with everything that is told of it."""

    heading: Phrase
    parts: tuple[Part, ...]

    @property
    def first(self) -> Measured:
        """What stands first under its heading."""
        return self.parts[0].entries[0].indicator.first


def topics_of(
    banner: Banner, material: Material, indicators: Sequence[Followed]
) -> tuple[Topic, ...]:
    """Put indicators under the questions that they belong to.

    Parameters
    ----------
    banner : Banner
        Says how answers are sorted.
    material : Material
    indicators : sequence of Followed
        In the order wanted.

    Returns
    -------
    tuple of Topic
        In the order of the first indicator of each; within it the answers to the question itself
        come first, then what was derived from them, then means and other numbers.
    """
    gathered: dict[str, list[Followed]] = {}
    for one in indicators:
        gathered.setdefault(_question(material, one.first.question), []).append(one)
    return tuple(
        _Stub(banner, material, name, several).topic() for name, several in gathered.items()
    )


def _question(material: Material, name: str) -> str:
    """Return the question that a variable belongs to: what it was derived from, or its grid."""
    variable = material.wording.variable(name)
    return material.wording.whole(variable.of if isinstance(variable, Derived) else name)


class _Stub:
    """Writes the rows of one question."""

    def __init__(
        self, banner: Banner, material: Material, name: str, several: Sequence[Followed]
    ) -> None:
        self.banner = banner
        self.material = material
        self.wording = material.wording
        self.name = name
        self.several = sorted(several, key=self._rank)

    def topic(self) -> Topic:
        """Return the heading of the question with everything under it."""
        grid = self.wording.variable(self.name)
        parts = self._of_items(grid) if isinstance(grid, Grid) else self._of_question()
        return Topic(self._heading(), tuple(one for one in parts if one.entries))

    def _rank(self, indicator: Followed) -> int:
        measured = indicator.first
        if measured.statistic != "share":
            return 2
        return 1 if measured.profile or self._derived(measured) else 0

    def _derived(self, measured: Measured) -> bool:
        return isinstance(self.wording.variable(measured.question), Derived)

    def _heading(self) -> Phrase:
        first = self.several[0].first
        own = first.name in self.wording.titles and self._rank(self.several[0]) == 0
        if own or (len(self.several) == 1 and (first.profile or first.name in self.wording.titles)):
            return self.wording.title(first)
        return self.wording.heading(first.question if len(self.several) == 1 else self.name)

    def _of_question(self) -> Iterator[Part]:
        """Yield what stands directly under the heading, then what needs a heading of its own."""
        direct: list[Entry] = []
        apart: list[Part] = []
        for one in self.several:
            measured, lines = one.first, self._sorted(one, one.lines)
            net = measured.statistic == "share" and self._derived(measured)
            if measured.profile and len(self.several) > 1:
                apart.append(Part(self.wording.title(measured), self._plain(one, lines)))
            elif not direct:
                direct.extend(self._plain(one, lines))
            elif len(lines) == 1 and not net:
                direct.append(Entry(one, lines[0], self._named(measured, lines[0])))
            elif net:
                direct.extend(self._nets(one, lines))
            else:
                apart.append(Part(self.wording.title(measured), self._plain(one, lines)))
        yield Part(None, tuple(direct))
        yield from apart

    def _of_items(self, grid: Grid) -> Iterator[Part]:
        """Yield the items of a grid, each with its answers; else the one figure of each."""
        lines = [(one, line) for one in self.several for line in self._sorted(one, one.lines)]
        items: dict[str, list[tuple[Followed, Line]]] = {str(one.code): [] for one in grid.items}
        for one, line in lines:
            items.setdefault(self._item(grid, one.first, line), []).append((one, line))
        if all(len(found) <= 1 for found in items.values()):
            entries = [
                Entry(one, line, self.wording.item(grid.name, self._item(grid, one.first, line)))
                for one, line in lines
            ]
            yield Part(None, tuple(entries))
            return
        for code, found in items.items():
            answers = tuple(self._of_item(one, line) for one, line in found)
            yield Part(self.wording.item(grid.name, code), answers)

    def _item(self, grid: Grid, measured: Measured, line: Line) -> str:
        """Return the code of the item of a grid that a figure is of."""
        if measured.question == grid.name:
            return line.item
        variable = self.wording.variable(measured.question)
        name = variable.of if isinstance(variable, Derived) else measured.question
        pairs = zip(grid.variables, grid.items, strict=True)
        return next(str(item.code) for one, item in pairs if one.name == name)

    def _of_item(self, indicator: Followed, line: Line) -> Entry:
        measured = indicator.first
        if line.category == NOT_APPLICABLE or measured.statistic != "share":
            return Entry(indicator, line, self._named(measured, line))
        label = self.wording.code(measured.question, line.category)
        if self._derived(measured):
            return Entry(indicator, line, self._net(measured, line.category, label))
        return Entry(indicator, line, label)

    def _plain(self, indicator: Followed, lines: Iterable[Line]) -> tuple[Entry, ...]:
        measured = indicator.first
        return tuple(Entry(indicator, line, self._plain_label(measured, line)) for line in lines)

    def _plain_label(self, measured: Measured, line: Line) -> Phrase:
        if line.code == NOT_APPLICABLE:
            return self._statistic(measured)
        return self.wording.line(measured, line)

    def _nets(self, indicator: Followed, lines: Iterable[Line]) -> list[Entry]:
        measured = indicator.first
        return [
            Entry(
                indicator, line, self._net(measured, line.code, self.wording.line(measured, line))
            )
            for line in lines
        ]

    def _net(self, measured: Measured, code: str, label: Phrase) -> Phrase:
        """Mark answers taken together; what is no answer is as it is in the question."""
        aside = code in self.wording.missing(measured.question)
        return label if aside else Message("Net: {label}", {"label": label})

    def _named(self, measured: Measured, line: Line) -> Phrase:
        """Return the words for a figure among those of other indicators."""
        if measured.name in self.wording.titles:
            return self.wording.title(measured)
        if line.code != NOT_APPLICABLE and measured.statistic == "quantile":
            return self.wording.line(measured, line)
        return self._statistic(measured)

    def _statistic(self, measured: Measured) -> Phrase:
        variable = self.wording.variable(measured.question)
        if isinstance(variable, Boxes) and measured.statistic == "mean":
            return Message("Net score, from {least} to {most}", NET)
        what = self.wording.statistic(measured)
        if len(self.several) > 1 and isinstance(variable, Derived):
            values: dict[str, Value] = {"of": self.wording.heading(variable.name), "what": what}
            return Message("{of}: {what}", values)
        return what

    def _sorted(self, indicator: Followed, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Sort answers by the figures of everybody; those without one follow, then what is none."""
        measured = indicator.first
        ranked = measured.statistic == "quantile" or self.wording.windows(measured)
        if self.banner.sort == "questionnaire" or ranked:
            return tuple(lines)
        aside = self.material.aside(measured)
        sign = -1 if self.banner.sort == "largest" else 1

        def place(line: Line) -> tuple[int, float]:
            value = indicator.overall(line)
            if line.code in aside:
                return 2, 0.0
            return (1, 0.0) if value is None else (0, sign * value)

        return tuple(sorted(lines, key=place))
