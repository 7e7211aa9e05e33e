"""Slides from pages: everything in a placeholder of its layout, read in the order of sight."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from socialpoll.exporters.native import NativeChart
from socialpoll.exporters.native.parts import Pptx
from socialpoll.exporters.slides.drawing import add_table
from socialpoll.exporters.slides.fitting import fit_words
from socialpoll.exporters.slides.pages import BOXES, Box, Grid, Page
from socialpoll.exporters.slides.template import FINDING, FOOT, TEXT, place_of
from socialpoll.exporters.slides.writing import Pencil
from socialpoll.report import Picture

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

__all__ = ["Placer"]

TITLE_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
FOOT_SIZES = (12.0, 11.0, 10.0, 9.0)
CONTENT = 1


@dataclass(frozen=True)
class Placer:
    """Adds slides to a deck.

    Parameters
    ----------
    deck : Presentation
        Of :func:`~socialpoll.exporters.slides.template.empty_deck`.
    pencil : Pencil
    footer : str
        What stands under every slide.
    """

    deck: Deck
    pencil: Pencil
    footer: str

    def add(self, page: Page) -> None:
        """Add a slide. What is shortened on it is whole in its notes."""
        words = isinstance(page.content, tuple)
        whole = words or (isinstance(page.content, Grid) and not page.foot)
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[TEXT if whole else FINDING])
        title, size = fit_words(page.title, BOXES["title"], TITLE_SIZES, bold=True)
        self.pencil.words(slide.shapes.title.text_frame, [title], size=size)
        box = BOXES["whole" if whole else "content"]
        if isinstance(page.content, tuple):
            self.pencil.lines(slide.placeholders[CONTENT].text_frame, page.content, page.size)
        elif isinstance(page.content, Grid):
            self._take(slide, add_table(slide, page.content, box, self.pencil)._element)
        else:
            self._take(slide, self._add_picture(slide, page.content, box))
        foot = "\n".join(page.foot)
        shown, size = fit_words(foot, BOXES["foot"], FOOT_SIZES)
        if not whole:
            self.pencil.words(slide.placeholders[FOOT].text_frame, shown.split("\n"), size=size)
        self._add_below(slide)
        cut = [text for text, kept in ((page.title, title), (foot, shown)) if text != kept]
        self._add_notes(slide, [*cut, *page.notes])

    def _add_picture(self, slide: Slide, picture: Picture, box: Box) -> Pptx:
        """Add a chart or a picture, as large as its place."""
        if isinstance(picture, NativeChart):
            shape = self._add_chart(slide, picture, box)
        else:
            placed = within(box, picture.width, picture.height)
            place = place_of(placed, mirrored=self.pencil.mirrored)
            content = BytesIO(picture.content)
            shape = slide.shapes.add_picture(content, *place)._element
        name = shape.xpath(".//p:cNvPr")[0]
        name.set("name", picture.name)
        name.set("descr", str(picture.alt))
        return shape

    def _add_chart(self, slide: Slide, chart: NativeChart, box: Box) -> Pptx:
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.parts.chart import ChartPart

        package = slide.part.package
        name = package.next_partname(ChartPart.partname_template)
        part = ChartPart.load(name, chart.media_type, package, chart.content)
        part.chart_workbook.update_from_xlsx_blob(chart.workbook)
        link = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        place = place_of(box, mirrored=self.pencil.mirrored)
        return slide.shapes._add_chart_graphicFrame(link, *place)

    @staticmethod
    def _take(slide: Slide, shape: Pptx) -> None:
        """Put a shape into the placeholder that its layout has for it."""
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        holder = slide.placeholders[CONTENT]._element
        mark = parse_xml(f'<p:ph {nsdecls("p")} idx="{CONTENT}"/>')
        shape.xpath("./*/p:nvPr")[0].insert(0, mark)
        holder.addprevious(shape)
        holder.getparent().remove(holder)

    def _add_below(self, slide: Slide) -> None:
        """Add footer and number, which a layout does not hand on by itself."""
        from copy import deepcopy

        for holder in slide.slide_layout.placeholders:
            kind = holder.element.xpath(".//p:ph/@type")
            if kind in (["ftr"], ["sldNum"]):
                element = deepcopy(holder.element)
                element.spPr.clear()
                body = element.txBody
                for style in body.xpath("./a:lstStyle/*"):
                    style.getparent().remove(style)
                next_id = slide.shapes._next_shape_id
                slide.shapes._spTree.append(element)
                element.nvSpPr.cNvPr.set("id", str(next_id))
        for shape in slide.placeholders:
            if shape.element.xpath(".//p:ph/@type") == ["ftr"]:
                self.pencil.words(shape.text_frame, [self.footer])

    def _add_notes(self, slide: Slide, lines: list[str]) -> None:
        if lines:
            self.pencil.words(slide.notes_slide.notes_text_frame, lines)


def within(box: Box, width: float, height: float) -> Box:
    """Return the largest place of a shape inside a box, in its middle."""
    scale = min(box.width / width, box.height / height)
    wide, high = width * scale, height * scale
    return Box(box.across + (box.width - wide) / 2, box.down + (box.height - high) / 2, wide, high)
