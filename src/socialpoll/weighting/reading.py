"""Reading a recipe from the plain tables of a poll file, all mistakes at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from socialpoll.errors import PollFileError, Problem, TargetError, WeightingError, nearest
from socialpoll.schema import Text
from socialpoll.schema.border import BORDER
from socialpoll.weighting.recipe import (
    LARGEST_TOLERANCE,
    MAX_ITERATIONS,
    TOLERANCE,
    Margin,
    OnMiss,
    PostStratify,
    Rake,
    Recipe,
    Step,
)
from socialpoll.weighting.targets import Targets

__all__ = ["recipe_from"]

Total: TypeAlias = Annotated[float, Field(gt=0, strict=True)] | None
Names: TypeAlias = str | Annotated[list[str], Field(min_length=1)]
SHOWN = 60
UNKNOWN_KEY = "unexpected_keyword_argument"
EXPECTED = {
    "string_type": "words in quotes",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a number that is finite",
    "list_type": "a list in [ ]",
    "too_short": "at least one value",
    "mapping_type": "words, or a table of words by language",
    "dataclass_type": "a table in { }",
    "date_type": "a date, as in 2019-03-31",
    "date_from_datetime_parsing": "a date, as in 2019-03-31",
    "date_from_datetime_inexact": "a date, as in 2019-03-31",
}


@dataclass(frozen=True, kw_only=True)
class MarginTable:
    """A margin as a poll file holds it; targets are a file, a table of codes, or rows."""

    of: Names
    targets: Any
    source: Text | None = None
    date: dt.date | None = None
    missing: Literal["raise"] = "raise"

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class RakeTable:
    """A step of raking as a poll file holds it."""

    margins: Annotated[list[MarginTable], Field(min_length=1)]
    total: Total = None
    tolerance: Annotated[float, Field(gt=0, le=LARGEST_TOLERANCE, strict=True)] = TOLERANCE
    max_iterations: Annotated[int, Field(ge=1, strict=True)] = MAX_ITERATIONS
    on_miss: OnMiss = "raise"

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class PostStratifyTable:
    """A step of post-stratification as a poll file holds it."""

    of: Names
    targets: Any
    source: Text | None = None
    date: dt.date | None = None
    total: Total = None

    __pydantic_config__ = BORDER


TABLES: dict[str, type[RakeTable | PostStratifyTable]] = {
    "rake": RakeTable,
    "poststratify": PostStratifyTable,
}
"""The word of each step and what its table holds."""


def recipe_from(
    tables: Sequence[Mapping[str, Any]], folder: str | Path, where: str = "weighting.steps"
) -> Recipe:
    """Read a recipe from plain tables.

    Parameters
    ----------
    tables : sequence of mapping
        The steps, as ``[[weighting.steps]]`` of a poll file holds them.
    folder : str or Path
        Of the poll file; files of targets are named relative to it and lie inside it.
    where : str
        Of the tables, for messages; positions are counted from 1.

    Returns
    -------
    Recipe

    Raises
    ------
    PollFileError
        With every mistake: unknown keys and steps, values of the wrong kind, files of targets
        that cannot be read or lie outside the folder.

    Examples
    --------
    >>> table = {"step": "poststratify", "of": "sex", "targets": {"male": 0.5, "female": 0.5}}
    >>> recipe_from([table], ".").to_tables() == [table]
    True
    """
    reading = _Reading(Path(folder))
    steps = [reading.step(one, f"{where}[{n}]") for n, one in enumerate(tables, start=1)]
    if reading.problems:
        raise PollFileError(where, reading.problems)
    return Recipe(tuple(one for one in steps if one is not None))


@dataclass
class _Reading:
    """Reads steps, and collects what is wrong with them."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def step(self, written: object, where: str) -> Step | None:
        """Read one step; None where it has mistakes."""
        if not isinstance(written, Mapping):
            self.problems.append(Problem("a step that is no table", where, _shown(written)))
            return None
        word = written.get("step")
        if not (isinstance(word, str) and word in TABLES):
            what = "the key 'step' is missing" if word is None else "no such step"
            found = "" if word is None else repr(word)
            self.problems.append(Problem(what, f"{where}.step", found, nearest(word, TABLES)))
            return None
        rest = {key: value for key, value in written.items() if key != "step"}
        try:
            return self._made(_adapter(word).validate_python(rest), where)
        except ValidationError as error:
            self.problems += _mistakes(error, rest, TABLES[word], where)
            known = _known(error, rest)
        # Where unknown keys are all that is wrong, the rest is read for further mistakes.
        return None if known is None else self._made(_adapter(word).validate_python(known), where)

    def _made(self, table: RakeTable | PostStratifyTable, where: str) -> Step | None:
        if isinstance(table, PostStratifyTable):
            margin = self._margin(table, where)
            if margin is None:
                return None
            return PostStratify(margin.of, margin.targets, total=table.total)
        margins = [
            self._margin(one, f"{where}.margins[{n}]")
            for n, one in enumerate(table.margins, start=1)
        ]
        read = tuple(one for one in margins if one is not None)
        if len(read) < len(margins):
            return None
        return Rake(read, table.total, table.tolerance, table.max_iterations, table.on_miss)

    def _margin(self, table: MarginTable | PostStratifyTable, where: str) -> Margin | None:
        of = (table.of,) if isinstance(table.of, str) else tuple(table.of)
        try:
            return Margin(of, self._targets(of, table, f"{where}.targets"))
        except (TargetError, WeightingError) as error:
            self.problems += [_within(f"{where}.targets", one) for one in error.problems]
            return None

    def _targets(
        self, of: tuple[str, ...], table: MarginTable | PostStratifyTable, where: str
    ) -> Targets:
        written = table.targets
        if isinstance(written, str):
            file = self._file(written)
            try:
                return Targets.from_csv(file, source=table.source, date=table.date)
            except TargetError as error:
                named = [_within(written, one) for one in error.problems]
                raise TargetError(where, named) from error
        if isinstance(written, Mapping):
            return Targets.of(of, written, source=table.source, date=table.date)
        if isinstance(written, list) and all(isinstance(one, Mapping) for one in written):
            return Targets.from_rows(written, source=table.source, date=table.date)
        raise WeightingError(
            "targets of the wrong kind",
            found=_shown(written),
            allowed="a file 'targets/sex.csv', a table { male = 0.5, female = 0.5 }, or rows "
            "[ { sex = 'male', target = 0.5 } ]",
        )

    def _file(self, name: str) -> Path:
        """Return a file of the folder; symbolic links count as what they lead to."""
        folder = self.folder.resolve()
        file = (folder / name).resolve()
        if Path(name).is_absolute() or not file.is_relative_to(folder):
            raise WeightingError(
                "a file of targets outside the folder of the poll file",
                found=repr(name),
                allowed="a path inside the folder, as in 'targets/sex.csv'",
                advice="copy the file into the folder",
            )
        return file


