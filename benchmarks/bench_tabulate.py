"""Tables with standard errors: shares of everybody, by region, and whole tab books."""

from __future__ import annotations

import numpy as np

import socialpoll as sp
from benchmarks import peers, tasks
from benchmarks.comparing import Task, row

NAME = "tabulate"
BREAKDOWNS = list(tasks.LEVELS)
SMALL, LARGE = 50e6, 100e6
POLL, SURVEY, CENSUS = 2_500, 25_000, 250_000
RAKED_SE = {"svy": np.inf}
"""After raking svy takes one margin after another out of the scores, which is another figure."""


def run() -> list[dict[str, object]]:
    """Time the tables of three sizes of polls."""
    made = [row(one) for rows in (POLL, SURVEY, CENSUS) for one in _books(rows)]
    return [*[row(one) for one in _tables()], *made]


def _estimated(
    source: sp.Responses | sp.Weights,
    indicators: tuple[str | sp.Mean | sp.Quantile, ...],
    by: list[str] | None = None,
) -> sp.Estimates:
    return sp.estimate(source, list(indicators), by=by)


def _tables() -> list[Task]:
    plain, raked = tasks.responses(CENSUS), tasks.raked(CENSUS)
    shares, read = tasks.SHARES, tasks.figures
    numbers = (sp.Mean(tasks.NUMBER), sp.Quantile(tasks.NUMBER))
    common = {"rows": CENSUS, "read": read, "memory": SMALL}
    return [
        Task("T3 12 shares", "shares", run=lambda: _estimated(plain, shares), svy=6, survey=90,
             **common),
        Task("T3c raked", "shares_raked", run=lambda: _estimated(raked, shares), svy=6, survey=20,
             digits=RAKED_SE, **common),
        Task("T4 12 shares × 22 domains", "domains",
             run=lambda: _estimated(plain, shares, ["reg"]), svy=23, survey=200, **common),
        Task("T4c raked", "domains_raked", run=lambda: _estimated(raked, shares, ["reg"]),
             svy=23, digits=RAKED_SE, **common),
        Task("T5 mean and median × 22 domains", "numbers",
             run=lambda: _estimated(plain, numbers, ["reg"]), svy=5, survey=30, **common),
    ]  # fmt: skip


def _books(rows: int) -> list[Task]:
    """Return the tab books: 20 questions by 5 breakdowns, with the column of everybody."""
    ratios = {POLL: (10, 30), SURVEY: (30, 80), CENSUS: (40, 150)}[rows]
    raked_ratios = (15, 60) if rows == CENSUS else (None, None)
    found = []
    for elements in (False, True):
        plain = tasks.responses(rows, elements=elements)
        raked = tasks.raked(rows, elements=elements)
        units = "elements" if elements else "clusters"
        book = peers.ALONE if elements else "book"
        book_raked = "book_elements_raked" if elements and rows == CENSUS else f"{book}_raked"
        common = {"rows": rows, "read": tasks.figures, "memory": LARGE}
        svy, survey = (None, None) if elements else ratios
        found += [
            Task(f"T6 tab book, {units}", book,
                 run=lambda it=plain: _estimated(it, tasks.BOOK, BREAKDOWNS), svy=svy,
                 survey=survey, **common),
            Task(f"T6c raked, {units}", book_raked,
                 run=lambda it=raked: _estimated(it, tasks.BOOK, BREAKDOWNS), digits=RAKED_SE,
                 svy=raked_ratios[0], survey=raked_ratios[1], **common),
        ]  # fmt: skip
    return found
