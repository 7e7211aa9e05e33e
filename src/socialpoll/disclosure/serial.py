"""A release as JSON and back: what was shown in one year is read again in another."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError

from socialpoll.disclosure.choices import typed
from socialpoll.disclosure.revision import Revision
from socialpoll.errors import QuestionnaireError, ReleaseError
from socialpoll.indicators import no_choices
from socialpoll.schema import Declaration, Fact, Methodology, Questionnaire, Text
from socialpoll.schema.border import BORDER

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.disclosure.released import Release

__all__ = ["VERSION", "parts_from_file", "parts_from_json", "release_to_json"]

VERSION = 1
"""Raised when a part changes its meaning or goes; new parts may come at any time."""
ADVICE = "take a copy of the file as it was written, or release the figures again"
Cell: TypeAlias = str | bool | int | float | None
Kind: TypeAlias = Literal["text", "number", "count", "truth"]
DTYPES: Mapping[str, Kind] = {"float64": "number", "Int64": "count", "boolean": "truth"}
"""The kinds of columns, by their types in pandas; its texts are of one type or another."""
VALUES: Mapping[Kind, tuple[str, tuple[type, ...]]] = {
    "count": ("Int64", (int, type(None))),
    "truth": ("boolean", (bool, type(None))),
    "text": ("str", (str,)),
}
"""The types of columns that are no numbers, in pandas, and those of their values."""


@dataclass(frozen=True, kw_only=True)
class StoredFrame:
    """A frame as rows of plain values; None where there is no value."""

    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...]

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class Infinite:
    """A number that JSON has no word for."""

    number: Literal["inf", "-inf", "nan"]

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class StoredFact:
    """A fact of the methodology."""

    stage: str
    name: str
    # Truths before numbers: older pydantic writes the first kind that a value passes for.
    values: Mapping[str, Infinite | str | bool | int | float | tuple[str, ...] | None]

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class Stored:
    """All parts of a release; the questionnaire is the text of its file."""

    questionnaire: str
    declared: Declaration
    facts: tuple[StoredFact, ...]
    figures: StoredFrame
    comparisons: StoredFrame
    hashes: Mapping[str, str]
    titles: Mapping[str, Text]
    footnotes: Mapping[str, Text]
    edition: str
    release_date: dt.date | None
    revision: Revision | None
    partial: tuple[str, ...] = ()
    choices: StoredFrame | None = None


@cache
def _adapter() -> TypeAdapter[Stored]:
    return TypeAdapter(Stored)


def release_to_json(release: Release) -> str:
    """Write a release as JSON text.

    Parameters
    ----------
    release : Release

    Returns
    -------
    str
        ``{"version": 1, "sha256": "...", "release": {...}}``: one line, without clock time, the
        same for the same release. The digest is that of the release's own JSON.
    """
    facts = tuple(
        StoredFact(stage=one.stage, name=one.name, values=_finite(one.values))
        for one in release.methodology.facts
    )
    stored = Stored(
        questionnaire=release.questionnaire.dumps(),
        declared=release.methodology.declared,
        facts=facts,
        figures=_stored(release.figures),
        comparisons=_stored(release.comparisons),
        hashes=release.hashes,
        titles=release.titles,
        footnotes=release.footnotes,
        edition=release.edition,
        release_date=release.release_date,
        revision=release.revision,
        partial=release.partial,
        choices=_stored(release.choices),
    )
    plain = _adapter().dump_python(stored, mode="json")
    written = {"version": VERSION, "sha256": _digest(plain), "release": plain}
    return f"{_written(written)}\n"


def parts_from_file(path: str | Path) -> dict[str, Any]:
    """Read the parts of a release from a file; ReleaseError where it is not there, or damaged."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ReleaseError(
            "the file of the release cannot be read",
            where=str(path),
            found=error.strerror or type(error).__name__,
        ) from error
    except UnicodeDecodeError as error:
        raise ReleaseError(
            "the file of the release is damaged: it is not UTF-8", where=str(path), advice=ADVICE
        ) from error
    return parts_from_json(text, str(path))


