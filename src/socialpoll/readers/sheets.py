"""What a sheet of a workbook holds beside values: its extent, formulas and errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from socialpoll.errors import ReaderError
from socialpoll.readers.bounds import require_table
from socialpoll.readers.zipped import unsound

__all__ = ["Marks", "marks_of", "parts_of_sheets"]

AT_ONCE = 1 << 20
PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
Attributes = dict[str, str]


@dataclass
class Marks:
    """What stands in the cells of a sheet, by rows and columns counted from 0.

    Attributes
    ----------
    rows, columns : int
        Of the smallest table from the first cell that holds all cells.
    formulas : int
        Cells whose value was calculated.
    first_formula : str
        The place of the first of them, such as ``"B2"``.
    errors : dict
        Row and column of each error to its word, such as ``"#REF!"``.
    """

    rows: int = 0
    columns: int = 0
    formulas: int = 0
    first_formula: str = ""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def parts_of_sheets(package: ZipFile, file: Path) -> dict[str, str]:
    """Return the part of the package that holds each sheet, by the name of the sheet."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else join("xl", target)
            targets[attributes.get("Id", "")] = normpath(whole)

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            identities = [value for key, value in attributes.items() if _local(key) == "id"]
            sheets[attributes.get("name", "")] = identities[0] if identities else ""

    for part, take in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        with _part(package, part, file) as content:
            _parse(content, file, take)
    return {name: targets.get(identity, "") for name, identity in sheets.items()}


def marks_of(package: ZipFile, part: str, file: Path) -> Marks:
    """Look through a sheet without keeping its values; its extent is held to the bounds.

    Parameters
    ----------
    package : ZipFile
        Within its own bounds.
    part : str
        That holds the sheet.
    file : Path
        For messages.

    Raises
    ------
    ReaderError
        The sheet is no XML, or reaches farther than the bounds of a table.
    """
    scan = _Scan(file)
    with _part(package, part, file) as content:
        _parse(content, file, scan.start, scan.end, scan.text)
    return scan.marks


class _Scan:
    """Follows the elements of a sheet; a cell that does not say where it is follows the last."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.marks = Marks()
        self.row, self.column = -1, -1
        self.error: list[str] | None = None
        self.in_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if _is_row(number) else self.row + 1
            self.column = -1
        elif name == "c":
            self._cell(attributes)
        elif name == "f":
            self.marks.formulas += 1
            self.marks.first_formula = self.marks.first_formula or place(self.row, self.column)
        elif name == "v":
            self.in_value = True

    def end(self, name: str) -> None:
        if name == "v":
            self.in_value = False
        elif name == "c" and self.error is not None:
            self.marks.errors[self.row, self.column] = "".join(self.error)
            self.error = None

    def text(self, words: str) -> None:
        if self.in_value and self.error is not None:
            self.error.append(words)

    def _cell(self, attributes: Attributes) -> None:
        found = PLACE.fullmatch(attributes.get("r", ""))
        if found:
            self.row, self.column = int(found[2]) - 1, column_of(found[1])
        else:
            self.column += 1
        self.error = [] if attributes.get("t") == "e" else None
        rows, columns = self.row + 1, self.column + 1
        if rows > self.marks.rows or columns > self.marks.columns:
            self.marks.rows = max(rows, self.marks.rows)
            self.marks.columns = max(columns, self.marks.columns)
            require_table(self.file, self.marks.rows, self.marks.columns)


def column_of(letters: str) -> int:
    """Return the place of a column from its letters.

    Examples
    --------
    >>> column_of("A"), column_of("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def place(row: int, column: int) -> str:
    """Write a place as spreadsheets do.

    Examples
    --------
    >>> place(1, 27)
    'AB2'
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _is_row(number: str) -> bool:
    return number.isdecimal() and int(number[:9]) > 0


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _part(package: ZipFile, part: str, file: Path) -> IO[bytes]:
    try:
        return package.open(part)
    except KeyError as error:
        raise unsound(file, f"no part {part!r}") from error


def _parse(
    content: IO[bytes],
    file: Path,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        message = "a document type, which workbooks do not have"
        raise expat.ExpatError(message)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        while block := content.read(AT_ONCE):
            parser.Parse(block)
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by place
    except expat.ExpatError as error:
        raise ReaderError(
            "a part of the workbook cannot be read",
            where=f"{file}, {getattr(content, 'name', '')}",
            found=str(error),
            advice="save it as .xlsx again",
        ) from error
