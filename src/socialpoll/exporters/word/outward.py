"""What a Word file would fetch, run or open outside of itself: links, objects, fields, macros."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from socialpoll.errors import Problem
from socialpoll.exporters.word.ooxml import local, parse, value, w
from socialpoll.exporters.word.places import Map, name_of_part

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["codes_of", "problems_of_links"]

LINKED = frozenset({"hyperlink"})
"""What may stand outside of the file: it is opened by those who click on it, and by nobody else."""
ADDRESSES = ("https://", "http://", "mailto:")
ACTIVE = {
    "keyMapCustomizations": "a command on keys",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "a control that runs a program",
    "activeXControlBinary": "a control that runs a program",
    "aFChunk": "a document of another kind inside",
    "subDocument": "a document inside",
    "mailMergeSource": "a source of letters",
    "mailMergeHeaderSource": "a source of letters",
    "attachedTemplate": "a template that it hangs on",
    "frame": "a page of the web inside",
}
"""Kinds of relationships whose target runs, or is fetched when the document is opened."""
FIELDS = (
    "= ADDRESSEE AUTHOR COMMENTS COMPARE CREATEDATE DATE DOCPROPERTY EDITTIME EQ FILENAME FILESIZE"
    " FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK IF INDEX KEYWORDS LASTSAVEDBY LISTNUM NOTEREF"
    " NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION"
    " SECTIONPAGES SEQ STYLEREF SUBJECT SYMBOL TA TC TIME TITLE TOA TOC USERNAME XE"
)
"""ISO/IEC 29500-1:2016, 17.16.5: fields that look no further than the document."""
TAG = ("{{", "{%", "{#")


def problems_of_links(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Say what leads out of a file.

    Parameters
    ----------
    parts : mapping of str to bytes
        All of them readable.

    Yields
    ------
    Problem
        One a relationship or field; hyperlinks to the web and to addresses of mail are none.
    """
    for name in sorted(parts):
        if name.endswith("vbaProject.bin"):
            yield Problem("a template with macros", name_of_part(name), advice="save it as .docx")
        elif name.endswith(".rels"):
            yield from _relationships(name, parse(parts[name]))
        elif name.startswith("word/") and name.endswith(".xml"):
            yield from _fields(name, parse(parts[name]))


def _relationships(name: str, root: _Element) -> Iterator[Problem]:
    where = name_of_part(name)
    for one in root:
        kind = one.get("Type", "").rpartition("/")[2]
        target = one.get("Target", "")
        outside = one.get("TargetMode", "").lower() == "external"
        # A chart brings the table that it is drawn from.
        drawn = kind == "package" and name.startswith("word/charts/")
        if kind in ACTIVE and not drawn:
            advice = "take it out in Word, and save the file anew"
            yield Problem(
                f"{ACTIVE[kind]}, which is opened with the document", where, target, advice=advice
            )
        elif outside and kind not in LINKED:
            yield Problem(
                f"something that is fetched from elsewhere when the document is opened ({kind})",
                where,
                target,
                "what lies in the file itself",
                "insert it into the document, without a link to the file",
            )
        elif outside and not target.lower().startswith(ADDRESSES):
            yield Problem(
                "a link to somewhere else than the web", where, target, ", ".join(ADDRESSES)
            )


def _fields(name: str, root: _Element) -> Iterator[Problem]:
    places = Map(name, root)
    for element, code in codes_of(root):
        words = code.split(maxsplit=1)
        kind = words[0].upper() if words else ""
        where = str(places.place(element))
        if any(one in code for one in TAG):
            yield Problem(
                "a tag in the code of a field",
                where,
                code.strip(),
                advice="show the text in a paragraph instead",
            )
        elif kind not in FIELDS.split() and not kind.startswith("="):
            yield Problem(
                "a field that may look beyond the document",
                where,
                code.strip(),
                "PAGE, NUMPAGES, TOC, REF, STYLEREF, DATE and others of the document itself",
                "take it out, or turn it into plain text with Ctrl+Shift+F9",
            )


def codes_of(root: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield the code of every field, where it begins; one inside another is one of its own."""
    opened: list[tuple[_Element, list[str]]] = []
    for element in root.iter(w("fldSimple"), w("fldChar"), w("instrText")):
        kind = local(element)
        if kind == "fldSimple":
            yield element, value(element, "instr")
        elif kind == "instrText":
            if opened:
                opened[-1][1].append(element.text or "")
            else:
                yield element, element.text or ""
        elif value(element, "fldCharType") == "begin":
            opened.append((element, []))
        elif value(element, "fldCharType") == "end" and opened:
            begun, pieces = opened.pop()
            yield begun, "".join(pieces)
    for begun, pieces in opened:
        yield begun, "".join(pieces)
