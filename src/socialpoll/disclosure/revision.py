"""What an edition changes in the one that it supersedes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from socialpoll.schema import Text
from socialpoll.schema.border import BORDER, settle

__all__ = ["Revision"]


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What an edition changes in the one that it supersedes.

    Attributes
    ----------
    edition : str
        Of the earlier release; empty where it has none.
    release_date : date or None
        Of the earlier release.
    reason : Text
        Why there is another edition.
    revised : int
        Figures that both show, and that differ as they are shown.
    new : int
        Figures that the earlier one did not show.
    withdrawn : int
        Figures that only the earlier one showed.
    unchanged : int
        Figures that both show alike.
    """

    edition: str = ""
    release_date: dt.date | None = None
    reason: Text = field(default_factory=dict)
    revised: int
    new: int
    withdrawn: int
    unchanged: int

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("reason",))
