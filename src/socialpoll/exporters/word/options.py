"""What can be chosen when a brief is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from socialpoll.report import Digits

__all__ = ["ChartForm", "WordOptions"]


ChartForm: TypeAlias = bool | Literal["picture", "native"]
"""How charts stand in a brief; False where they do not."""


@dataclass(frozen=True, kw_only=True)
class WordOptions:
    """How a Word brief is made.

    Parameters
    ----------
    template : str or Path, optional
        Path of a template of your own, for documents in one language, in two, or in either. The
        built-in one serves all of them.
    charts : {"picture", "native"} or bool
        Pictures of charts, for which True stands too; or charts of Word itself, whose figures can
        be edited there, where it has their kind, which takes python-pptx. False leaves the data of
        charts to the tables.
    digits : {"latn", "arab"}, optional
        Numbering system of Arabic text; by default the edition's.
    arabic_font : str, optional
        Font of Arabic letters; by default the one that the template gives to complex scripts.
    pdf : bool
        Whether every document is made as PDF too, which takes LibreOffice.
    pdf_limit : float
        Seconds that LibreOffice may take for all documents of an export together.
    """

    template: str | Path | None = None
    charts: ChartForm = "picture"
    digits: Digits | None = None
    arabic_font: str | None = None
    pdf: bool = False
    pdf_limit: float = 120.0

    def __post_init__(self) -> None:
        if not self.pdf_limit > 0:
            raise ValueError("pdf_limit must be more than 0 seconds")