def parts_from_json(text: str, where: str) -> dict[str, Any]:
    """Read the parts of a release from JSON text.

    Parameters
    ----------
    text : str
    where : str
        How messages call it.

    Returns
    -------
    dict
        The arguments of a Release.

    Raises
    ------
    ReleaseError
        It is no release, of another version, or not as it was written.
    """
    plain = _plain(text, where)
    try:
        stored = _adapter().validate_python(plain)
        questionnaire = Questionnaire.loads(stored.questionnaire, where=where)
        frames = {name: _frame(getattr(stored, name)) for name in ("figures", "comparisons")}
        frames["choices"] = typed(
            no_choices() if stored.choices is None else _frame(stored.choices)
        )
    except (ValidationError, QuestionnaireError, ValueError) as error:
        raise ReleaseError(
            "this is not a release", where=where, found=str(error).splitlines()[0], advice=ADVICE
        ) from error
    facts = tuple(Fact(one.stage, one.name, _numbers(one.values)) for one in stored.facts)
    kept = ("hashes", "titles", "footnotes", "edition", "release_date", "revision", "partial")
    return {
        "questionnaire": questionnaire,
        "methodology": Methodology(stored.declared, facts),
        **frames,
        **{name: getattr(stored, name) for name in kept},
    }


def _plain(text: str, where: str) -> object:
    """Return what the text holds of a release, if it is what was once written."""
    try:
        read = json.loads(text)
    except ValueError as error:
        what = "the release is damaged: this is no JSON"
        raise ReleaseError(what, where=where, found=str(error), advice=ADVICE) from error
    version = read.get("version") if isinstance(read, dict) else None
    if version != VERSION or "release" not in read:
        raise ReleaseError(
            "this is not a release that this version can read",
            where=where,
            found=f"version {version!r}",
            allowed=f"a file that Release.save wrote, of version {VERSION}",
        )
    if read.get("sha256") != _digest(read["release"]):
        raise ReleaseError(
            "the release is damaged: it is not as it was written", where=where, advice=ADVICE
        )
    return read["release"]


def _digest(plain: object) -> str:
    return hashlib.sha256(_written(plain).encode()).hexdigest()


def _written(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False)


def _stored(frame: pd.DataFrame) -> StoredFrame:
    as_objects = frame.astype(object)
    plain = as_objects.where(frame.notna(), None)
    return StoredFrame(
        columns=tuple(frame.columns),
        kinds=tuple(DTYPES.get(str(one), "text") for one in frame.dtypes),
        rows=tuple(
            tuple(_spelled(value) for value in row)
            for row in plain.itertuples(index=False, name=None)
        ),
    )


def _spelled(value: Any) -> Any:  # noqa: ANN401  # a cell of a frame
    return str(value) if isinstance(value, float) and math.isinf(value) else value


def _frame(stored: StoredFrame) -> pd.DataFrame:
    import pandas as pd

    columns = zip(*stored.rows, strict=True) if stored.rows else [()] * len(stored.columns)
    told = zip(stored.columns, stored.kinds, columns, strict=True)
    return pd.DataFrame({name: _column(kind, values) for name, kind, values in told})


def _column(kind: Kind, values: tuple[Any, ...]) -> pd.Series[Any]:
    """Return a column; ValueError where a value is not of its kind."""
    import pandas as pd

    if kind == "number":
        numbers = [math.nan if one is None else float(one) for one in values]
        return pd.Series(numbers, dtype="float64")
    dtype, types = VALUES[kind]
    if not all(type(one) in types for one in values):
        message = f"a column of kind {kind!r} holds something else"
        raise ValueError(message)
    return pd.Series(list(values), dtype=dtype)


def _finite(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: one.item() if hasattr(one, "item") else one for key, one in values.items()}
    return {
        key: Infinite(number=str(one))  # type: ignore[arg-type]  # of the three there are
        if isinstance(one, float) and not math.isfinite(one)
        else one
        for key, one in plain.items()
    }


def _numbers(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: float(one.number) if isinstance(one, Infinite) else one for key, one in values.items()
    }
