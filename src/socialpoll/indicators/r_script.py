"""The same figures by R's ``survey``: the data as CSV, and a script that estimates them again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.block import Block
from socialpoll.indicators.mentioning import OF_RESPONSES, OF_TIME
from socialpoll.totals import INTERVIEWED, Basis, CellStep, Rows
from socialpoll.totals.stage_levels import stages_in_the_variance

if TYPE_CHECKING:
    from socialpoll.indicators.estimates import Estimates

__all__ = ["write_r"]

Columns = dict[str, npt.NDArray[np.generic]]
POLICY = {"error": "fail", "certainty": "certainty", "centered": "adjust", "average": "average"}
CALLS = {"share": "svymean", "mean": "svymean", "total": "svytotal"}
RATIOS = {"ratio", OF_RESPONSES, OF_TIME}
DATA, SCRIPT = "data.csv", "estimates.R"


def write_r(
    estimates: Estimates, engine: object, blocks: Sequence[Block], folder: str | Path
) -> tuple[Path, Path]:
    """Write data and script: see :meth:`socialpoll.Estimates.to_r`."""
    if not isinstance(engine, Rows):
        message = "only data in memory can be written for R"
        raise EstimationError(message, where="to_r")
    kinds = sorted({block.plan.kind for block in blocks} - {*CALLS, *RATIOS})
    if kinds:
        message = "these statistics have no translation to R here"
        raise EstimationError(
            message,
            where="to_r",
            found=", ".join(kinds),
            allowed=", ".join([*CALLS, *sorted(RATIOS)]),
        )
    columns: Columns = {}
    lines = [
        "# Estimates of socialpoll, made again by R's survey package.",
        "# Run in this folder: Rscript estimates.R; it writes estimates_r.csv.",
        "suppressPackageStartupMessages(library(survey))",
        *_design(engine, columns),
        *_steps(engine, columns),
        "figures <- list()",
        "add <- function(rows, made) figures[[length(figures) + 1]] <<- data.frame(",
        "  row = rows, estimate = as.vector(coef(made)), se = as.vector(SE(made)))",
    ]
    for number, block in enumerate(blocks):
        lines += _figures(engine, block, number, columns)
    lines.append(
        'write.csv(format(do.call(rbind, figures), digits = 15), "estimates_r.csv", '
        "row.names = FALSE, quote = FALSE)"
    )
    return _written(estimates, columns, lines, Path(folder))


def _written(
    estimates: Estimates, columns: Columns, lines: Sequence[str], folder: Path
) -> tuple[Path, Path]:
    import pandas as pd

    folder.mkdir(parents=True, exist_ok=True)
    data, script = folder / DATA, folder / SCRIPT
    table = pd.DataFrame(columns).to_csv(index=False, float_format="%.17g", lineterminator="\n")
    keys = [
        f"# row {place}: {', '.join(str(one) for one in row if one not in ('_Z', '_T'))}"
        for place, row in enumerate(estimates.frame.iloc[:, :9].itertuples(index=False, name=None))
    ]
    data.write_text(table, encoding="utf-8")
    script.write_text("\n".join([*lines, "", *keys, ""]), encoding="utf-8")
    return data, script


def _design(engine: Rows, columns: Columns) -> list[str]:
    """Return ``svydesign``; every unit has a number of its own."""
    policy = engine.responses.design.lonely
    stages = stages_in_the_variance(engine.responses.stages)
    zero = any(one.fraction is not None and (one.fraction == 0).any() for one in stages)
    joined = policy == "collapse" and bool(engine.units.lonely)
    if zero or joined:
        message = "R's svydesign has no such design"
        found = "joined strata" if joined else "waves with and without finite populations"
        raise EstimationError(message, where="to_r", found=found)
    for number, stage in enumerate(stages, start=1):
        columns[f"unit{number}"] = stage.unit
        columns[f"stratum{number}"] = stage.stratum
        if stage.fraction is not None:
            columns[f"fraction{number}"] = stage.fraction
    # R divides by weights: cases without an interview keep theirs, for they are in no margin (all
    # their calibration variables are 0) and members of no domain, and so add nothing.
    columns["base_weight"] = engine.mass.base
    numbers = range(1, len(stages) + 1)
    corrected = [f"fraction{one}" for one in numbers if f"fraction{one}" in columns]
    fpc = f"~{' + '.join(corrected)}" if corrected else "NULL"
    return [
        f'options(survey.lonely.psu = "{POLICY.get(policy, "fail")}")',
        f'data <- read.csv("{DATA}")',
        f"design <- svydesign(ids = ~{' + '.join(f'unit{one}' for one in numbers)},",
        f"  strata = ~{' + '.join(f'stratum{one}' for one in numbers)},",
        f"  fpc = {fpc}, weights = ~base_weight, data = data, nest = TRUE)",
    ]


def _steps(engine: Rows, columns: Columns) -> list[str]:
    """Return a call a weighting step, with the totals it reached."""
    lines = []
    for place, step in enumerate(engine.mass.steps):
        if step.name == INTERVIEWED:
            continue
        reached = engine.mass.entering(place + 1)
        everybody = bool((np.count_nonzero(step.x, axis=1)[step.cell] > 0).all())
        if step.name == "poststratify" and everybody:
            lines += _poststratified(place, step, reached, columns)
        elif step.name in {"rake", "poststratify"}:
            lines += _calibrated(place, step, reached, columns)
        else:
            message = "this weighting step has no translation to R here"
            raise EstimationError(message, where="to_r", found=step.name)
    return lines


def _poststratified(
    place: int, step: CellStep, reached: npt.NDArray[np.float64], columns: Columns
) -> list[str]:
    totals = np.bincount(step.cell, weights=reached, minlength=step.factor.size)
    columns[f"cell{place}"] = step.cell
    used = np.flatnonzero(np.bincount(step.cell, minlength=step.factor.size))
    frame = (
        f"data.frame(cell{place} = c({', '.join(map(str, used.tolist()))}), "
        f"Freq = c({', '.join(f'{one:.17g}' for one in totals[used])}))"
    )
    return [f"design <- postStratify(design, ~cell{place}, {frame})"]


def _calibrated(
    place: int, step: CellStep, reached: npt.NDArray[np.float64], columns: Columns
) -> list[str]:
    """Calibrate; on the indicators of one margin the linear distance is post-stratification."""
    from scipy import linalg

    _, triangle, pivot = linalg.qr(step.x, mode="economic", pivoting=True)
    size = np.abs(np.diagonal(triangle))
    kept = np.sort(pivot[: size.size][size > size.max() * 1e-9])
    names = [f"x{place}_{one}" for one in kept.tolist()]
    totals = []
    for name, one in zip(names, kept.tolist(), strict=True):
        columns[name] = step.x[step.cell, one]
        totals.append(float(reached @ columns[name].astype(np.float64)))
    distance = '"linear"' if step.name == "poststratify" else '"raking", epsilon = 1e-12'
    population = ", ".join(f"{n} = {t:.17g}" for n, t in zip(names, totals, strict=True))
    return [
        f"design <- calibrate(design, ~ 0 + {' + '.join(names)}, c({population}),",
        f"  calfun = {distance}, maxit = 1000)",
    ]


def _figures(engine: Rows, block: Block, number: int, columns: Columns) -> list[str]:
    """Return a call a domain; its members and what is summed are columns."""
    plan = block.plan
    summed = engine.by_case(Basis(plan.measure))
    names = [f"y{number}_{one}" for one in range(len(plan.lines))]
    for place, name in enumerate(names):
        columns[name] = summed[:, place]
    over = f"x{number}"
    if plan.kind in RATIOS:
        columns[over] = _denominator(plan.kind, summed)
    call = "svyratio" if plan.kind in RATIOS else CALLS[plan.kind]
    what = f"~{' + '.join(names)}" + (f", ~{over}" if plan.kind in RATIOS else "")
    members = engine.by_case(block.base)
    lines = []
    for domain in range(block.domains):
        if not members[:, domain].any():
            continue
        member = f"member{number}_{domain}"
        columns[member] = members[:, domain].astype(np.int8)
        first = block.first + domain * len(plan.lines)
        made = f"{call}({what}, subset(design, {member} == 1))"
        lines.append(f"add({first}:{first + len(plan.lines) - 1}, {made})")
    return lines


def _denominator(kind: str, summed: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return what each case adds to the denominator of ratios: a number, or all that it chose."""
    if kind == OF_RESPONSES:
        return np.asarray(summed.sum(axis=1))
    return summed[:, 1 if kind == "ratio" else -1]
