"""What can be chosen when a web page is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.report import Digits

__all__ = ["TablesOfFindings", "WebpageOptions"]

TablesOfFindings: TypeAlias = Literal["folded", "open"]


@dataclass(frozen=True, kw_only=True)
class WebpageOptions:
    """How a web page is made.

    Parameters
    ----------
    charts : bool
        Whether charts are drawn; else the page has their data as tables.
    tables : {"folded", "open"}
        Whether the tables beneath the charts of a finding are unfolded by the reader, or stand
        open. Print has them in either case.
    digits : {"latn", "arab"}, optional
        Numbering system of Arabic text; by default the edition's.
    """

    charts: bool = True
    tables: TablesOfFindings = "folded"
    digits: Digits | None = None
