"""What is wrong in the tables of agencies, counted: no cell is quoted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.checking import require_declared
from socialpoll.register.conforming import conformed
from socialpoll.register.counting import Counted, counted
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.needing import require_installed
from socialpoll.register.opening import database, opened, unquoted

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SourceQuality", "check_sources"]

COLUMNS = ("severity", "source", "attribute", "check", "records", "of", "share", "allowed")
SAID = {
    "missing": "records have no value",
    "repeated": "records have the value of another one",
    "malformed": "identifiers are not as they must be",
    "no_letter": "names have no letter",
    "impossible": "dates of birth are none, or not possible",
    "unknown": "codes are not known",
}
ADVICE = {
    "record": "declare as 'record' a column in which the agency numbers its records",
    "birth_date": "declare with 'dates' how dates are written",
}
OTHER_ADVICE = "look at whether the right column was declared, and its codes"


@dataclass(frozen=True, eq=False)
class SourceQuality:
    """What is wrong in the tables of agencies.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row for each table, attribute and check, those that found nothing too: ``severity``
        (``error`` where the table cannot be used as it is declared, ``warning``, ``note``),
        ``source``, ``attribute``, ``check`` (``missing``, ``repeated``, ``malformed``,
        ``no_letter``, ``impossible``, ``unknown``), ``records`` that it found, ``of`` so many,
        ``share``, and what would be ``allowed``. The worst first.
    """

    frame: pd.DataFrame = field(repr=False)

    def require_clean(self) -> None:
        """Raise where a table cannot be used as it is declared.

        Raises
        ------
        RegisterError
            Every finding of severity ``error``.
        """
        errors = self.frame[self.frame["severity"] == "error"]
        if len(errors):
            raise RegisterError("the tables of the agencies", map(_problem, errors.itertuples()))


def check_sources(tables: Iterable[AgencyTable], layout: RegisterLayout) -> SourceQuality:
    """Look through tables of agencies: what is missing, malformed, repeated, impossible, unknown.

    Parameters
    ----------
    tables : iterable of AgencyTable
    layout : RegisterLayout

    Returns
    -------
    SourceQuality
        Counts alone. It is the same in whatever order the records are.

    Raises
    ------
    RegisterError
        What is declared contradicts itself or the tables, a table cannot be read, or the extra
        ``register`` is not installed.

    See Also
    --------
    normalise_name : The form in which names are compared.
    """
    import pandas as pd

    require_installed("duckdb")
    declared = list(tables)
    require_declared(declared, layout)
    found: list[Counted] = []
    with database() as connection:
        for table, relation in opened(connection, declared, layout):
            of_table = conformed(relation, table, layout)
            found += unquoted(table, partial(counted, of_table, table, layout))
    rows = [
        (one.severity, *one[:5], one.records / one.of if one.of else 0.0, one.allowed)
        for one in found
    ]
    rows.sort(key=lambda row: ("error", "warning", "note").index(row[0]))
    return SourceQuality(pd.DataFrame(rows, columns=list(COLUMNS)))


def _problem(row: tuple[object, ...]) -> Problem:
    _, _, source, attribute, check, records, of, _, allowed = row
    advice = ADVICE.get(str(attribute), OTHER_ADVICE)
    if not of:
        return Problem("there are no records", str(source), advice="look at whether it is whole")
    return Problem(
        f"no record can be used: {SAID[str(check)]}" if attribute != "record" else SAID[str(check)],
        f"{source}: {attribute}",
        f"{records} of {of}",
        str(allowed),
        advice,
    )
