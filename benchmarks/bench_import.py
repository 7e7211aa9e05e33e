"""How long the first line of a script takes: imports in fresh interpreters, above a bare one."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

NAME = "import"

ROUNDS = 9
BARE = "pass"
PANDAS = "import pandas"
ALONE = "import socialpoll"
IN_USE = "import socialpoll as sp; sp.Poll; sp.rake; sp.estimate"

ALONE_AT_MOST = 0.15
IN_USE_ABOVE_PANDAS_AT_MOST = 0.35
HEAVY = ("pandas", "scipy")


def run() -> list[dict[str, object]]:
    """Time the imports; the last row tells whether a bare import stays light."""
    costs = above_bare((ALONE, PANDAS, IN_USE))
    limits = {ALONE: ALONE_AT_MOST, IN_USE: costs[PANDAS] + IN_USE_ABOVE_PANDAS_AT_MOST}
    rows = [timing(statement, cost, limits.get(statement)) for statement, cost in costs.items()]
    return [*rows, lightness()]


def above_bare(statements: tuple[str, ...]) -> dict[str, float]:
    """Return the median seconds of each statement, less those of an interpreter doing nothing."""
    seconds = {statement: [] for statement in (BARE, *statements)}
    for statement in seconds:  # compiles what is not compiled yet, and warms the disk
        wall_clock(statement)
    for _ in range(ROUNDS):  # in turns, so that a slow moment of the machine is shared by all
        for statement, taken in seconds.items():
            taken.append(wall_clock(statement))
    bare = median(seconds[BARE])
    return {statement: median(seconds[statement]) - bare for statement in statements}


def wall_clock(statement: str) -> float:
    """Return the seconds that a fresh interpreter takes for a statement."""
    start = perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return perf_counter() - start


def timing(statement: str, cost: float, limit: float | None) -> dict[str, object]:
    """Return the row of a statement; without a limit it is there for comparison."""
    return {
        "statement": statement,
        "result": f"{cost:.3f} s",
        "at most": "" if limit is None else f"{limit:.3f} s",
        "kept": "" if limit is None else verdict(kept=cost <= limit),
    }


def lightness() -> dict[str, object]:
    """Return the row on the heavy libraries that a bare import brings along."""
    code = f"{ALONE}, sys; print(*(name for name in {HEAVY} if name in sys.modules))"
    process = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    loaded = process.stdout.strip()
    return {
        "statement": f"{ALONE} loads of {', '.join(HEAVY)}",
        "result": loaded or "none",
        "at most": "none",
        "kept": verdict(kept=not loaded),
    }


def verdict(*, kept: bool) -> str:
    """Say it in a word."""
    return "yes" if kept else "NO"
