"""The house style of a publisher: colours, fonts and logo, and whether all can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from socialpoll.errors import Problem, ReportError
from socialpoll.report.colours import COLOUR, WHITE, contrast, darkened
from socialpoll.report.images import Image

__all__ = ["FOR_SHAPES", "FOR_TEXT", "HouseStyle"]

FOR_TEXT, FOR_SHAPES = 4.5, 3.0
"""Contrast that words need, and lines and marks (WCAG 2.2, criteria 1.4.3 and 1.4.11)."""
LONGEST_FONT = 31
"""Letters that Windows has for the name of a font."""


@dataclass(frozen=True, kw_only=True)
class HouseStyle:
    """How the documents of a publisher look.

    Parameters
    ----------
    primary : str
        Of headings, of the band on the cover, and of bars, dots and lines of charts:
        ``"#12436D"``. Its contrast with white is at least 4.5.
    accent : str
        Of lines and marks; its contrast with white is at least 3.
    latin_font, arabic_font : str
        Names of fonts. They are named and not embedded: whoever has none of that name sees
        another.
    logo : Image, optional
        Stands on the cover.

    Raises
    ------
    ReportError
        A colour that is none or too pale, or a font without a name; ``problems`` has all of them.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2 (2023), criteria 1.4.3 "Contrast (Minimum)" and
    1.4.11 "Non-text Contrast".

    Examples
    --------
    >>> style = HouseStyle(primary="#5B2A86", latin_font="Source Sans 3")
    >>> {name: round(ratio, 1) for name, ratio in style.contrast.items()}
    {'primary': 9.9, 'accent': 3.2}
    """

    primary: str = "#12436D"
    accent: str = "#28A197"
    latin_font: str = "Arial"
    arabic_font: str = "Arial"
    logo: Image | None = None

    def __post_init__(self) -> None:
        problems = tuple(_problems(self))
        if problems:
            raise ReportError.of(problems)

    @property
    def contrast(self) -> dict[str, float]:
        """The contrast of each colour with white, from 1 to 21."""
        return {name: contrast(getattr(self, name), WHITE) for name in WANTED}


WANTED = {"primary": FOR_TEXT, "accent": FOR_SHAPES}


def _problems(style: HouseStyle) -> Iterator[Problem]:
    for name, wanted in WANTED.items():
        yield from _of_colour(f"HouseStyle.{name}", getattr(style, name), wanted)
    for name in ("latin_font", "arabic_font"):
        font = getattr(style, name)
        if not font.strip() or len(font) > LONGEST_FONT or not font.isprintable():
            yield Problem(
                "this is no name of a font",
                f"HouseStyle.{name}",
                repr(font),
                f"1 to {LONGEST_FONT} letters, as in 'Arial'",
            )


def _of_colour(where: str, colour: str, wanted: float) -> Iterator[Problem]:
    if not COLOUR.fullmatch(colour):
        allowed = "a number sign and six hexadecimal digits, as in '#12436D'"
        yield Problem("this is no colour", where, repr(colour), allowed)
        return
    ratio = contrast(colour, WHITE)
    if ratio < wanted:
        yield Problem(
            "this colour is too pale to be read on white, and white on it",
            where,
            f"{colour!r}, a contrast of {int(ratio * 100) / 100:.2f}",
            f"a contrast of {wanted} or more, as {darkened(colour, wanted)!r} has",
            "choose a darker one",
        )
