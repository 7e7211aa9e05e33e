"""The empty deck: the one that python-pptx brings, made 16:9 and dressed in the house style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.drawing.colours import INK, MUTED
from socialpoll.exporters.native.parts import Pptx
from socialpoll.exporters.slides.pages import BOXES, HEIGHT, WIDTH, Box
from socialpoll.exporters.word.languages import spoken
from socialpoll.exporters.word.look import Look
from socialpoll.report import Edition

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.presentation import Presentation as Deck

__all__ = ["COVER", "FINDING", "FOOT", "TEXT", "empty_deck", "place_of"]

COVER, TEXT, FINDING = 0, 1, 2
"""Layouts of the deck."""
KEPT = {0: "Cover", 1: "Text", 7: "Finding"}
"""Layouts of the deck that python-pptx brings, and what becomes of them."""
FOOT = 13
"""Index of the placeholder under a chart, and of the facts on the cover."""
EMU = 360_000
"""English metric units a centimetre."""
LEAVES = ("printerSettings", "thumbnail")
"""Kinds of parts that belong to whoever made the deck of python-pptx."""
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def place_of(box: Box, *, mirrored: bool) -> tuple[int, int, int, int]:
    """Return where a box is on a slide: left, top, width and height in English metric units."""
    left = WIDTH - box.across - box.width if mirrored else box.across
    left, top, width, height = (round(one * EMU) for one in (left, box.down, box.width, box.height))
    return left, top, width, height


def empty_deck(edition: Edition) -> Deck:
    """Return a deck without slides, with the layouts ``Cover``, ``Text`` and ``Finding``.

    Parameters
    ----------
    edition : Edition
        Gives house style, language and direction.
    """
    from pptx import Presentation

    deck = Presentation()
    deck.slide_width, deck.slide_height = round(WIDTH * EMU), round(HEIGHT * EMU)
    for place in reversed(range(len(deck.slide_layouts))):
        if place not in KEPT:
            deck.slide_layouts.remove(deck.slide_layouts[place])
    _leave_out(deck)
    _Dresser(deck, edition).dress()
    return deck


def _leave_out(deck: Deck) -> None:
    for relations in (deck.part.rels, deck.part.package._rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in LEAVES:
                relations.pop(name)


class _Dresser:
    """Gives theme, master and layouts the look of a house and the direction of a language."""

    def __init__(self, deck: Deck, edition: Edition) -> None:
        self.deck = deck
        self.look = Look.of(edition.report.style)
        self.mirrored = edition.direction == "rtl"
        self.language = spoken(edition)[1 if self.mirrored else 0]
        self.start, self.end = ("r", "l") if self.mirrored else ("l", "r")

    def dress(self) -> None:
        """Dress all of it."""
        master = self.deck.slide_master
        self._dress_theme(master.part)
        self._dress_styles(master._element)
        self._fill(master, [self._title(), self._body("whole"), *self._below()])
        layouts = zip(self.deck.slide_layouts, KEPT.values(), strict=True)
        for layout, name in layouts:
            layout.name = name
        cover, text, finding = self.deck.slide_layouts
        self._fill(cover, self._cover())
        rule = self._shape("Rule", "rule", self.look.accent)
        self._fill(text, [self._title(), self._content("whole"), *self._below(), rule])
        foot = self._placeholder("Notes", f'type="body" sz="quarter" idx="{FOOT}"', "foot", 12)
        parts = [self._title(), self._content("content"), foot, *self._below(), rule]
        self._fill(finding, parts)

    def _cover(self) -> list[str]:
        white = "FFFFFF"
        band = self._shape("Band", "band", self.look.primary)
        title = self._placeholder(
            "Title", 'type="ctrTitle"', "cover title", 40, colour=white, bold=True, anchor="b"
        )
        subtitle = self._placeholder(
            "Subtitle", 'type="subTitle" idx="1"', "cover subtitle", 20, colour=white
        )
        facts = self._placeholder("Facts", f'type="body" idx="{FOOT}"', "cover facts", 16)
        return [band, title, subtitle, facts]

    def _title(self) -> str:
        return self._placeholder(
            "Title", 'type="title"', "title", 28, colour=self.look.primary, bold=True, anchor="ctr"
        )

    def _body(self, box: str) -> str:
        return self._placeholder("Text", 'type="body" idx="1"', box, 20)

    def _content(self, box: str) -> str:
        return self._placeholder("Content", 'idx="1"', box, 20)

    def _below(self) -> list[str]:
        grey = MUTED.removeprefix("#")
        number = self._placeholder(
            "Slide number",
            'type="sldNum" sz="quarter" idx="12"',
            "number",
            11,
            colour=grey,
            align=self.end,
            words='<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            f'<a:rPr lang="{self.language}"/><a:t>‹#›</a:t></a:fld>',
        )
        footer = self._placeholder(
            "Footer", 'type="ftr" sz="quarter" idx="11"', "footer", 11, colour=grey
        )
        return [footer, number]

    def _placeholder(  # noqa: PLR0913 - what a placeholder is, given by name
        self,
        name: str,
        kind: str,
        box: str,
        size: int,
        *,
        colour: str = INK.removeprefix("#"),
        bold: bool = False,
        anchor: str = "t",
        align: str = "",
        words: str = "",
    ) -> str:
        left, top, width, height = place_of(BOXES[box], mirrored=self.mirrored)
        direction = f'algn="{align or self.start}" rtl="{int(self.mirrored)}"'
        return f"""<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="0" name="{name}"/>
