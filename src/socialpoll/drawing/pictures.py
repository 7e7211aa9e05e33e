"""Charts as pictures: title above, plot, base below; the same bytes each run."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from socialpoll.drawing.bars import Bars
from socialpoll.drawing.colours import MUTED
from socialpoll.drawing.dots import Dots
from socialpoll.drawing.heat import Heat
from socialpoll.drawing.multiples import Multiples
from socialpoll.drawing.raster import Raster, png_of
from socialpoll.drawing.rows import SMALL
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.sheet import CENTIMETRES, EDGE, PAGE, WIDTH, Sheet, sheet_height
from socialpoll.drawing.shorthand import shorthand
from socialpoll.drawing.slope import Slope
from socialpoll.drawing.stacked import Stacked
from socialpoll.drawing.tiles import TileMap
from socialpoll.drawing.timeline import Timeline
from socialpoll.errors import UnknownNameError, nearest
from socialpoll.report import Chart, ChartKind, Edition, Picture, PictureForm, Said

__all__ = ["Studio", "draw", "settled", "sheet_of"]

TITLE = 11.0


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
NOTHING = Said({"und": ""})


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
    return Studio()(chart, edition, form)


class Studio:
    """Draws charts for several documents, as :func:`draw` does, but each plot once.

    A picture with its title and one without it have the same plot; it is kept for the next.
    """

    def __init__(self) -> None:
        self._plots: dict[str, Raster] = {}

    def __call__(self, chart: Chart, edition: Edition, form: PictureForm = "png") -> Picture:
        """Draw a chart."""
        _check("kind of chart", chart.kind, PLOTS, chart)
        _check("form of a picture", form, MEDIA_TYPES, chart)
        alt = edition.text(chart.alt)
        if form == "png":
            strips = self._strips(chart, edition)
            content, height = png_of(strips), sum(one.height for one in strips)
        else:
            sheet = sheet_of(chart, edition)
            with settled():
                content = sheet.svg(edition.text(chart.title), alt)
            height = sheet.height
        return Picture(
            name=chart.name,
            content=content,
            media_type=MEDIA_TYPES[form],
            alt=alt,
            width=round(PAGE * CENTIMETRES, 3),
            height=round(height * CENTIMETRES, 3),
        )

    def _strips(self, chart: Chart, edition: Edition) -> list[Raster]:
        with settled():
            bands = Bands(chart, Ruler(edition))
            above, below = bands.title(), bands.caption()
            plot = replace(chart, title=NOTHING, caption=NOTHING, alt=NOTHING, name="")
            # The whole content, for what is equal need not be hashable.
            key = f"{edition.language} {edition.digits} {edition.report.style.primary} {plot!r}"
            if key not in self._plots:
                self._plots[key] = bands.plot().raster()
            first, last = ([one.raster()] if one is not None else [] for one in (above, below))
            return [*first, self._plots[key], *last]


def sheet_of(chart: Chart, edition: Edition) -> Sheet:
    """Return the one sheet that a chart is drawn on as outlines, before it is a file."""
    with settled():
        return Bands(chart, Ruler(edition)).whole()


def settled() -> AbstractContextManager[None]:
    """Draw with the settings that matplotlib comes with, whatever those of whoever asks are."""
    from matplotlib import rc_context, rcParamsDefault

    settings = {key: rcParamsDefault[key] for key in rcParamsDefault if "backend" not in key}
    return rc_context(settings)


class Bands:
    """The parts of a picture under each other: its title, its plot, its caption.

    Parameters
    ----------
    chart : Chart
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        self.ruler = ruler
        self._chart = chart
        self._title = ruler.wrap(ruler.edition.text(chart.title), TITLE, WIDTH, bold=True)
        self._caption = _caption(chart, ruler)

    def title(self) -> Sheet | None:
        """Return the sheet of the title; None where there is none."""
        if not self._title:
            return None
        sheet = Sheet(self.ruler, self.ruler.height(len(self._title), TITLE))
        sheet.lines((0.0, 0.0), self._title, size=TITLE, bold=True)
        return sheet

    def plot(self) -> Sheet:
        """Return the sheet of the plot."""
        plot = PLOTS[self._chart.kind](self._chart, self.ruler)
        sheet = Sheet(self.ruler, plot.height)
        plot.paint(sheet, 0.0)
        return sheet

    def caption(self) -> Sheet | None:
        """Return the sheet of the caption; None where there is none."""
        if not self._caption:
            return None
        sheet = Sheet(self.ruler, self.ruler.height(len(self._caption), SMALL))
        sheet.lines((0.0, 0.0), self._caption, size=SMALL, colour=MUTED)
        return sheet

    def whole(self) -> Sheet:
        """Return one sheet of all of them, each where it is under the one before."""
        plot = PLOTS[self._chart.kind](self._chart, self.ruler)
        heights = (
            self.ruler.height(len(self._title), TITLE) if self._title else None,
            plot.height,
            self.ruler.height(len(self._caption), SMALL) if self._caption else None,
        )
        above, middle, below = (0.0 if one is None else sheet_height(one) for one in heights)
        sheet = Sheet(self.ruler, above + middle + below - 2 * EDGE)
        sheet.lines((0.0, 0.0), self._title, size=TITLE, bold=True)
        plot.paint(sheet, above)
        sheet.lines((0.0, above + middle), self._caption, size=SMALL, colour=MUTED)
        return sheet


def _check(what: str, name: str, known: Iterable[str], chart: Chart) -> None:
    if name not in known:
        raise UnknownNameError(
            f"no such {what}",
            where=f"chart {chart.name!r}",
            found=repr(name),
            allowed=nearest(name, known),
        )


def _caption(chart: Chart, ruler: Ruler) -> tuple[str, ...]:
    caption = ruler.edition.text(chart.caption)
    if not caption:
        return ()
    explained = " · ".join(map(ruler.edition.text, shorthand(chart)))
    return (*ruler.wrap(caption, SMALL, WIDTH), *ruler.wrap(explained, SMALL, WIDTH))
