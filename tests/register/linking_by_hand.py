"""A register of a few people, tables about them, and links that are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

import socialpoll.register as reg
from socialpoll.register.matching.linking import COLUMNS, WORTH
from tests.register.handmade import COLUMNS as COLUMNS_OF_TABLES, csv_of, numbered, table_of

KEY = reg.LinkageKey(bytes(range(32)))
LAYOUT = reg.RegisterLayout(
    {"sex": ("male", "female"), "governorate": ("muscat", "dhofar")}, keys=("household",)
)
ON = {"civil": dt.date(2023, 12, 31), "health": dt.date(2023, 6, 30), "old": dt.date(2019, 1, 1)}


def reference_of(folder: Path, people: Sequence[Mapping[str, str]]) -> reg.AgencyTable:
    """Declare a reference of some people in households of their own."""
    records = [one | {"home": f"h{at // 2}"} for at, one in enumerate(numbered(people))]
    return table_of(
        csv_of(folder / "reference.csv", records),
        name="reference",
        owner="Statistics office",
        reference_date=dt.date(2020, 12, 12),
        columns=COLUMNS_OF_TABLES | {"household": "home"},
    )


def told_by(
    folder: Path, name: str, records: Sequence[Mapping[str, str]], **authority: int
) -> reg.AgencyTable:
    """Declare a table of records, the nth of which is numbered n."""
    data = csv_of(folder / f"{name}.csv", numbered(records))
    return table_of(data, name=name, reference_date=ON[name], authority=authority)


def links_of(**people: Sequence[str | None]) -> reg.Links:
    """Link the nth record of each table with a person of the reference, or with nobody."""
    rows = [
        (
            source,
            KEY.pseudonym(f"record:{source}", str(at)),
            "" if person is None else KEY.pseudonym("person", person),
            "none" if person is None else "match",
            "" if person is None else "identifier",
            float("nan"),
            float("nan"),
        )
        for source, several in people.items()
        for at, person in enumerate(several, start=1)
    ]
    return reg.Links(pd.DataFrame(rows, columns=list(COLUMNS)), pd.DataFrame(columns=list(WORTH)))


def of_person(frame: pd.DataFrame, record: str) -> pd.DataFrame:
    """Return the rows of the person of a record of the reference."""
    return frame[frame["person"] == KEY.pseudonym("person", record)]
