"""Codebooks as documents: Word and a page, one a language; one table for all languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from socialpoll.exporters.feed import MEDIA_TYPE, for_spreadsheets
from socialpoll.exporters.webpage.pages import pages_document
from socialpoll.hooks import Document
from socialpoll.report import Edition

if TYPE_CHECKING:
    from socialpoll.report.codebooks import Codebook

__all__ = ["CodebookFormat", "codebook_documents"]

CodebookFormat: TypeAlias = Literal["word", "html", "csv"]


def codebook_documents(
    codebook: Codebook, formats: Sequence[CodebookFormat], languages: Sequence[str]
) -> Iterator[Document]:
    """Yield a codebook in several formats.

    Parameters
    ----------
    codebook : Codebook
    formats : sequence of {"word", "html", "csv"}
    languages : sequence of str
        Among those of the codebook.

    Yields
    ------
    Document
        ``codebook-ar.docx``, ``codebook-ar.html``; ``codebook.csv``, which is in all languages.
        The same codebook gives the same bytes.
    """
    for one in formats:
        if one == "csv":
            yield _table_of(codebook)
            continue
        for tag in languages:
            edition = Edition(codebook.report, (tag,))
            yield (
                _word(edition)
                if one == "word"
                else pages_document([edition], f"codebook-{tag}.html")
            )


def _word(edition: Edition) -> Document:
    from socialpoll.exporters.word import render

    (made,) = render(edition)
    return replace(made, name=f"codebook-{edition.language}.docx")


def _table_of(codebook: Codebook) -> Document:
    return Document("codebook.csv", for_spreadsheets(codebook.frame), MEDIA_TYPE)
