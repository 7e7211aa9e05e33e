"""Colours as people see them: how bright they are, and whether they can be told from others."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["COLOUR", "WHITE", "channels", "contrast", "darkened", "luminance", "tint"]

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
"""How a colour is written: ``"#12436D"``."""
WHITE = "#FFFFFF"
STEPS = 100


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour.

    Parameters
    ----------
    colour : str
        ``"#RRGGBB"``.

    Returns
    -------
    float
        From 0 (black) to 1 (white).

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2 (2023), "relative luminance".

    Examples
    --------
    >>> luminance("#FFFFFF")
    1.0
    """
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2 (2023), "contrast ratio".

    Examples
    --------
    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tint(colour: str, share: float) -> str:
    """Return a colour with white: that share of it, and white for the rest.

    Examples
    --------
    >>> tint("#12436D", 0.1)
    '#E7ECF0'
    """
    return _written(channel * share + 255 * (1 - share) for channel in channels(colour))


def darkened(colour: str, wanted: float) -> str:
    """Return a colour with as much black as it takes to be told from white.

    Parameters
    ----------
    colour : str
    wanted : float
        Contrast with white, from 1 to 21.

    Examples
    --------
    >>> darkened("#28A197", 4.5), darkened("#12436D", 4.5)
    ('#21847C', '#12436D')
    """
    mixed = (
        _written(channel * (1 - step / STEPS) for channel in channels(colour))
        for step in range(STEPS + 1)
    )
    return next(one for one in mixed if contrast(one, WHITE) >= wanted)


def channels(colour: str) -> Iterator[int]:
    """Yield red, green and blue, from 0 to 255."""
    return (int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _written(mixed: Iterator[float]) -> str:
    return "#" + "".join(f"{round(channel):02X}" for channel in mixed)


def _linear(channel: float) -> float:
    low = 0.04045
    return channel / 12.92 if channel <= low else float(((channel + 0.055) / 1.055) ** 2.4)