@cache
def _adapter(word: str) -> TypeAdapter[RakeTable | PostStratifyTable]:
    return TypeAdapter(TABLES[word])


def _within(where: str, problem: Problem) -> Problem:
    inner = problem.where.removeprefix(where).removeprefix(Path(where).name).strip(", ")
    return replace(problem, where=f"{where}, {inner}" if inner else where)


def _mistakes(
    error: ValidationError, written: Mapping[str, Any], kind: type, where: str
) -> Iterator[Problem]:
    """Turn pydantic's mistakes into problems, one a place."""
    by_place: dict[tuple[str | int, ...], list[Mapping[str, Any]]] = {}
    for detail in error.errors(include_url=False):
        by_place.setdefault(_place({**detail}, written), []).append({**detail})
    for place, details in by_place.items():
        here = where + "".join(
            f"[{one + 1}]" if isinstance(one, int) else f".{one}" for one in place
        )
        owner = MarginTable if len(place) > 1 else kind
        yield _mistake(str(place[-1]), details, here, [one.name for one in fields(owner)])


def _known(error: ValidationError, written: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a table without its unknown keys; None where it has other mistakes."""
    details = error.errors(include_url=False)
    if any(one["type"] != UNKNOWN_KEY for one in details):
        return None
    known = deepcopy(dict(written))
    for one in details:
        *path, key = _place({**one}, written)
        inside: Any = known
        for step in path:
            inside = inside[step]
        del inside[key]
    return known


def _place(detail: Mapping[str, Any], written: Mapping[str, Any]) -> tuple[str | int, ...]:
    """Return the keys that lead to a mistake, without pydantic's names for members of unions."""
    inside: Any = written
    place: list[str | int] = []
    for key in detail["loc"]:
        if (isinstance(inside, Mapping) and key in inside) or (
            isinstance(inside, list) and isinstance(key, int)
        ):
            place.append(key)
            inside = inside[key]
    if detail["type"] == "missing":
        place.append(detail["loc"][-1])
    return tuple(place)


def _mistake(
    key: str, details: Sequence[Mapping[str, Any]], where: str, known: Sequence[str]
) -> Problem:
    detail = details[0]
    kind = detail["type"]
    if kind == UNKNOWN_KEY:
        allowed = nearest(key, known)
        return Problem(f"unknown key {key!r}", where, "", allowed, "correct or remove it")
    if kind == "missing":
        return Problem(f"the key {key!r} is missing", where)
    if kind == "literal_error":
        allowed = str(detail["ctx"]["expected"])
        return Problem("no such choice", where, _shown(detail["input"]), allowed)
    expected = dict.fromkeys(EXPECTED.get(one["type"], _plain(one["msg"])) for one in details)
    return Problem("of the wrong kind", where, _shown(detail["input"]), " or ".join(expected))


def _plain(message: str) -> str:
    return message.removeprefix("Input should be ")


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
