"""What is declared of a register: its codes, and the tables in which agencies have them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

__all__ = ["KEYS", "SEX", "AgencyTable", "RegisterLayout"]

KEYS = ("record", "identifier", "name", "birth_date")
"""What a table may have beside the attributes that have codes."""
SEX, USUAL_PLACE = "sex", "governorate"


@dataclass(frozen=True)
class RegisterLayout:
    """What is known of people, in which codes: every table is brought to it.

    Parameters
    ----------
    codes : mapping of str to tuple of str
        Attributes, each with its codes: those of the questionnaire that is to be weighted.
    identifier : str
        Pattern of a well-formed identifier, which must fit from its first sign to its last; a
        regular expression as RE2 has them.
    earliest_birth : datetime.date
        What is earlier is no date of birth.
    keys : tuple of str
        What else tables have of a person that is no code: numbers of households, of blocks. They
        leave a table as pseudonyms alone.
    places : tuple of str, optional
        Attributes that say where somebody lives, from coarse to fine; records are matched by them.
        ``governorate`` where absent, if it has codes.

    Raises
    ------
    RegisterError
        When tables are read: attributes without codes, codes twice, a pattern that is none,
        places that are no attributes.

    Examples
    --------
    >>> layout = RegisterLayout({"sex": ("male", "female"), "governorate": ("muscat", "dhofar")})
    >>> layout.attributes
    ('record', 'identifier', 'name', 'birth_date', 'sex', 'governorate')
    """

    codes: Mapping[str, tuple[str, ...]]
    identifier: str = "[0-9]{8}"
    earliest_birth: dt.date = dt.date(1900, 1, 1)
    keys: tuple[str, ...] = ()
    places: tuple[str, ...] | None = None

    @property
    def lived_in(self) -> tuple[str, ...]:
        """Attributes that say where somebody lives, from coarse to fine."""
        if self.places is not None:
            return self.places
        return (USUAL_PLACE,) if USUAL_PLACE in self.codes else ()

    @property
    def compared(self) -> tuple[str, ...]:
        """Attributes with codes by which records are matched."""
        return (*(one for one in (SEX,) if one in self.codes), *self.lived_in)

    @property
    def attributes(self) -> tuple[str, ...]:
        """Everything that a table may have of a person, in order."""
        return (*KEYS, *self.codes, *self.keys)


@dataclass(frozen=True)
class AgencyTable:
    """A table of an agency, a row a record, as it is handed over.

    Parameters
    ----------
    name : str
        By which the table goes in results.
    owner : str
        The agency.
    reference_date : datetime.date
        When what the table says held.
    data : str, Path or duckdb.DuckDBPyRelation
        A file: CSV (``.csv``, UTF-8, with a header; all cells are text), Parquet (``.parquet``), or
        a database of DuckDB (``.duckdb``). Or a relation of a connection of yours: whatever DuckDB
        reads, a table of PostgreSQL or SQLite that you have attached among them.
    columns : mapping of str to (str or tuple of str)
        Attribute to column. ``record`` is the agency's own number of a record and must be there.
        The columns of ``name``, where there are several, are joined in their order.
    table : str, optional
        Of the database.
    separator : str
        Between the cells of a CSV file; cells that hold one are in double quotation marks.
    dates : str
        How dates are written where they are text, as for :meth:`datetime.datetime.strptime`.
    codes : mapping of str to mapping of str to str, optional
        For an attribute in other codes than those of the layout: code of the table to code of the
        layout.
    authority : mapping of str to int, optional
        Attribute to rank, 1 before 2: whose word counts where tables contradict each other. An
        attribute that is not named comes after all that are.

    Raises
    ------
    RegisterError
        When tables are read: every mistake of every table at once.

    Examples
    --------
    >>> AgencyTable(
    ...     "health",
    ...     "Ministry of Health",
    ...     dt.date(2023, 6, 30),
    ...     "health.csv",
    ...     {"record": "file_no", "identifier": "civil_no", "name": ("first", "father", "family")},
    ...     authority={"governorate": 1},
    ... ).columns["identifier"]
    'civil_no'
    """

    name: str
    owner: str
    reference_date: dt.date
    data: str | Path | duckdb.DuckDBPyRelation = field(repr=False)
    columns: Mapping[str, str | tuple[str, ...]]
    table: str = ""
    separator: str = ","
    dates: str = "%Y-%m-%d"
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    authority: Mapping[str, int] = field(default_factory=dict)

    @property
    def lies_in(self) -> str:
        """The name of the file, or that it is a relation."""
        return Path(self.data).name if isinstance(self.data, str | Path) else "a relation"

    @property
    def suffix(self) -> str:
        """The kind of the file; empty where it is a relation."""
        return Path(self.data).suffix.lower() if isinstance(self.data, str | Path) else ""

    def columns_of(self, attribute: str) -> tuple[str, ...]:
        """Return the columns of an attribute; none where the table does not have it."""
        found = self.columns.get(attribute, ())
        return (found,) if isinstance(found, str) else tuple(found)
