"""Reading a recipe from the plain tables of a poll file, all mistakes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from socialpoll.errors import PollFileError, Problem, TargetError, WeightingError
from socialpoll.schema import Mistake, inside, kind_of, read_as, shown, without
from socialpoll.weighting.declared import (
    Calibrate,
    NonResponse,
    PostStratify,
    Propensity,
    Rake,
    ReferencePropensity,
    Require,
    Rescale,
    Selection,
    Trim,
    UnknownEligibility,
)
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.recipe import Recipe, Step
from socialpoll.weighting.tables import (
    STEPS,
    CalibrateTable,
    MarginTable,
    PostStratifyTable,
    RakeTable,
    ReferenceTable,
    SelectionTable,
    StepTable,
    TargetsTable,
)
from socialpoll.weighting.targeting.targets import Targets

__all__ = ["recipe_from"]

PLAIN: dict[str, type[Step]] = {
    one.step: one for one in (UnknownEligibility, NonResponse, Propensity, Trim, Rescale, Require)
}
"""Steps without targets: what their table holds is what they are declared with."""


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
        kind = kind_of(written, "step", STEPS)
        if isinstance(kind, Mistake):
            self.problems.append(kind.within(where))
            return None
        # Targets may be keyed by codes that are numbers: what TOML cannot say, Python can.
        table, mistakes = read_as(kind, without(written, [("step",)]), plain=False)
        self.problems += [one.within(where) for one in mistakes]
        if table is None:
            return None
        word = str(written["step"]) if isinstance(written, Mapping) else ""
        try:
            return self._made(word, table, where)
        except WeightingError as error:
            self.problems += [_within(where, one) for one in error.problems]
            return None

    def _made(self, word: str, table: StepTable, where: str) -> Step | None:
        match table:
            case PostStratifyTable() | ReferenceTable():
                margin = self._margin(table, where)
                if margin is None:
                    return None
                if isinstance(table, ReferenceTable):
                    return ReferencePropensity(margin.of, margin.targets)
                return PostStratify(
                    margin.of,
                    margin.targets,
                    total=table.total,
                    missing=margin.missing,
                    merge=margin.merge,
                )
            case RakeTable() | CalibrateTable():
                margins = self._margins(table.margins, where)
                return None if margins is None else _adjusting(table, margins)
            case SelectionTable():
                return self._selection(table, where)
            case _:
                return PLAIN[word](**_values(table))

    def _margins(self, tables: Sequence[MarginTable], where: str) -> tuple[Margin, ...] | None:
        margins = [
            self._margin(one, f"{where}.margins[{n}]") for n, one in enumerate(tables, start=1)
        ]
        read = tuple(one for one in margins if one is not None)
        return read if len(read) == len(margins) else None

    def _selection(self, table: SelectionTable, where: str) -> Selection | None:
        others = {
            name: getattr(table, name) for name in ("probability", "one_of", "chances", "at_most")
        }
        if table.of is None or table.sizes is None:
            return Selection(table.of, table.sizes, **others)
        written = TargetsTable(
            of=table.of, targets=table.sizes, source=table.source, date=table.date
        )
        margin = self._margin(written, where, "sizes")
        return None if margin is None else Selection(margin.of, margin.targets, **others)

    def _margin(self, table: TargetsTable, where: str, key: str = "targets") -> Margin | None:
        of = (table.of,) if isinstance(table.of, str) else tuple(table.of)
        try:
            targets = self._targets(of, table, f"{where}.{key}")
        except (TargetError, WeightingError) as error:
            self.problems += [_within(f"{where}.{key}", one) for one in error.problems]
            return None
        targets = replace(targets, estimated=table.estimated)
        if not isinstance(table, MarginTable):
            return Margin(of, targets)
        try:
            return Margin(of, targets, missing=table.missing, merge=table.merge)
        except WeightingError as error:
            self.problems += [_within(f"{where}", one) for one in error.problems]
            return None

    def _targets(self, of: tuple[str, ...], table: TargetsTable, where: str) -> Targets:
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


def _adjusting(table: RakeTable | CalibrateTable, margins: tuple[Margin, ...]) -> Step:
    values = {**_values(table), "margins": margins}
    return Calibrate(**values) if isinstance(table, CalibrateTable) else Rake(**values)


def _values(table: StepTable) -> dict[str, Any]:
    """Return what a table holds; lists are tuples."""
    values = {one.name: getattr(table, one.name) for one in fields(table)}
    return {name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}


def _within(where: str, problem: Problem) -> Problem:
    inner = problem.where.removeprefix(where).removeprefix(Path(where).name).strip(", ")
    return replace(problem, where=f"{where}, {inner}" if inner else where)
