"""The pages of the documentation, and the tables on them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).parent.parent / "docs"
README = DOCS.parent / "README.md"
NAMES = re.compile(r"`([^`\n]+)`")


class Table(NamedTuple):
    """A table of a page: the heading it stands under, its first heading cell, and its rows."""

    section: str
    head: str
    rows: list[list[str]]

    @property
    def names(self) -> list[str]:
        """What its first column names, in order."""
        return [name for row in self.rows for name in NAMES.findall(row[0])]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def tables_of(name: str) -> list[Table]:
    found: list[Table] = []
    section, before = "", []
    for line in page(name).splitlines():
        if line.startswith("#"):
            section = line.strip("# ")
        if not line.startswith("|"):
            before = []
            continue
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if line.startswith("|---"):
            found.append(Table(section, before[0], rows=[]))
        elif before:
            found[-1].rows.append(cells)
        before = before or cells
    return found


def blocks_of(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language, whether they have a title or not."""
    return re.findall(rf"^```{language}\b[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def names_under(name: str, section: str, head: str | None = None) -> list[str]:
    chosen = [one for one in tables_of(name) if one.section == section and head in (None, one.head)]
    assert len(chosen) == 1, f"{len(chosen)} tables under {section!r} of {name}"
    return chosen[0].names
