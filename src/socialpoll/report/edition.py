"""A report in a language: able to write numbers and sentences, and to have charts drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from socialpoll.errors import ReportError
from socialpoll.report.blocks import Chart, Figure, Interval, Phrase, Picture, PictureForm
from socialpoll.report.language import Digits, Direction, Language, direction_of
from socialpoll.report.report import Report
from socialpoll.report.writing import figure_written, written
from socialpoll.schema import say
from socialpoll.schema.legible import legible

__all__ = ["Artist", "Digits", "Edition"]


class Artist(Protocol):
    """Draws charts."""

    def __call__(self, chart: Chart, edition: Edition, form: PictureForm) -> Picture:
        """Draw a chart in the words of an edition."""


@dataclass(frozen=True, eq=False)
class Edition:
    """A report in one or more languages.

    Parameters
    ----------
    report : Report
    languages : tuple of str
        BCP 47 tags. The first one leads: it gives direction, numbers and words unless another is
        named.
    digits : {"latn", "arab"}
        Numbering system of languages that run to the left.
    artist : callable, optional
        ``artist(chart, edition, form) -> Picture``; the host gives one where charts can be drawn.

    Raises
    ------
    ReportError
        No language.
    """

    report: Report
    languages: tuple[str, ...]
    digits: Digits = "latn"
    artist: Artist | None = None

    def __post_init__(self) -> None:
        if not self.languages:
            raise ReportError(
                "an edition has at least one language",
                where="Edition.languages",
                found="()",
                allowed=", ".join(self.report.languages),
            )

    @property
    def language(self) -> str:
        """The leading language."""
        return self.languages[0]

    @property
    def direction(self) -> Direction:
        """The direction of the leading language's script."""
        return direction_of(self.language)

    def text(self, phrase: Phrase, *, language: str | None = None) -> str:
        """Write a phrase as words.

        Parameters
        ----------
        phrase : Said or Message
            What a person wrote, or a message of the catalogues with its values.
        language : str, optional
            Another than the leading one.

        Raises
        ------
        ReportError
            There is no catalogue of the language, or a message lacks a value.
        """
        return written(phrase, self._in(language))

    def number(self, figure: Figure | Interval, *, language: str | None = None) -> str:
        """Write a figure or an interval as text, with its status shorthand.

        A percentage carries its sign, hours, minutes and percentage points their words; the limits
        of an interval are numbers alone. What is suppressed, or not there, is its shorthand alone:
        ``[c]``.
        """
        return figure_written(figure, self._in(language))

    def label(self, dimension: str, code: str, *, language: str | None = None) -> str:
        """Return the words for a code of the report's figures; the code where there are none.

        Parameters
        ----------
        dimension : str
            A key of ``report.labels``: ``"question"``, ``"domain:sex"``.
        code : str
        language : str, optional
        """
        words = self.report.labels.get(dimension, {}).get(code)
        return say(words, language or self.language, default=legible(code))

    def alt(self, picture: Picture, *, language: str | None = None) -> str:
        """Write the sentence that replaces a picture.

        Parameters
        ----------
        picture : Picture
            A drawn one has its sentence in the words of its edition already.
        language : str, optional
            Another than the leading one.
        """
        said = picture.alt
        return said if isinstance(said, str) else self.text(said, language=language)

    def draw(self, chart: Chart, form: PictureForm = "png") -> Picture:
        """Have a chart drawn.

        Parameters
        ----------
        chart : Chart
        form : {"png", "svg"}
            Dots or outlines.

        Raises
        ------
        ReportError
            Nobody can draw.
        """
        if self.artist is None:
            raise ReportError(
                "there is nobody to draw charts",
                where=f"chart {chart.name!r}",
                advice="install the extra 'charts' (matplotlib), or leave charts out",
            )
        return self.artist(chart, self, form)

    def _in(self, language: str | None) -> Language:
        return _language(language or self.language, self.digits)


@cache
def _language(tag: str, digits: Digits) -> Language:
    return Language(tag, digits)
