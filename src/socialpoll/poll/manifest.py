"""The manifest of a run: versions, hashes and provenance, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from packaging.requirements import Requirement

import socialpoll
from socialpoll.errors import SocialpollError
from socialpoll.hooks import Document, Exporter
from socialpoll.plugins.rendering import CHARTS
from socialpoll.plugins.requirements import unmet
from socialpoll.poll.narrowing import in_figures
from socialpoll.weighting import Weights

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from socialpoll.disclosure import Release
    from socialpoll.indicators import Compared
    from socialpoll.plugins import Offer
    from socialpoll.poll.declared import Export, PollOutreach
    from socialpoll.poll.gathering import Answers
    from socialpoll.poll.poll import Poll
    from socialpoll.poll.stages import Bound
    from socialpoll.report import Banner
    from socialpoll.weighting import Waves

__all__ = [
    "MANIFEST",
    "Made",
    "checks_in",
    "digest_of_file",
    "file_in",
    "manifest_document",
    "manifest_of",
    "weights_in",
]

MANIFEST = "manifest.json"
FORMAT = 1
DIGITS = 12
MARGINS = (
    "step",
    "margin",
    "level",
    "target",
    "reached",
    "relative_error",
    "final",
    "final_error",
)
SPREAD = ("step", "name", "n", "sum", "deff", "n_effective")
LIBRARIES = ("babel", "numpy", "pandas", "scipy")
# A path from the root of a file system: only its last part says something elsewhere.
ABSOLUTE = re.compile(
    r"""(?<![\w:/\\.])(?:[A-Za-z]:)?[\\/](?:[^\s'"\\/:,;]+[\\/])*(?=[^\s'"\\/:,;])"""
)


class Made(NamedTuple):
    """A document that was written, and where it comes from."""

    document: Document
    export: Export
    offer: Offer
    isolated: bool


def manifest_of(
    poll: Poll,
    answers: Answers,
    weights: Weights | Waves,
    release: Release,
    made: Sequence[Made],
    failed: Iterable[tuple[Export, SocialpollError]],
) -> dict[str, Any]:
    """Tell what went into a run and what came out of it.

    Parameters
    ----------
    poll : Poll
    answers : mapping of str to Bound
        By wave; of them the numbers of findings and cases by rule, and no answer.
    weights : Weights or Waves
    release : Release
    made : sequence of Made
        In the order in which they were made.
    failed : iterable of (Export, SocialpollError)
        What could not be made.

    Returns
    -------
    dict
        Plain values, without clock time, host name or absolute path: the same run on the same
        versions gives the same manifest.
    """
    compared = any(one.compare for one in poll.indicators)
    return {
        "manifest": FORMAT,
        "poll": poll.name,
        "wave": poll.wave,
        "seed": poll.seed,
        **({} if poll.engine is None else {"engine": poll.engine}),
        "versions": _versions(poll, (one.offer for one in made)),
        "inputs": {name: digest_of_file(poll.folder / name) for name in _inputs(poll, made)},
        "checks": checks_in(*answers.values()) if isinstance(weights, Weights) else None,
        "recipe": poll.recipe.to_tables(),
        "weights": weights_in(poll, weights) if isinstance(weights, Weights) else None,
        "hashes": dict(release.hashes),
        "comparisons": _fields(poll.comparisons) if compared else None,
        "banners": [_fields(one) for one in poll.banners],
        **({} if poll.outreach is None else {"outreach": _of_outreach(poll.outreach)}),
        "documents": [_of_document(one) for one in made],
        "failures": [_of_failure(export, error) for export, error in failed],
    }


def manifest_document(manifest: Mapping[str, Any]) -> Document:
    """Write a manifest as JSON."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2, default=str)
    return Document(MANIFEST, f"{text}\n".encode(), "application/json")


def file_in(document: Document) -> dict[str, Any]:
    """Tell which file a document is."""
    return {
        "name": document.name,
        "sha256": _digest(document.content),
        "bytes": len(document.content),
        "media_type": document.media_type,
    }


def _versions(poll: Poll, offers: Iterable[Offer]) -> dict[str, str]:
    records = [one.record for one in offers]
    required = [text for one in records if isinstance(one, Exporter) for text in one.requires]
    if records and not unmet([CHARTS]):
        required.append(CHARTS)
    counting = () if poll.engine is None else (poll.engine, "narwhals")
    names = {*LIBRARIES, *counting, *(Requirement(one).name.lower() for one in required)}
    return {"socialpoll": socialpoll.__version__} | {one: version(one) for one in sorted(names)}


def _inputs(poll: Poll, made: Iterable[Made]) -> list[str]:
    from socialpoll.poll.files import option_files

    folder = poll.folder
    named: list[Path] = []
    for one in made:
        if isinstance(one.offer.record, Exporter):
            named += option_files(one.offer.record, one.export.options, folder)
    beside = [one.relative_to(folder.resolve()).as_posix() for one in named]
    return list(dict.fromkeys((*poll.inputs, *beside)))


def digest_of_file(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal; it is read in parts, however large it is."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def weights_in(poll: Poll, weights: Weights) -> dict[str, Any]:
    """Tell what each step came to, and how near every margin is to its target."""
    diagnostics = weights.diagnostics
    if poll.publication.policy == "cells":
        # With weights of single cases, weighted totals tell of respondents.
        diagnostics = diagnostics[list(SPREAD)]
    # A manifest lies beside what is published: numbers of respondents by level stay in the house,
    # for the release may suppress them.
    margins = weights.margins[list(MARGINS)]
    return {"diagnostics": _rows(diagnostics), "margins": _rows(margins)}


def checks_in(answers: Bound) -> list[dict[str, Any]]:
    """Return the numbers of findings and cases by rule, and no answer."""
    return _rows(answers.checked.counts)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _plain(value: object) -> object:
    """Return a value as JSON can hold it, without the digits that come of rounding alone."""
    if not isinstance(value, float):
        return value
    return round(float(f"{value:.{DIGITS}g}"), DIGITS) if math.isfinite(value) else None


def _fields(declared: Banner | Compared | PollOutreach) -> dict[str, Any]:
    """Return what was declared as the poll file has it; a crossing as its figures name it."""
    values = {one.name: getattr(declared, one.name) for one in fields(declared)}
    return {name: list(one) if isinstance(one, tuple) else one for name, one in values.items()}


def _of_outreach(declared: PollOutreach) -> dict[str, Any]:
    """Return what a plan is made from, with its audiences as the figures name them."""
    audiences = [in_figures(one) for one in declared.audiences]
    return _fields(declared) | {"audiences": audiences, "costs": dict(declared.costs)}


def _of_document(made: Made) -> dict[str, Any]:
    return {
        **file_in(made.document),
        "exporter": made.export.exporter,
        "plugin": made.offer.plugin,
        "distribution": made.offer.distribution,
        "version": made.offer.version,
        "isolated": made.isolated,
        "languages": list(made.export.languages),
        **_of_groups(made.export),
    }


def _of_groups(export: Export) -> dict[str, Any]:
    """Tell of which breakdown each group has documents of its own."""
    return {} if export.for_each is None else {"for_each": in_figures(export.for_each)}


def _of_failure(export: Export, error: SocialpollError) -> dict[str, Any]:
    return {
        "exporter": export.exporter,
        "languages": list(export.languages),
        **_of_groups(export),
        "error": type(error).__name__,
        "problems": [ABSOLUTE.sub("…/", str(one)) for one in error.problems],
    }
