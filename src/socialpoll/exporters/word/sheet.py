"""The styles of the brief: real Word styles, so that a reader can restyle the whole document."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from socialpoll.exporters.word.look import GREY, PAPER, Look
from socialpoll.exporters.word.ooxml import W
from socialpoll.exporters.word.styles import (
    CONTENTS,
    ENTRIES,
    GROUP_STYLE,
    LETTERS_STYLE,
    NOTE_STYLE,
    PICTURE_STYLE,
    TABLE_STYLE,
    TEXT_WIDTH,
    TURNED,
    UPRIGHT,
    Style,
    line_of,
)

__all__ = ["WARM", "numbering_part", "styles_of", "styles_part"]

WARM = "FCE8D9"
"""Behind what must not be missed."""
BULLETS, NUMBERS, SECOND_NUMBERS = 1, 2, 3
"""Lists; the last one is counted beside the one before it, in another language."""
BAND, PANEL = 30, 9
"""Points between the words of a band or panel and its edge."""
LISTS = 227
"""Keeps what stands before an item within the margins, where others set it in their own way."""
INSIDE = (PANEL * 20, PANEL * 20)
"""Keeps a panel within the margins, in twentieths of a point."""


def styles_of(look: Look) -> tuple[Style, ...]:
    """Return the paragraph styles in a house's colours."""
    return (*_of_the_cover(look), *_of_texts(look), *_of_tables(look), *_of_pages(look))


def _of_the_cover(look: Look) -> tuple[Style, ...]:
    main = look.primary
    return (
        Style(id="Normal", name="Normal", size=10.5, after=120, line=276),
        Style(id="CoverLogo", name="Cover Logo", after=200, line=240),
        Style(id="Publisher", name="Publisher", size=13, bold=True, colour=main, after=3200),
        # Words of a band stand together: title and subtitle have the same borders.
        Style(
            id="Title", name="Title", following="Subtitle", size=30, bold=True, colour=PAPER,
            after=0, line=264, keep_next=True, shade=main, box=BAND, foot=look.accent,
        ),
        Style(
            id="Subtitle", name="Subtitle", following="Normal", size=15, colour=PAPER, before=120,
            after=0, line=360, shade=main, box=BAND, foot=look.accent,
        ),
        Style(id="CoverLine", name="Cover Line", size=11, colour=GREY, before=160, after=0),
        Style(
            id="Notice", name="Notice", bold=True, indent=INSIDE, shade=WARM, box=PANEL,
            before=480, after=240,
        ),
    )  # fmt: skip


def _of_texts(look: Look) -> tuple[Style, ...]:
    main = look.primary
    return (
        Style(
            id="ContentsHeading", name="Contents Heading", following="Normal", size=18, bold=True,
            colour=main, before=400, after=240, line=252, keep_next=True, break_before=True,
            rule=look.accent,
        ),
        Style(id=CONTENTS, name="Contents", after=0),
        Style(
            id=ENTRIES[0], name="toc 1", bold=True, colour=main, before=160, after=40,
            end=TEXT_WIDTH,
        ),
        Style(id=ENTRIES[1], name="toc 2", after=40, indent=(284, 0), end=TEXT_WIDTH),
        Style(
            id="Heading1", name="heading 1", following="Normal", size=18, bold=True, colour=main,
            before=400, after=160, line=252, keep_next=True, keep_lines=True, outline=0,
            rule=look.accent,
        ),
        Style(
            id="Heading2", name="heading 2", following="Normal", size=13, bold=True, colour=main,
            before=360, after=100, line=252, keep_next=True, keep_lines=True, outline=1,
        ),
        Style(
            id="Lead", name="Lead", size=12, indent=INSIDE, shade=look.pale, box=PANEL,
            before=160, after=240,
        ),
        Style(id="ListBullet", name="List Bullet", list_number=BULLETS, after=80, dense=True),
        Style(id="ListNumber", name="List Number", list_number=NUMBERS, after=120),
        Style(
            id="Warning", name="Warning", indent=INSIDE, shade=WARM, box=PANEL, before=160,
            after=200,
        ),
        Style(id="Source", name="Source", size=8.5, colour=GREY, before=20, after=160, line=252),
        Style(id="Fact", name="Fact", after=60, keep_next=True),
    )  # fmt: skip


