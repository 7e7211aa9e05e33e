"""From what was found in a poll to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from socialpoll.errors import ExportError
from socialpoll.plugins.writing import write_documents

if TYPE_CHECKING:
    from socialpoll.exporters.findings import FindingsFormat
    from socialpoll.report import Findings

__all__ = ["findings_format", "write_findings"]


def write_findings(findings: Findings, path: str | Path) -> Path:
    """Write what was found in a poll, whole or not at all.

    The file holds no answers beyond the values that are findings, and none of those where the
    question is sensitive or what was found is an id.

    Parameters
    ----------
    findings : Findings
        As :meth:`socialpoll.Poll.findings` returns them.
    path : str or Path
        ``.html``: a page in the languages of the poll. ``.csv``: a row a finding, for spreadsheets.
        Its folder is made where it is not there, and a file that is there is replaced.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ExportError
        Another ending, or a folder that cannot be written to.

    See Also
    --------
    check : Findings of checks.

    Poll.findings : Findings about a whole poll.
    """
    from socialpoll.exporters.findings import findings_document

    file = Path(path)
    document = findings_document(findings, file.name, findings_format(file))
    (written,) = write_documents([document], file.parent)
    return written


def findings_format(path: str | Path) -> FindingsFormat:
    """Return the format that the ending of a file asks for; ExportError where there is none."""
    from socialpoll.exporters.findings import FindingsFormat

    file = Path(path)
    form = file.suffix.lower().removeprefix(".")
    if form not in get_args(FindingsFormat):
        raise ExportError(
            "findings are not written to a file of this ending",
            where=str(file),
            found=repr(file.suffix),
            allowed=" or ".join(f"'.{one}'" for one in get_args(FindingsFormat)),
        )
    return cast("FindingsFormat", form)
