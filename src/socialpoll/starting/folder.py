"""Writing the folder of something new: whole or not at all, and never over anything."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from socialpoll.errors import StartError

__all__ = ["require_empty", "write_folder"]

SHOWN_AT_MOST = 5


def require_empty(folder: Path) -> None:
    """Refuse a folder that holds anything, or that cannot be read.

    Raises
    ------
    StartError
        Nothing may be overwritten.
    """
    try:
        there = sorted(one.name for one in folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        what = "this is no folder" if folder.exists() else "the folder cannot be read"
        raise StartError(
            what,
            where=str(folder),
            found=error.strerror or str(error),
            advice="name a folder that is not there yet",
        ) from error
    if there:
        raise StartError(
            "the folder is not empty, and what is new overwrites nothing",
            where=str(folder),
            found=", ".join(there[:SHOWN_AT_MOST]) + (" …" if there[SHOWN_AT_MOST:] else ""),
            advice="name a folder that is not there yet",
        )


def write_folder(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder that is empty or not there.

    All of them are first written into a hidden folder inside it, and then put in their places.

    Parameters
    ----------
    folder : Path
        It is made, its parents too.
    files : mapping of str to bytes
        Content by path inside the folder, with ``/``.

    Returns
    -------
    tuple of Path
        Of the files, in the same order.

    Raises
    ------
    StartError
        The folder is not empty, or cannot be written to; nothing is left behind then.
    """
    require_empty(folder)
    made = not folder.exists()
    placed: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".starting-", dir=folder) as unfinished:
            _write(Path(unfinished), files)
            for one in sorted(Path(unfinished).iterdir()):
                placed.append(folder / one.name)
                one.rename(placed[-1])
    except OSError as error:
        _remove([folder] if made else placed)
        raise StartError(
            "the folder cannot be written to",
            where=str(folder),
            found=error.strerror or str(error),
            advice="nothing was written; choose another folder, or make room",
        ) from error
    return tuple(folder / name for name in files)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _remove(paths: list[Path]) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
