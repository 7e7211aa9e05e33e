"""What a native chart is made of: its room, its figures as a sheet, and its two parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from socialpoll.report import Picture

__all__ = ["Column", "Frame", "Grid", "NativeChart", "Pptx"]

Pptx: TypeAlias = Any
"""An object of python-pptx or lxml: the former gives charts, shapes and tables no types."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The room that a document has for a chart.

    Parameters
    ----------
    width : float
        Centimetres.
    height : float, optional
        Centimetres; as much as its rows take where absent.
    size : float
        Of the letters, in points.
    """

    width: float
    height: float | None = None
    size: float = 9.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, a value or a gap a row, and how numbers are written."""

    heading: str
    values: tuple[float | None, ...]
    form: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheet behind a chart: labels, the columns that are drawn, and the whiskers of one.

    Parameters
    ----------
    labels : tuple of str
        The first column, a row each.
    columns : tuple of Column
        A series each.
    whiskers : tuple of Column
        How far the interval of the first series reaches below and above its value, or nothing.
    """

    labels: tuple[str, ...]
    columns: tuple[Column, ...]
    whiskers: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeChart(Picture):
    """A chart in DrawingML, with the workbook that it is edited in.

    It stands where a picture does: its ``content`` is the part of the chart, without its link to
    the workbook, which is the document's.

    Parameters
    ----------
    workbook : bytes
        A file of Excel.
    """

    workbook: bytes
