"""T1: raking to four margins of 22, 6, 5 and 2 levels."""

from __future__ import annotations

import socialpoll as sp
from benchmarks import tasks
from benchmarks.comparing import Task, row

NAME = "rake"
SIZES = {25_000: (None, None), 250_000: (13, 100), 2_500_000: (None, None)}
BYTES_A_ROW = 24
SAME = 1e-4
"""Weights are raked until the margins are within 1e-6, by one measure or another."""


def run() -> list[dict[str, object]]:
    """Time raking from bound responses to weights."""
    return [row(_task(rows, *wanted)) for rows, wanted in SIZES.items()]


def _task(rows: int, svy: float | None, survey: float | None) -> Task:
    bound = tasks.responses(rows)
    return Task(
        "T1 rake to 4 margins",
        "rake",
        rows,
        run=lambda: sp.rake(bound, tasks.targets(), total=tasks.TOTAL),
        read=lambda weights: weights.to_frame()["weight"].to_numpy(),
        svy=svy,
        survey=survey,
        memory=BYTES_A_ROW * rows,
        digits=dict.fromkeys(("svy", "R survey", "samplics"), SAME),
    )
