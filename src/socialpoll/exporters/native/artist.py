"""Draws charts as parts of a document where such a kind serves, and others as pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.exporters.native.bars import bars
from socialpoll.exporters.native.dressing import Pen
from socialpoll.exporters.native.parts import Frame, Grid, NativeChart
from socialpoll.exporters.native.slope import slope
from socialpoll.exporters.native.stacked import stacked
from socialpoll.exporters.native.workbook import workbook_of
from socialpoll.report import Artist, Chart, ChartKind, Edition, Picture, PictureForm

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NativeArtist", "is_native"]

Draws: TypeAlias = "Callable[[Chart, Pen], tuple[_Element, Grid]]"
DRAWN: Mapping[ChartKind, Draws] = {
    "bars": bars,
    "dots": bars,
    "stacked": stacked,
    "slope": slope,
}
"""Kinds that Office has too; heat maps, small multiples, maps and timelines stay pictures."""
CLOCK = "clock"
"""Times of day go round, and an axis of Office does not."""
ROW, EDGE = 0.066, 0.6
"""Height of a row in centimetres for a size of 1 point, and of what is around all of them."""
LEAST_OF_LINES = 7.0


def is_native(chart: Chart) -> bool:
    """Say whether a chart is drawn by Office itself: its kind is there, and it has marks."""
    points = any(series.points for series in chart.series)
    return chart.kind in DRAWN and chart.unit != CLOCK and points


@dataclass(frozen=True)
class NativeArtist:
    """Draws the charts of an edition for a document of Office.

    Parameters
    ----------
    frame : Frame
        The room that the document has.
    artist : callable, optional
        Who draws the charts of kinds that Office does not have.
    """

    frame: Frame
    artist: Artist | None = None

    def __call__(self, chart: Chart, edition: Edition, form: PictureForm = "png") -> Picture:
        """Draw a chart.

        Raises
        ------
        ReportError
            It stays a picture, and nobody can draw.
        """
        if not is_native(chart):
            return replace(edition, artist=self.artist).draw(chart, form)
        frame = replace(self.frame, height=self.frame.height or _height(chart, self.frame.size))
        part, grid = DRAWN[chart.kind](chart, Pen(edition, frame))
        return _native(chart, edition, frame, part, grid)


def _native(
    chart: Chart, edition: Edition, frame: Frame, part: _Element, grid: Grid
) -> NativeChart:
    from lxml import etree
    from pptx.opc.constants import CONTENT_TYPE

    return NativeChart(
        name=chart.name,
        content=etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True),
        media_type=CONTENT_TYPE.DML_CHART,
        alt=edition.text(chart.alt),
        width=frame.width,
        height=frame.height or frame.width,
        workbook=workbook_of(grid, mirrored=edition.direction == "rtl"),
    )


def _height(chart: Chart, size: float) -> float:
    """Return how high a chart is whose document has room for any height."""
    rows = sum(len(one.points) + bool(one.label) for one in chart.series)
    if chart.kind == "stacked":
        rows = len(chart.series[0].points) + 2
    if chart.kind == "slope":
        return max(LEAST_OF_LINES, len(chart.series) * ROW * size + EDGE)
    return (rows + (chart.reference is not None)) * ROW * size + EDGE
