"""Reading house style and sections of the publisher's own, with the images that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from socialpoll.errors import Problem, ReportError
from socialpoll.poll.files import named_inside
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.own_tables import (
    SECTIONS,
    ImageTable,
    LogoTable,
    PicturesTable,
    SectionTable,
    StyleTable,
)
from socialpoll.poll.parts import same_fields
from socialpoll.report import (
    HouseStyle,
    Image,
    OwnSection,
    Passage,
    Pictures,
    Recommendations,
    Timeline,
)
from socialpoll.report.images import LARGEST_FILE
from socialpoll.report.own_sections_checking import problems_of_section
from socialpoll.schema.shapes import Mistake, kind_of

__all__ = ["house_style_of", "image_names", "own_sections_of"]

STYLE, OWN = "publication.style", "publication.sections"
KINDS: Mapping[str, type[OwnSection]] = {
    one.role: one for one in (Passage, Recommendations, Timeline, Pictures)
}


def house_style_of(notes: Notebook, folder: Path, table: StyleTable | None) -> HouseStyle:
    """Return the house style of a publication; the usual one where it has mistakes.

    Parameters
    ----------
    notes : Notebook
        Takes them.
    folder : Path
        Of the poll file, where the logo lies.
    table : StyleTable or None
    """
    if table is None:
        return HouseStyle()
    logo = None if table.logo is None else _image(notes, folder, f"{STYLE}.logo", table.logo)
    declared = {name: one for name, one in vars(table).items() if one is not None}
    try:
        return HouseStyle(**{**declared, "logo": logo})
    except ReportError as error:
        notes.take(_moved(error.problems, "HouseStyle", STYLE))
        return HouseStyle()


def own_sections_of(
    notes: Notebook, folder: Path, written: Mapping[str, Any]
) -> dict[str, OwnSection]:
    """Return the sections of the publisher's own by their places in the file.

    Parameters
    ----------
    notes : Notebook
        Takes what is wrong with them.
    folder : Path
        Of the poll file, where the pictures lie.
    written : mapping
        The tables of the file as tomllib returns them.
    """
    publication = written.get("publication")
    tables = publication.get("sections", []) if isinstance(publication, Mapping) else []
    if not isinstance(tables, list):
        notes.note(OWN, "of the wrong kind", allowed=f"tables headed [[{OWN}]]")
        return {}
    read = {f"{OWN}[{number}]": one for number, one in enumerate(tables, start=1)}
    found = {where: _section(notes, folder, where, one) for where, one in read.items()}
    return {where: one for where, one in found.items() if one is not None}


def image_names(written: Mapping[str, Any]) -> list[str]:
    """Return the names of all images in the tables of a poll file."""
    publication = written.get("publication")
    if not isinstance(publication, Mapping):
        return []
    tables = [*_tables(publication.get("style"), "logo")]
    sections = publication.get("sections")
    for section in sections if isinstance(sections, list) else []:
        tables += _tables(section, "pictures")
    return [one["file"] for one in tables if isinstance(one.get("file"), str)]


def _tables(parent: object, key: str) -> Iterator[Mapping[str, Any]]:
    inner = parent.get(key) if isinstance(parent, Mapping) else None
    several = inner if isinstance(inner, list) else [inner]
    yield from (one for one in several if isinstance(one, Mapping))


def _section(notes: Notebook, folder: Path, where: str, written: object) -> OwnSection | None:
    kind = kind_of(written, "role", SECTIONS)
    if isinstance(kind, Mistake):
        notes.take([kind.within(where)])
        return None
    before = len(notes.problems)
    table = notes.table(kind, written, where)
    if table is None:
        return None
    section = _declared(notes, folder, where, table)
    if len(notes.problems) == before:
        # Of what was left out for its mistakes, nobody is told that it is not there.
        notes.take(_within(problems_of_section(section), where))
    return section


def _declared(notes: Notebook, folder: Path, where: str, table: SectionTable) -> OwnSection:
    kind = KINDS[table.role]
    given = same_fields(kind, table)
    if isinstance(table, PicturesTable):
        places = (f"{where}.pictures[{number}]" for number in range(1, len(table.pictures) + 1))
        read = (
            _image(notes, folder, place, one)
            for place, one in zip(places, table.pictures, strict=True)
        )
        given["pictures"] = tuple(one for one in read if one is not None)
    return kind(**given)


def _image(
    notes: Notebook, folder: Path, where: str, table: LogoTable | ImageTable
) -> Image | None:
    file = named_inside(notes, folder, f"{where}.file", table.file)
    if file is None:
        return None
    caption, width = (table.caption, table.width) if isinstance(table, ImageTable) else ({}, None)
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        return Image(content=content, alt=table.alt, caption=caption, width=width)
    except OSError as error:
        notes.note(f"{where}.file", f"the file cannot be read: {error.strerror}", found=table.file)
    except ReportError as error:
        moved = _moved(error.problems, "Image", where)
        notes.take(_of_file(one, where, table.file) for one in moved)
    return None


def _of_file(problem: Problem, where: str, name: str) -> Problem:
    """Return a problem of an image's content as one of its file."""
    if problem.where != f"{where}.content":
        return problem
    return replace(problem, where=f"{where}.file", found=f"{name!r}, {problem.found}")


def _moved(problems: tuple[Problem, ...], start: str, where: str) -> Iterator[Problem]:
    return (replace(one, where=one.where.replace(start, where, 1)) for one in problems)


def _within(problems: Iterator[Problem], where: str) -> Iterator[Problem]:
    return (replace(one, where=f"{where}.{one.where}") for one in problems)
