"""Files for their owner alone, and folders of them that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from socialpoll.errors import Problem, RegisterError

__all__ = ["create", "keep"]

OWNER_ALONE, FOLDER_OF_OWNER = 0o600, 0o700


def keep(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a folder that is not there yet.

    Every file is forced to disk in a folder beside; when all of them are there it takes its place
    in one step.

    Parameters
    ----------
    folder : Path
    files : mapping of str to bytes
        Name to content.

    Returns
    -------
    Path
        Of the folder.

    Raises
    ------
    RegisterError
        It cannot be made or written to. Nothing half-written is left behind.
    """
    beside = folder.with_name(f".{secrets.token_hex(8)}.part")
    failure = ""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir(mode=FOLDER_OF_OWNER)
        for name, content in files.items():
            _write(beside / name, content)
        beside.rename(folder)
    except OSError as error:
        failure = error.strerror or type(error).__name__
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    if failure:
        advice = "name a folder of yours on a disk that has room"
        problem = Problem("the version cannot be written", folder.name, failure, advice=advice)
        raise RegisterError("the register", [problem])
    return folder


def create(path: Path) -> int:
    """Return the handle of a new file that only its owner may read; OSError where it is there."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)


def _write(path: Path, content: bytes) -> None:
    with open(create(path), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
