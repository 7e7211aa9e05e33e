"""A whole questionnaire: 200 questions by 10 breakdowns, of the answers of a poll's size."""

from __future__ import annotations

import socialpoll as sp
from benchmarks import tasks, whole

NAME = "many"
ROWS, WANTED = 2_500, 1.0
QUESTIONS = {f"a{place}": 2 + place % 5 for place in range(200)}
BREAKDOWNS = {f"b{place}": 2 + place for place in range(10)}


def run() -> list[dict[str, object]]:
    """Time one call of estimate, of shares with standard errors."""
    return [_row(kind, *source) for kind, source in _sources().items()]


def _row(kind: str, source: sp.Responses | sp.Weights, names: tuple[str, ...]) -> dict[str, object]:
    cost = tasks.cost(lambda: sp.estimate(source, list(names), by=list(BREAKDOWNS)))
    return {
        "200 questions × 10 breakdowns": kind,
        "rows": f"{ROWS:,}",
        "figures": f"{len(cost.result.frame):,}",
        "seconds": f"{cost.seconds:.3f}",
        "memory": f"{cost.memory / 1e6:.0f} MB",
        "wanted": f"about {WANTED:g} s",
    }


def _sources() -> dict[str, tuple[sp.Responses | sp.Weights, tuple[str, ...]]]:
    names = tuple(QUESTIONS)
    made = {}
    for kind, clusters in (("clusters", "cluster"), ("elements", None)):
        design = sp.SampleDesign(strata="gov", clusters=clusters, weight="w")
        bound = sp.bind(
            whole.answers(ROWS, BREAKDOWNS, QUESTIONS, whole.evenly(ROWS)),
            whole.questionnaire(BREAKDOWNS | QUESTIONS),
            design,
        )
        made[f"plain, {kind}"] = (bound, names)
        raked = sp.rake(bound, {"b0": {0: 0.5, 1: 0.5}, "b4": dict.fromkeys(range(6), 1 / 6)})
        made[f"raked, {kind}"] = (raked, names)
    return made
