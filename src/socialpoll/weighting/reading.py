"""Reading a recipe from the plain tables of a poll file, all mistakes at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from socialpoll.errors import PollFileError, Problem, TargetError, WeightingError
from socialpoll.schema import Mistake, Text, inside, kind_of, read_as, shown, without
from socialpoll.schema.border import BORDER
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.recipe import (
    LARGEST_TOLERANCE,
    MAX_ITERATIONS,
    TOLERANCE,
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
        """Read what is sound of one step; None where that is too little."""
        kind = kind_of(written, "step", TABLES)
        if isinstance(kind, Mistake):
            self.problems.append(kind.within(where))
            return None
        # Targets may be keyed by codes that are numbers: what TOML cannot say, Python can.
        table, mistakes = read_as(kind, without(written, [("step",)]), plain=False)
        self.problems += [one.within(where) for one in mistakes]
        return None if table is None else self._made(table, where)

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
            found=shown(written),
            allowed="a file 'targets/sex.csv', a table { male = 0.5, female = 0.5 }, or rows "
            "[ { sex = 'male', target = 0.5 } ]",
        )

    def _file(self, name: str) -> Path:
        file = inside(self.folder, name)
        if file is None:
            raise WeightingError(
                "a file of targets outside the folder of the poll file",
                found=repr(name),
                allowed="a path inside the folder, as in 'targets/sex.csv'",
                advice="copy the file into the folder",
            )
        return file


def _within(where: str, problem: Problem) -> Problem:
    inner = problem.where.removeprefix(where).removeprefix(Path(where).name).strip(", ")
    return replace(problem, where=f"{where}, {inner}" if inner else where)
