"""What can be chosen when a workbook is made."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.report import Digits

__all__ = ["ExcelOptions"]


@dataclass(frozen=True, kw_only=True)
class ExcelOptions:
    """How a workbook is made.

    Parameters
    ----------
    data : bool
        Whether its last sheet has every released figure as a row.
    digits : {"latn", "arab"}, optional
        Numbering system of Arabic text and numbers; by default the edition's.
    """

    data: bool = True
    digits: Digits | None = None
