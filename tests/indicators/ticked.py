"""Polls with multiple-response questions, made of columns of 0 and 1."""

from __future__ import annotations

import numpy as np
import pandas as pd

import socialpoll as sp


def asked_of(data: pd.DataFrame) -> sp.Questionnaire:
    """Ask a multiple-response question for columns ``w_…`` and ``y_…``, a single one for others.

    Nothing ticked is an answer.
    """
    questions: list[sp.Question] = []
    for name in (one for one in data if one.startswith("g")):
        codes = tuple(sp.Code(code=one, label=one) for one in sorted(data[name].unique()))
        questions.append(sp.Single(name=name, text=name, options=codes))
    for name in "wy":
        options = tuple(
            sp.Code(code=one.removeprefix(f"{name}_"), label=one)
            for one in data
            if one.startswith(f"{name}_")
        )
        if options:
            questions.append(sp.Multiple(name=name, text=name, options=options, blank="none"))
    return sp.Questionnaire(title="t", questions=tuple(questions))


def ticked(data: pd.DataFrame, design: sp.SampleDesign | None = None) -> sp.Responses:
    """Return such a poll, coded."""
    return sp.bind(data, asked_of(data), design or sp.SampleDesign())


def columns(name: str, values: np.ndarray) -> pd.DataFrame:
    """Return the 0/1 columns of a question, options named by letters."""
    return pd.DataFrame(
        np.asarray(values, dtype=int),
        columns=[f"{name}_{one}" for one in "abcdefgh"[: values.shape[1]]],
    )


def drawn(seed: int, size: int = 240, spread: float = 0.0, clusters: int = 0) -> pd.DataFrame:
    """Return answers w (3 options), y (2 options) and g (3 groups) that have no association.

    With ``clusters``, all answers depend on the cluster, the more the larger ``spread`` is.
    """
    random = np.random.default_rng(seed)
    cluster = np.arange(size) % clusters if clusters else np.arange(size)
    effect = [random.normal(0, spread, cluster.max() + 1)[cluster] for _ in "wyg"]
    same = random.normal(0, 1, size)
    w = random.normal(0, 1, (size, 3)) + 0.7 * same[:, None] + effect[0][:, None] > [0.0, 0.5, 1.0]
    y = random.normal(0, 1, (size, 2)) + effect[1][:, None] > [0.0, 0.6]
    g = np.digitize(random.normal(0, 1, size) + effect[2], [-0.5, 0.6])
    return pd.concat(
        [
            columns("w", w),
            columns("y", y),
            pd.DataFrame(
                {
                    "g": np.array(["one", "three", "two"])[g],
                    "cluster": cluster,
                    "stratum": cluster % 2,
                    "weight": random.lognormal(0, 0.4, size),
                }
            ),
        ],
        axis=1,
    )
