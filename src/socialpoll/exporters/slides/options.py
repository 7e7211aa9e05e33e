"""What can be chosen when a deck is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.report import Digits

__all__ = ["Detail", "SlidesOptions"]

Detail: TypeAlias = Literal["findings", "charts", "tables"]


@dataclass(frozen=True, kw_only=True)
class SlidesOptions:
    """How a deck of slides is made.

    Parameters
    ----------
    charts : {"native", "picture"}
        Whether charts are drawn by PowerPoint and can be edited there, where it has their kind, or
        are all pictures.
    detail : {"findings", "charts", "tables"}
        One slide a finding, with its first chart; all charts; or all charts and all tables. What
        is not on slides stands in the notes under them.
    digits : {"latn", "arab"}, optional
        Numbering system of Arabic text; by default the edition's.
    """

    charts: Literal["native", "picture"] = "native"
    detail: Detail = "findings"
    digits: Digits | None = None
