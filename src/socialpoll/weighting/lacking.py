"""What is said of interviews without a value, and of the numbers that a margin is made of."""

from __future__ import annotations

from collections.abc import Iterator

from socialpoll.totals import Cells
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.levels import Levels
from socialpoll.weighting.mixing import Mixing

__all__ = ["MISSING_LEVEL", "of_estimates", "of_mixing", "without_value"]

MISSING_LEVEL = "_M"
"""Code of the level of interviews without a value."""
DONE = {
    "own_class": "they are a level of their own, whose target is their share of the weights",
    "keep_base": "this margin leaves their weights alone, and its targets are lowered by them",
    "distribute": "they count in the levels as interviews do that are like them in the other "
    "margins",
}


def without_value(levels: Levels, cells: Cells, number: int) -> WeightingFinding:
    """Count the interviews without a value, and say what becomes of them."""
    policy = levels.margin.missing
    count = int(cells.cases[levels.of_cell < 0].sum())
    return WeightingFinding(
        severity="note",
        step=number,
        margin=levels.margin.name,
        level=MISSING_LEVEL,
        value=str(count),
        what=f"{count} of {int(cells.cases.sum())} interviews have no value (missing = {policy!r})",
        advice=DONE.get(policy, ""),
    )


def of_mixing(levels: Levels, mixing: Mixing, number: int) -> Iterator[WeightingFinding]:
    """Yield what is not as it should be where levels are mixed."""
    if mixing.alone:
        yield _alone(levels, mixing.alone, number)
    if not mixing.followed:
        yield _fixed(levels, mixing, number)


def _alone(levels: Levels, count: int, number: int) -> WeightingFinding:
    return WeightingFinding(
        severity="note",
        step=number,
        margin=levels.margin.name,
        level=MISSING_LEVEL,
        value=str(count),
        what=f"no interview with a value is like {count} of these in the other margins",
        advice="they count as all interviews with a value do; 'own_class' needs none alike",
    )


def _fixed(levels: Levels, mixing: Mixing, number: int) -> WeightingFinding:
    return WeightingFinding(
        severity="note",
        step=number,
        margin=levels.margin.name,
        level=MISSING_LEVEL,
        value=str(mixing.group_of.size),
        what="there are too many groups of like interviews for linearisation to follow: its "
        "standard errors take the mix of levels in each group as known",
        advice="replicates make the mix anew; fewer or smaller margins, or 'own_class', leave "
        "nothing out",
    )


def of_estimates(levels: Levels, number: int) -> WeightingFinding:
    """Say that the targets of a margin have a sampling error of their own."""
    return WeightingFinding(
        severity="note",
        step=number,
        margin=levels.margin.name,
        value="estimates",
        what="the targets are estimates of another poll with their own sampling error, which the "
        "standard errors here do not include",
        advice="say so where the figures are published, or take counts of a census or register",
    )
