"""Templates made for tests: whole ones by python-docx, and single parts written by hand."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from socialpoll.exporters.word.package import pack, unpack

BODY = "word/document.xml"
LINKS = "word/_rels/document.xml.rels"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def template(*paragraphs: str, header: str = "", title: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    document.sections[0].header.paragraphs[0].text = header
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def with_table(*rows: tuple[str, ...], before: str = "") -> bytes:
    document = docx.Document()
    if before:
        document.add_paragraph(before)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def with_part(name: str, content: bytes) -> bytes:
    return pack(unpack(template("a")) | {name: content})


def body(inner: str, start: str = "") -> bytes:
    xml = f"{start}<w:document {SPACE}><w:body>{inner}<w:sectPr/></w:body></w:document>"
    return with_part(BODY, xml.encode())


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def linked(kind: str, target: str, mode: str = "External") -> bytes:
    parts = unpack(template("a"))
    link = f'<Relationship Id="rX" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    parts[LINKS] = parts[LINKS].replace(b"</Relationships>", f"{link}</Relationships>".encode())
    return pack(parts)


def field(*pieces: str) -> bytes:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    return body(f"<w:p>{mark('begin')}{code}{mark('end')}</w:p>")


def facing_template(*, header: str = "{{ title }} · {{ other.title }}", first: str = "") -> bytes:
    """Return a template of two languages as somebody makes it in Word, with python-docx."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    if first:
        document.add_paragraph(first)
    for text in ("{{ title }}", "{{ other.title }}"):
        document.add_paragraph(text, style="Title")
    document.add_paragraph("{%p for section in sections %}")
    document.add_heading("{{ section.title }} – {{ section.other.title }}", 1)
    document.add_paragraph("{%p for block in section.blocks %}")
    document.add_paragraph("{%p if block.kind == 'text' %}")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "{{ block.text }}", "{{ block.other.text }}"
    document.add_paragraph("{%p elif block.kind == 'table' %}")
    document.add_paragraph("{%p for table in block.tables %}")
    for text in ("{%p for line in table.captions %}", "{{ line.text }}", "{%p endfor %}"):
        document.add_paragraph(text)
    _add_grid(document)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p else %}")
    for name in ("caption", "image"):
        document.add_paragraph(f"{{{{ block.{name} }}}}")
        document.add_paragraph(f"{{{{ block.other.{name} }}}}")
    for text in ("{%p endif %}", "{%p endfor %}", "{%p endfor %}"):
        document.add_paragraph(text)
    return saved(document)


def _add_grid(document) -> None:
    table = document.add_table(rows=4, cols=3, style="Table Grid")
    rows = [
        ("{%tc for column in table.columns %}", "column.heading", "{%tc endfor %}"),
        ("{%tr for row in table.rows %}", "", ""),
        ("{%tc for cell in row.cells %}", "cell.lines", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    ]
    for row, (before, lines, after) in zip(table.rows, rows, strict=True):
        first, middle, last = row.cells
        first.text, last.text = before, after
        if lines:
            middle.text = f"{{%p for line in {lines} %}}"
            for text in ("{{ line.text }}", "{%p endfor %}"):
                middle.add_paragraph(text)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def with_language_marks(content: bytes, language: str) -> bytes:
    """Return a template after Word has noted a keyboard's language at the end of paragraphs."""
    document = docx.Document(BytesIO(content))
    for paragraph in document.element.body.iter(qn("w:p")):
        mark = OxmlElement("w:rPr")
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), language)
        mark.append(spoken)
        paragraph.get_or_add_pPr().append(mark)
    return saved(document)
