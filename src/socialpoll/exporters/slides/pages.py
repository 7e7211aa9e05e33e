"""What stands on a slide, before it is one: words and figures that fit their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.report import Picture

__all__ = ["BOXES", "HEIGHT", "WIDTH", "Box", "Grid", "Line", "LineStyle", "Page", "TableRow"]

WIDTH, HEIGHT = 33.867, 19.05
"""Centimetres of a slide of 16 to 9."""
LineStyle: TypeAlias = Literal["lead", "body", "bullet", "number", "note"]


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in centimetres from its leading top corner."""

    across: float
    down: float
    width: float
    height: float


BOXES = {
    "title": Box(1.6, 0.7, 30.667, 2.8),
    "rule": Box(1.6, 3.6, 30.667, 0.06),
    "whole": Box(1.6, 3.95, 30.667, 13.5),
    "content": Box(1.6, 3.95, 30.667, 11.2),
    "foot": Box(1.6, 15.25, 30.667, 2.35),
    "footer": Box(1.6, 17.85, 27.0, 0.8),
    "number": Box(29.267, 17.85, 3.0, 0.8),
    "band": Box(0.0, 0.0, WIDTH, 11.0),
    "cover title": Box(1.6, 2.2, 30.667, 5.2),
    "cover subtitle": Box(1.6, 7.6, 30.667, 2.4),
    "cover facts": Box(1.6, 11.9, 22.2, 5.6),
    "logo": Box(24.267, 12.2, 8.0, 4.4),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and its style."""

    text: str
    style: LineStyle = "body"


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells of a table; a row of one cell is a heading that spans it."""

    cells: tuple[str, ...]
    role: Literal["head", "body", "total", "group"] = "body"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that fits its slide.

    Parameters
    ----------
    title : str
        For those who do not see it.
    rows : tuple of TableRow
        The head first.
    kinds : tuple of str
        Of the columns.
    widths : tuple of float
        Of the columns, in centimetres.
    heights : tuple of float
        Of the rows, in centimetres.
    size : float
        Of the letters, in points.
    groups : tuple of (str, int)
        Words above columns and how many each spans; empty where there are none.
    """

    title: str
    rows: tuple[TableRow, ...]
    kinds: tuple[str, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A slide.

    Parameters
    ----------
    title : str
    content : tuple of Line, Grid or Picture
    foot : tuple of str
        The base, how to read the chart, the source.
    notes : tuple of str
        Lines of the page under the slide.
    size : float
        Of the letters of lines, in points; 0 for other contents.
    """

    title: str
    content: tuple[Line, ...] | Grid | Picture
    foot: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    size: float = 0.0
