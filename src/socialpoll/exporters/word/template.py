"""The template of the brief, built: one document for all languages, its tags in plain sight.

``brief.docx`` beside this file is what :func:`build` returns; a test builds it anew and compares.
"""

from __future__ import annotations

from socialpoll.exporters.word.ooxml import W
from socialpoll.exporters.word.package import pack
from socialpoll.exporters.word.styles import TABLE_STYLE, numbering_part, styles_part

__all__ = ["TEXT_WIDTH", "build"]

TEXT_WIDTH = 9072
"""Between the margins of the page, in twentieths of a point: 16 cm."""
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


def build() -> bytes:
    """Return the template as a Word file.

    Returns
    -------
    bytes
        The same bytes on every run of one Python; the same parts on all of them.
    """
    related = {
        "styles": "styles",
        "numbering": "numbering",
        "settings": "settings",
        "header1": "header",
        "header2": "header",
        "footer1": "footer",
    }
    parts = {
        "[Content_Types].xml": _content_types(related),
        "_rels/.rels": _relations({"word/document": "officeDocument"}, core=True),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
        "word/_rels/document.xml.rels": _relations(related),
        "word/document.xml": _document(),
        "word/header1.xml": _part("hdr", _paragraph("Header", "{{ synthetic_mark }}")),
        "word/header2.xml": _part("hdr", _running_head()),
        "word/footer1.xml": _part("ftr", _page_number()),
        "word/numbering.xml": numbering_part(),
        "word/settings.xml": _settings(),
        "word/styles.xml": styles_part(),
    }
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return pack({name: (declaration + text).encode() for name, text in parts.items()})


def _document() -> str:
    body = _cover() + _sections() + _about() + _page()
    return f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>'


def _cover() -> str:
    return (
        _paragraph("Publisher", "{{ publisher.name }}")
        + _paragraph("Title", "{{ title }}")
        + _if("subtitle", _paragraph("Subtitle", "{{ subtitle }}"))
        + _for("line in cover", _paragraph("CoverLine", "{{ line }}"))
        + _if("synthetic", _paragraph("Notice", "{{ synthetic_notice }}"))
    )


def _sections() -> str:
    heading = (
        _if("section.chapter", _paragraph("Heading1", "{{ section.chapter }}"))
        + _if("section.level == 1", _paragraph("Heading1", "{{ section.title }}"))
        + _if("section.level == 2", _paragraph("Heading2", "{{ section.title }}"))
    )
    block = (
        _if('block.kind == "text"', _text())
        + _if('block.kind == "table"', _table())
        + _if('block.kind == "picture"', _picture())
    )
    return _for("section in sections", heading + _for("block in section.blocks", block))


def _text() -> str:
    # A paragraph cannot change its style, so there is one of each and the text picks its own.
    tests = [f'block.style == "{name}"' for name in TEXT_STYLES]
    styles = list(TEXT_STYLES.values())
    first, *others = [_paragraph(style, "{{ block.text }}") for style in styles]
    chosen = "".join(
        _control(f"elif {test}") + paragraph
        for test, paragraph in zip(tests[1:], others, strict=True)
    )
    body = _control("else") + _paragraph("Normal", "{{ block.text }}")
    return _control(f"if {tests[0]}") + first + chosen + body + _control("endif")


def _table() -> str:
    heading = _cells("column", "block.columns", "column.heading", "TableHeading")
    group = _row(_cell("TableGroup", "{{ row.label }}"))
    total = _row(_cells("cell", "row.cells", "cell.text", "TableTotal"))
    body = _row(_cells("cell", "row.cells", "cell.text", "TableText"))
    rows = (
        _row_control("for row in block.rows")
        + _row_control('if row.role == "group"')
        + group
        + _row_control('elif row.role == "total"')
        + total
        + _row_control("else")
        + body
        + _row_control("endif")
        + _row_control("endfor")
    )
    table = _table_of(_row(heading, header=True) + rows, "{{ block.title }}")
    notes = _for("note in block.notes", _paragraph("Note", "{{ note }}"))
    return _paragraph("Caption", "{{ block.caption }}") + table + notes


def _picture() -> str:
    return (
        _if("block.caption", _paragraph("Caption", "{{ block.caption }}"))
        + _paragraph("FigurePicture", "{{ block.image }}")
        + _for("note in block.notes", _paragraph("Note", "{{ note }}"))
    )


def _about() -> str:
    label = '<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>{{ fact.label }}:</w:t></w:r>'
    text = '<w:r><w:t xml:space="preserve"> {{ fact.text }}</w:t></w:r>'
    fact = f'<w:p><w:pPr><w:pStyle w:val="Fact"/></w:pPr>{label}{text}</w:p>'
    heading = _paragraph("Heading1", "{{ words.about }}")
    return _if("facts", heading + _for("fact in facts", fact))


def _page() -> str:
    return (
        '<w:sectPr><w:headerReference w:type="first" r:id="header1"/>'
        '<w:headerReference w:type="default" r:id="header2"/>'
        '<w:footerReference w:type="first" r:id="footer1"/>'
        '<w:footerReference w:type="default" r:id="footer1"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417"'
        ' w:left="1417" w:header="680" w:footer="680" w:gutter="0"/><w:cols w:space="708"/>'
        "<w:titlePg/></w:sectPr>"
    )


def _running_head() -> str:
    mark = _if("synthetic", _paragraph("Header", "{{ synthetic_mark }}"))
    name = "{% if publisher.name %} · {{ publisher.name }}{% endif %}"
    return _paragraph("Header", f"{{{{ title }}}}{name}") + mark


def _page_number() -> str:
    run = '<w:r><w:t xml:space="preserve">1</w:t></w:r>'
    field = f'<w:fldSimple w:instr=" PAGE ">{run}</w:fldSimple>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{field}</w:p>'


def _settings() -> str:
    microsoft = "http://schemas.microsoft.com/office/word"
    return (
        f'<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="708"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{microsoft}" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def _part(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'


def _paragraph(style: str, text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _control(tag: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{{%p {tag} %}}</w:t></w:r></w:p>'


def _if(test: str, content: str) -> str:
    return _control(f"if {test}") + content + _control("endif")


def _for(loop: str, content: str) -> str:
    return _control(f"for {loop}") + content + _control("endfor")


def _table_of(rows: str, title: str) -> str:
    columns = f'<w:gridCol w:w="{TEXT_WIDTH // 2}"/>' * 2
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{title}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(cells: str, *, header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _row_control(tag: str) -> str:
    return f"<w:tr>{_cell('TableText', f'{{%tr {tag} %}}')}</w:tr>"


def _cells(each: str, of: str, shown: str, style: str) -> str:
    """Repeat a cell; figures and intervals stand at the side where numbers do."""
    figure = "TableFigure" if style == "TableText" else f"{style}Figure"
    tag = f"{{{{ {shown} }}}}"
    return (
        _cell_control(f"for {each} in {of}")
        + _cell_control(f'if {each}.kind == "figure" or {each}.kind == "interval"')
        + _cell(figure, tag)
        + _cell_control("else")
        + _cell(style, tag)
        + _cell_control("endif")
        + _cell_control("endfor")
    )


def _cell_control(tag: str) -> str:
    return _cell("TableText", f"{{%tc {tag} %}}")


def _cell(style: str, text: str) -> str:
    width = f'<w:tcW w:w="{TEXT_WIDTH // 2}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{width}</w:tcPr>{_paragraph(style, text)}</w:tc>"


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
