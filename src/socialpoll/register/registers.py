"""A register: the people of a reference in pseudonyms, and what is known of them, from whom."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.register.coding import days_of
from socialpoll.register.declared import AgencyTable, RegisterLayout

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DATE", "PERSON", "SOURCE", "Register", "sources_of", "typed", "version_of"]

PERSON = "person"
SOURCE, DATE = "_source", "_date"
"""How the names of columns end that say from which table a value is, and when that held."""
OF_SOURCES = ("source", "owner", "date", "attribute", "authority")


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


def sources_of(tables: Iterable[AgencyTable], attributes: Sequence[str]) -> pd.DataFrame:
    """Return what tables are and which rank they have over each attribute that they tell of."""
    import pandas as pd

    rows = [
        (table.name, table.owner, table.reference_date, one, table.authority.get(one))
        for table in tables
        for one in attributes
        if one in table.columns
    ]
    frame = pd.DataFrame(rows, columns=list(OF_SOURCES))
    dates = frame["date"].astype("datetime64[s]")
    return typed(frame.assign(date=dates, authority=frame["authority"].astype("Int64")))


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with texts as objects and dates in seconds, in every version of pandas.

    Parameters
    ----------
    frame : pandas.DataFrame
        Of texts, dates, numbers and truths.
    """
    import pandas as pd

    columns: dict[Hashable, object] = {}
    for name, column in frame.items():
        if isinstance(column.dtype, pd.CategoricalDtype):
            used = column.cat.remove_unused_categories()
            columns[name] = used.cat.rename_categories(pd.Index(used.cat.categories, dtype=object))
        elif pd.api.types.is_string_dtype(column) or column.dtype == object:
            texts = column.astype(object)
            columns[name] = texts.where(texts.notna(), None)
        elif pd.api.types.is_datetime64_dtype(column):
            columns[name] = column.astype("datetime64[s]")
        else:
            columns[name] = column
    return pd.DataFrame(columns, columns=frame.columns)


def version_of(frame: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Return the hash of all that is in a register, the same wherever it was made or read.

    Parameters
    ----------
    frame, sources : pandas.DataFrame
        As of :class:`Register`.
    """
    found = hashlib.sha256(sources.to_csv(index=False).encode())
    for name in frame.columns:
        found.update(f"\n{name}\n".encode())
        for part in _bytes_of(frame[name]):
            found.update(part)
    return found.hexdigest()


def _bytes_of(column: pd.Series) -> Iterable[bytes]:
    """Yield what stands in a column: days, or texts with their places among all that occur."""
    import pandas as pd

    if pd.api.types.is_datetime64_dtype(column):
        yield days_of(column).astype("<i8").tobytes()
        return
    place, texts = pd.factorize(column.astype(object), sort=True)
    yield "\n".join(texts).encode()
    yield place.astype("<i8").tobytes()
