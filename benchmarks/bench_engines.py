"""How near figures of answers that an engine counts are to those of the same answers in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

import socialpoll as sp
from benchmarks.engines import ENGINES, LIBRARIES, Asked, engines, polls

NAME = "engines"
AT_MOST = 1e-9
NONE = 1e-14
"""Differences that are those of rounding a zero."""
DATA = Path(__file__).with_name("engines.csv")
KINDS = {
    "estimates": ["estimate"],
    "standard errors": ["se"],
    "intervals": ["ci_low", "ci_high"],
    "design effects": ["deff"],
    "degrees of freedom": ["df"],
    "counts": ["n_base", "n_category", "n_asked", "n_answered", "n_effective", "population"],
    "comparisons": ["difference", "se", "df", "ci_low", "ci_high", "p"],
}
"""What is held against memory, and the columns that it stands in."""


@dataclass(frozen=True)
class Found:
    """What came of a poll: by base weight and raked, with the differences between groups.

    Attributes
    ----------
    figures, comparisons : list of pandas.DataFrame
    seconds : float
    """

    figures: list[pd.DataFrame]
    comparisons: list[pd.DataFrame]
    seconds: float


def run() -> list[dict[str, object]]:
    """Estimate every poll in memory and by each engine; a row for each poll and engine."""
    rows = []
    with TemporaryDirectory() as folder, engines(Path(folder)) as opening:
        for number, poll in enumerate(polls()):
            path = Path(folder) / f"{number}.parquet"
            poll.frame.to_parquet(path, index=False)
            memory = _found(poll, lambda poll=poll: sp.bind(*_told(poll, poll.frame)))
            rows.append(_row(poll, "memory", memory, memory))
            for engine in poll.engines:
                if engine in opening:
                    lying = _told(poll, opening[engine](path))
                    found = _found(poll, lambda lying=lying: sp.scan(*lying))
                    rows.append(_row(poll, engine, found, memory))
    return rows


def keep(rows: list[dict[str, object]]) -> None:
    """Write the data beside this file."""
    pd.DataFrame(rows).to_csv(DATA, index=False)


def require(rows: list[dict[str, object]]) -> None:
    """Leave with an error where an engine has other figures, or was not to be had."""
    lacking = set(ENGINES) - {str(row["engine"]) for row in rows}
    beyond = {f"{row['engine']}, {row['poll']}" for row in rows if row["reached"] != "yes"}
    if lacking or beyond:
        told = [f"no {one} on this machine" for one in sorted(lacking)]
        told += [f"more than {AT_MOST} from memory: {one}" for one in sorted(beyond)]
        raise SystemExit("\n".join(told))


def _told(poll: Asked, answers: object) -> tuple[Any, sp.Questionnaire, sp.SampleDesign]:
    return answers, poll.questionnaire, poll.design


def _found(poll: Asked, bound: Callable[[], Any]) -> Found:
    start = perf_counter()
    responses = bound()
    several = [
        sp.estimate(one, poll.indicators, poll.by)
        for one in (responses, sp.rake(responses, poll.margins, total=1e6))
    ]
    compared = [sp.compare(one, within=str(poll.by[0])).comparisons for one in several]
    return Found([one.frame for one in several], compared, perf_counter() - start)


def _row(poll: Asked, engine: str, found: Found, memory: Found) -> dict[str, object]:
    """Return the largest relative difference of each kind."""
    worst = {}
    for kind, columns in KINDS.items():
        parts = (
            (one.comparisons if kind == "comparisons" else one.figures) for one in (found, memory)
        )
        pairs = list(zip(*parts, strict=True))
        worst[kind] = max(_apart(*(one[columns] for one in pair)) for pair in pairs)
    return {
        "poll": poll.name,
        "engine": engine,
        "version": f"{LIBRARIES[engine]} {version(LIBRARIES[engine])}",
        "cases": f"{len(poll.frame):,}",
        "figures": f"{sum(map(len, found.figures)):,}",
        "comparisons made": f"{sum(map(len, found.comparisons)):,}",
        **{kind: f"{one:.0e}" for kind, one in worst.items()},
        "seconds": f"{found.seconds:.1f}",
        "at most": AT_MOST,
        "reached": "yes" if max(worst.values()) <= AT_MOST else "NO",
    }


def _apart(found: pd.DataFrame, expected: pd.DataFrame) -> float:
    """Return the largest relative difference; infinite where only one of the two is a number."""
    ours, theirs = (one.to_numpy(dtype=np.float64, na_value=np.nan) for one in (found, expected))
    if ours.shape != theirs.shape or not (np.isnan(ours) == np.isnan(theirs)).all():
        return np.inf
    same = (ours == theirs) | np.isnan(ours)
    distance = np.abs(np.where(same, 0.0, ours - theirs))
    distance[distance <= NONE] = 0.0
    size = np.maximum(np.abs(ours), np.abs(theirs))
    return float(np.divide(distance, size, out=np.zeros_like(size), where=distance > 0).max())
