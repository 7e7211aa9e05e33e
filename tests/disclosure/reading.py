"""What stands in the files of a run, read by others than those that wrote them.

Everything that is read is a piece of text with the place where it stands: a paragraph with the
headings above it, or a cell with its caption and the words beside and above it.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree, html

DIGITS = re.compile(r"\d")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
MARKS = str.maketrans("", "", "\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
"""Marks of direction, which nobody sees."""
PAGE = re.compile(r"word/footer\d\.xml: \D*1( \D+ 1)?")
HEADING = re.compile(r"Heading (\d)")


@dataclass(frozen=True)
class Piece:
    """Words and where they stand.

    Attributes
    ----------
    words : str
    kind : {"prose", "alt", "caption", "cell", "hidden"}
        ``hidden`` is what a reader does not see, such as the properties of a file.
    under : tuple of str
        Headings above it.
    caption, group, row : str
        Of a cell: of its table, the heading among the rows above it, and the head of its row.
    above : tuple of str
        Of a cell: the heads of its column.
    """

    words: str
    kind: str = "prose"
    under: tuple[str, ...] = ()
    caption: str = ""
    group: str = ""
    row: str = ""
    above: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[str]:
        """Return all numbers as they are written."""
        return NUMBER.findall(self.words)


def read_word(content: bytes) -> list[Piece]:
    """Read a document by python-docx, with headers, footers, alt texts and properties."""
    document = docx.Document(io.BytesIO(content))
    found = list(_body(document))
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header):
            found += [Piece(one.text, "prose") for one in part.paragraphs]
    core = document.core_properties
    told = (core.title, core.subject, core.author, core.keywords, core.comments, core.category)
    found += [Piece(str(one), "hidden") for one in told if one]
    return _legible(found)


def _body(document: docx.document.Document) -> Iterator[Piece]:
    headings: list[str] = []
    caption = ""
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            style = paragraph.style.name
            if level := HEADING.fullmatch(style):
                headings = [*headings[: int(level[1]) - 1], paragraph.text.translate(MARKS)]
            caption = paragraph.text if style == "Caption" else caption
            kind = "caption" if style == "Caption" else "prose"
            yield Piece(paragraph.text, kind, tuple(headings))
            for one in element.iter(qn("wp:docPr")):
                for name in ("descr", "title"):
                    yield Piece(one.get(name) or "", "alt", tuple(headings))
        elif element.tag == qn("w:tbl"):
            grid = [[cell.text for cell in row.cells] for row in Table(element, document).rows]
            heads = 2 if len(grid) > 1 and grid[0][0] == grid[1][0] else 1
            yield from cells_of(grid, heads, caption, tuple(headings))


def cells_of(
    grid: Sequence[Sequence[str]], heads: int, caption: str, under: tuple[str, ...]
) -> Iterator[Piece]:
    """Yield the cells of a table; a row of one text is a heading of those below it."""
    group = ""
    for place, row in enumerate(grid):
        if place >= heads and len(set(row)) == 1 and len(row) > 1 and not row[0].startswith("["):
            group = row[0]
            yield Piece(group, "caption", under)
            continue
        for column, words in enumerate(row):
            inside = bool(column) and place >= heads
            above = tuple(line[column].translate(MARKS) for line in grid[:heads])
            yield Piece(
                words,
                "cell" if inside else "caption",
                under,
                caption=caption.translate(MARKS),
                group=group.translate(MARKS),
                row=row[0].translate(MARKS) if inside else "",
                above=above if inside else (),
            )


def read_page(content: bytes) -> list[Piece]:
    """Read a page by lxml: paragraphs, tables and attributes."""
    page = html.fromstring(content)
    found: list[Piece] = [Piece(page.findtext(".//title") or "", "hidden")]
    headings: tuple[str, ...] = ()
    for one in page.body.iter():
        if not isinstance(one.tag, str):
            found.append(Piece(str(one.text), "hidden"))
            continue
        if one.tag in ("h1", "h2", "h3"):
            headings = (one.text_content(),)
        if one.tag in ("h1", "h2", "h3", "p", "li", "figcaption"):
            found.append(Piece(one.text_content(), "prose", headings))
        if one.tag == "table":
            found += _of_page_table(one, headings)
        told = ("title", "alt", "aria-label", "id", "href", "content")
        found += [Piece(one.get(name), "hidden", headings) for name in told if one.get(name)]
    return _legible(found)


def _of_page_table(table: html.HtmlElement, under: tuple[str, ...]) -> list[Piece]:
    caption = table.findtext(".//caption") or ""
    head = [[cell.text_content() for cell in row] for row in table.findall("./thead/tr")]
    lines = [_spread(row) for row in table.findall("./tbody/tr")]
    above = _spread(table.find("./thead/tr"))
    names = iter(head[1]) if len(head) > 1 else iter(())
    spans = [int(cell.get("rowspan", 1)) for cell in table.find("./thead/tr") for _ in _span(cell)]
    second = [
        one if span > 1 or len(head) == 1 else next(names)
        for one, span in zip(above, spans, strict=True)
    ]
    return list(cells_of([above, second, *lines], 2, caption, under))


def _spread(row: html.HtmlElement) -> list[str]:
    return [_written(cell) for cell in row for _ in _span(cell)]


def _written(cell: html.HtmlElement) -> str:
    """Return the text of a cell without the letters that stand above the line."""
    letters = "".join(one.text_content() for one in cell.iter("sup"))
    return cell.text_content().removesuffix(letters) if letters else cell.text_content()


def _span(cell: html.HtmlElement) -> range:
    return range(int(cell.get("colspan", 1)))


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every number of a plain value, and every text with a digit, with its path."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one, f"{path}[]")
    elif isinstance(value, str):
        if DIGITS.search(value):
            yield path, value
    elif value is not None and not isinstance(value, bool):
        yield path, value


def read_json(content: bytes) -> object:
    """Read JSON, in which no name stands twice."""
    return json.loads(content, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def text_of_picture(content: bytes) -> dict[str, str]:
    """Return the words that a PNG carries beside its dots."""
    place, found = 8, {}
    while place < len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + size]
        if kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf"):
            name, _, words = body.partition(b"\0")
            found[name.decode("latin-1")] = words.decode("latin-1")
        place += 12 + size
    return found


def unread(content: bytes, pieces: Sequence[Piece]) -> list[str]:
    """Return the paragraphs of a package with numbers that nobody read, but for page numbers."""
    read = "\n".join(one.words for one in pieces)
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if not re.fullmatch(r"word/(?!styles|settings|numbering)\w+\.xml", name):
                continue
            for paragraph in etree.fromstring(package.read(name)).iter(qn("w:p")):
                texts = (one.text or "" for one in paragraph.iter(qn("w:t")))
                words = "".join(texts).translate(MARKS)
                if DIGITS.search(words) and words not in read:
                    found.append(f"{name}: {words}")
    return [one for one in found if not PAGE.fullmatch(one)]


def _legible(found: Sequence[Piece]) -> list[Piece]:
    return [replace(one, words=one.words.translate(MARKS)) for one in found if one.words]
