"""From arrays to the tidy frame: one row a figure, in the column contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.estimates import COLUMNS, COMPARISON_COLUMNS
from socialpoll.indicators.figures import Figures
from socialpoll.indicators.precision import MODEL_BASED, Precision
from socialpoll.indicators.stack import Stack
from socialpoll.responses import Responses
from socialpoll.schema import NOT_APPLICABLE, TOTAL
from socialpoll.totals import Mass, rows_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FIXED_BY_WEIGHTING", "no_comparisons", "tidy_frame"]

Words = npt.NDArray[np.object_]
Truths = npt.NDArray[np.bool_]
FIXED_BY_WEIGHTING = "fixed by weighting"
"""The caveat of figures that do not vary between samples."""
BY_THE_RELEASE = ("flag", "obs_status", "conf_status")
LONELY = {
    "error": "",
    "certainty": "lonely cluster taken as certain",
    "centered": "lonely cluster centred",
    "average": "lonely cluster taken as average",
    "collapse": "lonely strata collapsed",
}


def tidy_frame(
    figured: Sequence[tuple[Block | Stack, Figures]],
    responses: Responses,
    precision: Precision,
    weights_id: str,
) -> pd.DataFrame:
    """Return the frame of all blocks, each where its rows belong."""
    import pandas as pd

    everywhere = _of_the_sample(responses, precision)
    parts: list[dict[str, npt.NDArray[np.generic]]] = [
        {**_numbers(one, precision), "caveat": _caveats(block, one, everywhere)}
        for block, one in figured
    ]
    blocks = [one for block, _ in figured for one in block.blocks]
    order = np.argsort(np.concatenate([np.zeros(0, np.int64), *(one.rows for one in blocks)]))
    columns = {name: found[order] for name, found in _one_under_another(parts).items()}
    blocks.sort(key=lambda one: one.first)
    columns |= _one_under_another([_keys(one, responses) for one in blocks])
    size = order.size
    columns["ci_level"] = np.full(size, precision.level)
    columns["weights_id"] = _everywhere(weights_id, size)
    columns |= {name: _everywhere("", size) for name in BY_THE_RELEASE}
    frame = pd.DataFrame({name: columns.get(name, np.zeros(0)) for name in COLUMNS})
    counts = dict.fromkeys(("n_asked", "n_answered", "n_base"), "int64")
    return frame.astype({**counts, "n_category": "Int64"})


def _one_under_another(
    parts: Sequence[Mapping[str, npt.NDArray[np.generic]]],
) -> dict[str, npt.NDArray[np.generic]]:
    names = parts[0] if parts else ()
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def no_comparisons() -> pd.DataFrame:
    """Return an empty frame of comparisons."""
    import pandas as pd

    return pd.DataFrame({name: [] for name in COMPARISON_COLUMNS})


def _everywhere(word: str, size: int) -> Words:
    return np.full(size, word, dtype=object)


def _keys(block: Block, responses: Responses) -> dict[str, npt.NDArray[np.generic]]:
    plan, size = block.plan, block.size
    lines = plan.lines
    return {
        "wave": _everywhere(block.wave or responses.wave or NOT_APPLICABLE, size),
        "indicator": _everywhere(plan.name, size),
        "question": _everywhere(plan.grid or plan.question, size),
        "item": np.array([line.item for line in lines] * block.domains, dtype=object),
        "category": np.array([line.category for line in lines] * block.domains, dtype=object),
        "statistic": _everywhere(plan.kind, size),
        "unit": _everywhere(plan.unit, size),
        "breakdown": _everywhere("|".join(block.breakdown) or TOTAL, size),
        "domain": np.repeat(np.array([one or TOTAL for one in block.codes], object), len(lines)),
        "base": _everywhere(plan.base, size),
    }


def _numbers(figures: Figures, precision: Precision) -> dict[str, npt.NDArray[np.generic]]:
    people = figures.headcount
    return {
        "estimate": figures.estimate.ravel(),
        "se": figures.se.ravel(),
        "ci_low": figures.limits.low,
        "ci_high": figures.limits.high,
        "ci_method": figures.limits.method,
        "df": figures.each(figures.df),
        "moe": figures.moe(precision.level).ravel(),
        "n_asked": figures.each(people.asked),
        "n_answered": figures.each(people.answered),
        "n_base": figures.each(people.base),
        "n_category": figures.category.ravel(),
        "n_effective": figures.each(people.kish),
        "population": figures.each(people.weight),
        "deff": figures.deff.ravel(),
        "cv": figures.cv.ravel(),
    }


def _of_the_sample(responses: Responses, precision: Precision) -> tuple[str, str]:
    """Return what is to be said of every figure: where precision comes from, lonely clusters."""
    if responses.design.sampling == "probability":
        return "", _lonely_caveat(responses)
    if precision.by_model(responses.design.sampling):
        return MODEL_BASED, _lonely_caveat(responses)
    return "opt-in sample", ""


def _caveats(block: Block | Stack, figures: Figures, everywhere: tuple[str, str]) -> Words:
    """Join what a reader must know of each figure, in a fixed order."""
    origin, lonely = everywhere
    share = block.plan.kind == "share"
    base = figures.each(figures.headcount.base)
    estimate, fixed = figures.estimate.ravel(), figures.fixed.ravel()
    zero = (figures.category.ravel() == 0) & (base > 0)
    varies = (figures.se.ravel() != 0) | fixed | zero
    remarked = np.any([np.zeros(block.size, dtype=bool), *figures.remarks.values()], axis=0)
    known: dict[str, Truths] = {
        "empty base": base == 0,
        "one case": base == 1,
        origin: np.full(block.size, bool(origin)),
        FIXED_BY_WEIGHTING: fixed,
        "zero cases": zero,
        "all cases": share & (estimate >= 1) & ~fixed,
        "no variation": ~varies & (not share) & ~remarked,
        **figures.remarks,
        "df<1": (figures.each(figures.df) < 1) & (base > 0),
        lonely: np.full(block.size, bool(lonely)),
    }
    words = _everywhere("", block.size)
    for word, true in known.items():
        if not true.any():
            continue
        words = np.where(true, np.where(words == "", word, words + "; " + word), words)
    return words


def _lonely_caveat(responses: Responses) -> str:
    design = responses.design
    if design.lonely == "error":
        return ""
    met = rows_of(responses, Mass(responses.base_weight)).units.lonely
    return LONELY[design.lonely] if met else ""
