"""Tables of agencies brought to one layout: the same attributes, in the same codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.quoting import listed, named, quoted

if TYPE_CHECKING:
    import duckdb

__all__ = ["AS_WRITTEN", "conformed"]

AS_WRITTEN = "written_"
"""How the names of columns begin that have what stands in the table, as text."""
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
"""Arabic and Persian digits, which identifiers and dates are also written in."""
INSTANTS = ("DATE", "TIMESTAMP")


def conformed(
    relation: duckdb.DuckDBPyRelation, table: AgencyTable, layout: RegisterLayout
) -> duckdb.DuckDBPyRelation:
    """Return a table in the layout of the register.

    Parameters
    ----------
    relation : duckdb.DuckDBPyRelation
        The table as it is, with all columns that were declared.
    table : AgencyTable
    layout : RegisterLayout

    Returns
    -------
    duckdb.DuckDBPyRelation
        For each attribute of the layout that the table has a column of its name, NULL where there
        is no value that the layout allows, and one of its name behind ``written_``.
    """
    kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
    columns = []
    for attribute in layout.attributes:
        if attribute not in table.columns:
            continue
        is_text = not kinds[table.columns_of(attribute)[0]].startswith(INSTANTS)
        text = _text(table.columns_of(attribute))
        value = _value(attribute, text if is_text else "", table, layout)
        columns += [f"{value} AS {named(attribute)}", f"{text} AS {named(AS_WRITTEN + attribute)}"]
    return relation.project(", ".join(columns))


def _text(columns: tuple[str, ...]) -> str:
    """Return the text of a column, or of several with spaces between; NULL where it is blank."""
    cells = ", ".join(f"CAST({named(one)} AS VARCHAR)" for one in columns)
    return f"nullif(trim(concat_ws(' ', {cells})), '')"


def _value(attribute: str, text: str, table: AgencyTable, layout: RegisterLayout) -> str:
    match attribute:
        case "record" | "name":
            return text
        case "identifier":
            digits = _in_digits(text)
            return (
                f"CASE WHEN regexp_full_match({digits}, {quoted(layout.identifier)}) "
                f"THEN {digits} END"
            )
        case "birth_date":
            return _date(text, table, layout)
    if attribute in layout.keys:
        return text
    own = table.codes.get(attribute)
    if own is None:
        return f"CASE WHEN {text} IN {listed(layout.codes[attribute])} THEN {text} END"
    return _translated(text, own)


def _in_digits(text: str) -> str:
    one, other = map(quoted, ("".join(map(chr, DIGITS)), "".join(map(chr, DIGITS.values()))))
    return f"translate({text}, {one}, {other})"


def _date(text: str, table: AgencyTable, layout: RegisterLayout) -> str:
    """Return the date, NULL where it is none on which somebody in the table can be born."""
    (column,) = table.columns_of("birth_date")
    date = f"CAST({named(column)} AS DATE)"
    if text:
        date = f"CAST(try_strptime({_in_digits(text)}, {quoted(table.dates)}) AS DATE)"
    first, last = layout.earliest_birth.isoformat(), table.reference_date.isoformat()
    return f"CASE WHEN {date} BETWEEN DATE {quoted(first)} AND DATE {quoted(last)} THEN {date} END"


def _translated(text: str, codes: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN {quoted(own)} THEN {quoted(meant)}" for own, meant in codes.items())
    return f"CASE {text} {cases} END"
