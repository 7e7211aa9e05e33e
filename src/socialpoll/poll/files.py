"""The files that a poll names: beside its poll file, never outside its folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from socialpoll.errors import OptionsError, Problem
from socialpoll.hooks import Exporter
from socialpoll.plugins.choosing import file_options
from socialpoll.poll.notebook import Notebook
from socialpoll.schema import inside

__all__ = ["located", "named_inside", "option_files"]

RESPONSES = "responses"


def named_inside(notes: Notebook, folder: Path, key: str, name: str) -> Path | None:
    """Return a file that a key of the poll file names; note where it is not there."""
    file = inside(folder, name)
    if file is None:
        notes.note(
            key,
            "a file outside the folder of the poll file",
            found=repr(name),
            allowed="a path inside the folder, such as 'responses.csv'",
            advice="copy the file into the folder",
        )
        return None
    if not file.exists() and key.rpartition(".")[2] == RESPONSES:
        notes.note(
            key,
            "the answers are not there yet",
            found=repr(name),
            advice="put the file of answers beside the poll file, or name another",
        )
        return None
    if not file.is_file():
        notes.note(
            key,
            "there is no such file",
            found=repr(name),
            advice="name a file relative to the poll file",
        )
        return None
    return file


def located(exporter: Exporter, options: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return options in which files are where they are named: beside the poll file.

    Parameters
    ----------
    exporter : Exporter
        An option of it is a file where its declared type has a Path in it.
    options : mapping of str to value
        As the poll file has them.
    folder : Path
        Of the poll file.

    Raises
    ------
    OptionsError
        A file outside the folder.
    """
    files = {name: inside(folder, options[name]) for name in file_options(exporter, options)}
    problems = [
        Problem(
            "a file outside the folder of the poll file",
            f"exporter {exporter.name!r}, option {name!r}",
            repr(options[name]),
            "a path inside the folder",
            "copy the file into the folder",
        )
        for name, file in files.items()
        if file is None
    ]
    if problems:
        raise OptionsError(f"the options of exporter {exporter.name!r}", problems)
    return {**options, **files}


def option_files(exporter: Exporter, options: Mapping[str, Any], folder: Path) -> list[Path]:
    """Return the files that options name and that are there."""
    files = [inside(folder, options[name]) for name in file_options(exporter, options)]
    return [one for one in files if one is not None and one.is_file()]
