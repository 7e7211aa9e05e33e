"""A banner of a whole questionnaire: 200 questions by 10 columns, tested in pairs."""

from __future__ import annotations

import socialpoll as sp
from benchmarks import tasks, whole

NAME = "banner"
ROWS, WANTED = 2_500, 3.0
QUESTIONS = {f"a{place}": 2 + place % 5 for place in range(200)}
COLUMNS = {"sex": 2, "age": 4, "area": 3}
"""With the total, ten columns."""


def run() -> list[dict[str, object]]:
    """Time estimates, letters by Holm and the table, from responses to all cells."""
    return [_row(kind, source) for kind, source in _sources().items()]


def _row(kind: str, source: sp.Responses | sp.Weights) -> dict[str, object]:
    cost = tasks.cost(lambda: _banner(source))
    return {
        "200 questions × 10 columns": kind,
        "rows": f"{ROWS:,}",
        "cells": f"{len(cost.result.frame):,}",
        "comparisons": f"{len(_compared(source).comparisons):,}",
        "seconds": f"{cost.seconds:.3f}",
        "memory": f"{cost.memory / 1e6:.0f} MB",
        "wanted": f"≤ {WANTED:g} s",
        "reached": "yes" if cost.seconds <= WANTED else "NO",
    }


def _compared(source: sp.Responses | sp.Weights) -> sp.Estimates:
    return sp.compare(sp.estimate(source, list(QUESTIONS), by=list(COLUMNS)))


def _banner(source: sp.Responses | sp.Weights) -> sp.BannerTable:
    return sp.tabulate(_compared(source), sp.Banner(levels=(0.05, 0.1)))


def _sources() -> dict[str, sp.Responses | sp.Weights]:
    made: dict[str, sp.Responses | sp.Weights] = {}
    for kind, clusters in (("clusters", "cluster"), ("elements", None)):
        design = sp.SampleDesign(strata="gov", clusters=clusters, weight="w")
        bound = sp.bind(
            whole.answers(ROWS, COLUMNS, QUESTIONS, whole.evenly(ROWS)),
            whole.questionnaire(COLUMNS | QUESTIONS),
            design,
        )
        made[f"plain, {kind}"] = bound
        margins = {"sex": {0: 0.5, 1: 0.5}, "age": dict.fromkeys(range(4), 0.25)}
        made[f"raked, {kind}"] = sp.rake(bound, margins)
    return made
