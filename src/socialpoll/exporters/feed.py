"""Every released figure as a row of a CSV file, in the column layout of SDMX-CSV."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Literal, TypeAlias

from socialpoll.errors import ExportError, nearest
from socialpoll.exporters.csvw import sidecar
from socialpoll.exporters.observations import headings, labels_of, observations
from socialpoll.exporters.outreach_columns import outreach_labels, outreach_rows
from socialpoll.hooks import Document
from socialpoll.report import Edition, Report, Scalar

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEDIA_TYPE", "CsvOptions", "for_spreadsheets", "harmless", "render", "written"]

Rows: TypeAlias = Iterable[Mapping[str, Scalar]]
MEDIA_TYPE = "text/csv"
PROFILES = ("machine", "excel")
BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet runs a text that starts so, quoted or not, in some languages the wide ones too."""


@dataclass(frozen=True, kw_only=True)
class CsvOptions:
    """How the feed is written.

    Parameters
    ----------
    profile : {"machine", "excel"}
        ``machine``: UTF-8 without a byte order mark, lines end with LF, every text as it is.
        ``excel``: with the mark, CRLF, words beside the codes, and an apostrophe before texts that
        a spreadsheet would run. Numbers are never touched.
    metadata : bool
        Whether what programs need to read it stands beside it: CSVW metadata with titles in every
        language, and a table of codes and their words a column. Of the profile ``machine`` alone,
        since in the other one texts are not what they are.
    """

    profile: Literal["machine", "excel"] = "machine"
    metadata: bool = False


def render(edition: Edition, options: CsvOptions | None = None) -> Iterator[Document]:
    """Write every figure of a report, a row each, and every audience of its plan.

    Parameters
    ----------
    edition : Edition
        Its languages are those of the words.
    options : CsvOptions, optional

    Yields
    ------
    Document
        ``<name of the report>.csv``; ``<name>-outreach.csv``, a row an audience, where the report
        has a plan of whom to reach; with metadata, those of :func:`~.csvw.sidecar` too.

    Raises
    ------
    ExportError
        Where nobody knows the profile, or metadata is asked for of the profile ``excel``.

    References
    ----------
    SDMX Technical Working Group, "SDMX-CSV: field guide", version 2.1 (2023).
    """
    chosen = options or CsvOptions()
    _require_known(chosen)
    report = edition.report
    text = _for_spreadsheets(edition) if chosen.profile == "excel" else _plain(report)
    yield Document(f"{report.name}.csv", text.encode(), MEDIA_TYPE)
    if report.outreach:
        plan = _plan_for_spreadsheets(edition) if chosen.profile == "excel" else _plan(report)
        yield Document(f"{report.name}-outreach.csv", plan.encode(), MEDIA_TYPE)
    if chosen.metadata:
        yield from sidecar(edition)


def _require_known(chosen: CsvOptions) -> None:
    if chosen.profile not in PROFILES:
        raise ExportError(
            "no such profile of the CSV feed",
            where="option 'profile'",
            found=repr(chosen.profile),
            allowed=nearest(chosen.profile, PROFILES),
        )
    if chosen.metadata and chosen.profile == "excel":
        raise ExportError(
            "metadata describes the feed for programs only",
            where="option 'metadata'",
            found="profile 'excel'",
            allowed="profile 'machine'",
            advice="export twice, into two folders",
        )


def _plain(report: Report) -> str:
    return _table(observations(report), headings(report), end="\n")


def _plan(report: Report) -> str:
    return _table(outreach_rows(report), (), end="\n")


def _for_spreadsheets(edition: Edition) -> str:
    report = edition.report
    words = (
        [labels_of(edition, figure, language) for language in edition.languages]
        for figure in report.figures
    )
    return _labelled(observations(report), words, headings(report))


def _plan_for_spreadsheets(edition: Edition) -> str:
    words = (
        [outreach_labels(edition, place, language) for language in edition.languages]
        for place in range(len(edition.report.outreach))
    )
    return _labelled(outreach_rows(edition.report), words, ())


def _labelled(rows: Rows, words: Iterable[list[dict[str, str]]], named: Sequence[str]) -> str:
    """Return rows with the words of their codes behind them, as spreadsheets may have them."""
    several = (
        {name: harmless(value) for one in (row, *labels) for name, value in one.items()}
        for row, labels in zip(rows, words, strict=True)
    )
    return BYTE_ORDER_MARK + _table(several, named, end="\r\n")


def _table(rows: Rows, named: Sequence[str], *, end: str) -> str:
    """Return rows as CSV; the head is that of the first, or ``named`` where there is none."""
    file = StringIO(newline="")
    several = [{name: written(value) for name, value in row.items()} for row in rows]
    writer = csv.DictWriter(file, list(several[0]) if several else named, lineterminator=end)
    writer.writeheader()
    writer.writerows(several)
    return file.getvalue()


def written(value: Scalar) -> str:
    """Return a value as a cell of the feed; nothing where there is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value)


def for_spreadsheets(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV with the byte order mark, and no words that would be calculated."""
    words = frame.select_dtypes(exclude=["number", "bool"]).map(harmless)
    content = frame.assign(**words).to_csv(index=False, lineterminator="\r\n")
    return content.encode("utf-8-sig")


def harmless(value: Scalar) -> Scalar:
    """Return a value that no spreadsheet calculates: such words get a quotation mark in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
