"""From a file of answers to what a reader finds in it, by a reader that is not trusted either."""

from __future__ import annotations

from pathlib import Path

from socialpoll.errors import ReaderError, SocialpollError
from socialpoll.hooks import Source
from socialpoll.plugins.host import PluginHost

__all__ = ["source_of"]


def source_of(
    path: str | Path, *, reader: str | None = None, host: PluginHost | None = None
) -> Source:
    """Read a file of answers.

    Parameters
    ----------
    path : str or Path
        Of the file.
    reader : str, optional
        Name of a reader; by default the one for files with this ending.
    host : PluginHost, optional
        Where readers are looked up; a new one where absent.

    Returns
    -------
    Source

    Raises
    ------
    PluginError
        The reader cannot be had.
    ReaderError
        The file cannot be read, or the reader failed, with its own error as the cause.
    """
    file = Path(path)
    chosen = (host or PluginHost()).reader(file if reader is None else reader)
    where = f"reader {chosen.name!r}, file {file.name!r}"
    try:
        source: object = chosen.read(file)
    except SocialpollError:
        raise
    except (Exception, SystemExit) as error:
        raise ReaderError(
            f"the reader failed: {type(error).__name__}: {error}",
            where=where,
            advice="tell the makers of the reader, or save the file in another format",
        ) from error
    if not isinstance(source, Source):
        found = f"an object of type {type(source).__name__!r}"
        raise ReaderError(
            "the reader returned no Source",
            where=where,
            found=found,
            advice="tell the makers of the reader",
        )
    return source
