"""Charts as pictures: title above, plot, base below; the same bytes each run."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from socialpoll.drawing.bars import Bars
from socialpoll.drawing.colours import MUTED
from socialpoll.drawing.dots import Dots
from socialpoll.drawing.heat import Heat
from socialpoll.drawing.multiples import Multiples
from socialpoll.drawing.rows import SMALL
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.sheet import CENTIMETRES, PAGE, WIDTH, Sheet
from socialpoll.drawing.shorthand import shorthand
from socialpoll.drawing.slope import Slope
from socialpoll.drawing.stacked import Stacked
from socialpoll.drawing.tiles import TileMap
from socialpoll.drawing.timeline import Timeline
from socialpoll.errors import UnknownNameError, nearest
from socialpoll.report import Chart, ChartKind, Edition, Picture, PictureForm

__all__ = ["draw", "settled", "sheet_of"]

TITLE = 11.0
SPACE = 0.1


class Plot(Protocol):
    """The part of a picture between its title and its caption."""

    height: float

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""


class LaysOut(Protocol):
    """Lays out a plot before it is drawn."""

    def __call__(self, chart: Chart, ruler: Ruler) -> Plot:
        """Lay out a chart."""


PLOTS: dict[ChartKind, LaysOut] = {
    "bars": Bars,
    "dots": Dots,
    "stacked": Stacked,
    "heat": Heat,
    "slope": Slope,
    "multiples": Multiples,
    "map": TileMap,
    "timeline": Timeline,
}
MEDIA_TYPES: dict[PictureForm, str] = {"png": "image/png", "svg": "image/svg+xml"}


def draw(chart: Chart, edition: Edition, form: PictureForm = "png") -> Picture:
    """Draw a chart in the words, numbers and direction of an edition.

    Parameters
    ----------
    chart : Chart
        An empty title or caption takes no room. The caption goes on to explain the shorthand
        beside the figures.
    edition : Edition
        Its leading language is the language of the picture; a script that runs to the left
        mirrors it.
    form : {"png", "svg"}
        Dots, 200 an inch, or outlines.

    Returns
    -------
    Picture
        As wide as the text of an A4 page; ``width`` and ``height`` in centimetres. The same chart
        and edition give the same bytes.

    Raises
    ------
    UnknownNameError
        Where nobody knows the kind of chart, or the form.
    """
    _check("kind of chart", chart.kind, PLOTS, chart)
    _check("form of a picture", form, MEDIA_TYPES, chart)
    alt = edition.text(chart.alt)
    with settled():
        sheet = _paint(chart, Ruler(edition))
        content = sheet.png() if form == "png" else sheet.svg(edition.text(chart.title), alt)
    return Picture(
        name=chart.name,
        content=content,
        media_type=MEDIA_TYPES[form],
        alt=alt,
        width=round(PAGE * CENTIMETRES, 3),
        height=round(sheet.height * CENTIMETRES, 3),
    )


def sheet_of(chart: Chart, edition: Edition) -> Sheet:
    """Return the sheet that a chart is drawn on, before it is a file."""
    with settled():
        return _paint(chart, Ruler(edition))


def settled() -> AbstractContextManager[None]:
    """Draw with the settings that matplotlib comes with, whatever those of whoever asks are."""
    from matplotlib import rc_context, rcParamsDefault

    return rc_context(
        {key: rcParamsDefault[key] for key in rcParamsDefault if "backend" not in key}
    )


def _check(what: str, name: str, known: Iterable[str], chart: Chart) -> None:
    if name not in known:
        raise UnknownNameError(
            f"no such {what}",
            where=f"chart {chart.name!r}",
            found=repr(name),
            allowed=nearest(name, known),
        )


def _paint(chart: Chart, ruler: Ruler) -> Sheet:
    title = ruler.wrap(ruler.edition.text(chart.title), TITLE, WIDTH, bold=True)
    caption = _caption(chart, ruler)
    plot = PLOTS[chart.kind](chart, ruler)
    above = ruler.height(len(title), TITLE) + SPACE if title else 0.0
    below = ruler.height(len(caption), SMALL) + SPACE if caption else 0.0
    sheet = Sheet(ruler, above + plot.height + below)
    sheet.lines((0.0, 0.0), title, size=TITLE, bold=True)
    plot.paint(sheet, above)
    sheet.lines((0.0, above + plot.height + SPACE), caption, size=SMALL, colour=MUTED)
    return sheet


def _caption(chart: Chart, ruler: Ruler) -> tuple[str, ...]:
    caption = ruler.edition.text(chart.caption)
    if not caption:
        return ()
    explained = " · ".join(map(ruler.edition.text, shorthand(chart)))
    return (*ruler.wrap(caption, SMALL, WIDTH), *ruler.wrap(explained, SMALL, WIDTH))
