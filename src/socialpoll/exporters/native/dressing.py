"""What all native charts share: letters, language and direction, axes without lines, labels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.drawing.colours import INK, MUTED
from socialpoll.exporters.native.parts import Frame, Grid, Pptx
from socialpoll.exporters.word.languages import spoken
from socialpoll.report import Edition

if TYPE_CHECKING:
    from pptx.chart.chart import Chart as PptxChart

__all__ = ["Pen"]

RELATIVE_GAP = 45
"""Between bars, in per cent of their height."""
OUTLINE = 1.25
"""Width of the edge of a hollow mark, in points."""
POINT = 2.54 / 72
PART_OF_ROW = 0.62
"""Of the height of a row, what its letters take."""
LEAST_SIZE = 8.0


class Pen:
    """Dresses the chart that python-pptx makes of a grid.

    Parameters
    ----------
    edition : Edition
    frame : Frame
    """

    def __init__(self, edition: Edition, frame: Frame) -> None:
        self.edition = edition
        self.frame = frame
        self.mirrored = edition.direction == "rtl"
        self.colour = edition.report.style.primary
        self.language = spoken(edition)[1 if self.mirrored else 0]

    def for_rows(self, rows: int) -> Pen:
        """Return a pen whose letters are no higher than the rows of a chart."""
        room = (self.frame.height or self.frame.width) / max(rows, 1)
        size = min(self.frame.size, max(LEAST_SIZE, int(PART_OF_ROW * room / POINT)))
        return Pen(self.edition, replace(self.frame, size=size))

    def chart(self, kind: str, grid: Grid) -> PptxChart:
        """Return a chart of a kind of python-pptx, with the letters of the edition."""
        from pptx.chart.chart import Chart
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE
        from pptx.oxml import parse_xml

        data = CategoryChartData()
        data.categories = grid.labels
        for column in grid.columns:
            data.add_series(column.heading, column.values, column.form)
        chart = Chart(parse_xml(data.xml_bytes(XL_CHART_TYPE[kind])), None)
        # What it is called stands above it, in the document.
        chart.has_title = False
        chart.has_legend = False
        self.write(chart.font, size=self.frame.size)
        _clear(chart._chartSpace)
        return chart

    def write(self, font: Pptx, *, size: float, colour: str = INK, bold: bool = False) -> None:
        """Give a font its size and colour, its typefaces, language and direction."""
        from pptx.dml.color import RGBColor
        from pptx.oxml.ns import qn
        from pptx.util import Pt

        style = self.edition.report.style
        font.size = Pt(size)
        font.bold = bold
        font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        font.name = style.latin_font
        properties = font._element
        properties.set("lang", self.language)
        script = properties.makeelement(qn("a:cs"), {"typeface": style.arabic_font})
        properties.find(qn("a:latin")).addnext(script)
        paragraph = properties.getparent()
        if self.mirrored and paragraph.tag == qn("a:pPr"):
            paragraph.set("rtl", "1")

    def across(self, chart: PptxChart, limits: tuple[float, float]) -> None:
        """Lay bars across: the first at the top, growing from where reading begins."""
        from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

        rows, values = chart.category_axis, chart.value_axis
        rows.reverse_order = True
        rows.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        rows.major_tick_mark = XL_TICK_MARK.NONE
        rows.has_major_gridlines = False
        self.line(rows.format.line, MUTED, 0.75)
        _name_all(rows)
        values.minimum_scale, values.maximum_scale = limits
        values.reverse_order = self.mirrored
        values.has_major_gridlines = False
        values.visible = False
        chart.plots[0].gap_width = RELATIVE_GAP

    def fill(self, shape: Pptx, colour: str, edge: str | None = None) -> None:
        """Fill a mark; a hollow one has an edge."""
        from pptx.dml.color import RGBColor

        shape.format.fill.solid()
        shape.format.fill.fore_color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        self.line(shape.format.line, edge or colour, OUTLINE if edge else 0.0)

    @staticmethod
    def line(line: Pptx, colour: str, width: float) -> None:
        """Colour a line; one without width is none."""
        from pptx.dml.color import RGBColor
        from pptx.util import Pt

        if not width:
            line.fill.background()
            return
        line.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        line.width = Pt(width)

    def label(
        self,
        point: Pptx,
        place: str,
        *,
        colour: str = INK,
        words: str | None = None,
    ) -> None:
        """Label one mark by its own: its value as the sheet writes it, or words."""
        from pptx.enum.chart import XL_LABEL_POSITION

        label = point.data_label
        if words is None:
            self.write(label.font, size=self.frame.size, colour=colour, bold=True)
        else:
            label.text_frame.text = words
            label.text_frame.word_wrap = False
            paragraph = label.text_frame.paragraphs[0]
            self.write(paragraph.runs[0].font, size=self.frame.size, colour=colour, bold=True)
            if self.mirrored:
                paragraph._p.get_or_add_pPr().set("rtl", "1")
        label.position = XL_LABEL_POSITION[place]


def _clear(space: Pptx) -> None:
    """Lay a chart on its page without ground, frame or rounded corners."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    corners = space.find(qn("c:roundedCorners"))
    if corners is None:
        corners = space.makeelement(qn("c:roundedCorners"))
        space.find(qn("c:date1904")).addnext(corners)
    corners.set("val", "0")
    ground = f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    space.find(qn("c:chart")).addnext(parse_xml(ground))


def _name_all(rows: Pptx) -> None:
    """Have every row named: programs leave labels out where they find them crowded.

    References
    ----------
    ISO/IEC 29500-1:2016, 21.2.2.208 (tickLblSkip).
    """
    from pptx.oxml.ns import qn

    axis = rows._element
    every = axis.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    axis.find(qn("c:noMultiLvlLbl")).addprevious(every)
