"""The whole process: a fresh interpreter reads a CSV file, rakes, makes a tab book, writes it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import peers, tasks
from benchmarks.comparing import shown

NAME = "process"
SIZES = {2_500: (1.0, 3.0), 25_000: (None, None), 250_000: (10.0, 35.0)}
ROUNDS = 5
OURS = """
import json, sys
import pandas as pd
import socialpoll as sp

folder = sys.argv[1]
with open(f"{folder}/poll.json") as file:
    poll = json.load(file)
asked = sp.Questionnaire(title="benchmark", questions=tuple(
    sp.Single(name=name, text=name, code_type="integer",
              options=tuple(sp.Code(code=one, label=str(one)) for one in range(size)))
    for name, size in poll["sizes"].items()
))
design = sp.SampleDesign(strata="gov", clusters="cluster", weight="w")
answers = pd.read_csv(f"{folder}/data.csv")
weights = sp.rake(sp.bind(answers, asked, design), poll["counts"])
sp.estimate(weights, poll["book"], by=poll["by"]).frame.to_csv(f"{folder}/out.csv", index=False)
"""
SVY = """
import json, sys
import polars as pl
import svy

folder = sys.argv[1]
with open(f"{folder}/poll.json") as file:
    poll = json.load(file)
answers = pl.read_csv(f"{folder}/data.csv", infer_schema_length=10_000)
answers = answers.with_columns(pl.col(poll["book"]).cast(pl.Int64))
sample = svy.Sample(answers, svy.Design(stratum="gov", psu="cluster", wgt="w"))
controls = {name: {int(code): one for code, one in levels.items()}
            for name, levels in poll["counts"].items()}
raked = sample.weighting.rake(controls=controls, tol=1e-6, max_iter=1000)
tables = []
for by in (None, *poll["by"]):
    for one in raked.estimation.prop(poll["book"], by=by, drop_nulls=True):
        found = one.to_polars()
        name = next(column for column in found.columns if column in poll["sizes"])
        tables.append(found.rename({name: "category"}).with_columns(question=pl.lit(name)))
pl.concat(tables, how="diagonal_relaxed").write_csv(f"{folder}/out.csv")
"""


def run() -> list[dict[str, object]]:
    """Time the process from start to end, beside svy and R."""
    return [_row(rows, *wanted) for rows, wanted in SIZES.items()]


def _row(rows: int, svy: float | None, survey: float | None) -> dict[str, object]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        tasks.answers(rows).to_csv(folder / "data.csv", index=False)
        poll = {
            "sizes": tasks.LEVELS | tasks.ANSWERS,
            "counts": tasks.counts(),
            "book": tasks.BOOK,
            "by": list(tasks.LEVELS),
        }
        (folder / "poll.json").write_text(json.dumps(poll))
        ours = median(_wall_clock(OURS, name) for _ in range(ROUNDS))
        there = importlib.util.find_spec("svy") is not None
        peer = _wall_clock(SVY, name) if there else None
    r = peers.r_survey_whole("book_raked", rows)
    taken = {"svy": peer, "R survey": r}
    ratios = {key: None if one is None else one / ours for key, one in taken.items()}
    wanted = {"svy": svy, "R survey": survey}
    missed = [
        key
        for key, least in wanted.items()
        if least is not None and (one := ratios[key]) is not None and one < least
    ]
    return {
        "rows": f"{rows:,}",
        "seconds": f"{ours:.3f}",
        **{key: "–" if one is None else f"{one:.3f}" for key, one in taken.items()},
        "times as fast": " / ".join(shown(one) for one in ratios.values()),
        "wanted": " / ".join(shown(one, "≥ ") for one in wanted.values()),
        "reached": f"NO ({', '.join(missed)})" if missed else "yes",
    }


def _wall_clock(code: str, folder: str) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", code, folder], check=True)
    return perf_counter() - start
