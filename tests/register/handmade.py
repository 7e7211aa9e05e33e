"""Tables of a few records, made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import socialpoll.register as reg

LAYOUT = reg.RegisterLayout({"sex": ("male", "female"), "governorate": ("muscat", "dhofar")})
COLUMNS = {
    "record": "no",
    "identifier": "civil_no",
    "name": "name",
    "birth_date": "born",
    "sex": "sex",
    "governorate": "place",
}
RECORD = {
    "no": "1",
    "civil_no": "12345678",
    "name": "سالم بن علي الحارثي",
    "born": "1990-05-17",
    "sex": "male",
    "place": "muscat",
}


def csv_of(path: Path, records: Sequence[Mapping[str, str]]) -> Path:
    header = list(RECORD) if not records else list(records[0])
    lines = [",".join(header), *(",".join(one[name] for name in header) for one in records)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def numbered(changes: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return a record for each of some changes, with a number and an identifier of its own."""
    return [
        RECORD | {"no": str(at), "civil_no": str(12345678 + at)} | change
        for at, change in enumerate(changes, start=1)
    ]


def table_of(path: Path, **changes: object) -> reg.AgencyTable:
    told = {
        "name": "health",
        "owner": "Health authority",
        "reference_date": dt.date(2023, 6, 30),
        "data": path,
        "columns": COLUMNS,
    }
    return reg.AgencyTable(**(told | changes))
