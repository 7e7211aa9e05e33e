"""The template of the brief, built: one document for all languages, its tags in plain sight.

``brief.docx`` beside this file is what :func:`build` returns where nobody chose a house style; a
test builds it anew and compares.
"""

from __future__ import annotations

from socialpoll.exporters.word.facing_template import (
    facing_body,
    facing_foot,
    facing_head,
    facing_mark,
    facing_styles,
)
from socialpoll.exporters.word.look import Look
from socialpoll.exporters.word.ooxml import W
from socialpoll.exporters.word.package import pack
from socialpoll.exporters.word.sheet import numbering_part, styles_part
from socialpoll.exporters.word.styles import CONTENTS, PICTURE_STYLE, TURNED, UPRIGHT
from socialpoll.exporters.word.table_template import table
from socialpoll.exporters.word.tagging import control, each, paragraph, run, when
from socialpoll.report import HouseStyle

__all__ = ["build"]

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TEXT_STYLES = {
    "lead": "Lead",
    "bullet": "ListBullet",
    "note": "Note",
    "source": "Source",
    "warning": "Warning",
}
NUMBERED = 'section.role == "recommendations" and block.style == "bullet"'
"""Whoever speaks of a recommendation names its number."""


def build(style: HouseStyle | None = None, *, facing: bool = False) -> bytes:
    """Return the template as a Word file.

    Parameters
    ----------
    style : HouseStyle, optional
        Colours and fonts; the usual ones where absent.
    facing : bool
        Whether it is the template of two languages in facing columns.

    Returns
    -------
    bytes
        The same bytes on every run of one Python; the same parts on all of them.
    """
    look = Look.of(style or HouseStyle())
    related = {
        "styles": "styles",
        "numbering": "numbering",
        "settings": "settings",
        "header1": "header",
        "header2": "header",
        "footer1": "footer",
        "footer2": "footer",
    }
    parts = {
        "[Content_Types].xml": _content_types(related),
        "_rels/.rels": _relations({"word/document": "officeDocument"}, core=True),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
        "word/_rels/document.xml.rels": _relations(related),
        "word/footer1.xml": _part("ftr", paragraph("Footer")),
        "word/settings.xml": _settings(),
        **(_facing_parts(look) if facing else _usual_parts(look)),
    }
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return pack({name: (declaration + text).encode() for name, text in parts.items()})


def _usual_parts(look: Look) -> dict[str, str]:
    return {
        "word/document.xml": _document(_cover() + _contents() + _sections(look) + _about()),
        "word/header1.xml": _part("hdr", paragraph("Header", "{{ synthetic_mark }}")),
        "word/header2.xml": _part("hdr", _running_head()),
        "word/footer2.xml": _part("ftr", paragraph("Footer", "{{ words.page }}")),
        "word/numbering.xml": numbering_part(look),
        "word/styles.xml": styles_part(look),
    }


def _facing_parts(look: Look) -> dict[str, str]:
    return {
        "word/document.xml": _document(facing_body(look)),
        "word/header1.xml": _part("hdr", facing_mark()),
        "word/header2.xml": _part("hdr", facing_head(look)),
        "word/footer2.xml": _part("ftr", facing_foot()),
        "word/numbering.xml": numbering_part(look, facing=True),
        "word/styles.xml": styles_part(look, more=facing_styles()),
    }


def _document(body: str) -> str:
    body += _page()
    return f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>'


def _cover() -> str:
    return (
        when("publisher.logo", paragraph("CoverLogo", "{{ publisher.logo }}"))
        + paragraph("Publisher", "{{ publisher.name }}")
        + paragraph("Title", "{{ title }}")
        + when("subtitle", paragraph("Subtitle", "{{ subtitle }}"))
        + each("line in cover", paragraph("CoverLine", "{{ line }}"))
        + when("synthetic", paragraph("Notice", "{{ synthetic_notice }}"))
    )


def _contents() -> str:
    # The entries are made when the headings are known.
    return paragraph("ContentsHeading", "{{ words.contents }}") + paragraph(CONTENTS)


def _sections(look: Look) -> str:
    heading = (
        when("section.chapter", _heading("{{ section.chapter }}"))
        + when("section.level == 1", _heading("{{ section.title }}"))
        + when("section.level == 2", paragraph("Heading2", "{{ section.title }}"))
    )
    block = (
        when('block.kind == "text"', _text())
        + when('block.kind == "table"', table(look))
        + when('block.kind == "picture"', _picture())
    )
    # What a paragraph of these styles stands for is made when the pages are known.
    turned = when("section.turns", paragraph(TURNED)), when("section.returns", paragraph(UPRIGHT))
    blocks = each("block in section.blocks", block)
    return each("section in sections", turned[0] + heading + blocks + turned[1])


def _heading(words: str) -> str:
    return when("section.breaks", paragraph("Heading1", words, breaks=True)) + when(
        "not section.breaks", paragraph("Heading1", words)
    )


def _text() -> str:
    # A paragraph cannot change its style, so there is one of each and the text picks its own.
    tests = [NUMBERED, *(f'block.style == "{name}"' for name in TEXT_STYLES)]
    styles = ["ListNumber", *TEXT_STYLES.values()]
    first, *others = [paragraph(style, "{{ block.text }}") for style in styles]
    chosen = "".join(
        control(f"elif {test}") + one for test, one in zip(tests[1:], others, strict=True)
    )
    body = control("else") + paragraph("Normal", "{{ block.text }}")
    return control(f"if {tests[0]}") + first + chosen + body + control("endif")


def _picture() -> str:
    return (
        when("block.caption", paragraph("Caption", "{{ block.caption }}"))
        + paragraph(PICTURE_STYLE, "{{ block.image }}")
        + each("note in block.notes", paragraph("Note", "{{ note }}"))
    )


def _about() -> str:
    fact = paragraph("Fact", run("{{ fact.label }}:", "Strong"), " {{ fact.text }}")
    heading = paragraph("Heading1", "{{ words.about }}")
    return when("facts", heading + each("fact in facts", fact))


def _page() -> str:
    return (
        '<w:sectPr><w:headerReference w:type="first" r:id="header1"/>'
        '<w:headerReference w:type="default" r:id="header2"/>'
        '<w:footerReference w:type="first" r:id="footer1"/>'
        '<w:footerReference w:type="default" r:id="footer2"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417"'
        ' w:left="1417" w:header="680" w:footer="680" w:gutter="0"/><w:cols w:space="708"/>'
        "<w:titlePg/></w:sectPr>"
    )


def _running_head() -> str:
    mark = when("synthetic", paragraph("Header", "{{ synthetic_mark }}"))
    name = "{% if publisher.name %} · {{ publisher.name }}{% endif %}"
    return paragraph("RunningTitle", f"{{{{ title }}}}{name}") + mark


def _settings() -> str:
    microsoft = "http://schemas.microsoft.com/office/word"
    return (
        f'<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="708"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{microsoft}" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def _part(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'


def _content_types(related: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{KIND}.{kind}+xml"/>'
        for name, kind in related.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-'
        f'package.core-properties+xml"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, str], *, core: bool = False) -> str:
    found = "".join(
        f'<Relationship Id="{name.rpartition("/")[2]}" Type="{RELATIONS}/{kind}"'
        f' Target="{name}.xml"/>'
        for name, kind in targets.items()
    )
    if core:
        kind = f"{PACKAGE}/relationships/metadata/core-properties"
        found += f'<Relationship Id="core" Type="{kind}" Target="docProps/core.xml"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'
