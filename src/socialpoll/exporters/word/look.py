"""The house style of a publisher as the parts of the built-in template have it."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.report import HouseStyle
from socialpoll.report.colours import WHITE, tint

__all__ = ["GREY", "PAPER", "Look"]

PAPER, GREY = WHITE.removeprefix("#"), "595959"
SHADE, RULE = 0.1, 0.38
"""Shares of the primary colour in what lies behind words, and in thin lines."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """Colours as Word writes them, without their number signs, and fonts.

    Attributes
    ----------
    primary, accent : str
    pale : str
        Behind headings of tables and what is to be seen first.
    line : str
        Between rows, and beneath headings.
    latin_font, arabic_font : str
    """

    primary: str
    accent: str
    pale: str
    line: str
    latin_font: str
    arabic_font: str

    @classmethod
    def of(cls, style: HouseStyle) -> Look:
        """Return the look of a house style."""
        colours = {
            "primary": style.primary,
            "accent": style.accent,
            "pale": tint(style.primary, SHADE),
            "line": tint(style.primary, RULE),
        }
        return cls(
            **{name: colour.removeprefix("#").upper() for name, colour in colours.items()},
            latin_font=style.latin_font,
            arabic_font=style.arabic_font,
        )
