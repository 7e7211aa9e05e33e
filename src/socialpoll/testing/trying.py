"""An exporter at work on a report, edition by edition, under the eyes of the kit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from socialpoll.hooks import Document, Exporter
from socialpoll.plugins.rendering import artist_at_hand
from socialpoll.report import Artist, Edition, Phrase, Report
from socialpoll.report.language import Direction, direction_of
from socialpoll.testing.sampling import sample_report
from socialpoll.testing.variants import settled_report, short_report
from socialpoll.testing.watching import Seen, watched

__all__ = ["Trial", "Tried"]


@dataclass(frozen=True, eq=False)
class AttentiveEdition(Edition):
    """An edition that notes what was asked of it, and may run in a direction not its own."""

    turned: Direction | None = None
    written: list[Phrase] = field(default_factory=list)

    @property
    def direction(self) -> Direction:
        """The direction that it is given, else that of its language."""
        return self.turned or direction_of(self.language)

    def text(self, phrase: Phrase, *, language: str | None = None) -> str:
        """Write a phrase, and note that it was asked for."""
        self.written.append(phrase)
        return super().text(phrase, language=language)


@dataclass(frozen=True)
class Tried:
    """What came of it, by edition (``"ar"``, or ``"ar+en"`` of all languages at once).

    Attributes
    ----------
    documents : mapping of str to tuple of object
        What was made, documents if all is well.
    seen : mapping of str to Seen
        What else was done; ``error`` where it raised.
    wrote : bool
        Whether an edition was asked for words.
    """

    documents: Mapping[str, tuple[object, ...]]
    seen: Mapping[str, Seen]
    wrote: bool

    @property
    def errors(self) -> dict[str, BaseException]:
        """What was raised, by edition."""
        return {name: one.error for name, one in self.seen.items() if one.error is not None}

    @property
    def made(self) -> list[Document]:
        """The documents of all editions, in their order."""
        several = (one for documents in self.documents.values() for one in documents)
        return [one for one in several if isinstance(one, Document)]

    @property
    def contents(self) -> list[bytes]:
        """Their contents."""
        return [one.content for one in self.made]


class Trial:
    """Tries an exporter, with its options at their defaults.

    Parameters
    ----------
    exporter : Exporter
    """

    def __init__(self, exporter: Exporter) -> None:
        self.exporter = exporter

    @cached_property
    def report(self) -> Report:
        """The sample report but for the section of a role that nobody knows."""
        return settled_report(sample_report())

    @cached_property
    def short(self) -> Report:
        """The key findings and one indicator of it."""
        return short_report(self.report)

    @cached_property
    def first(self) -> Tried:
        """What came of the report."""
        return self.on(self.report)

    @cached_property
    def again(self) -> Tried:
        """What came of it the second time, when nothing has to be loaded any more."""
        loaded = self.first.seen.keys()
        return self.on(self.report) if loaded else self.first

    @cached_property
    def usual(self) -> Tried:
        """What came of the short report, for others to be compared with."""
        return self.on(self.short)

    def conduct(self) -> tuple[Seen, ...]:
        """Return what else was done then, an edition each."""
        return tuple(self.again.seen.values())

    def on(
        self,
        report: Report,
        languages: Iterable[str] | None = None,
        direction: Direction | None = None,
    ) -> Tried:
        """Render a report: once a language, or once with all of them, as the exporter asks for.

        Parameters
        ----------
        report : Report
        languages : iterable of str, optional
            Those of the report where absent.
        direction : {"ltr", "rtl"}, optional
            That the editions say they run in, whatever their languages.
        """
        tags = tuple(languages or report.languages)
        groups = [tags] if self.exporter.editions == "all" else [(tag,) for tag in tags]
        made: dict[str, tuple[object, ...]] = {}
        seen: dict[str, Seen] = {}
        wrote: list[Phrase] = []
        for group in groups:
            edition = AttentiveEdition(
                report, group, artist=self._artist, turned=direction, written=wrote
            )
            name = "+".join(group)
            result, seen[name] = watched(self._rendering(edition))
            made[name] = result or ()
        return Tried(made, seen, bool(wrote))

    def _rendering(self, edition: Edition) -> Callable[[], tuple[object, ...]]:
        kind = self.exporter.options
        render: Callable[[Edition, Any], Iterable[object]] = self.exporter.render
        return lambda: tuple(render(edition, None if kind is None else kind()))

    @cached_property
    def _artist(self) -> Artist | None:
        """Whoever draws the charts, who draws each of them once for all checks."""
        return artist_at_hand()
