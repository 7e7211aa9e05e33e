"""A report for SDMX: its figures as SDMX-CSV, and the structure that they have as SDMX-JSON.

The exporter ``csv`` keeps every code as it was written. Here codes are identifiers of SDMX, which
its registries and readers ask for, and their lists come with the data: hence an exporter of its
own.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from socialpoll.exporters.code_lists import code_of
from socialpoll.exporters.feed import written
from socialpoll.exporters.feed_columns import CODED, COLUMNS, KEYS
from socialpoll.exporters.observations import rows_of
from socialpoll.exporters.sdmx.artefacts import Artefacts, artefacts_of
from socialpoll.exporters.sdmx.identifiers import identifier
from socialpoll.exporters.sdmx.structure import structure_message
from socialpoll.hooks import Document
from socialpoll.report import Edition

__all__ = ["MEDIA_TYPE", "SdmxOptions", "render"]

MEDIA_TYPE = "application/vnd.sdmx.data+csv;version=2.1.0"
STRUCTURE_TYPE = "application/vnd.sdmx.structure+json;version=2.0.0"
_HEADINGS = {one.name: one.heading for one in COLUMNS if one.name in CODED}


@dataclass(frozen=True, kw_only=True)
class SdmxOptions:
    """How the data and their structure are called.

    Parameters
    ----------
    agency : str
        Identifier of who maintains the structure; parts of an agency are joined by points.
    flow : str
        Identifier of the dataflow; by default the name of the report in capitals.
    version : str
        Of all that is maintained, as in ``2.0.0``; by default the edition where that is a number,
        else 1.0.0.
    """

    agency: str = "SOCIALPOLL"
    flow: str = ""
    version: str = ""


def render(edition: Edition, options: SdmxOptions | None = None) -> Iterator[Document]:
    """Write every figure of a report as SDMX-CSV 2.1, with its structure as SDMX-JSON 2.0.

    Parameters
    ----------
    edition : Edition
        Its languages are those of all names.
    options : SdmxOptions, optional

    Yields
    ------
    Document
        ``<name of the report>.sdmx.csv`` and ``<name of the report>.sdmx.json``.

    Raises
    ------
    ExportError
        An option is no identifier or version, or a column of the figures is none.

    References
    ----------
    SDMX Technical Working Group, "SDMX-CSV: field guide", version 2.1 (2023); "SDMX-JSON:
    structure message", version 2.0 (2021).
    """
    report = edition.report
    chosen = options or SdmxOptions()
    named = artefacts_of(report, chosen.agency, chosen.flow, chosen.version)
    yield Document(f"{report.name}.sdmx.csv", _data(edition, named).encode(), MEDIA_TYPE)
    message = json.dumps(structure_message(edition, named), ensure_ascii=False, indent=1)
    yield Document(f"{report.name}.sdmx.json", f"{message}\n".encode(), STRUCTURE_TYPE)


def _data(edition: Edition, named: Artefacts) -> str:
    head = {"STRUCTURE": "dataflow", "STRUCTURE_ID": named.reference, "ACTION": "I"}
    file = StringIO(newline="")
    headings = [*head, *(one.heading for one in named.columns)]
    writer = csv.DictWriter(file, headings, lineterminator="\n")
    writer.writeheader()
    for figure, row in zip(edition.report.figures, rows_of(edition.report), strict=True):
        codes = {
            heading: identifier(code_of(figure, name))
            for name, heading in _HEADINGS.items()
            if name in KEYS or row[heading]
        }
        writer.writerow({name: written(value) for name, value in {**head, **row, **codes}.items()})
    return file.getvalue()
