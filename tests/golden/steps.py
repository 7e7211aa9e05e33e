"""From R's weighting operations to steps of a recipe."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import socialpoll as sp
from tests.golden.conditions import filtered
from tests.golden.expected import as_number
from tests.golden.expressions import parse, variables_of
from tests.golden.folder import Dataset, Folder
from tests.golden.naming import category, named

__all__ = ["NotBuiltError", "columns_of", "ignored", "rows_of", "step_of", "targets_of", "without"]

DISTANCES = {"linear": "linear", "raking": "raking", "logit": "logit"}
BOUNDED = {"linear": "truncated", "logit": "logit"}
"""What R's calibration functions are called here, without bounds and with them."""
ON_WEIGHTS = "weights"
INTERCEPT = "(Intercept)"
EXACT = 1e-11
"""As near to its targets as R's calibration is taken in the reference cases, or nearer."""
Record = Mapping[str, Any]
Targets = dict[tuple[str, ...], float]


class NotBuiltError(Exception):
    """What a case asks for is not part of the library."""


def step_of(design: Record, folder: Folder) -> Any:
    """Translate a weighting operation of R into a step.

    Raises
    ------
    NotBuiltError
        An operation that the library does not have.
    """
    translate = STEPS.get(design["op"])
    if translate is None:
        raise NotBuiltError(NOT_BUILT.get(design["op"], design["op"]))
    return translate(design, folder)


def _poststratified(design: Record, folder: Folder) -> sp.PostStratify:
    return sp.PostStratify(*_margin(design["vars"], design["population"], design, folder))


def _raked(design: Record, folder: Folder) -> sp.Rake:
    margins, _ = targets_of(design, folder)
    return sp.Rake(tuple(sp.Margin(variables, targets) for variables, targets in margins))


def _calibrated(design: Record, folder: Folder) -> sp.Calibrate:
    """Translate ``calibrate``: what R calls linear with bounds is the truncated distance."""
    if design.get("variance") or design.get("aggregate.stage") or design.get("trim"):
        raise NotBuiltError("calibration with variances, of stages, or with trimming")
    bounds = design.get("bounds")
    distance = (BOUNDED if bounds else DISTANCES).get(design["calfun"])
    if distance is None:
        raise NotBuiltError(f"calibration by {design['calfun']!r}, bounds {bounds}")
    margins, totals = targets_of(design, folder)
    return sp.Calibrate(
        tuple(sp.Margin(variables, targets) for variables, targets in margins),
        totals={named(column): total for column, total in totals.items()},
        distance=distance,
        bounds=tuple(bounds) if bounds else None,
        bounds_on="weight" if design.get("bounds_are_on") == ON_WEIGHTS else "factor",
        scale_first=False,
        tolerance=EXACT,
        max_iterations=500,
    )


def _trimmed(design: Record, _folder: Folder) -> sp.Trim:
    limits = {name: as_number(design.get(name)) for name in ("upper", "lower")}
    given = {name: one for name, one in limits.items() if one is not None and 0 < one < math.inf}
    return sp.Trim(
        **given, rule="weight", sharing="additive_strict" if design["strict"] else "additive"
    )


STEPS = {
    "postStratify": _poststratified,
    "rake": _raked,
    "calibrate": _calibrated,
    "trimWeights": _trimmed,
}
NOT_BUILT = {"update": "updated designs", "subset": "subset designs"}


def columns_of(design: Record) -> list[str]:
    """Return the columns that a weighting operation is about."""
    several = [design.get("vars", ()), *(one["vars"] for one in design.get("margins", ()))]
    return [column for one in several for column in one]


def targets_of(
    design: Record, folder: Folder
) -> tuple[list[tuple[tuple[str, ...], Targets]], dict[str, float]]:
    """Return the margins of ``rake``; of ``calibrate`` also the totals of numbers.

    ``calibrate`` states its margins as R's contrasts: the intercept is everybody, and the first
    level of a factor is what the others leave of it.
    """
    if design["op"] == "rake":
        margins = [
            _margin(one["vars"], one["population"], design, folder) for one in design["margins"]
        ]
        return margins, {}
    data = folder.dataset(folder.base(design)["dataset"])
    columns = variables_of(parse(design["formula"]))
    factors = [one for one in columns if data.types[one] == "factor"]
    numbers = [one for one in columns if data.types[one] in {"int", "float"}]
    stated = {name: float(value) for name, value in design["population"].items()}
    named_by_r = {column + level for column in factors for level in data.levels[column][1:]}
    if set(stated) != {INTERCEPT, *named_by_r, *numbers}:
        raise NotBuiltError("calibration on other terms than single factors and numbers")
    margins = []
    for column in factors:
        first, *others = data.levels[column]
        target = {(level,): stated[column + level] for level in others}
        margins.append(
            ((named(column),), {(first,): stated[INTERCEPT] - sum(target.values()), **target})
        )
    return margins, {column: stated[column] for column in numbers}


def _margin(
    columns: Sequence[str], population: Sequence[Record], design: Record, folder: Folder
) -> tuple[tuple[str, ...], Targets]:
    targets = {
        tuple(str(row[column]) for column in columns): float(row["Freq"]) for row in population
    }
    gone = ignored(design, folder)
    kept = {codes: one for codes, one in targets.items() if not gone.intersection(codes)}
    data = folder.dataset(folder.base(design)["dataset"])
    return tuple(category(data, column) for column in columns), kept


def ignored(design: Record, folder: Folder) -> set[str]:
    """Return the levels that ``partial = TRUE`` drops: those of the population nobody is in."""
    if not design.get("partial"):
        return set()
    frame = rows_of(folder, folder.base(design)).frame
    (column,) = design["vars"]
    present = set(frame[column].dropna())
    return {row[column] for row in design["population"]} - present


def rows_of(folder: Folder, design: Record) -> Dataset:
    """Return the data of a base design, with the rows that it keeps."""
    data = folder.dataset(design["dataset"])
    if design.get("row_filter_before_design"):
        return data.kept(filtered(data.frame, design["row_filter_before_design"]))
    return data


def without(data: Dataset, levels: set[str]) -> Dataset:
    """Return the same data where levels that nobody is in are not known."""
    kept = {
        column: tuple(
            one for one in several if one not in levels or (data.frame[column] == one).any()
        )
        for column, several in data.levels.items()
    }
    return replace(data, levels=kept)
