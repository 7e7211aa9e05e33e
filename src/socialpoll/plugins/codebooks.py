"""From a codebook to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from socialpoll.errors import ExportError, nearest
from socialpoll.plugins.host import PluginHost
from socialpoll.plugins.writing import write_documents

if TYPE_CHECKING:
    from socialpoll.report.codebooks import Codebook

__all__ = ["write_codebook"]


def write_codebook(
    codebook: Codebook,
    *,
    to: str | Path,
    formats: str | Sequence[str] = ("word",),
    languages: str | Sequence[str] | None = None,
) -> list[Path]:
    """Write a codebook, each file whole or not at all.

    Parameters
    ----------
    codebook : Codebook
        As :func:`socialpoll.codebook` makes it.
    to : str or Path
        Folder; it is made where it is not there, and files of the same names are replaced.
    formats : str or sequence of str
        ``word`` and ``html``, one file a language, and ``csv``, one file for a spreadsheet.
    languages : str or sequence of str, optional
        Among those of the codebook; all of them where absent.

    Returns
    -------
    list of Path
        Of the files.

    Raises
    ------
    ExportError
        An unknown format or language, or a folder that cannot be written to.
    PluginError
        What Word needs is not installed.

    See Also
    --------
    codebook : What it writes.
    """
    from socialpoll.exporters.codebook import CodebookFormat, codebook_documents

    chosen = _among("format", formats, get_args(CodebookFormat))
    spoken = _among("language", languages or codebook.languages, codebook.languages)
    if "word" in chosen:
        PluginHost().exporter("word")
    documents = codebook_documents(codebook, cast("tuple[CodebookFormat, ...]", chosen), spoken)
    return write_documents(list(documents), to)


def _among(what: str, given: str | Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return what was asked for once each, if all of it is known."""
    several = dict.fromkeys([given] if isinstance(given, str) else given)
    for one in several:
        if one not in known:
            raise ExportError(
                f"a codebook has no such {what}",
                where="codebook",
                found=repr(one),
                allowed=nearest(one, known),
            )
    return tuple(several)
