"""Raking with balance and weightipy, where they are installed.

weightipy knows no base weights: it is compared with raking from weights of one.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import itertools
import logging

import numpy as np
import pandas as pd

from benchmarks import tasks
from benchmarks.peers import LARGEST, NOT_THERE, Run, timed

EVEN = "alone_even"
"""The word of raking from weights of one."""
TIGHT = 1e-10
"""What is asked of their convergence, so that their weights can be compared."""


def balance(task: str, rows: int) -> Run:
    """Rake with balance to a target sample that has the margins."""
    if importlib.util.find_spec("balance") is None or rows > LARGEST or task != "rake":
        return NOT_THERE
    with contextlib.redirect_stderr(io.StringIO()):
        from balance.weighting_methods.rake import rake
    logging.getLogger("balance").setLevel(logging.ERROR)
    frame = tasks.answers(rows)
    sample, weight = frame[list(tasks.MARGINS)], frame["w"]
    target = _independent()
    return timed(
        lambda: rake(
            sample,
            weight,
            target.drop(columns="count"),
            target["count"],
            transformations=None,
            convergence_rate=TIGHT,
            rate_tolerance=0.0,
        ),
        lambda found: found["weight"].to_numpy() * (tasks.TOTAL / found["weight"].sum()),
    )


def _independent() -> pd.DataFrame:
    """Return one person for each crossing of the margins, counted as if they were independent."""
    shares = tasks.targets()
    crossed = list(itertools.product(*(shares[name].items() for name in tasks.MARGINS)))
    rows = [
        (*(code for code, _ in one), tasks.TOTAL * float(np.prod([share for _, share in one])))
        for one in crossed
    ]
    return pd.DataFrame(rows, columns=[*tasks.MARGINS, "count"])


def weightipy(task: str, rows: int) -> Run:
    """Rake with weightipy, to percentages."""
    if importlib.util.find_spec("weightipy") is None or rows > LARGEST or task != EVEN:
        return NOT_THERE
    import weightipy as package

    frame = tasks.answers(rows)[list(tasks.MARGINS)]
    percent = {
        name: {code: 100 * share for code, share in levels.items()}
        for name, levels in tasks.targets().items()
    }
    scheme = package.scheme_from_dict(percent, name="even", rim_params={"convcrit": TIGHT})
    return timed(
        lambda: package.weight(frame, scheme),
        lambda found: found.to_numpy() * (tasks.TOTAL / found.sum()),
    )
