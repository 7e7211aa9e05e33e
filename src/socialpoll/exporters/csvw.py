"""What stands beside a CSV feed for programs: CSVW metadata, and the codes as tables."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, TypeAlias
from urllib.parse import quote

from socialpoll.exporters.code_lists import STATUSES, CodeList, code_lists
from socialpoll.exporters.feed_columns import (
    KEY_COLUMNS,
    KEYS,
    Column,
    Kind,
    figure_columns,
    publication_columns,
    title_of,
)
from socialpoll.exporters.observations import STRUCTURE
from socialpoll.exporters.outreach_columns import LISTS, OUTREACH_KEYS, outreach_columns
from socialpoll.hooks import Document
from socialpoll.indicators.reaching import JOINT
from socialpoll.report import SYNTHETIC_NOTICE, Edition, Message
from socialpoll.schema import say

__all__ = ["sidecar"]

Json: TypeAlias = dict[str, Any]
MEDIA_TYPE = "application/csvm+json"
DATATYPES: Mapping[Kind, str] = {
    "code": "string",
    "text": "string",
    "number": "double",
    "integer": "integer",
    "truth": "boolean",
    "date": "date",
    "moment": "dateTime",
}
ALWAYS = (*KEYS, *STATUSES)
"""What every row has a code of; a suppressed one has no base, and validators want one of each."""
DIALECT = {"encoding": "utf-8", "header": True, "delimiter": ",", "trim": False}
_STRUCTURE_TITLES = (
    Message("Kind of structure"),
    Message("Structure of the data"),
    Message("What is done with the row"),
)


def sidecar(edition: Edition) -> Iterator[Document]:
    """Describe the CSV feed of a report as the Web of data does.

    Parameters
    ----------
    edition : Edition
        Titles and words are in its languages.

    Yields
    ------
    Document
        ``<name>.csv-metadata.json``, where such programs look for it; then a table a column of
        codes, ``<name>-codes-<column>.csv``, with the words for each code.

    References
    ----------
    Tennison and Kellogg, "Metadata Vocabulary for Tabular Data", W3C Recommendation (2015).
    """
    lists = code_lists(edition.report)
    yield _document(f"{edition.report.name}.csv-metadata.json", _metadata(edition, lists))
    for one in lists:
        yield Document(_url(edition, one), _table(edition, one).encode(), "text/csv")


def _document(name: str, content: Json) -> Document:
    words = json.dumps(content, ensure_ascii=False, indent=1)
    return Document(name, f"{words}\n".encode(), MEDIA_TYPE)


def _metadata(edition: Edition, lists: Sequence[CodeList]) -> Json:
    context = ["http://www.w3.org/ns/csvw", {"@language": edition.language}]
    return {
        "@context": context,
        "@type": "TableGroup",
        **_publication(edition),
        "dialect": DIALECT,
        "tables": [
            _feed(edition, lists),
            *([_plan(edition, lists)] if edition.report.outreach else []),
            *(_codes(edition, one) for one in lists),
        ],
    }


def _publication(edition: Edition) -> Json:
    """Return who published what and when, in the terms of Dublin Core where it has one."""
    report = edition.report
    life = report.life_cycle
    notice = {tag: edition.text(SYNTHETIC_NOTICE, language=tag) for tag in edition.languages}
    told: Json = {
        "dc:identifier": report.name,
        "dc:title": _in_languages(edition, report.title),
        "dc:description": [
            *_in_languages(edition, report.subtitle),
            *(_in_languages(edition, notice) if report.synthetic else ()),
        ],
        "dc:publisher": _in_languages(edition, report.publisher.name),
        "dc:license": _in_languages(edition, life.licence),
        "dc:language": list(edition.languages),
        "dc:issued": _typed("xsd:date", life.release_date),
        "dc:available": _typed("xsd:dateTime", life.embargo),
        "dc:replaces": life.supersedes,
        "dc:source": [f"{name} sha256:{digest}" for name, digest in report.provenance.items()],
        "schema:version": life.edition,
        "schema:creativeWorkStatus": life.status,
    }
    return {name: value for name, value in told.items() if value}


def _in_languages(edition: Edition, text: Mapping[str, str]) -> list[Json]:
    words = {tag: say(text, tag) for tag in edition.languages} if text else {}
    return [{"@value": said, "@language": tag} for tag, said in words.items() if said]


def _typed(datatype: str, moment: dt.date | None) -> Json | None:
    return {"@value": moment.isoformat(), "@type": datatype} if moment else None


def _feed(edition: Edition, lists: Sequence[CodeList]) -> Json:
    report = edition.report
    described = zip(STRUCTURE, _STRUCTURE_TITLES, strict=True)
    head = [Column(name, name, "text", title) for name, title in described]
    columns = [*head, *figure_columns(report), *publication_columns()]
    required = {*STRUCTURE, *(one.heading for one in KEY_COLUMNS)}
    return {
        "url": f"{report.name}.csv",
        "tableSchema": {
            "columns": [_column(edition, one, required=one.heading in required) for one in columns],
            "primaryKey": [one.heading for one in KEY_COLUMNS],
            "foreignKeys": [
                _foreign_key(edition, one) for one in lists if one.column.name in ALWAYS
            ],
        },
    }


def _plan(edition: Edition, lists: Sequence[CodeList]) -> Json:
    """Describe the table of the plan; its cells of several codes are lists."""
    report = edition.report
    keys = [one.heading for one in OUTREACH_KEYS]
    names = {one.name for one in OUTREACH_KEYS}
    columns = [
        _column(edition, one, required=one.heading in keys)
        | ({"separator": JOINT} if one.name in LISTS else {})
        for one in (*outreach_columns(report), *publication_columns())
    ]
    return {
        "url": f"{report.name}-outreach.csv",
        "tableSchema": {
            "columns": columns,
            "primaryKey": keys,
            "foreignKeys": [
                _foreign_key(edition, one) for one in lists if one.column.name in names
            ],
        },
    }


def _column(edition: Edition, column: Column, *, required: bool) -> Json:
    titles: dict[str, object] = {
        tag: [column.heading, title_of(column, edition, tag)] for tag in edition.languages
    }
    return {
        "name": _name(column.heading),
        "titles": titles,
        "datatype": DATATYPES[column.kind],
        **({"required": True} if required else {}),
    }


def _foreign_key(edition: Edition, one: CodeList) -> Json:
    names = _keys(one)
    reference = {"resource": _url(edition, one), "columnReference": names}
    return {"columnReference": names, "reference": reference}


def _codes(edition: Edition, one: CodeList) -> Json:
    parts = [*([one.within] if one.within else []), one.column]
    words = [
        {
            "name": f"TITLE_{tag.upper().replace('-', '_')}",
            "titles": f"TITLE_{tag.upper()}",
            "lang": tag,
            "datatype": "string",
        }
        for tag in edition.languages
    ]
    return {
        "url": _url(edition, one),
        "tableSchema": {
            "columns": [*(_column(edition, part, required=True) for part in parts), *words],
            "primaryKey": _keys(one),
        },
    }


def _table(edition: Edition, one: CodeList) -> str:
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    keys = [*([one.within.heading] if one.within else []), one.column.heading]
    writer.writerow([*keys, *(f"TITLE_{tag.upper()}" for tag in edition.languages)])
    for code in one.codes:
        words = [one.words(edition, code, tag) for tag in edition.languages]
        writer.writerow([*([code.within] if one.within else []), code.code, *words])
    return file.getvalue()


def _keys(one: CodeList) -> list[str]:
    return [_name(part.heading) for part in (one.within, one.column) if part]


def _url(edition: Edition, one: CodeList) -> str:
    return f"{edition.report.name}-codes-{one.column.name.replace('_', '-')}.csv"


def _name(heading: str) -> str:
    """Return a heading as names of columns may be: of letters, digits, and others as codes."""
    name = quote(heading, safe="")
    return f"%5F{name[1:]}" if name.startswith("_") else name
