"""People with names and identifiers like nobody else's, put into the tables of the agencies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from socialpoll.demo.register.layouts import LAYOUTS, NAME_COLUMNS, REFERENCE

__all__ = ["FAMILY", "GIVEN", "IDENTIFIERS", "OTHER_NAME", "plant", "tables_in"]

GIVEN, FAMILY = "زنبقوش", "الخنفشاري"
OTHER_NAME = "شمردل بن قعقاع بن هزبر الغضنفري"
PEOPLE = 60
HIGHEST = 97_531_864
IDENTIFIERS = tuple(str(HIGHEST - number) for number in range(PEOPLE))
NAMES = (REFERENCE.name, *(layout.name for layout in LAYOUTS))


def tables_in(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the tables of the reference and the agencies."""
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in NAMES}


def plant(folder: Path) -> None:
    """Give some people names and identifiers like nobody else's, in every table that has them.

    Of one of them a record is contradicted, so that people have to decide of it.
    """
    tables = tables_in(folder)
    records = pd.read_parquet(folder / "truth" / "records.parquet")
    known = [set(records.query("source == @name")["person"]) for name in NAMES[:3]]
    chosen = sorted(set.intersection(*known))[:: len(known[0]) // PEOPLE - 5][:PEOPLE]
    identifiers = dict(zip(chosen, IDENTIFIERS, strict=True))
    for name, table in tables.items():
        person = records.query("source == @name").set_index("record")["person"]
        of = person.reindex(table["record"]).to_numpy()
        planted = np.isin(of, chosen)
        has = planted & table["identifier"].notna().to_numpy()
        table.loc[has, "identifier"] = [identifiers[one] for one in of[has]]
        _rename(table, planted)
        if name == "health":
            _contradict(table, (of == chosen[0]).nonzero()[0][:1], IDENTIFIERS[0])
        table.to_parquet(folder / f"{name}.parquet")


def _rename(table: pd.DataFrame, rows: np.ndarray) -> None:
    if "name" not in table:
        table.loc[rows, [NAME_COLUMNS[0], NAME_COLUMNS[-1]]] = [GIVEN, FAMILY]
        return
    words = (name.split() for name in table.loc[rows, "name"])
    table.loc[rows, "name"] = [" ".join([GIVEN, *one[1:-1], FAMILY]) for one in words]


def _contradict(table: pd.DataFrame, rows: np.ndarray, identifier: str) -> None:
    """Give a record the identifier of a person, and neither the name nor the date of birth."""
    table.loc[rows, ["identifier", "name", "birth_date"]] = [identifier, OTHER_NAME, "01/01/1971"]
