"""How time grows with the number of cases: weights and tables, from a small poll to ten million."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import socialpoll as sp
from benchmarks import tasks

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "growth"
SIZES = (2_500, 25_000, 250_000, 2_500_000, 10_000_000)
LARGE = 250_000
"""From here on fixed costs no longer count, and growth is measured."""
AT_MOST = 1.05
ROUNDS = {2_500_000: 5, 10_000_000: 5}
DATA, PICTURE = (Path(__file__).with_name(f"growth.{ending}") for ending in ("csv", "png"))


def run() -> list[dict[str, object]]:
    """Time each task at every size; the last column is the slope of log time on log cases."""
    seconds = {name: [] for name in _tasks(SIZES[0])}
    for rows in SIZES:
        for name, task in _tasks(rows).items():
            seconds[name].append(tasks.cost(task, ROUNDS.get(rows, 5)).seconds)
        for cached in (tasks.answers, tasks.responses, tasks.raked):
            cached.cache_clear()
    return [_row(name, found) for name, found in seconds.items()]


def keep(rows: list[dict[str, object]]) -> None:
    """Write the data and the picture beside this file."""
    frame = pd.DataFrame(rows)
    frame.to_csv(DATA, index=False)
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 4.2), layout="constrained")
    axes = figure.add_subplot()
    for _, row in frame.iterrows():
        axes.loglog(
            SIZES, [float(row[f"{size:,}"]) for size in SIZES], marker="o", label=row["task"]
        )
    axes.set_xlabel("cases")
    axes.set_ylabel("seconds")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(PICTURE, dpi=120, metadata={"Software": None})


def _tasks(rows: int) -> dict[str, Callable[[], object]]:
    plain, breakdowns = tasks.responses(rows), list(tasks.LEVELS)
    return {
        "T1 rake to 4 margins": lambda: sp.rake(plain, tasks.targets(), total=tasks.TOTAL),
        "T3 12 shares": lambda: sp.estimate(plain, list(tasks.SHARES)),
        "T6 tab book": lambda: sp.estimate(plain, list(tasks.BOOK), by=breakdowns),
    }


def _row(name: str, seconds: list[float]) -> dict[str, object]:
    large = [place for place, size in enumerate(SIZES) if size >= LARGE]
    logs = np.log([SIZES[place] for place in large]), np.log([seconds[place] for place in large])
    slope = float(np.polyfit(*logs, 1)[0])
    times = {f"{size:,}": f"{one:.4f}" for size, one in zip(SIZES, seconds, strict=True)}
    return {
        "task": name,
        **times,
        f"slope from {LARGE:,}": f"{slope:.3f}",
        "at most": AT_MOST,
        "reached": "yes" if slope <= AT_MOST else "NO",
    }
