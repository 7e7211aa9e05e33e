"""A report as a web page: all its languages in one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from socialpoll.exporters.webpage.options import WebpageOptions
from socialpoll.exporters.webpage.pages import pages_document
from socialpoll.hooks import Document
from socialpoll.report import Edition

__all__ = ["MEDIA_TYPE", "render"]

MEDIA_TYPE = "text/html"


def render(edition: Edition, options: WebpageOptions | None = None) -> Iterator[Document]:
    """Write a report as one HTML file, self-contained and without scripts.

    Parameters
    ----------
    edition : Edition
        The page opens in its leading language, and has all of its languages.
    options : WebpageOptions, optional

    Yields
    ------
    Document
        ``<name of the report>.html``. The same report gives the same bytes.

    Raises
    ------
    ReportError
        There are charts, and nobody can draw.
    """
    chosen = options or WebpageOptions()
    digits = chosen.digits or edition.digits
    editions = [replace(edition, languages=(tag,), digits=digits) for tag in edition.languages]
    yield pages_document(editions, f"{edition.report.name}.html", chosen)
