"""Complementary suppression over a whole questionnaire: 200 questions by 10 columns."""

from __future__ import annotations

import numpy as np

import socialpoll as sp
from benchmarks import tasks, whole

NAME = "disclosure"
ROWS, WANTED = 2_500, 10.0
QUESTIONS = {f"a{place}": 2 + place % 5 for place in range(200)}
COLUMNS = {"sex": 2, "age": 4, "area": 3}
"""With the total, ten columns."""
RARER = 3.5
"""How many times rarer each answer is than the one before it: some cells have few respondents."""


def run() -> list[dict[str, object]]:
    """Time the release of all tables under the policy ``cells``."""
    bound = sp.bind(
        whole.answers(ROWS, COLUMNS, QUESTIONS, _rarer),
        whole.questionnaire(COLUMNS | QUESTIONS),
        sp.SampleDesign(strata="gov", weight="w"),
    )
    estimates = sp.estimate(bound, list(QUESTIONS), by=list(COLUMNS))
    return [_row(estimates, harm) for harm in ("log", "respondents", "cells")]


def _row(estimates: sp.Estimates, harm: str) -> dict[str, object]:
    policy = sp.Policy(name="cells", harm=harm)
    cost = tasks.cost(lambda: sp.release(estimates, sp.MinBase(0, 100), policy=policy))
    hidden = int((cost.result.figures["flag"] == "suppressed").sum())
    return {
        "200 questions × 10 columns": f"harm by {harm}",
        "rows": f"{ROWS:,}",
        "cells": f"{len(cost.result.figures):,}",
        "hidden": f"{hidden:,}",
        "seconds": f"{cost.seconds:.1f}",
        "memory": f"{cost.memory / 1e6:.0f} MB",
        "wanted": f"≤ {WANTED:g} s",
        "reached": "yes" if cost.seconds <= WANTED else "NO",
    }


def _rarer(random: np.random.Generator, size: int) -> np.ndarray:
    chance = RARER ** -np.arange(size, dtype=np.float64)
    return random.choice(size, ROWS, p=chance / chance.sum())
