"""A poll whose answers stay in files, step by step in one process: ``FOLDER ENGINE SAMPLE``.

Prints the seconds, the seconds of processors and the most memory up to the end of each step, that
of loading all libraries first.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import socialpoll as sp
from benchmarks import census

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal, TypeAlias

    EngineName: TypeAlias = Literal["duckdb", "polars"]

KB = 1024
LIBRARIES = ("duckdb", "narwhals", "pandas", "polars", "scipy.linalg", "scipy.special")


def main(folder: str, engine: EngineName, sample: str) -> None:
    """Check, rake, tabulate and release."""
    costs: dict[str, dict[str, float]] = {}
    design = census.design(clusters=sample == "clusters")
    _timed(costs, "start", lambda: [import_module(one) for one in LIBRARIES])

    def check() -> sp.Scan:
        scan = sp.scan(folder, census.questionnaire(), design, engine=engine)
        found = scan.findings.query("severity == 'error'")
        if found[["question", "value", "count"]].to_numpy().tolist() != [census.WRONG]:
            raise SystemExit(f"the one wrong answer was not told:\n{found}")
        return scan

    scan = _timed(costs, "check", check)
    raked = _timed(costs, "rake", lambda: sp.rake(scan, census.targets(), total=census.TOTAL))
    figures = _timed(
        costs,
        "estimate",
        lambda: sp.estimate(raked, census.indicators(), by=list(census.BREAKDOWNS)),
    )
    _timed(costs, "release", lambda: sp.release(figures, sp.MinBase(30)))
    if figures.frame["se"].isna().any():
        raise SystemExit("there are figures without a standard error")
    sys.stdout.write(json.dumps({"rows": len(scan), "costs": costs}))


def _timed(costs: dict[str, dict[str, float]], name: str, task: Callable[[], Any]) -> Any:  # noqa: ANN401
    wall, processors = perf_counter(), process_time()
    found = task()
    costs[name] = {
        "seconds": perf_counter() - wall,
        "processors": process_time() - processors,
        "memory": _memory(),
    }
    return found


def _memory() -> float:
    """Return the most MB that were ever resident, since the process became what it is."""
    status = Path("/proc/self/status")
    if status.exists():
        told = re.search(r"^VmHWM:\s*(\d+) kB$", status.read_text(encoding="utf-8"), re.MULTILINE)
        if told is not None:
            return int(told[1]) * KB / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KB / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
