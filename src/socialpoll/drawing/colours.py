"""Colours that stay apart under colour-vision deficiencies, and labels that read on them."""

from __future__ import annotations

from socialpoll.report.colours import WHITE, channels, contrast, luminance

__all__ = [
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

PAPER = WHITE
INK = "#1A1A1A"
MUTED = "#595959"
GRID = "#D9D9D9"
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
    pairs = list(zip(channels(start), channels(end), strict=True))
    mixed = ([round(a + (b - a) * place) for a, b in pairs] for place in places)
    return tuple("#" + "".join(f"{channel:02X}" for channel in channels) for channels in mixed)