<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>
<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>
<p:txBody><a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">
<a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" {direction}><a:buNone/>
<a:defRPr sz="{size * 100}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>
</a:defRPr></a:lvl1pPr></a:lstStyle>
<a:p>{words}<a:endParaRPr lang="{self.language}"/></a:p></p:txBody></p:sp>"""

    def _shape(self, name: str, box: str, colour: str) -> str:
        left, top, width, height = place_of(BOXES[box], mirrored=self.mirrored)
        return f"""<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="0" name="{name}"/>
<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"""

    @staticmethod
    def _fill(holder: Pptx, shapes: list[str]) -> None:
        """Put shapes in the place of those that are there."""
        from pptx.oxml import parse_xml

        tree = holder.shapes._spTree
        for shape in list(holder.shapes):
            tree.remove(shape._element)
        for number, shape in enumerate(shapes, start=2):
            element = parse_xml(shape)
            element.nvSpPr.cNvPr.set("id", str(number))
            tree.insert_element_before(element, "p:extLst")

    def _dress_styles(self, master: _Element) -> None:
        """Turn the styles of the master about."""
        from pptx.oxml.ns import qn

        for style in master.iter(*(qn(f"a:lvl{level}pPr") for level in range(1, 10))):
            style.set("algn", self.start)
            style.set("rtl", str(int(self.mirrored)))

    def _dress_theme(self, master: Pptx) -> None:
        """Give the theme the colours and fonts of the house."""
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.oxml.ns import qn

        from socialpoll.exporters.word.ooxml import parse, serialise

        part = master.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme = parse(part.blob)
        theme.set("name", "socialpoll")
        colours = {
            "dk1": INK.removeprefix("#"),
            "lt1": "FFFFFF",
            "dk2": self.look.primary,
            "lt2": self.look.pale,
            "accent1": self.look.primary,
            "accent2": self.look.accent,
            "hlink": self.look.primary,
            "folHlink": self.look.primary,
        }
        for name, colour in colours.items():
            for slot in theme.iter(qn(f"a:{name}")):
                for child in list(slot):
                    slot.remove(child)
                slot.append(slot.makeelement(qn("a:srgbClr"), {"val": colour}))
        for fonts in theme.iter(qn("a:majorFont"), qn("a:minorFont")):
            for other in fonts.findall(qn("a:font")):
                fonts.remove(other)
            for name, font in (("latin", self.look.latin_font), ("cs", self.look.arabic_font)):
                for slot in fonts.iter(qn(f"a:{name}")):
                    slot.set("typeface", font)
        part.blob = serialise(theme)
