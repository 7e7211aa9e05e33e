"""Figures as JSON-stat 2.0: an exporter for socialpoll.

What is said of plugins in general stands in ``socialpoll_markdown``. This one shows a feed: it
reads ``report.figures``, the released rows in the columns of every estimate, and
``edition.label``, the words for their codes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, TypeAlias, get_args

from pydantic import BeforeValidator, Field

from socialpoll import Document, Edition, Exporter, hookimpl
from socialpoll.report import SYNTHETIC_NOTICE, Message, Said
from socialpoll_jsonstat.cube import Measure, cube_of, value_at

__all__ = ["JsonStatOptions", "render", "socialpoll_exporters", "value_at"]

MEDIA_TYPE = "application/json"
MEASURES: tuple[Measure, ...] = get_args(Measure)


def _listed(measures: object) -> object:
    """Take words for the measures that they name: on a command line there are no lists."""
    if isinstance(measures, str):
        return tuple(one.strip() for one in measures.split(","))
    return measures


Measures: TypeAlias = Annotated[tuple[Measure, ...], BeforeValidator(_listed), Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class JsonStatOptions:
    """What is told of each figure.

    Parameters
    ----------
    measures : tuple of {"estimate", "ci_low", "ci_high", "se", "n_base"}
    """

    measures: Measures = MEASURES


@hookimpl
def socialpoll_exporters() -> list[Exporter]:
    """Return the exporters of this plugin: one, ``jsonstat``."""
    return [
        Exporter(
            name="jsonstat",
            title="Figures as JSON-stat 2.0, a cube an indicator, one file a language",
            media_type=MEDIA_TYPE,
            suffix=".json",
            render=render,
            options=JsonStatOptions,
        )
    ]


def render(edition: Edition, options: JsonStatOptions) -> Iterator[Document]:
    """Write the figures of an edition as a collection of datasets.

    Parameters
    ----------
    edition : Edition
    options : JsonStatOptions

    Yields
    ------
    Document
        ``accounts-en.json`` of a report named ``accounts``.
    """
    report = edition.report
    indicators = dict.fromkeys(str(row["indicator"]) for row in report.figures)
    about = _about(edition)
    measures = tuple(dict.fromkeys(options.measures))
    collection = {
        "version": "2.0",
        "class": "collection",
        "label": edition.text(Said(report.title)),
        **about,
        "extension": {
            "language": edition.language,
            "direction": edition.direction,
            "synthetic": report.synthetic,
            "contact": report.publisher.contact,
            "licence": edition.text(Said(report.life_cycle.licence or {"und": ""})),
        },
        "link": {"item": [{**cube_of(edition, name, measures), **about} for name in indicators]},
    }
    content = json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1)
    yield Document(f"{report.name}-{edition.language}.json", f"{content}\n".encode(), MEDIA_TYPE)


def _about(edition: Edition) -> dict[str, object]:
    """Return what a dataset says of its publication, so that one that is cut out still does."""
    report, life = edition.report, edition.report.life_cycle
    notes = []
    if report.synthetic:
        notes.append(edition.text(SYNTHETIC_NOTICE))
    if life.embargo:
        notes.append(edition.text(Message("Embargoed until {moment}", {"moment": life.embargo})))
    about: dict[str, object] = {"source": edition.text(Said(report.publisher.name))}
    if life.release_date:
        about["updated"] = life.release_date.isoformat()
    return {**about, "note": notes} if notes else about
