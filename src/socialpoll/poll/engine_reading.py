"""Answers that an engine counts where they lie: a file, a pattern of files, or a folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from glob import escape, has_magic
from pathlib import Path
from typing import Any

from socialpoll.errors import BindingError
from socialpoll.poll.notebook import Notebook
from socialpoll.responses.scans.sources import SUFFIXES, files_of
from socialpoll.schema import inside

__all__ = ["ENGINE", "RESPONSES", "answer_files", "lying_inside"]

ENGINE, RESPONSES = "engine", "responses"


def lying_inside(notes: Notebook, folder: Path, name: str, where: str = RESPONSES) -> Path | None:
    """Return where the answers lie: inside a folder; None where they do not, which is noted.

    Parameters
    ----------
    notes : Notebook
        Takes the problems.
    folder : Path
        Of the poll file.
    name : str
        Of a Parquet or CSV file, of a folder of Parquet files, or a pattern of names of files.
    where : str
        Place in the poll file that names it.
    """
    source = _located(folder, name)
    files = [] if source is None else _files(source)
    if source is None or any(_beside(folder, one) is None for one in files):
        what, found = "a file outside the folder of the poll file", repr(name)
        allowed = "a path inside the folder, such as 'answers/*.parquet'"
        advice = "copy or mount the files into the folder"
    elif not files:
        what, found = "the answers are not there yet", repr(name)
        allowed = "a Parquet or CSV file, a folder of Parquet files, or a pattern of names"
        advice = "put the answers beside the poll file, or name others"
    elif not _is_readable(kinds := {Path(one).suffix.lower() for one in files}):
        what = "an engine counts Parquet or CSV files, and of one poll only one kind"
        found, allowed = ", ".join(sorted(kinds)), ", ".join(SUFFIXES)
        advice = f"save the answers as Parquet, or leave {ENGINE!r} out"
    else:
        return source
    notes.note(where, what, found=found, allowed=allowed, advice=advice)
    return None


def _is_readable(kinds: Collection[str]) -> bool:
    return len(kinds) == 1 and {*kinds} <= {*SUFFIXES}


def answer_files(folder: Path, name: str, written: Mapping[str, Any]) -> list[str]:
    """Return the names of all files of answers, relative to the folder of the poll file.

    That is the name itself, unless the poll file names an engine, and there are some.
    """
    source = _located(folder, name) if ENGINE in written else None
    found = [] if source is None else [_beside(folder, one) for one in _files(source)]
    return [one for one in found if one is not None] or [name]


def _located(folder: Path, name: str) -> Path | None:
    """Return a path inside a folder; what looks like a pattern in the folder's own is none."""
    file = inside(folder, name)
    if file is None or file.exists() or not has_magic(name):
        return file
    root = folder.resolve()
    return Path(escape(str(root))) / file.relative_to(root)


def _files(source: Path) -> list[str]:
    try:
        return files_of(source)
    except BindingError:
        return []


def _beside(folder: Path, file: str) -> str | None:
    """Return a file relative to a folder; None where it, or what it links to, is outside."""
    root, found = folder.resolve(), Path(file)
    if not found.resolve().is_relative_to(root):
        return None
    return found.relative_to(root).as_posix()
