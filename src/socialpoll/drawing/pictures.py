"""Charts as pictures: title above, plot, base below; the same bytes each run."""

from __future__ import annotations

from typing import Protocol

from socialpoll.drawing.bars import Bars
from socialpoll.drawing.colours import MUTED
from socialpoll.drawing.dots import Dots
from socialpoll.drawing.rows import SMALL
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.sheet import CENTIMETRES, PAGE, WIDTH, Sheet
from socialpoll.drawing.shorthand import shorthand
from socialpoll.drawing.stacked import Stacked
from socialpoll.errors import UnknownNameError, nearest
from socialpoll.report import Chart, ChartKind, Edition, Picture

__all__ = ["draw"]

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


PLOTS: dict[ChartKind, LaysOut] = {"bars": Bars, "dots": Dots, "stacked": Stacked}


def draw(chart: Chart, edition: Edition) -> Picture:
    """Draw a chart in the words, numbers and direction of an edition.

    Parameters
    ----------
    chart : Chart
        An empty title or caption takes no room. The caption goes on to explain the shorthand
        beside the figures.
    edition : Edition
        Its leading language is the language of the picture; a script that runs to the left
        mirrors it.

    Returns
    -------
    Picture
        A PNG of 200 dots an inch, as wide as the text of an A4 page; ``width`` and ``height`` in
        centimetres. The same chart and edition give the same bytes.

    Raises
    ------
    UnknownNameError
        Where nobody knows the kind of chart.
    """
    from matplotlib import rc_context, rcParamsDefault

    if chart.kind not in PLOTS:
        raise UnknownNameError(
            "no such kind of chart",
            where=f"chart {chart.name!r}",
            found=repr(chart.kind),
            allowed=nearest(chart.kind, PLOTS),
        )
    # The drawing must not depend on the settings of whoever asks for it.
    settings = {key: rcParamsDefault[key] for key in rcParamsDefault if "backend" not in key}
    with rc_context(settings):
        sheet = _paint(chart, Ruler(edition))
        content = sheet.png()
    return Picture(
        name=chart.name,
        content=content,
        media_type="image/png",
        alt=edition.text(chart.alt),
        width=round(PAGE * CENTIMETRES, 3),
        height=round(sheet.height * CENTIMETRES, 3),
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
