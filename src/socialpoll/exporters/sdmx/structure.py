"""The structure of a report's data as a message: dataflow, components, concepts and code lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from socialpoll.disclosure import CONF_STATUS_VERSION, OBS_STATUS_VERSION
from socialpoll.exporters.code_lists import STATUSES, CodeList, code_lists
from socialpoll.exporters.feed_columns import KEYS, Column, Kind, title_of
from socialpoll.exporters.sdmx.artefacts import Artefacts, urn
from socialpoll.exporters.sdmx.identifiers import identifier
from socialpoll.report import SYNTHETIC_NOTICE, Edition
from socialpoll.schema import say

__all__ = ["structure_message"]

Json: TypeAlias = dict[str, Any]
SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/"
    "2.0.0/sdmx-json-structure-schema.json"
)
MEASURE = "estimate"
TYPES: Mapping[Kind, str] = {
    "code": "String",
    "text": "String",
    "number": "Double",
    "integer": "Integer",
    "truth": "Boolean",
    "date": "GregorianDay",
    "moment": "String",
}
"""A moment has its offset from UTC, which readers of SDMX's own type refuse."""
OFFICIAL = {
    "obs_status": ("SDMX", "CL_OBS_STATUS", OBS_STATUS_VERSION),
    "conf_status": ("SDMX", "CL_CONF_STATUS", CONF_STATUS_VERSION),
}
"""The lists that SDMX maintains: agency, identifier and version."""
ALWAYS = (*OFFICIAL, "SYNTHETIC", "PUBLISHER", "EDITION", "PUBLICATION_STATUS")
"""Attributes that are never empty."""
BEGINNING = "1970-01-01"
"""When a message was prepared whose report has no date: the same report gives the same bytes."""


def structure_message(edition: Edition, named: Artefacts) -> Json:
    """Return the structure of a report's data as SDMX-JSON 2.0.

    Parameters
    ----------
    edition : Edition
        Its languages are those of all names.
    named : Artefacts

    Returns
    -------
    dict
    """
    lists = code_lists(edition.report)
    return {
        "meta": _header(edition, named),
        "data": {
            "dataflows": [_flow(edition, named)],
            "dataStructures": [_structure(edition, named, lists)],
            "conceptSchemes": [_concepts(edition, named)],
            "codelists": [_code_list(edition, named, one) for one in lists],
        },
    }


def _header(edition: Edition, named: Artefacts) -> Json:
    released = edition.report.life_cycle.release_date
    publisher = edition.report.publisher
    return {
        "schema": SCHEMA,
        "id": named.flow,
        "prepared": f"{released.isoformat() if released else BEGINNING}T00:00:00Z",
        "test": False,
        "contentLanguages": [_tag(one) for one in edition.languages],
        "sender": {"id": named.agency, **_names(edition, publisher.name, named.agency)},
    }


def _names(edition: Edition, words: Mapping[str, str], default: str) -> Json:
    """Return words as names: that of the leading language, and those of all languages."""
    names = {tag: say(words, tag, default=default) or default for tag in edition.languages}
    return {
        "name": names[edition.language],
        "names": {_tag(tag): one for tag, one in names.items()},
    }


def _tag(language: str) -> str:
    return language.lower()


def _maintained(edition: Edition, named: Artefacts, name: str) -> Json:
    return {
        "id": name,
        "agencyID": named.agency,
        "version": named.version,
        **_names(edition, edition.report.title, name),
    }


def _flow(edition: Edition, named: Artefacts) -> Json:
    report = edition.report
    notice = [SYNTHETIC_NOTICE] if report.synthetic else []
    said = {
        tag: [say(report.subtitle, tag), *(edition.text(one, language=tag) for one in notice)]
        for tag in edition.languages
    }
    described = {_tag(tag): " ".join(filter(None, words)) for tag, words in said.items()}
    structure = named.urn("datastructure", "DataStructure", named.flow)
    more = {"descriptions": described} if any(described.values()) else {}
    return {**_maintained(edition, named, named.flow), **more, "structure": structure}


def _structure(edition: Edition, named: Artefacts, lists: tuple[CodeList, ...]) -> Json:
    coded = {one.column.name: _enumeration(named, one) for one in lists}
    keys = [one for one in named.figures if one.name in KEYS]
    measures = [one for one in named.figures if one.name == MEASURE]
    others = [one for one in named.figures if one not in (*keys, *measures)]
    attributes = [
        *(_attribute(named, one, coded, "observation") for one in others),
        *(_attribute(named, one, coded, "dataflow") for one in named.publication),
    ]
    dimensions = [
        {**_component(named, one, coded), "position": place} for place, one in enumerate(keys)
    ]
    return {
        **_maintained(edition, named, named.flow),
        "dataStructureComponents": {
            "dimensionList": {"id": "DimensionDescriptor", "dimensions": dimensions},
            "measureList": {
                "id": "MeasureDescriptor",
                "measures": [_component(named, one, coded) for one in measures],
            },
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
        },
    }


def _component(named: Artefacts, column: Column, coded: Mapping[str, str]) -> Json:
    enumeration = coded.get(column.name)
    representation: Json = (
        {"enumeration": enumeration}
        if enumeration
        else {"format": {"dataType": TYPES[column.kind]}}
    )
    return {
        "id": column.heading,
        "conceptIdentity": named.urn("conceptscheme", "Concept", named.concepts, column.heading),
        "localRepresentation": representation,
    }


def _attribute(named: Artefacts, column: Column, coded: Mapping[str, str], level: str) -> Json:
    return {
        **_component(named, column, coded),
        "usage": "mandatory" if column.name in ALWAYS else "optional",
        "attributeRelationship": {level: {}},
    }


def _concepts(edition: Edition, named: Artefacts) -> Json:
    concepts = [
        {
            "id": one.heading,
            **_names(
                edition,
                {tag: title_of(one, edition, tag) for tag in edition.languages},
                one.heading,
            ),
        }
        for one in named.columns
    ]
    return {**_maintained(edition, named, named.concepts), "concepts": concepts}


def _enumeration(named: Artefacts, one: CodeList) -> str:
    if one.column.name in OFFICIAL:
        agency, name, version = OFFICIAL[one.column.name]
        return urn("codelist", "Codelist", f"{agency}:{name}({version})")
    return named.urn("codelist", "Codelist", named.code_list(one.column))


def _code_list(edition: Edition, named: Artefacts, one: CodeList) -> Json:
    titles = {tag: title_of(one.column, edition, tag) for tag in edition.languages}
    agency, name, version = OFFICIAL.get(
        one.column.name, (named.agency, named.code_list(one.column), named.version)
    )
    # Codes that mean the same everywhere come once.
    codes = {code["id"]: code for code in reversed([*_codes(edition, one)])}
    return {
        "id": name,
        "agencyID": agency,
        "version": version,
        **_names(edition, titles, name),
        **({"codes": [*reversed(codes.values())]} if codes else {}),
    }


def _codes(edition: Edition, one: CodeList) -> Iterator[Json]:
    for code in one.codes:
        name = identifier(code)
        words = {tag: one.words(edition, code, tag) for tag in edition.languages}
        made: Json = {"id": name, **_names(edition, words, name)}
        if name != code.code and one.column.name not in STATUSES:
            made["annotations"] = [{"type": "CODE", "value": code.code}]
        yield made
