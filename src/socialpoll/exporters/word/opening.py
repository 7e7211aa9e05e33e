"""Word files from outside, opened with care: they must be sound, and of a bearable size."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from socialpoll.errors import DocumentError, Problem
from socialpoll.exporters.word.ooxml import local, parse
from socialpoll.exporters.word.places import BODY, name_of_part

if TYPE_CHECKING:
    from zipfile import ZipInfo

__all__ = ["DOCUMENT", "TEMPLATE", "Limits", "is_xml", "open_package", "read_file"]

Check: TypeAlias = "Callable[[Mapping[str, bytes]], Iterator[Problem]]"
SAVE_AS = "save it as .docx"
CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "_rels/.rels"
STRICT = b"http://purl.oclc.org/ooxml/"
NEEDED = {
    "Relationship": ("Id", "Type", "Target"),
    "Default": ("Extension", "ContentType"),
    "Override": ("PartName", "ContentType"),
}
"""ISO/IEC 29500-2:2021, 7.2.3 and 6.5.3."""
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ENCRYPTED = 0x1
"""The flag of a part that wants a password."""


@dataclass(frozen=True)
class Limits:
    """How much a file may hold.

    Parameters
    ----------
    packed, unpacked : int
        Bytes of the file, and of all its parts.
    written : int
        Bytes of the parts that are XML: read as a tree, each takes ten times its room and more.
    elements : int
        Of all of them.
    parts : int
    """

    packed: int
    unpacked: int
    written: int
    elements: int
    parts: int


TEMPLATE = Limits(10 * 2**20, 60 * 2**20, 3 * 2**20, 150_000, 500)
"""Ten times what a template needs."""
DOCUMENT = Limits(100 * 2**20, 400 * 2**20, 100 * 2**20, 4_000_000, 5_000)


def open_package(content: bytes, limits: Limits) -> tuple[dict[str, bytes], list[Problem]]:
    """Take a Word file apart.

    Parameters
    ----------
    content : bytes
    limits : Limits

    Returns
    -------
    parts : dict of str to bytes
        By name; empty where the file cannot be taken apart.
    problems : list of Problem
        What is wrong with it. Later faults are looked for only where there are no earlier ones: a
        file that is no zip file has no parts.
    """
    if len(content) > limits.packed:
        found, allowed = f"{len(content):,} bytes", f"{limits.packed:,} bytes"
        return {}, [Problem("the file is too large", "", found, allowed)]
    try:
        with ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
            problems = list(_problems_of_entries(entries, limits))
            if problems:
                return {}, problems
            parts, problems = _read(package, entries)
    except BadZipFile:
        return {}, [Problem("no Word file", advice=SAVE_AS)]
    size_within = _size_within(limits)
    for problems_of in (_missing, size_within, _unreadable, _incomplete, _of_another_kind):
        problems = problems or list(problems_of(parts))
    return parts, problems


def is_xml(name: str) -> bool:
    """Say whether a part is XML, by its name."""
    return name.endswith((".xml", ".rels"))


def _problems_of_entries(entries: list[ZipInfo], limits: Limits) -> Iterator[Problem]:
    """Judge a file by its table of contents, before anything is unpacked."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.parts or unpacked > limits.unpacked:
        found = f"{len(entries):,} parts, {unpacked:,} bytes"
        allowed = f"{limits.parts:,} parts, {limits.unpacked:,} bytes"
        yield Problem("the file is too large once unpacked", "", found, allowed)
    for name, times in Counter(entry.filename for entry in entries).items():
        if times > 1:
            yield Problem("a part that is there several times", name, f"{times} times", "once")
    for entry in entries:
        where = name_of_part(entry.filename)
        if entry.flag_bits & ENCRYPTED:
            yield Problem("a part that wants a password", where, advice="save it without one")
        # Others can make much more out of little, and unpack it in one piece.
        elif entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            yield Problem("a part packed in a way that Word does not know", where, advice=SAVE_AS)


def _read(package: ZipFile, entries: list[ZipInfo]) -> tuple[dict[str, bytes], list[Problem]]:
    parts: dict[str, bytes] = {}
    for entry in entries:
        try:
            parts[entry.filename] = package.read(entry)
        except (BadZipFile, EOFError, zlib.error, OSError):
            where = name_of_part(entry.filename)
            return {}, [Problem("a part that cannot be unpacked", where, advice="save it anew")]
    return parts, []


def _missing(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    if any(STRICT in parts.get(name, b"") for name in (RELATIONS, BODY)):
        advice = "save it as 'Word document', not as 'Strict Open XML document'"
        yield Problem("a document of the strict form", advice=advice)
    elif not {BODY, CONTENT_TYPES, RELATIONS} <= set(parts):
        yield Problem("no Word document", advice=SAVE_AS)


def _size_within(limits: Limits) -> Check:
    def judged(parts: Mapping[str, bytes]) -> Iterator[Problem]:
        written = [content for name, content in parts.items() if is_xml(name)]
        size, elements = sum(map(len, written)), sum(one.count(b"<") for one in written)
        if size > limits.written or elements > limits.elements:
            found = f"{size:,} bytes, {elements:,} tags of XML"
            allowed = f"{limits.written:,} bytes, {limits.elements:,} tags"
            yield Problem("the file holds too much text", "", found, allowed)

    return judged


def _unreadable(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    from lxml.etree import XMLSyntaxError

    for name in sorted(filter(is_xml, parts)):
        where = name_of_part(name)
        try:
            doctype = parse(parts[name]).getroottree().docinfo.doctype
        except XMLSyntaxError as error:
            yield Problem(f"a part that is no XML: {error.msg}", where, advice="save it anew")
            continue
        # No program writes them, and they can make much out of little.
        if doctype:
            yield Problem("a part that declares a type or entities", where, doctype, "none")


def _incomplete(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Look at what tells how the parts belong together."""
    for name in sorted(parts):
        if name == CONTENT_TYPES or name.endswith(".rels"):
            for one in parse(parts[name]):
                lacking = [key for key in NEEDED.get(local(one), ()) if not one.get(key)]
                if lacking:
                    what = f"a {local(one)} without {' and '.join(lacking)}"
                    yield Problem(what, name_of_part(name), advice="save it anew in Word")


def _of_another_kind(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Say so where a file is a template of Word's own (.dotx), or holds macros (.docm)."""
    kinds = {
        one.get("PartName", "").lower(): one.get("ContentType")
        for one in parse(parts[CONTENT_TYPES])
    }
    found = kinds.get(f"/{BODY}") or "nothing"
    if found != MAIN:
        yield Problem("a Word file of another kind", "", found, MAIN, SAVE_AS)


def read_file(path: str | Path, limits: Limits, refused: type[DocumentError]) -> bytes:
    """Return what is in a file, read no further than the limits; ``refused`` where it cannot be."""
    try:
        with Path(path).open("rb") as file:
            return file.read(limits.packed + 1)
    except OSError as error:
        problem = Problem(f"the file cannot be read: {error.strerror}")
        raise refused(str(path), [problem]) from None
