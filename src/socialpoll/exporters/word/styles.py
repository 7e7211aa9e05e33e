"""Paragraph styles as they stand in the styles part, and the names of those that mean something."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BETWEEN",
    "CONTENTS",
    "ENTRIES",
    "FACING",
    "FONT",
    "GROUP_STYLE",
    "LETTERS_STYLE",
    "NOTE_STYLE",
    "PICTURE_STYLE",
    "TABLE_STYLE",
    "TEXT_WIDTH",
    "TURNED",
    "UPRIGHT",
    "Style",
    "line_of",
]

FONT = "Arial"
"""On every machine with Word, with Latin and Arabic letters."""
TEXT_WIDTH = 9072
"""Between the margins of the page, in twentieths of a point: 16 cm."""
TABLE_STYLE = "PollTable"
NOTE_STYLE = "Note"
PICTURE_STYLE = "FigurePicture"
GROUP_STYLE = "TableHeadingGroup"
"""Of the words above several columns."""
LETTERS_STYLE = "Letters"
"""Of the letters of a banner beside their figure."""
TURNED, UPRIGHT = "LandscapePages", "PortraitPages"
"""A paragraph of one of these styles turns the pages that follow."""
CONTENTS = "Contents"
"""A paragraph of this style stands where the table of contents is to be."""
FACING, BETWEEN = "Facing", "Between"
"""Of tables that hold a text and its counterpart in another language, and of what parts tables."""
ENTRIES = ("TOC1", "TOC2")
"""Styles of its entries, by the level of the heading."""


@dataclass(frozen=True, kw_only=True)
class Style:
    """A paragraph style; sizes in points, spaces and indents in twentieths of a point.

    ``shade`` lies behind the paragraph; ``box`` is a border of the same colour around it, so many
    points away from the words, and ``foot`` the colour of a thick line beneath.
    """

    id: str
    name: str
    based_on: str = "Normal"
    following: str = ""
    size: float | None = None
    bold: bool | None = None
    colour: str = ""
    before: int | None = None
    after: int | None = None
    line: int | None = None
    indent: tuple[int, int] | None = None
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    break_before: bool = False
    outline: int | None = None
    list_number: int = 0
    dense: bool = False
    shade: str = ""
    box: int = 0
    foot: str = ""
    rule: str = ""
    end: int = 0

    def xml(self) -> str:
        """Return the style as it stands in the styles part."""
        basis = "" if self.id == "Normal" else f'<w:basedOn w:val="{self.based_on}"/>'
        following = f'<w:next w:val="{self.following}"/>' if self.following else ""
        default = ' w:default="1"' if self.id == "Normal" else ""
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/>{basis}{following}<w:qFormat/>'
            f"{self._paragraph()}{self._run()}</w:style>"
        )

    def _paragraph(self) -> str:
        number = f'<w:numPr><w:numId w:val="{self.list_number}"/></w:numPr>'
        # The order is the schema's.
        parts = [
            "<w:keepNext/>" if self.keep_next else "",
            "<w:keepLines/>" if self.keep_lines else "",
            "<w:pageBreakBefore/>" if self.break_before else "",
            number if self.list_number else "",
            self._border(),
            f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>' if self.shade else "",
            f'<w:tabs><w:tab w:val="right" w:pos="{self.end}"/></w:tabs>' if self.end else "",
            self._spacing(),
            self._indent(),
            "<w:contextualSpacing/>" if self.dense else "",
            f'<w:jc w:val="{self.align}"/>' if self.align else "",
            f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else "",
        ]
        return f"<w:pPr>{''.join(parts)}</w:pPr>" if any(parts) else ""

    def _border(self) -> str:
        if self.rule:
            return f"<w:pBdr><w:bottom {line_of(8, self.rule, away=4)}/></w:pBdr>"
        if not self.box:
            return ""
        around = line_of(4, self.shade, away=self.box)
        foot = line_of(48, self.foot, away=self.box) if self.foot else around
        return (
            f"<w:pBdr><w:top {around}/><w:left {around}/><w:bottom {foot}/><w:right {around}/>"
            "</w:pBdr>"
        )

    def _spacing(self) -> str:
        given = {"before": self.before, "after": self.after, "line": self.line}
        written = [f'w:{name}="{value}"' for name, value in given.items() if value is not None]
        if self.line is not None:
            written.append('w:lineRule="auto"')
        return f"<w:spacing {' '.join(written)}/>" if written else ""

    def _indent(self) -> str:
        if self.indent is None:
            return ""
        left, right = self.indent
        return f'<w:ind w:left="{left}" w:right="{right}"/>'

    def _run(self) -> str:
        half_points = round(self.size * 2) if self.size else 0
        switch = "" if self.bold else ' w:val="0"'
        parts = [
            f"<w:b{switch}/><w:bCs{switch}/>" if self.bold is not None else "",
            f'<w:color w:val="{self.colour}"/>' if self.colour else "",
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if self.size else "",
        ]
        return f"<w:rPr>{''.join(parts)}</w:rPr>" if any(parts) else ""


def line_of(eighths: int, colour: str, *, away: int = 0) -> str:
    """Return the attributes of a border, so many eighths of a point thick, and points away."""
    return f'w:val="single" w:sz="{eighths}" w:space="{away}" w:color="{colour}"'
