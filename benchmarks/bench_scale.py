"""Answers in files of Parquet that nobody reads into memory, from a million rows to fifty."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

NAME = "scale"
MILLION = 1_000_000
SIZES = (1, 2, 5, 10, 20, 50)
"""Millions of rows."""
SAMPLES = ("elements", "clusters")
STEPS = ("check", "rake", "estimate", "release")
"""What is timed of each process; what it takes to load libraries is no part of it."""
AT_MOST, MOST_MEMORY = 1.05, 2_000
"""Slope of log time on log rows; MB in the largest of all."""
PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "scale.md"
MEASURED = re.compile("(?<=<!-- measured -->\n).*?(?=<!-- end: measured -->)", re.DOTALL)
"""Where the page of this has its table."""
DATA, PICTURE = (Path(__file__).with_name(f"scale.{ending}") for ending in ("csv", "png"))
LAY = "import sys; from pathlib import Path; from benchmarks import census; "
LAY += "census.laid(Path(sys.argv[1]), int(sys.argv[2]))"


def declare(parser: argparse.ArgumentParser) -> None:
    """Take options on the command line."""
    group = parser.add_argument_group(NAME)
    group.add_argument("--rows", default=",".join(map(str, SIZES)), help="in millions: 1,2,5")
    group.add_argument("--folder", type=Path, help="where answers are laid, and deleted after")
    group.add_argument("--engine", default="duckdb", choices=("duckdb", "polars"))


def run(options: argparse.Namespace) -> list[dict[str, object]]:
    """Check, rake and tabulate so many rows, each time in a fresh interpreter."""
    rows: list[dict[str, object]] = []
    for text in options.rows.split(","):
        size = round(float(text) * MILLION)
        with _answers(size, options.folder) as folder:
            rows += [_measured(folder, size, options.engine, sample) for sample in SAMPLES]
    judged = []
    for sample in SAMPLES:
        own = [one for one in rows if one["sample"] == sample]
        judged += [one | _judged(one, _slope(own), _slope(own[-2:])) for one in own]
    return judged


def keep(rows: list[dict[str, object]]) -> None:
    """Write the data and the picture beside this file, and the table of the page."""
    frame = pd.DataFrame(rows)
    frame.to_csv(DATA, index=False)
    text, page = on_page(frame.astype(str)), PAGE.read_text(encoding="utf-8")
    PAGE.write_text(MEASURED.sub(lambda _: text, page), encoding="utf-8")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 4.2), layout="constrained")
    axes = figure.add_subplot()
    for sample, several in frame.groupby("sample", sort=False):
        sizes = [int(one.replace(",", "")) for one in several["rows"]]
        axes.loglog(sizes, several["seconds"].astype(float), marker="o", label=sample)
    axes.set_xlabel("rows")
    axes.set_ylabel("seconds")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(PICTURE, dpi=120, metadata={"Software": None})


def on_page(frame: pd.DataFrame) -> str:
    """Return what was measured as the table of the page."""
    told = frame.drop(columns="reached")
    lines = [list(told), ["---:"] * len(told.columns), *told.to_numpy().tolist()]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


@contextmanager
def _answers(rows: int, where: Path | None) -> Iterator[Path]:
    """Lend a folder of so many rows, which another process writes; nothing of it is left behind."""
    with TemporaryDirectory(dir=where, prefix="socialpoll-scale-") as folder:
        subprocess.run([sys.executable, "-c", LAY, folder, str(rows)], check=True)
        yield Path(folder)


def _measured(folder: Path, rows: int, engine: str, sample: str) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.scanned", str(folder), engine, sample]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    if told["rows"] != rows:
        raise ValueError(told["rows"])
    costs = told["costs"]
    return {
        "sample": sample,
        "rows": f"{rows:,}",
        **{step: f"{costs[step]['seconds']:.2f}" for step in STEPS},
        "seconds": f"{_sum(costs, 'seconds'):.2f}",
        "of processors": f"{_sum(costs, 'processors'):.2f}",
        "memory": f"{max(one['memory'] for one in costs.values()):,.0f} MB",
    }


def _sum(costs: dict[str, dict[str, float]], of: str) -> float:
    return sum(costs[step][of] for step in STEPS)


def _slope(rows: list[dict[str, object]]) -> float:
    """Return the slope of log time on log rows; NaN of one size."""
    if len(rows) == 1:
        return math.nan
    sizes = [int(str(one["rows"]).replace(",", "")) for one in rows]
    seconds = [float(str(one["seconds"])) for one in rows]
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def _judged(row: dict[str, object], slope: float, at_last: float) -> dict[str, object]:
    """Say whether time grows no faster than rows, and whether memory is enough."""
    missed = [] if math.isnan(slope) or slope <= AT_MOST else ["growth"]
    if float(str(row["memory"]).removesuffix(" MB").replace(",", "")) > MOST_MEMORY:
        missed.append("memory")
    return {
        "slope": f"{slope:.2f}",
        "of the last two": f"{at_last:.2f}",
        "reached": f"NO ({', '.join(missed)})" if missed else "yes",
    }
