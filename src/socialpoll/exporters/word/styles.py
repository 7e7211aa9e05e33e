"""The styles of the brief: real Word styles, so that a reader can restyle the whole document."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.exporters.word.ooxml import W

__all__ = [
    "BLUE",
    "FONT",
    "GROUP_STYLE",
    "LETTERS_STYLE",
    "LINE",
    "NOTE_STYLE",
    "PALE",
    "STYLES",
    "TABLE_STYLE",
    "TURNED",
    "UPRIGHT",
    "Style",
    "line_of",
    "numbering_part",
    "styles_part",
]

FONT = "Arial"
"""On every machine with Word, with Latin and Arabic letters."""
TABLE_STYLE = "PollTable"
NOTE_STYLE = "Note"
GROUP_STYLE = "TableHeadingGroup"
"""Of the words above several columns."""
LETTERS_STYLE = "Letters"
"""Of the letters of a banner beside their figure."""
TURNED, UPRIGHT = "LandscapePages", "PortraitPages"
"""A paragraph of one of these styles turns the pages that follow."""
BLUE = "12436D"
GREY = "595959"
PALE = "E7ECF1"
LINE = "A6B4C2"


@dataclass(frozen=True, kw_only=True)
class Style:
    """A paragraph style; sizes in points, spaces in twentieths of a point."""

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
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    bullet: bool = False
    shade: str = ""
    rule: str = ""

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
        # The order is the schema's.
        parts = [
            "<w:keepNext/>" if self.keep_next else "",
            "<w:keepLines/>" if self.keep_lines else "",
            '<w:numPr><w:numId w:val="1"/></w:numPr>' if self.bullet else "",
            self._border(),
            f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>' if self.shade else "",
            self._spacing(),
            "<w:contextualSpacing/>" if self.bullet else "",
            f'<w:jc w:val="{self.align}"/>' if self.align else "",
            f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else "",
        ]
        return f"<w:pPr>{''.join(parts)}</w:pPr>" if any(parts) else ""

    def _border(self) -> str:
        if not self.rule:
            return ""
        line = f'w:val="single" w:sz="8" w:space="4" w:color="{LINE}"'
        return f"<w:pBdr><w:{self.rule} {line}/></w:pBdr>"

    def _spacing(self) -> str:
        given = {"before": self.before, "after": self.after, "line": self.line}
        written = [f'w:{name}="{value}"' for name, value in given.items() if value is not None]
        if self.line is not None:
            written.append('w:lineRule="auto"')
        return f"<w:spacing {' '.join(written)}/>" if written else ""

    def _run(self) -> str:
        half_points = round(self.size * 2) if self.size else 0
        switch = "" if self.bold else ' w:val="0"'
        parts = [
            f"<w:b{switch}/><w:bCs{switch}/>" if self.bold is not None else "",
            f'<w:color w:val="{self.colour}"/>' if self.colour else "",
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if self.size else "",
        ]
        return f"<w:rPr>{''.join(parts)}</w:rPr>" if any(parts) else ""


STYLES = (
    Style(id="Normal", name="Normal", size=10.5, after=120, line=276),
    Style(id="Publisher", name="Publisher", size=11, bold=True, colour=GREY, after=240),
    Style(
        id="Title", name="Title", following="Subtitle", size=24, bold=True, colour=BLUE,
        after=80, line=252, keep_next=True,
    ),
    Style(id="Subtitle", name="Subtitle", following="Normal", size=13, colour=GREY, after=120),
    Style(id="CoverLine", name="Cover Line", size=9.5, colour=GREY, after=40),
    Style(id="Notice", name="Notice", bold=True, shade="FCE8D9", before=160, after=160),
    Style(
        id="Heading1", name="heading 1", following="Normal", size=16, bold=True, colour=BLUE,
        before=400, after=120, line=252, keep_next=True, keep_lines=True, outline=0, rule="bottom",
    ),
    Style(
        id="Heading2", name="heading 2", following="Normal", size=13, bold=True, colour=BLUE,
        before=320, after=100, line=252, keep_next=True, keep_lines=True, outline=1,
    ),
    Style(id="Lead", name="Lead", size=12, after=140),
    Style(id="ListBullet", name="List Bullet", bullet=True, after=80),
    Style(id="Warning", name="Warning", shade="FCE8D9", before=80, after=120),
    Style(
        id="Caption", name="caption", size=10, bold=True, colour=BLUE,
        before=220, after=80, line=252, keep_next=True, keep_lines=True,
    ),
    Style(
        id="FigurePicture", name="Figure", before=40, after=60, line=240, align="center",
        keep_next=True,
    ),
    Style(
        id="Note", name="Note", size=8.5, colour=GREY, before=60, after=40, line=252,
        keep_lines=True,
    ),
    Style(id="Source", name="Source", size=8.5, colour=GREY, before=20, after=160, line=252),
    Style(id="TableText", name="Table Text", size=9, before=30, after=30, line=240),
    Style(id="TableFigure", name="Table Figure", based_on="TableText", align="right"),
    Style(id="TableHeading", name="Table Heading", based_on="TableText", bold=True, keep_next=True),
    Style(
        id="TableHeadingFigure", name="Table Heading Figure", based_on="TableHeading",
        align="right",
    ),
    Style(id=GROUP_STYLE, name="Table Heading Group", based_on="TableHeading", align="center"),
    Style(id="TableGroup", name="Table Group", based_on="TableText", bold=True, keep_next=True),
    Style(id="TableTotal", name="Table Total", based_on="TableText", bold=True),
    Style(id="TableTotalFigure", name="Table Total Figure", based_on="TableTotal", align="right"),
    Style(id="Fact", name="Fact", after=60, keep_next=True),
    Style(id=TURNED, name="Landscape Pages", size=1, after=0, line=240),
    Style(id=UPRIGHT, name="Portrait Pages", size=1, after=0, line=240),
    Style(id="Header", name="header", size=8.5, colour=GREY, after=0, line=240),
    Style(id="Footer", name="footer", size=8.5, colour=GREY, after=0, line=240, align="center"),
)  # fmt: skip


def styles_part() -> str:
    """Return the styles part of the package."""
    paragraphs = "".join(style.xml() for style in STYLES)
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault>"
        f"</w:docDefaults>{paragraphs}{_other_styles()}</w:styles>"
    )


def line_of(eighths: int, colour: str) -> str:
    """Return the attributes of a border, so many eighths of a point thick."""
    return f'w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"'


def _other_styles() -> str:
    rule, thin = line_of(8, BLUE), line_of(4, LINE)
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
        f'<w:style w:type="character" w:styleId="{LETTERS_STYLE}">'
        '<w:name w:val="Significance Letters"/><w:qFormat/>'
        # A superscript of figures of this size could hardly be read.
        f'<w:rPr><w:color w:val="{BLUE}"/><w:sz w:val="14"/><w:szCs w:val="14"/></w:rPr>'
        "</w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar>'
        '<w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        f'<w:style w:type="table" w:styleId="{TABLE_STYLE}"><w:name w:val="Poll Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f"<w:top {rule}/><w:bottom {rule}/><w:insideH {thin}/></w:tblBorders></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f"<w:tcBorders><w:bottom {rule}/></w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr></w:tblStylePr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/></w:style>'
    )


def numbering_part() -> str:
    """Return the numbering part: the bullet of the lists."""
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
