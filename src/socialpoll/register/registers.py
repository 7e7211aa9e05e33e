"""A register: the people of a reference in pseudonyms, and what is known of them, from whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.register.declared import RegisterLayout

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DATE", "PERSON", "SOURCE", "Register"]

PERSON = "person"
SOURCE, DATE = "_source", "_date"
"""How the names of columns end that say from which table a value is, and when that held."""


@dataclass(frozen=True, eq=False)
class Register:
    """The people of a reference, in pseudonyms, and what is known of them.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a person, in the order of ``person``: the pseudonym of kind ``person``. For every
        attribute that may change (``birth_date``, as a date, and those with codes, as text) a
        column of its name, missing where nobody knows it, one of its name and ``_source``, the
        table it is from, and one of its name and ``_date``, when that table held. For every key of
        the layout a column of pseudonyms of that kind.
    sources : pandas.DataFrame
        A row a table and attribute that the register was made from: ``source``, ``owner``,
        ``date``, ``attribute``, ``authority``; the latter missing where none was declared.
    layout : RegisterLayout
    date : datetime.date
        Of the latest of these tables.
    version : str
        Changes with everything that is in the register: 64 hexadecimal digits.
    """

    frame: pd.DataFrame = field(repr=False)
    sources: pd.DataFrame = field(repr=False)
    layout: RegisterLayout = field(repr=False)
    date: dt.date
    version: str

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        return f"<Register of {len(self)} people on {self.date}, version {self.version[:12]}>"
