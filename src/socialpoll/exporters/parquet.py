"""Every released figure as a row of a Parquet file, with its type, and what describes it all."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from socialpoll.errors import ExportError, nearest
from socialpoll.exporters.feed import written
from socialpoll.exporters.feed_columns import (
    KEY_COLUMNS,
    Column,
    Kind,
    figure_columns,
    publication_columns,
    title_of,
)
from socialpoll.exporters.observations import labels_of, rows_of
from socialpoll.hooks import Document
from socialpoll.report import Edition, Scalar
from socialpoll.schema import say

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MEDIA_TYPE", "METADATA", "ParquetOptions", "render"]

MEDIA_TYPE = "application/vnd.apache.parquet"
METADATA = b"socialpoll"
"""The key in the metadata of the file whose value is JSON about the publication."""
VERSION = 1
"""Of that JSON; raised when a key of it changes its meaning or goes."""
Compression: TypeAlias = Literal["zstd", "snappy", "none"]


@dataclass(frozen=True, kw_only=True)
class ParquetOptions:
    """How the file is written.

    Parameters
    ----------
    words : bool
        Whether there are words beside the codes of the keys, a column a key and language.
    compression : {"zstd", "snappy", "none"}
    """

    words: bool = True
    compression: Compression = "zstd"


def render(edition: Edition, options: ParquetOptions | None = None) -> Iterator[Document]:
    """Write every figure of a report as Parquet.

    Codes and texts are dictionaries (categories in pandas), days are days, and the moment of an
    embargo has its zone. The same report gives the same bytes with the same pyarrow.

    Parameters
    ----------
    edition : Edition
        Its languages are those of the words and titles.
    options : ParquetOptions, optional

    Yields
    ------
    Document
        ``<name of the report>.parquet``.

    Raises
    ------
    ExportError
        Nobody knows the compression, or a figure does not fit its column.

    References
    ----------
    Apache Parquet format, version 2.6, "Logical types" and "Metadata".
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    chosen = options or ParquetOptions()
    if chosen.compression not in get_args(Compression):
        raise ExportError(
            "no such compression",
            where="option 'compression'",
            found=repr(chosen.compression),
            allowed=nearest(chosen.compression, get_args(Compression)),
        )
    table = pa.table({**_figures(edition), **(_words(edition) if chosen.words else {})})
    about = json.dumps(_about(edition), ensure_ascii=False)
    sink = pa.BufferOutputStream()
    described = table.replace_schema_metadata({METADATA: about.encode()})
    pq.write_table(described, sink, compression=chosen.compression, version="2.6")
    name = f"{edition.report.name}.parquet"
    yield Document(name, sink.getvalue().to_pybytes(), MEDIA_TYPE)


def _figures(edition: Edition) -> dict[str, pa.Array]:
    report = edition.report
    rows = list(rows_of(report))
    return {
        one.heading: _array(one, [row[one.heading] for row in rows])
        for one in (*figure_columns(report), *publication_columns())
    }


def _array(column: Column, values: list[Scalar]) -> pa.Array:
    import pyarrow as pa

    parse = PARSED.get(column.kind, written)
    try:
        read = [None if one is None else parse(one) for one in values]
        array = pa.array(read, _type_of(column.kind, read))
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise ExportError(
            "a figure does not fit its column",
            where=f"column {column.name!r} of the figures",
            found=str(error).partition("\n")[0],
            allowed=f"values of the kind {column.kind!r}",
        ) from error
    return array.dictionary_encode() if column.kind in ("code", "text") else array


def _whole(value: Scalar) -> int:
    if not isinstance(value, int | float) or value != int(value):
        message = f"{value!r} is no whole number"
        raise ValueError(message)
    return int(value)


def _day(value: Scalar) -> dt.date:
    return dt.date.fromisoformat(str(value))


def _moment(value: Scalar) -> dt.datetime:
    return dt.datetime.fromisoformat(str(value))


def _same(value: Scalar) -> Scalar:
    return value


PARSED: Mapping[Kind, Callable[[Scalar], object]] = {
    "number": _same,
    "integer": _whole,
    "truth": _same,
    "date": _day,
    "moment": _moment,
}
"""How values of a kind are read; words and codes are what the CSV feed has."""


def _type_of(kind: Kind, values: list[Any]) -> pa.DataType:
    import pyarrow as pa

    if kind == "moment":
        zones = {one.utcoffset() is not None for one in values if one is not None}
        return pa.timestamp("us", tz="UTC" if True in zones else None)
    return {
        "number": pa.float64(),
        "integer": pa.int64(),
        "truth": pa.bool_(),
        "date": pa.date32(),
    }.get(kind, pa.string())


def _words(edition: Edition) -> dict[str, pa.Array]:
    """Return the words for the codes of the keys, in all languages."""
    import pyarrow as pa

    rows = [
        {
            name: words
            for tag in edition.languages
            for name, words in labels_of(edition, figure, tag).items()
        }
        for figure in edition.report.figures
    ]
    names = [f"{one.heading}_{tag.upper()}" for tag in edition.languages for one in KEY_COLUMNS]
    return {
        name: pa.array([row[name] for row in rows], pa.string()).dictionary_encode()
        for name in names
    }


def _about(edition: Edition) -> dict[str, object]:
    """Return what the publication says of itself, as plain data."""
    report, life = edition.report, edition.report.life_cycle
    columns = (*figure_columns(report), *publication_columns())

    def worded(text: Mapping[str, str]) -> dict[str, str]:
        return {tag: say(text, tag) for tag in edition.languages} if text else {}

    return {
        "version": VERSION,
        "name": report.name,
        "title": worded(report.title),
        "subtitle": worded(report.subtitle),
        "languages": list(edition.languages),
        "publisher": worded(report.publisher.name),
        "contact": report.publisher.contact,
        "licence": worded(life.licence),
        "edition": life.edition,
        "status": life.status,
        "release_date": life.release_date.isoformat() if life.release_date else None,
        "next_release": life.next_release.isoformat() if life.next_release else None,
        "embargo": life.embargo.isoformat() if life.embargo else None,
        "supersedes": life.supersedes,
        "synthetic": report.synthetic,
        "provenance": dict(report.provenance),
        "columns": {
            one.heading: {tag: title_of(one, edition, tag) for tag in edition.languages}
            for one in columns
        },
    }
