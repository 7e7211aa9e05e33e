"""The sheet a chart is drawn on: inches from its leading top corner, mirrored with the script."""

from __future__ import annotations

import math
from io import BytesIO
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from socialpoll.drawing.colours import INK, PAPER
from socialpoll.drawing.raster import Raster
from socialpoll.drawing.ruler import DPI, POINTS, Ruler

if TYPE_CHECKING:
    from matplotlib.artist import Artist

__all__ = ["CENTIMETRES", "EDGE", "PAGE", "WIDTH", "Align", "Place", "Sheet", "sheet_height"]

CENTIMETRES = 2.54
PAGE = 16 / CENTIMETRES
"""Between the margins of an A4 page, in inches."""
EDGE = 0.04
WIDTH = PAGE - 2 * EDGE
"""What may be drawn on, in inches."""
HALF_A_CAPITAL = 0.36
"""Half the height of a capital letter, in the size of its font."""
Align: TypeAlias = Literal["start", "middle", "end"]
Place: TypeAlias = tuple[float, float]
TINY = 1e-6
"""Of a dot: what numbers may be wrong by."""


def sheet_height(height: float) -> float:
    """Return how high a sheet is that has room for so much: its edges too, in whole dots."""
    return math.ceil((height + 2 * EDGE) * DPI - TINY) / DPI


class Sheet:
    """A sheet as wide as the text of an A4 page, with a narrow edge around it.

    Every distance is in inches: across from the leading edge (the right one where the script runs
    to the left), down from the top. Widths of lines are in points.

    Parameters
    ----------
    ruler : Ruler
    height : float
    """

    def __init__(self, ruler: Ruler, height: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.ruler = ruler
        self.colour = ruler.colour
        self.height = sheet_height(height)
        # A fraction of a dot less would cut one off.
        size = PAGE, self.height + TINY / DPI
        self.figure = Figure(figsize=size, dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(self.figure)

    def words(
        self,
        place: Place,
        words: str,
        *,
        size: float,
        align: Align = "start",
        colour: str = INK,
        bold: bool = False,
    ) -> None:
        """Write one line, centred on its height."""
        sides: dict[Align, str] = {"start": "left", "middle": "center", "end": "right"}
        if self.ruler.mirrored:
            sides |= {"start": "right", "end": "left"}
        across, down = place
        # Lines stand on their baselines; centred by their outlines, those without tall letters
        # would hang lower than their neighbours.
        self.figure.text(
            *self._place((across, down + HALF_A_CAPITAL * size / POINTS)),
            self.ruler.directed(words),
            transform=self.figure.dpi_scale_trans,
            horizontalalignment=sides[align],
            verticalalignment="baseline",
            fontsize=size,
            fontweight="bold" if bold else "normal",
            color=colour,
            parse_math=False,
        )

    def lines(
        self,
        place: Place,
        lines: tuple[str, ...],
        *,
        size: float,
        align: Align = "start",
        colour: str = INK,
        bold: bool = False,
    ) -> None:
        """Write lines under each other, the first just below the place."""
        across, top = place
        step = self.ruler.height(1, size)
        for number, line in enumerate(lines):
            at = across, top + (number + 0.5) * step
            self.words(at, line, size=size, align=align, colour=colour, bold=bold)

    def rectangle(
        self,
        corner: Place,
        opposite: Place,
        *,
        fill: str,
        edge: str,
        width: float = 0.8,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        """Fill the room between two corners."""
        from matplotlib.patches import Rectangle

        (x0, y0), (x1, y1) = self._place(corner), self._place(opposite)
        low = min(x0, x1), min(y0, y1)
        size = abs(x1 - x0), abs(y1 - y0)
        box = Rectangle(low, *size, facecolor=fill, edgecolor=edge, linewidth=width)
        if dashes:
            box.set_linestyle((0.0, dashes))
        self._add(box)

    def line(
        self,
        start: Place,
        end: Place,
        *,
        colour: str,
        width: float,
        dashes: tuple[float, float] | None = None,
        behind: bool = False,
    ) -> None:
        """Draw a line between two places, ``behind`` everything else or over the bars."""
        from matplotlib.lines import Line2D

        (x0, y0), (x1, y1) = self._place(start), self._place(end)
        line = Line2D([x0, x1], [y0, y1], color=colour, linewidth=width, zorder=0 if behind else 2)
        line.set_solid_capstyle("butt")
        if dashes:
            line.set_dashes(dashes)
        self._add(line)

    def mark(self, place: Place, *, shape: str, fill: str, edge: str) -> None:
        """Set a mark."""
        from matplotlib.lines import Line2D

        x, y = self._place(place)
        mark = Line2D([x], [y], linestyle="none", marker=shape, markersize=6, zorder=3)
        mark.set_markerfacecolor(fill)
        mark.set_markeredgecolor(edge)
        mark.set_markeredgewidth(1.3)
        self._add(mark)

    def raster(self) -> Raster:
        """Return the sheet as dots; the same sheet is the same dots."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        canvas = FigureCanvasAgg(self.figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        return Raster.of(np.asarray(canvas.buffer_rgba())[:, :, :3])  # type: ignore[no-untyped-call]

    def svg(self, title: str, description: str) -> bytes:
        """Return the sheet as an SVG file, letters as outlines; the same sheet is the same bytes.

        Parameters
        ----------
        title, description : str
            For those who do not see it.
        """
        from matplotlib import rc_context

        said = {"Title": title, "Description": description, "Creator": None, "Date": None}
        file = BytesIO()
        with rc_context({"svg.hashsalt": "socialpoll"}):
            self.figure.savefig(file, format="svg", metadata=said)
        return file.getvalue()

    def _place(self, place: Place) -> Place:
        across, down = place
        x = EDGE + (WIDTH - across if self.ruler.mirrored else across)
        return x, self.height - EDGE - down

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self.figure.dpi_scale_trans)
        self.figure.add_artist(artist)
