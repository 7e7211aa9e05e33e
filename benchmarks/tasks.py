"""The data and the questions that all benchmarks of estimation and weighting share.

A poll in 11 governorates, which are the strata, in clusters of 20 persons with log-normal base
weights; 12 questions with two answers and 8 with five, of which 3 % are missing, and a number.
"""

from __future__ import annotations

import tracemalloc
from dataclasses import dataclass
from functools import cache
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import socialpoll as sp

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 1
GOVERNORATES, CLUSTER = 11, 20
LEVELS = {"sex": 2, "age": 6, "edu": 5, "gov": GOVERNORATES, "reg": 22}
MARGINS = ("reg", "age", "edu", "sex")
SHARES = tuple(f"q{place}" for place in range(12))
SCALES = tuple(f"q{place}" for place in range(12, 20))
BOOK = SHARES + SCALES
NUMBER = "y"
ANSWERS = dict.fromkeys(SHARES, 2) | dict.fromkeys(SCALES, 5)
MISSING = 0.03
TOTAL = 1e6
EVERYBODY = "_T"
ROUNDS = 5


@dataclass(frozen=True)
class Cost:
    """What a task costs, and what came of it.

    Attributes
    ----------
    seconds : float
        Median of the rounds.
    memory : int
        Largest number of bytes held above those before.
    result : Any
    """

    seconds: float
    memory: int
    result: Any


@cache
def answers(rows: int) -> pd.DataFrame:
    """Return the answers of so many persons, governorate by governorate, missing ones blank."""
    random = np.random.default_rng(SEED)
    cluster = np.arange(rows) // CLUSTER
    columns: dict[str, object] = {
        name: random.integers(0, size, rows) for name, size in LEVELS.items()
    }
    columns["gov"] = cluster * GOVERNORATES // (cluster[-1] + 1)
    columns |= {"cluster": cluster, "w": random.lognormal(0, 0.5, rows)}
    effect = random.normal(0, 0.3, cluster[-1] + 1)[cluster]
    for name, size in ANSWERS.items():
        chosen = np.clip(np.floor((random.random(rows) + 0.1 * effect) * size), 0, size - 1)
        chosen[random.random(rows) < MISSING] = np.nan
        columns[name] = chosen
    columns[NUMBER] = np.round(random.gamma(2.0, 2.0, rows) + effect, 3) + 2.0
    return pd.DataFrame(columns)


def questionnaire() -> sp.Questionnaire:
    """Ask for what is weighted by, broken down by, and estimated."""

    def single(name: str, size: int) -> sp.Single:
        options = tuple(sp.Code(code=code, label=str(code)) for code in range(size))
        return sp.Single(name=name, text=name, code_type="integer", options=options)

    singles = tuple(single(name, size) for name, size in (LEVELS | ANSWERS).items())
    number = sp.Number(name=NUMBER, text=NUMBER, unit="hours")
    return sp.Questionnaire(title="benchmark", questions=(*singles, number))


@cache
def responses(rows: int, *, elements: bool = False, even: bool = False) -> sp.Responses:
    """Bind the answers.

    ``elements`` takes persons, not clusters, as the units of sampling; ``even`` gives everybody a
    weight of one.
    """
    clusters = None if elements else "cluster"
    design = sp.SampleDesign(strata="gov", clusters=clusters, weight=None if even else "w")
    return sp.bind(answers(rows), questionnaire(), design)


@cache
def targets() -> dict[str, dict[int, float]]:
    """Return the shares of the population, margin by margin."""
    random = np.random.default_rng(SEED)
    return {
        name: dict(enumerate(random.dirichlet(np.full(LEVELS[name], 30.0)).tolist()))
        for name in MARGINS
    }


def counts() -> dict[str, dict[int, float]]:
    """Return the targets as counts, as the other packages want them."""
    return {
        name: {code: TOTAL * share for code, share in levels.items()}
        for name, levels in targets().items()
    }


@cache
def raked(rows: int, *, elements: bool = False) -> sp.Weights:
    """Rake to all margins."""
    return sp.rake(responses(rows, elements=elements), targets(), total=TOTAL)


def cost(task: Callable[[], Any], rounds: int = ROUNDS) -> Cost:
    """Run a task once to warm up, then some times for the time, and once for the memory."""
    result = task()
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        task()
        taken.append(perf_counter() - start)
    tracemalloc.start()
    task()
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Cost(median(taken), memory, result)


def figures(estimates: sp.Estimates) -> pd.DataFrame:
    """Return estimates and standard errors by question, category, breakdown and domain."""
    frame = estimates.frame
    return pd.DataFrame(
        {
            "question": frame["question"],
            "category": frame["category"].where(frame["statistic"] == "share", frame["statistic"]),
            "breakdown": frame["breakdown"].where(frame["breakdown"] != EVERYBODY, ""),
            "domain": frame["domain"].where(frame["domain"] != EVERYBODY, ""),
            "estimate": frame["estimate"],
            "se": frame["se"],
        }
    )
