"""The tables of the synthetic register as they are declared to be matched."""

from __future__ import annotations

from pathlib import Path

from socialpoll.demo.register.layouts import LAYOUTS, NAME_COLUMNS, REFERENCE, Layout
from socialpoll.demo.register.people import EDUCATIONS, GOVERNORATES, SEXES, WILAYATS
from socialpoll.demo.register.synthesise import FileFormat
from socialpoll.register import AgencyTable, RegisterLayout

__all__ = ["LAYOUT", "declared_tables"]

LAYOUT = RegisterLayout(
    {"sex": SEXES, "governorate": GOVERNORATES, "wilayat": WILAYATS, "education": EDUCATIONS},
    keys=("household", "block"),
    places=("governorate", "wilayat"),
)
OWNERS = {
    "reference": "Statistics office",
    "civil_status": "Civil status authority",
    "health": "Health authority",
    "education": "Education authority",
}
AUTHORITY = {
    "reference": {"birth_date": 1, "sex": 1},
    "civil_status": {"birth_date": 2, "sex": 2, "governorate": 2, "wilayat": 2},
    "health": {"governorate": 1, "wilayat": 1},
    "education": {"education": 1},
}


def declared_tables(
    folder: str | Path, file_format: FileFormat = "parquet"
) -> dict[str, AgencyTable]:
    """Return the tables that :func:`socialpoll.demo.register.synthesise.synthesise_register` wrote.

    Parameters
    ----------
    folder : str or Path
        Where they were written to.
    file_format : {"parquet", "csv"}

    Returns
    -------
    dict of str to AgencyTable
        The reference first, then those of the agencies, by their names.
    """
    return {
        layout.name: AgencyTable(
            layout.name,
            OWNERS[layout.name],
            layout.date,
            Path(folder) / f"{layout.name}.{file_format}",
            _columns(layout),
            dates=layout.dates or "%Y-%m-%d",
            codes={} if layout == REFERENCE else _codes(layout),
            authority=AUTHORITY[layout.name],
        )
        for layout in (REFERENCE, *LAYOUTS)
    }


def _columns(layout: Layout) -> dict[str, str | tuple[str, ...]]:
    alike = ("record", "identifier", "birth_date", "sex", "governorate")
    columns: dict[str, str | tuple[str, ...]] = {name: name for name in alike}
    columns["name"] = NAME_COLUMNS if layout.names == "columns" else "name"
    if layout.wilayats:
        columns["wilayat"] = "wilayat"
    if layout.educations or layout == REFERENCE:
        columns["education"] = "education"
    if layout == REFERENCE:
        columns |= {key: key for key in LAYOUT.keys}
    return columns


def _codes(layout: Layout) -> dict[str, dict[str, str]]:
    codes = {
        "sex": dict(zip(layout.sexes, SEXES, strict=True)),
        "governorate": dict(zip(layout.governorates, GOVERNORATES, strict=True)),
    }
    if layout.wilayats:
        codes["wilayat"] = dict(zip(layout.wilayats, WILAYATS, strict=True))
    return codes
