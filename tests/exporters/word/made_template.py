"""Templates made for tests: whole ones by python-docx, and single parts written by hand."""

from __future__ import annotations

from io import BytesIO

import docx

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
