"""What a report is made of: phrases, figures and the four blocks; plain data of no language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

__all__ = [
    "Block",
    "Cell",
    "Chart",
    "ChartKind",
    "Column",
    "Figure",
    "Interval",
    "Message",
    "Phrase",
    "Picture",
    "PictureForm",
    "Point",
    "Row",
    "Said",
    "Section",
    "Series",
    "Shift",
    "Span",
    "Table",
    "Text",
    "Unit",
    "Value",
]

Unit: TypeAlias = Literal["percent", "points", "count", "decimal", "hours", "minutes", "clock"]
"""How a number is displayed.

``percent`` and ``points`` hold shares from 0 to 1, ``clock`` minutes after midnight.
"""
ChartKind: TypeAlias = Literal[
    "bars", "dots", "stacked", "heat", "slope", "multiples", "timeline", "map"
]
PictureForm: TypeAlias = Literal["png", "svg"]
Shift: TypeAlias = Literal["higher", "lower", "alike", "untested", "broken"]
"""What is known of a figure beside the one before it.

Significantly higher or lower; tested and neither; not tested; or not to be compared at all.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that a person wrote: language tag to words (``und`` serves every language)."""

    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is to be displayed.

    Parameters
    ----------
    value : float or None
        Already rounded by the release; None where ``status`` says why it is not there.
    unit : Unit
        How it is displayed.
    decimals : int
        Digits after the point.
    status : str
        SDMX status shown as shorthand: ``c`` suppressed, ``u`` low reliability, ``x`` not
        available, ``z`` not applicable, ``w`` fixed by weighting, ``r`` revised; empty for a usual
        figure.
    letters : str
        Of the columns of a banner than whose figures it is significantly higher, joined by blanks;
        arrows where it differs from the rest or the total.
    marks : str
        What else stands in brackets beside it, joined by blanks: ``r`` for a figure that is revised
        and has another status too, and the numbers of its footnotes.
    """

    value: float | None
    unit: Unit
    decimals: int = 0
    status: str = ""
    letters: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval as it is to be displayed; both limits None where there is none."""

    low: float | None
    high: float | None
    unit: Unit
    decimals: int = 1
    status: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence or heading of the catalogues.

    Parameters
    ----------
    key : str
        The English message of the catalogue: ``"{share} of {group} use {option}."``
    values : mapping of str to Value
        What stands in its braces. ``{share:words}`` writes a percentage in words,
        ``{hours:oblique}`` a length as it stands after a preposition, ``{codes:or}`` joins a list
        by "or".
    plural : str, optional
        The English plural message.
    count : str, optional
        Which value is counted (at most one a message).
    context : str
        gettext context, for gender.
    rows : tuple of int
        Places, in the report's ``figures``, of the rows the sentence came from.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    plural: str | None = None
    count: str | None = None
    context: str = ""
    rows: tuple[int, ...] = ()


Phrase: TypeAlias = Said | Message
Value: TypeAlias = "Phrase | Figure | Interval | dt.date | str | int | tuple[Phrase, ...]"
"""What may stand in a message: a list of phrases is joined as the language joins lists."""
Cell: TypeAlias = Said | Message | Figure | Interval | None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    Parameters
    ----------
    phrases : tuple of Phrase
        Sentences, joined by spaces.
    style : {"body", "lead", "bullet", "note", "source", "warning"}
    """

    phrases: tuple[Phrase, ...]
    style: Literal["body", "lead", "bullet", "note", "source", "warning"] = "body"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and what its cells are.

    Neighbours of one ``group`` stand together under its words, above their own headings.
    """

    name: str
    heading: Phrase
    kind: Literal["label", "figure", "interval", "text"] = "figure"
    group: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``group`` rows are sub-headings whose first cell spans the table."""

    cells: tuple[Cell, ...]
    role: Literal["body", "total", "group"] = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, its base in words and its notes."""

    title: Phrase
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a chart: a labelled figure with its interval.

    Parameters
    ----------
    tile : (int, int), optional
        Where it stands on a map: column from the west and row from the north, from 0.
    shift : Shift, optional
        What a slope says of it beside the point before it in its series.
    """

    label: Phrase
    figure: Figure
    low: float | None = None
    high: float | None = None
    role: Literal["body", "total"] = "body"
    tile: tuple[int, int] | None = None
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Marks that belong together: a category of stacked bars, a heading of grouped dots.

    ``outside`` marks a category that has no place on the scale of stacked bars (don't know).
    """

    label: Phrase
    points: tuple[Point, ...]
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """What happens from one day to another, both included; a milestone has one day only."""

    label: Phrase
    start: dt.date
    end: dt.date | None = None
    status: Literal["done", "under way", "planned"] = "planned"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data; drawing happens elsewhere.

    Parameters
    ----------
    kind : ChartKind
        ``bars``: sorted bars for options. ``dots``: with intervals for groups (a series a
        breakdown, ``reference`` the overall figure). ``stacked``: bars of an ordered scale, and
        ``heat``: cells of bands by group (a series a category, the points in one order of groups).
        ``slope``: a line a group or answer (a series each, a point a wave). ``multiples``: a small
        chart a group (a series each, the points in one order of answers; the first is of
        everybody). ``map``: tiles (a series, each point with its ``tile``; ``reference`` the
        overall figure). ``timeline``: ``spans`` of time without any series.
    name : str
        A plain name for files: ``"platforms-sex"``.
    """

    kind: ChartKind
    name: str
    title: Phrase
    series: tuple[Series, ...]
    caption: Phrase
    alt: Phrase
    unit: Unit = "percent"
    reference: Point | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with the sentence that replaces it for those who do not see it.

    Parameters
    ----------
    name : str
        A plain name for files.
    content : bytes
    media_type : str
        ``image/png`` or ``image/jpeg``.
    alt : str or Phrase
        The sentence: in the words of its edition once a chart is drawn, in every language where
        the picture is a block of a report. :meth:`Edition.alt` writes either.
    width, height : float
        Centimetres.
    caption : Phrase, optional
        What stands beside it.
    """

    name: str
    content: bytes
    media_type: str
    alt: str | Phrase
    width: float
    height: float
    caption: Phrase | None = None


Block: TypeAlias = Text | Table | Chart | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report.

    Parameters
    ----------
    role : str
        What it is for: ``publisher``, ``headlines``, ``indicator``, ``banner``, ``outreach``,
        ``methodology``, ``instrument``; of the publisher's own, ``text``, ``recommendations``,
        ``timeline``, ``pictures``. Exporters lay out the roles they know and print the others in
        order.
    """

    role: str
    title: Phrase
    blocks: tuple[Block, ...]
    name: str = ""
