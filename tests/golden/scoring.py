"""Comparing an answer with the expected one, leaf by leaf, as the folder's conventions say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.golden.expected import as_number, neighbours, readings
from tests.golden.folder import Case, Folder
from tests.golden.steps import targets_of

__all__ = ["Miss", "misses", "tolerance"]

OPTIONAL = frozenset({"likelihood", "saddlepoint", "lincom"})
"""Leaves that need not be answered."""
TOLERANCES = {"t01": 1e-8, "t02": 1e-8, "t05": 1e-8, "t07": 1e-8, "t09": 1e-8}
OTHERWISE = 1e-6
ITERATED = frozenset({"logit", "beta"})
"""Intervals that R finds by iteration."""
OF_THE_SE = frozenset({"se", "vcov", "cv", "ci_z", "ci_t", "ci_t_fulldf", "ci", "deff"})
WITHIN_REASON = 0.3
"""How far a standard error of another convention may lie where no paired case tells it."""
NOTHING = 1e-9
"""Relative to an estimate, a standard error that is none."""

Path = tuple[str, ...]


@dataclass(frozen=True)
class Miss:
    """A leaf that is not as expected."""

    path: str
    expected: object
    found: object

    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, found {self.found}"


def tolerance(case: Case, folder: Folder) -> float:
    """Return the relative tolerance of a case; weights that were iterated are less exact."""
    own = TOLERANCES.get(case.topic[:3], OTHERWISE)
    designs = case.record["design"]
    for name in [designs] if isinstance(designs, str) else designs:
        design = folder.designs[name]
        while "base" in design:
            if design["op"] in {"rake", "calibrate", "trimWeights", "postStratify"}:
                own = max(own, OTHERWISE)
            design = folder.designs[design["base"]]
    return own


def misses(case: Case, answer: Mapping[str, Any], folder: Folder) -> list[Miss]:
    """Compare an answer with every reading of a case; return the leaves that fit none."""
    judge = _Judge(case, answer, folder)
    several = readings(case)
    found = [list(judge.compare(one, answer, ())) for one in several]
    left = found[0]
    for others in found[1:]:
        wrong = {one.path for one in others}
        left = [one for one in left if one.path in wrong]
    if "rake_se_convention" in case.flags:
        left = judge.of_another_convention(left)
    if "exact_tie" in case.flags:
        left = [one for one in left if not judge.is_next_to(one)]
    return left


class _Judge:
    """Knows how exact a case is meant, and what may be forgiven."""

    def __init__(self, case: Case, answer: Mapping[str, Any], folder: Folder) -> None:
        self.case = case
        self.answer = answer
        self.folder = folder
        self.tolerance = tolerance(case, folder)
        self.edge = "edge" in case.flags

    def compare(self, expected: Any, found: Any, path: Path) -> Iterator[Miss]:
        """Walk through an expected value, and yield every leaf that is missed."""
        if OPTIONAL.intersection(path):
            return
        if _is_interval(expected, path):
            yield from self.interval(expected, found, path)
        elif isinstance(expected, Mapping):
            for name, inner in expected.items():
                there = found.get(name) if isinstance(found, Mapping) else None
                yield from self.compare(inner, there, (*path, name))
        elif isinstance(expected, list) and isinstance(found, list | tuple):
            if len(expected) != len(found):
                yield Miss("/".join(path), f"{len(expected)} values", f"{len(found)} values")
                return
            for place, (one, other) in enumerate(zip(expected, found, strict=True)):
                yield from self.compare(one, other, (*path, str(place)))
        elif not self.fits(expected, found, path):
            yield Miss("/".join(path), expected, found)

    def interval(self, expected: Any, found: Any, path: Path) -> Iterator[Miss]:
        """Compare limits in pairs: an interval of no width in R is met by one that holds it."""
        pairs, others = _pairs(expected, found)
        for place, (wanted, there) in enumerate(pairs):
            low, high = (as_number(one) for one in wanted)
            if _is_empty(low, high) and self.holds(wanted, there):
                continue
            for one, other, side in zip(wanted, there, ("lower", "upper"), strict=True):
                width = abs((high or 0.0) - (low or 0.0))
                if not self.close(as_number(one), as_number(other), self.at(path), width):
                    yield Miss("/".join((*path, side, str(place))), one, other)
        for name, (one, other) in others.items():
            yield from self.compare(one, other, (*path, name))

    def holds(self, wanted: Sequence[Any], there: Sequence[Any]) -> bool:
        """Tell whether limits are none, or hold what R's empty interval stands at."""
        low, high = (as_number(one) for one in there)
        if low is None or high is None or (math.isnan(low) and math.isnan(high)):
            return True
        point = as_number(wanted[0])
        if point is None or math.isnan(point):
            return self.edge and low <= high
        slack = self.tolerance * max(abs(point), 1.0)
        return low - slack <= point <= high + slack

    def fits(self, expected: Any, found: Any, path: Path) -> bool:
        """Tell whether a leaf is as expected, or better than a degenerate one of R."""
        number = as_number(expected)
        if number is None:
            return bool(expected == found)
        there = as_number(found)
        if self.close(number, there, self.at(path), self.scale(path, number)):
            return True
        degenerate = math.isnan(number) or abs(number) < NOTHING
        return self.edge and degenerate and there is not None

    def close(
        self, expected: float | None, found: float | None, exact: float, scale: float
    ) -> bool:
        """Compare two numbers relative to the larger of the expected one and a scale."""
        if expected is None or found is None:
            return expected is found
        if math.isnan(expected) or math.isnan(found):
            return math.isnan(expected) and math.isnan(found)
        if math.isinf(expected) or math.isinf(found):
            return expected == found
        return abs(expected - found) <= exact * max(abs(expected), scale)

    def at(self, path: Path) -> float:
        """Return the tolerance of a leaf."""
        iterated = path[:1] == ("ci",) and ITERATED.intersection(path)
        return (
            max(self.tolerance, OTHERWISE)
            if iterated or path[-1].startswith("p_")
            else self.tolerance
        )

    def scale(self, path: Path, expected: float) -> float:
        """Return what a number near zero is measured by."""
        if path[0] == "vcov":
            row, column = (int(one) for one in path[1:3])
            variances = self.case.expect["vcov"]
            sizes = [abs(as_number(variances[one][one]) or 0.0) ** 0.5 for one in (row, column)]
            nothing = [self.tolerance * self.size(one) for one in (row, column)]
            return max(sizes[0] * sizes[1], nothing[0] * nothing[1] / self.tolerance)
        if path[0] in {"se", "cv"}:
            size = self.size(int(path[1])) if len(path) > 1 else 1.0
            return size if abs(expected) < NOTHING * size else 0.0
        if path[0] == "contrasts":
            return max(self.size(one) for one in range(len(self.case.expect["estimate"])))
        return NOTHING

    def size(self, place: int) -> float:
        """Return the absolute value of an expected estimate."""
        expected = self.case.expect
        name = next(one for one in ("quantile", "coef", "estimate", "diff") if one in expected)
        return abs(as_number(expected[name][place]) or 0.0)

    def of_another_convention(self, left: list[Miss]) -> list[Miss]:
        """Forgive standard errors of the other convention: the paired case's, or near R's."""
        pair = paired(self.case, self.folder)
        if pair is not None:
            judge = _Judge(pair, self.answer, self.folder)
            wrong = {one.path for one in judge.compare(pair.expect, self.answer, ())}
            return [one for one in left if not _of_the_se(one) or one.path in wrong]
        return [one for one in left if not (_of_the_se(one) and self.is_near(one))]

    def is_near(self, miss: Miss) -> bool:
        """Tell whether a figure of precision is of the size of R's."""
        expected, found = as_number(miss.expected), as_number(miss.found)
        return expected is not None and self.close(expected, found, WITHIN_REASON, NOTHING)

    def is_next_to(self, miss: Miss) -> bool:
        """Tell whether a quantile is the data point beside R's."""
        if not miss.path.startswith(("quantile", "ci_lower", "ci_upper")):
            return False
        points = neighbours(self.folder, self.case)
        expected, found = as_number(miss.expected), as_number(miss.found)
        if expected not in points or found not in points:
            return False
        return abs(points.index(expected) - points.index(found)) == 1


