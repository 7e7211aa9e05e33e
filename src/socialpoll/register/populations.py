"""The population of a poll: those people of a register who belong to it, as the poll sees them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.schema import Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Population"]


@dataclass(frozen=True, eq=False)
class Population:
    """The people whom a poll is about, in the variables of its questionnaire.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a person, in the order of ``person``: the pseudonym of kind ``person``. A column for
        every question that the register has the answer to, and for every derived variable made of
        these, in codes; ages in completed years. For every key of the register its pseudonyms.
    left_out : pandas.DataFrame
        How many people of the register do not belong to it, and why: ``reason``, ``people``.
    date : datetime.date
        On which they had these ages.
    source : Text
        What is said of where targets come from.
    """

    frame: pd.DataFrame = field(repr=False)
    left_out: pd.DataFrame = field(repr=False)
    date: dt.date
    source: Text

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        return f"<Population of {len(self)} people on {self.date}>"
