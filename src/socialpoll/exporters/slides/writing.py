"""Paragraphs of slides: in the language, direction and fonts of the deck, and of a size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.exporters.native.parts import Pptx
from socialpoll.exporters.word.languages import spoken
from socialpoll.report import Edition, HouseStyle

if TYPE_CHECKING:
    from pptx.text.text import TextFrame, _Paragraph

    from socialpoll.exporters.slides.pages import Line

__all__ = ["Pencil"]

BULLETS = {
    "bullet": '<a:buFont typeface="Arial"/><a:buChar char="•"/>',
    "number": '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>',
}
MARGIN = 360_000
"""English metric units that the words of a list stand behind its marks."""
NOTE = 0.75
"""Of the size of others, that of small print."""
SPACE = 0.4
"""Above a paragraph, in the size of its letters."""


@dataclass(frozen=True)
class Pencil:
    """Writes into text frames.

    Parameters
    ----------
    style : HouseStyle
    language : str
        With its region.
    mirrored : bool
        Whether it runs to the left.
    """

    style: HouseStyle
    language: str
    mirrored: bool

    @classmethod
    def of(cls, edition: Edition) -> Pencil:
        """Return the pencil of an edition."""
        mirrored = edition.direction == "rtl"
        return cls(edition.report.style, spoken(edition)[1 if mirrored else 0], mirrored)

    def words(
        self,
        frame: TextFrame,
        texts: Sequence[str],
        *,
        size: float | None = None,
        bold: bool | None = None,
        colour: str | None = None,
        right: bool = False,
    ) -> None:
        """Write paragraphs of one kind, the first in the place of what is there.

        Parameters
        ----------
        frame : TextFrame
        texts : sequence of str
        size : float, optional
            In points; that of the placeholder where absent.
        bold : bool, optional
        colour : str, optional
            ``"#RRGGBB"``.
        right : bool
            Whether they stand at the right in every language, where the digits of numbers line up.
        """
        for number, text in enumerate(texts or [""]):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._turn(paragraph, right=right)
            self._run(paragraph, text, size=size, bold=bold, colour=colour)

    def lines(self, frame: TextFrame, lines: Sequence[Line], size: float) -> None:
        """Write lines, each in its style."""
        from pptx.util import Pt

        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._turn(paragraph)
            self._list(paragraph, line.style)
            small = line.style == "note"
            written = round(size * NOTE) if small else size
            paragraph.space_before = Pt(round(SPACE * size) if number else 0)
            bold = True if line.style == "lead" else None
            self._run(paragraph, line.text, size=written, bold=bold, colour=None)

    def _turn(self, paragraph: _Paragraph, *, right: bool = False) -> None:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("algn", "r" if self.mirrored or right else "l")
        properties.set("rtl", str(int(self.mirrored)))

    @staticmethod
    def _list(paragraph: _Paragraph, style: str) -> None:
        from pptx.oxml import parse_xml

        mark = BULLETS.get(style)
        if mark is None:
            return
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(MARGIN))
        properties.set("indent", str(-MARGIN))
        space = "http://schemas.openxmlformats.org/drawingml/2006/main"
        for child in parse_xml(f'<a:pPr xmlns:a="{space}">{mark}</a:pPr>'):
            properties.append(child)

    def _run(
        self,
        paragraph: _Paragraph,
        text: str,
        *,
        size: float | None,
        bold: bool | None,
        colour: str | None,
    ) -> None:
        from pptx.dml.color import RGBColor
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = " ".join(text.split())
        run.font.size = None if size is None else Pt(size)
        run.font.bold = bold
        if colour is not None:
            run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        properties = run._r.get_or_add_rPr()
        properties.set("lang", self.language)
        if self.mirrored:
            run.font.name = self.style.latin_font
            self._add_script(properties)

    def _add_script(self, properties: Pptx) -> None:
        """Name the font of Arabic letters, which programs look for beside the other."""
        from pptx.oxml.ns import qn

        latin = properties.find(qn("a:latin"))
        script = latin.makeelement(qn("a:cs"), {"typeface": self.style.arabic_font})
        latin.addnext(script)
