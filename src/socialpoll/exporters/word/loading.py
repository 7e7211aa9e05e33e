"""Templates read and checked before anything is filled in: the built-in one and those of users."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from socialpoll.errors import Problem, TemplateError
from socialpoll.exporters.word.checking import TAG, problems_of_tags

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

__all__ = ["built_in_template", "check_template", "read_template"]

LARGEST_FILE = 10 * 2**20
LARGEST_UNPACKED = 60 * 2**20
MOST_PARTS = 500
FOOTNOTES = "footnotes+xml"
BODY = "word/document.xml"


def built_in_template() -> bytes:
    """Return the template that comes with the library, as a start for one's own.

    Returns
    -------
    bytes
        A Word file.
    """
    return (files(__package__) / "brief.docx").read_bytes()


def read_template(path: str | Path) -> bytes:
    """Read a template and check all of it.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    bytes
        The file as it stands.

    Raises
    ------
    TemplateError
        Where it cannot be used; ``problems`` holds everything that was found, each with the part
        and paragraph.
    """
    place = Path(path)
    try:
        size = place.stat().st_size
        content = place.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        raise TemplateError(
            f"the template cannot be read: {error.strerror}", where=str(path)
        ) from None
    if size > LARGEST_FILE:
        limit = f"{LARGEST_FILE:,} bytes"
        raise TemplateError(
            "the template is too large", where=str(path), found=f"{size:,} bytes", allowed=limit
        )
    problems = check_template(content)
    if problems:
        raise _error(place.name, problems)
    return content


def check_template(content: bytes) -> tuple[Problem, ...]:
    """Say everything that is wrong with a template.

    Parameters
    ----------
    content : bytes
        The Word file.

    Returns
    -------
    tuple of Problem
        Empty where the template can be used.
    """
    problems = _problems_of_package(content)
    return tuple(problems or _problems_of_parts(content))


def _error(name: str, problems: tuple[Problem, ...]) -> TemplateError:
    first, *others = problems
    advice = first.advice
    if others:
        advice += "; and " + "; and ".join(f"{one.where}: {one.what}" for one in others)
    where = f"{name}, {first.where}" if first.where else name
    error = TemplateError(
        first.what, where=where, found=first.found, allowed=first.allowed, advice=advice
    )
    error.problems = problems
    return error


def _problems_of_package(content: bytes) -> list[Problem]:
    try:
        with ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
    except BadZipFile:
        return [Problem("no Word file", advice="save the template as .docx")]
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    problems = []
    if len(entries) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        found = f"{len(entries)} parts, {unpacked:,} bytes"
        allowed = f"{MOST_PARTS} parts, {LARGEST_UNPACKED:,} bytes"
        problems.append(Problem("the template is too large once unpacked", "", found, allowed))
    if not {BODY, "[Content_Types].xml"} <= names:
        problems.append(Problem("no Word document", advice="save the template as .docx"))
    problems.extend(
        Problem("a template with macros", where=name, advice="save it as .docx")
        for name in sorted(names)
        if name.endswith("vbaProject.bin")
    )
    return problems


def _problems_of_parts(content: bytes) -> list[Problem]:
    from docxtpl import DocxTemplate
    from lxml.etree import XMLSyntaxError

    template = DocxTemplate(BytesIO(content))
    try:
        template.init_docx()
        filled = _filled_parts(template)
    except (KeyError, ValueError, XMLSyntaxError) as error:
        return [Problem(f"a Word file that cannot be read: {error}")]
    problems = []
    for name, xml in filled.items():
        texts = _paragraphs(xml)
        problems.extend(problems_of_tags(name, template.patch_xml(xml), texts))
    with ZipFile(BytesIO(content)) as package:
        for name in sorted(set(package.namelist()) - set(filled)):
            if name.endswith((".xml", ".rels")):
                problems.extend(_stray_tags(name, package.read(name).decode(errors="replace")))
    return problems


def _filled_parts(template: DocxTemplate) -> dict[str, str]:
    """Return the XML of every part that docxtpl fills in, by its name in the package."""
    parts = {BODY: template.get_xml()}
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            parts[str(part.partname).lstrip("/")] = template.get_part_xml(part)
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith(FOOTNOTES):
            parts[str(part.partname).lstrip("/")] = template.get_part_xml(part)
    return parts


def _paragraphs(xml: str) -> list[str]:
    from socialpoll.exporters.word.ooxml import parse, w

    root = parse(xml.encode())
    return ["".join(text.text or "" for text in one.iter(w("t"))) for one in root.iter(w("p"))]


def _stray_tags(name: str, text: str) -> list[Problem]:
    return [
        Problem(
            "a tag where none is filled in",
            where=name,
            found=tag,
            allowed="tags in the body, headers, footers and footnotes",
            advice="document properties are written from the report",
        )
        for tag in TAG.findall(text)
    ]
