"""From banner tables to a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import ExportError, nearest
from socialpoll.plugins.writing import write_documents
from socialpoll.report import Edition

if TYPE_CHECKING:
    from socialpoll.report import Report

__all__ = ["check_page", "write_tables"]

PAGE = ".html"


def write_tables(
    report: Report, path: str | Path, *, languages: str | Sequence[str] | None = None
) -> Path:
    """Write banner tables as a page that loads nothing, whole or not at all.

    Parameters
    ----------
    report : Report
        As ``report`` of what :meth:`socialpoll.Poll.tables` returns.
    path : str or Path
        ``.html``. Its folder is made where it is not there, and a file that is there is replaced.
    languages : str or sequence of str, optional
        Among those of the report; all of them where absent.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ExportError
        Another ending, a language that the report is not in, or a folder that cannot be written to.

    See Also
    --------
    tabulate : A banner table in a terminal, a notebook, or as a frame.
    """
    from socialpoll.exporters.webpage.pages import pages_document

    file = Path(path)
    check_page(file)
    wanted = (languages,) if isinstance(languages, str) else languages or report.languages
    for tag in wanted:
        if tag not in report.languages:
            raise ExportError(
                f"the tables are not in language {tag!r}",
                where=file.name,
                allowed=nearest(tag, report.languages),
            )
    editions = [Edition(report, (tag,)) for tag in dict.fromkeys(wanted)]
    (written,) = write_documents([pages_document(editions, file.name)], file.parent)
    return written


def check_page(path: str | Path) -> None:
    """Refuse a file that does not end as a page does; ExportError."""
    file = Path(path)
    if file.suffix.lower() != PAGE:
        raise ExportError(
            "tables are not written to a file of this ending",
            where=str(file),
            found=repr(file.suffix),
            allowed=f"'{PAGE}'",
        )
