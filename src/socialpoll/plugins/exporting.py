"""From a report to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.plugins.rendering import render
from socialpoll.plugins.writing import write_documents

if TYPE_CHECKING:
    from socialpoll.hooks import Exporter
    from socialpoll.plugins.host import PluginHost
    from socialpoll.report import Digits, Report

__all__ = ["export"]


def export(
    report: Report,
    exporter: str | Exporter,
    *,
    to: str | Path,
    languages: str | Sequence[str] | None = None,
    digits: Digits = "latn",
    host: PluginHost | None = None,
    isolated: bool | None = None,
    **options: Any,  # noqa: ANN401 - the exporter's own, checked against its options
) -> list[Path]:
    """Turn a report into documents and write them.

    Everything is rendered before anything is written, and each file is written whole or not at all.

    Parameters
    ----------
    report : Report
    exporter : str or Exporter
        Name of an exporter, built in or of a plugin; or the record of one.
    to : str or Path
        Folder for the documents; it is made where it is not there, and files of the same names in
        it are replaced.
    languages : str or sequence of str, optional
        Editions to make, among the report's languages; all of them where absent. ``"ar+en"`` is
        one document in two languages, for exporters that can make one.
    digits : {"latn", "arab"}
        Numbering system of Arabic text.
    host : PluginHost, optional
        Where names are looked up; a new one where absent.
    isolated : bool, optional
        As for :func:`socialpoll.render`.
    **options
        The exporter's own options.

    Returns
    -------
    list of Path
        Of the files, in the order in which the exporter made them.

    Raises
    ------
    PluginError, OptionsError, RenderingError, ExportError
        As for :func:`socialpoll.render`; ExportError also where the folder cannot be written to.

    See Also
    --------
    render : The same documents, not written.
    """
    documents = render(
        report,
        exporter,
        languages=languages,
        digits=digits,
        host=host,
        isolated=isolated,
        **options,
    )
    return write_documents(documents, to)
