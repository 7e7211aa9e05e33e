"""The figures of every feed, read back by a reader that knows nothing of this library."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.parquet as pq

import socialpoll as sp
from socialpoll.exporters.feed_columns import CODED, COLUMNS, KEYS, Column
from socialpoll.exporters.sdmx.identifiers import code_from
from socialpoll.report import report_json_schema

KEPT = ("flag", "obs_status", "conf_status")

Rows = list[dict[str, Any]]


def released(report: sp.Report) -> Rows:
    """Return what feeds are to have: every column of the contract, and of suppressed rows keys."""
    return [
        {
            one.name: plain(figure.get(one.name))
            if figure.get("flag") != "suppressed" or one.name in (*KEYS, *KEPT)
            else None
            for one in COLUMNS
        }
        for figure in report.figures
    ]


def plain(value: Any) -> Any:
    """Return a value as all feeds have it: nothing for nothing, and one kind of numbers."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return float(value) if isinstance(value, int | float) else str(value)


def _contract(rows: Iterable[Mapping[str, Any]]) -> Rows:
    return [{one.name: _cell(one, row[one.heading]) for one in COLUMNS} for row in rows]


def _cell(column: Column, value: Any) -> Any:
    is_number = column.kind in ("number", "integer") and plain(value) is not None
    return plain(float(value) if is_number else value)


def read_csv(folder: Path, name: str) -> Rows:
    """Read the CSV feed by its metadata, which must be valid and know every code."""
    from csvw import TableGroup

    group = TableGroup.from_file(folder / f"{name}.csv-metadata.json")
    assert group.check_referential_integrity(strict=True)
    return _contract(group.tables[0])


def read_excel(folder: Path, name: str) -> Rows:
    """Read the feed for spreadsheets as they show it: an apostrophe in front is not seen."""
    text = (folder / "excel" / f"{name}.csv").read_bytes().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return _contract({key: shown(cell) for key, cell in row.items()} for row in rows)


def read_plain(folder: Path, name: str) -> Rows:
    """Read the CSV feed as any program does that knows nothing of its metadata."""
    text = (folder / f"{name}.csv").read_bytes().decode()
    return _contract(csv.DictReader(io.StringIO(text, newline="")))


def shown(cell: str) -> str:
    return cell.removeprefix("'")


def read_sdmx(folder: Path, name: str) -> Rows:
    """Read data and structure together; every code must be on the list of its component."""
    from pysdmx.io import get_datasets

    paths = (folder / f"{name}.sdmx.csv", folder / f"{name}.sdmx.json")
    (found,) = get_datasets(*paths)
    lists = {
        one.id: {code.id for code in one.local_codes.codes}
        for one in found.structure.components
        if one.local_codes is not None
    }
    coded = {one.heading for one in COLUMNS if one.name in CODED}
    assert set(lists) == coded
    data = found.data.astype(object).where(found.data.notna(), None)
    for heading, codes in lists.items():
        assert {*filter(None, data[heading])} <= codes, heading
    rows = data.to_dict("records")
    return _contract(
        {key: code_from(cell).code if key in coded and cell else cell for key, cell in row.items()}
        for row in rows
    )


def read_json(folder: Path, name: str) -> Rows:
    """Read the figures of the report, which its schema must allow."""
    written = json.loads((folder / f"{name}.json").read_text("utf-8"))
    assert list(validator().iter_errors(written)) == []
    figures = written["report"]["figures"]
    hidden = [{**dict.fromkeys(figures[0]), **one} for one in figures]
    return [{one.name: plain(row.get(one.name)) for one in COLUMNS} for row in hidden]


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(report_json_schema())


def read_parquet(folder: Path, name: str) -> Rows:
    table = pq.read_table(folder / f"{name}.parquet")
    return _contract(table.to_pylist())


READERS: Mapping[str, Callable[[Path, str], Rows]] = {
    "csv": read_csv,
    "excel": read_excel,
    "sdmx": read_sdmx,
    "json": read_json,
    "parquet": read_parquet,
}


def write_feeds(report: sp.Report, folder: Path) -> Path:
    """Write every feed of a report in all its languages."""
    sp.export(report, "csv", to=folder, metadata=True)
    sp.export(report, "csv", to=folder / "excel", profile="excel")
    for name in ("sdmx", "json", "parquet"):
        sp.export(report, name, to=folder)
    return folder
