"""T7: 200 bootstrap replicates, each raked again, and 12 shares with standard errors from them."""

from __future__ import annotations

import socialpoll as sp
from benchmarks import tasks
from benchmarks.comparing import Task, row

NAME = "replicates"
REPLICATES = 200
SIZES = {2_500: (None, None), 25_000: (10, 500), 250_000: (12, 250)}
MEMORY = 200e6
ALIKE = 0.5
"""Relative difference of standard errors from different random replicates."""


def run() -> list[dict[str, object]]:
    """Time drawing, weighting again and estimating."""
    return [row(_task(rows, *wanted)) for rows, wanted in SIZES.items()]


def _task(rows: int, svy: float | None, survey: float | None) -> Task:
    raked = tasks.raked(rows)

    def replicated() -> sp.Estimates:
        source = sp.replicate(raked, sp.Bootstrap(REPLICATES, seed=tasks.SEED))
        return sp.estimate(source, list(tasks.SHARES))

    return Task(
        "T7 200 replicates, 12 shares",
        "replicates",
        rows,
        run=replicated,
        read=tasks.figures,
        svy=svy,
        survey=survey,
        memory=MEMORY,
        digits=dict.fromkeys(("svy", "R survey"), ALIKE),
    )
