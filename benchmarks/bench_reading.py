"""Reading answers and binding them to a questionnaire, beside reading alone."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import socialpoll as sp

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "reading"
ROWS, COLUMNS, ROUNDS = 250_000, 100, 3
AT_MOST = 2.0
WORDS = ("never", "seldom", "sometimes", "often", "always")
REFUSED = "refused"


def run() -> list[dict[str, object]]:
    """Time ``pandas.read_csv``, and the same with binding, on codes that are words and numbers."""
    return [_row("words", _answers(words=True)), _row("numbers", _answers(words=False))]


def _answers(*, words: bool) -> pd.DataFrame:
    random = np.random.default_rng(1)
    codes = np.array([*WORDS, REFUSED], dtype=object) if words else np.array([1, 2, 3, 4, 5, 99])
    frame = {
        f"q{place}": codes[random.choice(6, ROWS, p=[0.2, 0.2, 0.2, 0.2, 0.17, 0.03])]
        for place in range(COLUMNS - 3)
    }
    frame |= {"cluster": np.arange(ROWS) // 20, "w": np.round(random.lognormal(0, 0.5, ROWS), 4)}
    return pd.DataFrame({**frame, "hours": random.integers(0, 24, ROWS)})


def _questionnaire(*, words: bool) -> sp.Questionnaire:
    options = tuple(
        sp.Code(code=code, label=label)
        for code, label in zip(WORDS if words else range(1, 6), WORDS, strict=True)
    )
    refused = sp.Missing(
        code=REFUSED if words else 99, label="refused", reason="refused", in_base=False
    )
    kind = "string" if words else "integer"
    singles = (
        sp.Single(name=f"q{place}", text="?", code_type=kind, options=options, missing=(refused,))
        for place in range(COLUMNS - 3)
    )
    hours = sp.Number(name="hours", text="?", unit="hours")
    return sp.Questionnaire(title="benchmark", questions=(*singles, hours))


def _row(codes: str, answers: pd.DataFrame) -> dict[str, object]:
    asked = _questionnaire(words=codes == "words")
    design = sp.SampleDesign(clusters="cluster", weight="w")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        answers.to_csv(path, index=False)
        reading = _seconds(lambda: pd.read_csv(path))
        both = _seconds(lambda: sp.bind(pd.read_csv(path), asked, design))
    return {
        "codes": codes,
        "rows": f"{ROWS:,}",
        "columns": COLUMNS,
        "pandas.read_csv": f"{reading:.3f} s",
        "read_csv and bind": f"{both:.3f} s",
        "times": f"{both / reading:.2f}",
        "at most": AT_MOST,
        "reached": "yes" if both <= AT_MOST * reading else "NO",
    }


def _seconds(task: Callable[[], object]) -> float:
    task()
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        task()
        taken.append(perf_counter() - start)
    return median(taken)
