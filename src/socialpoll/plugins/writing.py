"""Writing documents: each whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from socialpoll.errors import ExportError
from socialpoll.hooks import Document

__all__ = ["write_documents"]


def write_documents(documents: Sequence[Document], folder: str | Path) -> list[Path]:
    """Write documents into a folder, which is made where it is not there.

    Every document is first written beside its place and forced to disk; only when all of them are
    there does each take its place, in one step.

    Parameters
    ----------
    documents : sequence of Document
        With plain names, as the host has checked.
    folder : str or Path
        Where they go; files of the same names are replaced.

    Returns
    -------
    list of Path
        Of the documents, in the same order.

    Raises
    ------
    ExportError
        The folder cannot be made or written to, the disk is full, or a file of that name is open
        in another program. Nothing half-written is left behind.
    """
    place = Path(folder)
    _make(place)
    waiting: dict[Path, Path] = {}
    try:
        for document in documents:
            target = place / document.name
            waiting[target] = _beside(target)
            _write(waiting[target], document.content, place)
        return _put_in_place(waiting)
    finally:
        _remove(waiting.values())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ExportError(
            "the output folder is a file", where=str(folder), advice="name a folder"
        ) from error
    except OSError as error:
        raise ExportError(
            "the output folder cannot be made", where=str(folder), found=_cause(error)
        ) from error


def _beside(target: Path) -> Path:
    return target.with_name(f".{secrets.token_hex(8)}.part")


def _write(path: Path, content: bytes, folder: Path) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ExportError(
            "the output folder cannot be written to",
            where=str(folder),
            found=_cause(error),
            advice="nothing was written; choose another folder, or make room",
        ) from error


def _put_in_place(waiting: Mapping[Path, Path]) -> list[Path]:
    done: list[Path] = []
    for target, path in waiting.items():
        try:
            path.replace(target)
        except OSError as error:
            what = "it cannot be replaced, because it is open in another program or protected"
            if target.is_dir():
                what = "there is a folder of that name"
            written = ", ".join(one.name for one in done)
            raise ExportError(
                what,
                where=str(target),
                found=_cause(error),
                advice="close it and export again"
                + (f"; already written: {written}" if written else ""),
            ) from error
        done.append(target)
    return done


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _cause(error: OSError) -> str:
    return error.strerror or type(error).__name__
