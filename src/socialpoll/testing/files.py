"""A reader at work on a file: as it is, damaged, and not there."""

from __future__ import annotations

import tempfile
from functools import cached_property
from pathlib import Path

from socialpoll.hooks import Reader, Source
from socialpoll.testing.watching import Seen, watched

__all__ = ["FileTrial"]


class FileTrial:
    """Tries a reader on copies of a file, each in a folder that is gone afterwards.

    Parameters
    ----------
    reader : Reader
    file : Path or bytes
        A file, or the content of one; content gets the first ending that the reader takes.
    """

    def __init__(self, reader: Reader, file: Path | bytes) -> None:
        self.reader = reader
        self._file = file

    @property
    def name(self) -> str:
        """The name of the file."""
        if isinstance(self._file, Path):
            return self._file.name
        return f"sample{next(iter(self.reader.suffixes), '')}"

    @cached_property
    def content(self) -> bytes:
        """The content of the file."""
        return self._file.read_bytes() if isinstance(self._file, Path) else self._file

    @cached_property
    def first(self) -> tuple[object, Seen]:
        """What the reader returned the first time, and what else was seen."""
        return self.on(self.content)

    @cached_property
    def again(self) -> tuple[object, Seen]:
        """The same of the second time, when nothing has to be loaded any more."""
        self.on(self.content)
        return self.on(self.content)

    @property
    def source(self) -> Source | None:
        """What was found in the file; None where nothing was."""
        found, _ = self.first
        return found if isinstance(found, Source) else None

    def conduct(self) -> tuple[Seen, ...]:
        """Return what else was done the second time."""
        return (self.again[1],)

    def on(self, content: bytes | None) -> tuple[object, Seen]:
        """Have the reader read a file with this content; with None, one that is not there."""
        found, seen, _ = self._read(content)
        return found, seen

    def left(self) -> bytes | None:
        """Return what the file holds after it was read; None where it is gone."""
        return self._read(self.content)[2]

    def _read(self, content: bytes | None) -> tuple[object, Seen, bytes | None]:
        with tempfile.TemporaryDirectory(prefix="socialpoll-") as folder:
            path = Path(folder, self.name)
            if content is not None:
                path.write_bytes(content)
            found, seen = watched(lambda: self.reader.read(path))
            return found, seen, path.read_bytes() if path.exists() else None
