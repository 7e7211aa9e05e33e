"""Colours that stay apart under colour-vision deficiencies, and labels that read on them."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = [
    "ACCENT",
    "GRID",
    "INK",
    "MUTED",
    "OUTSIDE",
    "PAPER",
    "SCALE",
    "SHADES",
    "contrast",
    "label_colour",
    "luminance",
    "scale_colours",
    "shades",
]

PAPER = "#FFFFFF"
INK = "#1A1A1A"
MUTED = "#595959"
GRID = "#D9D9D9"
ACCENT = "#12436D"
OUTSIDE = "#FFFFFF"
"""Answers that are no place on the scale: paper with an outline."""
SCALE = ("#C4501B", "#F9A87C", "#D9D9D9", "#6BACE6", "#12436D")
"""From the lowest end of an ordered scale to the highest: warm disagrees, blue agrees."""

SHADES = (
    "#E4EEF8",
    "#C6DCF1",
    "#A9CBEA",
    "#84BAEA",
    "#5AA0E0",
    "#2E73B0",
    "#205891",
    "#12436D",
)
"""From the least of a number to the most: one hue, ever darker; ink or paper reads on each."""


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
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
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


def label_colour(background: str) -> str:
    """Return ink or paper, whichever reads better on a background.

    Examples
    --------
    >>> label_colour("#12436D"), label_colour("#D9D9D9")
    ('#FFFFFF', '#1A1A1A')
    """
    return max((INK, PAPER), key=lambda colour: contrast(colour, background))


def scale_colours(count: int) -> tuple[str, ...]:
    """Return the colours of an ordered scale.

    Parameters
    ----------
    count : int
        Categories of the scale.

    Returns
    -------
    tuple of str
        The ends of :data:`SCALE` at its ends; an even scale has no neutral middle.

    Examples
    --------
    >>> scale_colours(2)
    ('#C4501B', '#12436D')
    >>> scale_colours(3)
    ('#C4501B', '#D9D9D9', '#12436D')
    """
    first, second, middle, fourth, fifth = SCALE
    if count <= 1:
        return (fifth,) * count
    half = count // 2
    neutral = (middle,) if count % 2 else ()
    return (*_blend(first, second, half), *neutral, *reversed(_blend(fifth, fourth, half)))


def shades(count: int) -> tuple[str, ...]:
    """Return the colours of classes of a number, ever darker.

    Parameters
    ----------
    count : int
        Classes, at most as many as there are :data:`SHADES`.

    Examples
    --------
    >>> shades(3)
    ('#E4EEF8', '#5AA0E0', '#12436D')
    """
    if count <= 1:
        return SHADES[:count]
    apart = (len(SHADES) - 1) / (count - 1)
    return tuple(SHADES[round(step * apart)] for step in range(count))


def _blend(start: str, end: str, count: int) -> tuple[str, ...]:
    places = [step / (count - 1) for step in range(count)] if count > 1 else [0.0]
    pairs = list(zip(_channels(start), _channels(end), strict=True))
    mixed = ([round(a + (b - a) * place) for a, b in pairs] for place in places)
    return tuple("#" + "".join(f"{channel:02X}" for channel in channels) for channels in mixed)


def _channels(colour: str) -> Iterator[int]:
    return (int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _linear(channel: float) -> float:
    low = 0.04045
    return channel / 12.92 if channel <= low else float(((channel + 0.055) / 1.055) ** 2.4)
