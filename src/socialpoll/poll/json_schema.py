"""The JSON Schema of the files that people write, for editors that complete and check them.

That of reports is here too, for those who read what the exporter ``json`` writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter

from socialpoll.errors import PollFileError, Problem, nearest
from socialpoll.poll.indicator_tables import INDICATORS
from socialpoll.poll.outreach_tables import OutreachTable
from socialpoll.poll.own_tables import SECTIONS
from socialpoll.poll.tables import (
    BannerTable,
    ChecksTable,
    ComparisonsTable,
    DesignTable,
    ExportTable,
    PollTable,
    PublicationTable,
    WeightingTable,
)
from socialpoll.poll.wave_tables import BreakTable, WaveTable
from socialpoll.report import report_json_schema
from socialpoll.schema import Questionnaire

__all__ = ["FILES", "json_schema_of"]

Schema: TypeAlias = dict[str, Any]
Mode: TypeAlias = Literal["validation", "serialization"]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1
DEFS = "$defs"


def json_schema_of(file: str) -> Schema:
    """Return the JSON Schema (2020-12) of a kind of file, made from what its reader declares.

    The schema tells shapes: keys, kinds of values, choices. What the parts of a file say of one
    another, and the steps of a weighting recipe, only the reader knows.

    Parameters
    ----------
    file : {"questionnaire", "poll", "report"}

    Returns
    -------
    dict
        Of the file's tables as TOML reads them, with dates as words; of a report, of its JSON.

    Raises
    ------
    PollFileError
        There is no such kind of file.

    Examples
    --------
    >>> json_schema_of("questionnaire")["$id"]
    'urn:socialpoll:schema:questionnaire:1'
    """
    if file not in FILES:
        problem = Problem("there is no such kind of file", "", repr(file), nearest(file, FILES))
        raise PollFileError("the JSON Schema", [problem])
    title, description, make = FILES[file]
    head = {"$schema": DIALECT, "$id": f"urn:socialpoll:schema:{file}:{VERSION}"}
    return head | make() | {"title": title, "description": description}


def _questionnaire() -> Schema:
    return Questionnaire.json_schema()


def _poll() -> Schema:
    """Return the top of a poll file with the tables that its reader reads one by one."""
    parts: dict[str, type] = {
        "top": PollTable,
        "design": DesignTable,
        "checks": ChecksTable,
        "weighting": WeightingTable,
        "publication": PublicationTable,
        "comparisons": ComparisonsTable,
        "outreach": OutreachTable,
        "banners": BannerTable,
        "exports": ExportTable,
        "waves": WaveTable,
        "breaks": BreakTable,
        **SECTIONS,
        **INDICATORS,
    }
    adapters: list[tuple[str, Mode, TypeAdapter[Any]]] = [
        (name, "validation", TypeAdapter(kind)) for name, kind in parts.items()
    ]
    made, shared = TypeAdapter.json_schemas(adapters)
    of = {name: made[name, "validation"] for name in parts}
    defs: Schema = shared.get(DEFS, {})
    top = _resolved(of["top"], defs)
    publication = _resolved(of["publication"], defs)
    several = {"type": "array", "items": {"oneOf": [of[role] for role in SECTIONS]}}
    own = {"properties": publication["properties"] | {"sections": several}}
    measured = {"oneOf": [of[name] for name in INDICATORS]}
    tables = {
        "design": of["design"],
        "checks": of["checks"],
        "weighting": of["weighting"],
        "indicators": {"type": "array", "items": measured, "minItems": 1},
        "publication": {**publication, **own},
        "comparisons": of["comparisons"],
        "outreach": of["outreach"],
        "banners": {"type": "array", "items": of["banners"]},
        "exports": {"type": "array", "items": of["exports"]},
        "waves": {"type": "array", "items": _wave(_resolved(of["waves"], defs), of), "minItems": 1},
        "breaks": {"type": "array", "items": of["breaks"]},
    }
    required = [*top["required"], "indicators", "publication"]
    either = [{"required": [name]} for name in ("responses", "waves")]
    changed: Schema = {"properties": top["properties"] | tables, "required": required}
    return {**top, **changed, "oneOf": either, DEFS: defs}


def _wave(top: Schema, of: Mapping[str, Schema]) -> Schema:
    """Return a wave with the tables that are read as those of the poll."""
    tables = {name: of[name] for name in ("design", "weighting")}
    return {**top, "properties": top["properties"] | tables}


def _resolved(schema: Schema, defs: Mapping[str, Schema]) -> Schema:
    reference = schema.get("$ref")
    return schema if reference is None else defs[reference.rpartition("/")[2]]


FILES: dict[str, tuple[str, str, Callable[[], Schema]]] = {
    "questionnaire": (
        "socialpoll questionnaire",
        "What was asked: questions, codes, missing codes, routing, derived variables.",
        _questionnaire,
    ),
    "poll": (
        "socialpoll poll",
        "Questionnaire, answers, design, weighting, indicators, banners, publication, exports.",
        _poll,
    ),
    "report": (
        "socialpoll report",
        "A report in all its languages: sections, released figures and their words.",
        report_json_schema,
    ),
}
"""Title, description and maker by kind of file."""
