"""A whole questionnaire of single answers, as several benchmarks put to a poll's respondents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

import socialpoll as sp
from benchmarks import tasks

Draw = Callable[[np.random.Generator, int], np.ndarray]
"""Draws an answer of each respondent, of so many codes."""


def questionnaire(sizes: Mapping[str, int]) -> sp.Questionnaire:
    """Return a question of so many codes each."""
    return sp.Questionnaire(
        title="benchmark", questions=tuple(_single(*one) for one in sizes.items())
    )


def answers(rows: int, by: Mapping[str, int], asked: Mapping[str, int], draw: Draw) -> pd.DataFrame:
    """Return answers with the design of the tasks: nobody lacks a group, some lack an answer."""
    random = np.random.default_rng(tasks.SEED)
    common = tasks.answers(rows)[["gov", "cluster", "w"]]
    groups = {name: random.integers(0, size, rows) for name, size in by.items()}
    found = {
        name: np.where(random.random(rows) < tasks.MISSING, np.nan, draw(random, size))
        for name, size in asked.items()
    }
    return pd.concat([common, pd.DataFrame(groups | found)], axis=1)


def evenly(rows: int) -> Draw:
    """Draw every code as often as any other."""
    return lambda random, size: random.integers(0, size, rows)


def _single(name: str, size: int) -> sp.Single:
    options = tuple(sp.Code(code=code, label=str(code)) for code in range(size))
    return sp.Single(name=name, text=name, code_type="integer", options=options)
