"""T1: raking to four margins of 22, 6, 5 and 2 levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import socialpoll as sp
from benchmarks import raking_peers, tasks
from benchmarks.comparing import Task, row

if TYPE_CHECKING:
    import numpy as np

NAME = "rake"
SIZES = {25_000: (None, None), 250_000: (13, 100), 2_500_000: (None, None)}
EVEN = (25_000, 250_000)
BYTES_A_ROW, LARGE = 24, 250_000
MORE = {"balance": raking_peers.balance, "weightipy": raking_peers.weightipy}
SAME = 1e-4
"""Weights are raked until the margins are within 1e-6, by one measure or another."""


def run() -> list[dict[str, object]]:
    """Time raking from bound responses to weights."""
    raked = [_task(rows, *wanted) for rows, wanted in SIZES.items()]
    return [row(task) for task in (*raked, *map(_even, EVEN))]


def _task(rows: int, svy: float | None, survey: float | None) -> Task:
    bound = tasks.responses(rows)
    return Task(
        "T1 rake to 4 margins",
        "rake",
        rows,
        run=lambda: sp.rake(bound, tasks.targets(), total=tasks.TOTAL),
        read=_weights,
        svy=svy,
        survey=survey,
        memory=BYTES_A_ROW * rows if rows >= LARGE else None,
        digits=dict.fromkeys(("svy", "R survey", "samplics", *MORE), SAME),
        more=MORE,
    )


def _even(rows: int) -> Task:
    bound = tasks.responses(rows, even=True)
    return Task(
        "T1 rake, no base weights",
        raking_peers.EVEN,
        rows,
        run=lambda: sp.rake(bound, tasks.targets(), total=tasks.TOTAL),
        read=_weights,
        digits=dict.fromkeys(MORE, SAME),
        more=MORE,
    )


def _weights(weights: sp.Weights) -> np.ndarray:
    return weights.to_frame()["weight"].to_numpy()
