"""Pieces of a template: paragraphs, rows and cells of WordprocessingML with the tags of docxtpl."""

from __future__ import annotations

__all__ = [
    "cell",
    "cell_control",
    "cell_of",
    "control",
    "each",
    "paragraph",
    "row",
    "row_control",
    "run",
    "when",
]


def run(text: str, style: str = "") -> str:
    """Return a run of text, in a character style if one is named."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(style: str, *texts: str, breaks: bool = False) -> str:
    """Return a paragraph of a style, on a new page if asked for; a text is plain or a run."""
    runs = "".join(text if text.startswith("<w:r>") else run(text) for text in texts if text)
    before = "<w:pageBreakBefore/>" if breaks else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}</w:pPr>{runs}</w:p>'


def control(tag: str) -> str:
    """Return a paragraph that is nothing but a tag, and leaves with it."""
    return f"<w:p>{run(f'{{%p {tag} %}}')}</w:p>"


def when(test: str, content: str) -> str:
    """Return paragraphs that are there under a condition."""
    return control(f"if {test}") + content + control("endif")


def each(loop: str, content: str) -> str:
    """Return paragraphs that are repeated: ``each("line in cover", ...)``."""
    return control(f"for {loop}") + content + control("endfor")


def row(cells: str, *, header: bool = False) -> str:
    """Return a row that is not torn over two pages; a header is repeated on each."""
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def row_control(tag: str) -> str:
    """Return a row that is nothing but a tag."""
    return f"<w:tr>{cell('TableText', f'{{%tr {tag} %}}')}</w:tr>"


def cell(style: str, *texts: str, properties: str = "") -> str:
    """Return a cell with one paragraph; its width comes when the texts are known."""
    return cell_of(paragraph(style, *texts), properties=properties)


def cell_of(paragraphs: str, *, properties: str = "") -> str:
    """Return a cell with whatever stands in it; its width comes when the texts are known."""
    width = '<w:tcW w:w="0" w:type="auto"/>'
    return f"<w:tc><w:tcPr>{width}{properties}</w:tcPr>{paragraphs}</w:tc>"


def cell_control(tag: str) -> str:
    """Return a cell that is nothing but a tag."""
    return cell("TableText", f"{{%tc {tag} %}}")
