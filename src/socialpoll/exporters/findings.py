"""Findings as one file: a page in the languages of the poll, or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from socialpoll.exporters.feed import MEDIA_TYPE, for_spreadsheets
from socialpoll.exporters.webpage.pages import pages_document
from socialpoll.hooks import Document
from socialpoll.report import Edition

if TYPE_CHECKING:
    from socialpoll.report import Findings

__all__ = ["FindingsFormat", "findings_document"]

FindingsFormat: TypeAlias = Literal["html", "csv"]


def findings_document(findings: Findings, name: str, form: FindingsFormat) -> Document:
    """Return what was found in a poll as one file; the same findings give the same bytes.

    Parameters
    ----------
    findings : Findings
    name : str
        Of the file.
    form : {"html", "csv"}
        A page in all languages of the findings; or every finding as a row, for spreadsheets.
    """
    if form == "csv":
        return Document(name, for_spreadsheets(findings.table), MEDIA_TYPE)
    editions = [Edition(findings.report, (tag,)) for tag in findings.languages]
    return pages_document(editions, name)
