"""The whole report as JSON, in all its languages, with its schema where that is wanted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from socialpoll.exporters.observations import screened
from socialpoll.hooks import Document
from socialpoll.report import Edition, report_json_schema, report_to_json

__all__ = ["MEDIA_TYPE", "JsonOptions", "render"]

MEDIA_TYPE = "application/json"


@dataclass(frozen=True, kw_only=True)
class JsonOptions:
    """What stands beside the report.

    Parameters
    ----------
    schema : bool
        Whether there is a second file, ``<name of the report>.schema.json``, with the JSON Schema
        of reports.
    """

    schema: bool = False


def render(edition: Edition, options: JsonOptions | None = None) -> Iterator[Document]:
    """Write a report as JSON.

    Parameters
    ----------
    edition : Edition
        Whichever its languages, the report has all of its own.
    options : JsonOptions, optional

    Yields
    ------
    Document
        ``<name of the report>.json``, which :func:`socialpoll.report_from_json` reads.

    Raises
    ------
    ReportError
        Something in the report is no plain data.
    """
    report = edition.report
    report = replace(report, figures=tuple(map(screened, report.figures)))
    yield Document(f"{report.name}.json", f"{report_to_json(report)}\n".encode(), MEDIA_TYPE)
    if (options or JsonOptions()).schema:
        words = json.dumps(report_json_schema(), ensure_ascii=False, indent=2)
        yield Document(f"{report.name}.schema.json", f"{words}\n".encode(), MEDIA_TYPE)
