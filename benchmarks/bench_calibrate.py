"""T2: calibration to the same margins, linear and logit within bounds."""

from __future__ import annotations

import socialpoll as sp
from benchmarks import tasks
from benchmarks.comparing import Task, row

NAME = "calibrate"
ROWS = 250_000
BYTES_A_ROW = 24
BOUNDS = (0.3, 3.0)


def run() -> list[dict[str, object]]:
    """Time calibration from bound responses to weights."""
    margins = tuple(sp.Margin(name, levels) for name, levels in tasks.targets().items())
    linear = sp.Calibrate(margins, total=tasks.TOTAL, tolerance=1e-9)
    logit = sp.Calibrate(
        margins, distance="logit", bounds=BOUNDS, total=tasks.TOTAL, tolerance=1e-9
    )
    return [
        row(_task("T2 calibrate, linear", "linear", linear, 25, 54)),
        row(_task("T2 calibrate, logit with bounds", "logit", logit, None, None)),
    ]


def _task(
    name: str, word: str, step: sp.Calibrate, svy: float | None, survey: float | None
) -> Task:
    bound, recipe = tasks.responses(ROWS), sp.Recipe((step,))
    return Task(
        name,
        word,
        ROWS,
        run=lambda: sp.weigh(bound, recipe),
        read=lambda weights: weights.to_frame()["weight"].to_numpy(),
        svy=svy,
        survey=survey,
        memory=None if svy is None else BYTES_A_ROW * ROWS,
    )
