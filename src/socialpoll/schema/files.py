"""Files that people write: their TOML, and the names of further files in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from socialpoll.errors import Problem

__all__ = ["inside", "tables_in", "tables_of"]

_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def inside(folder: Path, name: str) -> Path | None:
    """Return a file of a folder; None where its name leads out of it.

    Symbolic links count as what they lead to.

    Parameters
    ----------
    folder : Path
        Of the file that names it.
    name : str
        Relative, with ``/`` between folders.
    """
    absolute = PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor
    file = (folder / name).resolve()
    return None if absolute or not file.is_relative_to(folder.resolve()) else file


def tables_of(file: Path) -> dict[str, Any] | Problem:
    """Read the tables of a TOML file in UTF-8, or tell why they cannot be read.

    The place in the problem is that inside the file: empty where it is the file as a whole.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        return Problem("the file cannot be read", found=error.strerror or str(error))
    except UnicodeDecodeError:
        return Problem("the file is not UTF-8", advice="save it as UTF-8")
    return tables_in(text)


def tables_in(text: str) -> dict[str, Any] | Problem:
    """Read the tables of TOML text, or tell where it is no TOML.

    Examples
    --------
    >>> tables_in("seed = 7")
    {'seed': 7}
    >>> print(tables_in("name = yes"))
    line 1, column 8: this is no TOML: Invalid value
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        what = f"this is no TOML: {_POSITION.sub('', str(error))}"
    if position is None or position[1] is None:
        return Problem(what, "at its end")
    return Problem(what, f"line {position[1]}, column {position[2]}")
