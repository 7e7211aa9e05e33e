"""The levels of units that stages of sampling make, and what lonely units of them contribute."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from socialpoll.errors import DesignError, Problem
from socialpoll.responses import DesignStage, LonelyPolicy
from socialpoll.totals.collapsing import joined_strata, pooled_fractions
from socialpoll.totals.level import Level

__all__ = [
    "collapsed",
    "level_of",
    "lonely_error",
    "parent_of",
    "settled",
    "stages_in_the_variance",
]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
LISTED_STRATA = 10


def stages_in_the_variance(stages: Sequence[DesignStage]) -> list[DesignStage]:
    """Return the first stage, and the later ones where they and all before have fractions."""
    used = [stages[0]]
    for above, stage in pairwise(stages):
        if above.fraction is None or stage.fraction is None:
            break
        used.append(stage)
    return used


def parent_of(level: Level) -> Places:
    """Return the parent of each unit; the whole population, 0, at the first stage."""
    return np.zeros_like(level.group) if level.up is None else level.up


def _numbered(codes: npt.NDArray[np.integer]) -> Places:
    inverse: npt.NDArray[np.intp] = np.unique(codes, return_inverse=True)[1]
    return inverse.astype(np.int32)


def level_of(
    stage: DesignStage,
    parent: Places,
    above: Floats,
    times: npt.NDArray[np.int64] | None,
) -> tuple[Places, Level, Floats, npt.NDArray[np.intp]]:
    """Return unit of each row, level, fraction by group, and the lonely groups of a stage."""
    unit_of_row = _numbered(stage.unit)
    first_row = np.unique(unit_of_row, return_index=True)[1]
    up = parent[first_row]
    key = up.astype(np.int64) * (int(stage.stratum.max(initial=0)) + 1) + stage.stratum[first_row]
    group = _numbered(key)
    count = np.bincount(group, None if times is None else times[first_row]).astype(np.float64)
    first_unit = np.unique(group, return_index=True)[1]
    if stage.fraction is None:
        fraction = np.zeros(count.size)
    else:
        fraction = stage.fraction[first_row][first_unit]
    share = above[up[first_unit]]
    alone = np.flatnonzero((count == 1) & (fraction < 1) & (share > 0))
    scale = share * (1 - fraction) * count / np.maximum(count - 1, 1)
    wave = None if stage.wave is None else stage.wave[first_row]
    level = Level(group, count, scale, np.zeros(count.size, dtype=bool), up, wave)
    return unit_of_row, level, fraction, alone


def settled(
    level: Level, alone: npt.NDArray[np.intp], policy: LonelyPolicy, *, first: bool
) -> Level:
    """Return a level whose lonely groups contribute what the policy says."""
    scale, grand = level.scale.copy(), level.grand.copy()
    if policy == "centered":
        grand[alone] = True
    else:
        scale[alone] = 0.0
    if policy == "average" and alone.size:
        scale *= _strata_for_those_that_vary(level, alone)
    return Level(level.group, level.count, scale, grand, None if first else level.up, level.wave)


def _strata_for_those_that_vary(level: Level, alone: npt.NDArray[np.intp]) -> Floats:
    """Return H / (H - lonely) of each stratum's wave: a lonely one counts as the average other."""
    wave = level.wave_of_group
    strata = np.bincount(wave)
    varying = strata - np.bincount(wave[alone], minlength=strata.size)
    if not varying.all():
        what = "no stratum has two clusters, so there is no average to take"
        advice = "use lonely = 'centered', or declare fewer strata"
        raise DesignError("the sample design", [Problem(what, "lonely", advice=advice)])
    return np.asarray((strata / varying)[wave])


def collapsed(
    stage: DesignStage,
    level: Level,
    fraction: Floats,
    alone: npt.NDArray[np.intp],
    labels: Sequence[str],
) -> Level:
    """Join lonely strata of the first stage: only group, count and scale change."""
    strata = fraction.size
    similar = np.arange(strata, dtype=np.float64) if stage.similar is None else stage.similar
    number = joined_strata(alone, fraction, similar, level.wave_of_group)
    if number is None:
        named = ", ".join(labels[one] if one < len(labels) else str(one) for one in alone)
        what = "a stratum with one cluster has no other stratum to be joined with"
        advice = "use lonely = 'certainty' or 'centered'"
        raise DesignError("the sample design", [Problem(what, "lonely", named, advice=advice)])
    count, pooled = pooled_fractions(number, level.count, fraction)
    scale = (1 - pooled) * count / np.maximum(count - 1, 1)
    return Level(
        number[level.group], count, scale, np.zeros(count.size, dtype=bool), None, level.wave
    )


def lonely_error(
    stage: DesignStage,
    unit: Places,
    level: Level,
    alone: npt.NDArray[np.intp],
    depth: int,
    labels: Sequence[str],
) -> DesignError:
    """Return the refusal of lonely groups: which they are, and what can be declared of them."""
    strata = np.unique(stage.stratum[np.isin(level.group[unit], alone)])
    named = [labels[s] if depth == 0 and s < len(labels) else str(s) for s in strata]
    shown = ", ".join(named[:LISTED_STRATA]) + (" …" if len(named) > LISTED_STRATA else "")
    return DesignError(
        "the sample design",
        [
            Problem(
                what=f"{'1 stratum has' if len(named) == 1 else f'{len(named)} strata have'} only "
                f"one sampling unit at stage {depth + 1}, so the variance there is not known",
                where="lonely",
                found=shown,
                allowed="lonely = 'certainty' (add nothing), 'centered' (compare with all units)"
                + (
                    ", 'collapse' (join similar strata), 'average' (as the others vary)"
                    if depth == 0
                    else ""
                ),
                advice="merge them with similar strata before binding, or declare a policy",
            )
        ],
    )