def paired(case: Case, folder: Folder) -> Case | None:
    """Return the case that asks the same of ``calibrate(calfun = "raking")`` with these margins."""
    mine = folder.designs[case.record["design"]]
    if "margins" not in mine:
        return None
    for other in folder.cases:
        if not isinstance(other.record["design"], str) or other.params != case.params:
            continue
        theirs = folder.designs[other.record["design"]]
        if theirs.get("calfun") != "raking" or theirs["base"] != mine["base"]:
            continue
        if targets_of(theirs, folder) == targets_of(mine, folder):
            return other
    return None


def _of_the_se(miss: Miss) -> bool:
    return miss.path.split("/")[0] in OF_THE_SE


def _is_interval(expected: Any, path: Path) -> bool:
    if isinstance(expected, Mapping):
        return {"lower", "upper"} <= set(expected)
    return path[:1] == ("ci",) and len(path) == 2 and isinstance(expected, list)


def _is_empty(low: float | None, high: float | None) -> bool:
    """Tell whether an interval is none, or of no width but for rounding."""
    if low is None or high is None or math.isnan(low):
        return True
    return abs(high - low) <= NOTHING * max(abs(low), abs(high))


def _pairs(expected: Any, found: Any) -> tuple[list[tuple[Any, Any]], dict[str, tuple[Any, Any]]]:
    """Return the pairs of limits, expected and found, and what else an interval tells."""
    if isinstance(expected, list):
        there = found if isinstance(found, list | tuple) else (None, None)
        return [(expected, there)], {}
    there = found if isinstance(found, Mapping) else {}
    count = len(expected["lower"])
    nothing = [None] * count
    wanted = zip(expected["lower"], expected["upper"], strict=True)
    given = zip(there.get("lower", nothing), there.get("upper", nothing), strict=True)
    others = {
        name: (value, there.get(name))
        for name, value in expected.items()
        if name not in {"lower", "upper"}
    }
    return list(zip(wanted, given, strict=True)), others