def _of_tables(look: Look) -> tuple[Style, ...]:
    heading, total = "TableHeading", "TableTotal"
    return (
        Style(
            id="Caption", name="caption", size=10, bold=True, colour=look.primary,
            before=220, after=80, line=252, keep_next=True, keep_lines=True,
        ),
        Style(
            id=PICTURE_STYLE, name="Figure", before=40, after=60, line=240, align="center",
            keep_next=True,
        ),
        Style(
            id=NOTE_STYLE, name="Note", size=8.5, colour=GREY, before=60, after=40, line=252,
            keep_lines=True, dense=True,
        ),
        Style(id="TableText", name="Table Text", size=9, before=30, after=30, line=240),
        Style(id="TableFigure", name="Table Figure", based_on="TableText", align="right"),
        Style(id=heading, name="Table Heading", based_on="TableText", bold=True, keep_next=True),
        Style(
            id="TableHeadingFigure", name="Table Heading Figure", based_on=heading, align="right",
        ),
        Style(id=GROUP_STYLE, name="Table Heading Group", based_on=heading, align="center"),
        Style(id="TableGroup", name="Table Group", based_on="TableText", bold=True, keep_next=True),
        Style(id=total, name="Table Total", based_on="TableText", bold=True),
        Style(id="TableTotalFigure", name="Table Total Figure", based_on=total, align="right"),
    )  # fmt: skip


def _of_pages(look: Look) -> tuple[Style, ...]:
    return (
        Style(id=TURNED, name="Landscape Pages", size=1, after=0, line=240),
        Style(id=UPRIGHT, name="Portrait Pages", size=1, after=0, line=240),
        Style(id="Header", name="header", size=8.5, colour=GREY, after=0, line=240),
        Style(
            id="RunningTitle", name="Running Title", based_on="Header", rule=look.line, after=60,
        ),
        Style(id="Footer", name="footer", size=8.5, colour=GREY, after=0, line=240, align="center"),
    )  # fmt: skip


def styles_part(look: Look, *, more: str = "") -> str:
    """Return the styles part of the package, with more styles where a template has them."""
    paragraphs = "".join(style.xml() for style in styles_of(look))
    latin, arabic = quoteattr(look.latin_font), quoteattr(look.arabic_font)
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f"<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={latin} w:cs={arabic}/>"
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault>"
        f"</w:docDefaults>{paragraphs}{_other_styles(look)}{more}</w:styles>"
    )


def _other_styles(look: Look) -> str:
    rule, thin = line_of(8, look.primary), line_of(4, look.line)
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
        f'<w:style w:type="character" w:styleId="{LETTERS_STYLE}">'
        '<w:name w:val="Significance Letters"/><w:qFormat/>'
        # A superscript of figures of this size could hardly be read.
        f'<w:rPr><w:color w:val="{look.primary}"/><w:sz w:val="14"/><w:szCs w:val="14"/></w:rPr>'
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
        f'<w:shd w:val="clear" w:color="auto" w:fill="{look.pale}"/></w:tcPr></w:tblStylePr>'
        '</w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/></w:style>'
    )


def numbering_part(look: Look, *, facing: bool = False) -> str:
    """Return the numbering part: the bullet of the lists, and the numbers of recommendations.

    Where two languages face each other, each has numbers of its own.
    """
    bullets = _level("bullet", "ListBullet", "•", f'<w:color w:val="{look.accent}"/>', 340)
    bold = f'<w:b/><w:bCs/><w:color w:val="{look.primary}"/>'
    numbers = _level("decimal", "ListNumber", "%1.", bold, 454)
    levels = {BULLETS: bullets, NUMBERS: numbers}
    if facing:
        # A style belongs to one list.
        levels[SECOND_NUMBERS] = numbers.replace('<w:pStyle w:val="ListNumber"/>', "")
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f"{level}</w:abstractNum>"
        for number, level in levels.items()
    )
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in levels
    )
    return f'<w:numbering xmlns:w="{W}">{kinds}{lists}</w:numbering>'


def _level(kind: str, style: str, text: str, look: str, indent: int) -> str:
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent + LISTS}" w:hanging="{indent}"/></w:pPr>'
        f"<w:rPr>{look}</w:rPr></w:lvl>"
    )
