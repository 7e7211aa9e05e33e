"""The polls of which figures are compared, and the engines that count their answers."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import socialpoll as sp
from socialpoll.demo import FOLDER, POLL_FILE

ROOT = Path(__file__).parents[1]
GSS = ROOT / "tests" / "real" / "gss2016"
MICRODATA = ROOT.parent / "shared" / "gss2016" / "gss2016_social.dta"
LIBRARIES = {
    "memory": "numpy",
    "polars": "polars",
    "duckdb": "duckdb",
    "spark by duckdb": "sqlframe",
    "spark": "pyspark",
}
ENGINES = tuple(LIBRARIES)[1:]
BY_SQL = "spark by duckdb"
DRAWN = (1, 2, 3)
"""Seeds of designs."""
Indicators = list[Any]
Margins = dict[str, dict[Any, float]]
Breakdowns = list[str | tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """A poll, and what is estimated of it.

    Attributes
    ----------
    name : str
    frame : pandas.DataFrame
    questionnaire : Questionnaire
    design : SampleDesign
    indicators : list
    by : list
    margins : dict
        Targets that it is raked to.
    engines : tuple of str
        That are asked.
    """

    name: str
    frame: pd.DataFrame
    questionnaire: sp.Questionnaire
    design: sp.SampleDesign
    indicators: Indicators
    by: Breakdowns
    margins: Margins
    engines: tuple[str, ...] = ENGINES


def polls() -> Iterator[Asked]:
    """Yield the bundled poll, that of the General Social Survey, and some of drawn designs."""
    yield _bundled()
    if MICRODATA.exists():
        yield from _general_social_survey()
    for seed in DRAWN:
        yield _drawn(seed)
    yield _in_clusters()


def _bundled() -> Asked:
    poll = sp.Poll.load(POLL_FILE)
    indicators: Indicators = [
        "account",
        "platforms",
        sp.Mean("hours"),
        sp.Variance("hours"),
        sp.Total("account"),
        sp.Quantile("hours", (0.1, 0.5), rule="school"),
        sp.CircularMean("busiest"),
    ]
    margins: Margins = {
        "sex": {"male": 0.6, "female": 0.4},
        "account": {"yes": 0.7, "no": 0.3},
    }
    frame = pd.read_csv(FOLDER / "responses.csv")
    by: Breakdowns = ["sex", ("sex", "age_group"), "platforms"]
    return Asked("demo", frame, poll.questionnaire, poll.design, indicators, by, margins)


def _general_social_survey() -> Iterator[Asked]:
    """Yield the poll of 2016, whose missing answers are letters.

    As SQL its clusters take minutes: there the same cases are sampled one by one.
    """
    import pyreadstat

    read, _ = pyreadstat.read_dta(MICRODATA, user_missing=True)
    frame = read.map(_word).astype({"wtssall": float})
    questionnaire = sp.Questionnaire.load(GSS / "questionnaire.toml")
    declared = tomllib.loads((GSS / "poll.toml").read_text(encoding="utf-8"))["design"]
    design = sp.SampleDesign(**declared)
    indicators: Indicators = ["facebook", "twitter", "instagrm", "whatsapp", sp.Mean("age")]
    by: Breakdowns = ["sex", "age_group", ("sex", "age_group")]
    margins: Margins = {"sex": {1: 0.48, 2: 0.52}}
    asked = Asked("GSS 2016", frame, questionnaire, design, indicators, by, margins)
    yield replace(asked, engines=tuple(one for one in ENGINES if one != BY_SQL))
    single = replace(design, clusters=None, nested=False)
    yield replace(asked, name="GSS 2016, no clusters", design=single, engines=(BY_SQL,))


def _word(answer: object) -> str | None:
    """Return a code as a word; None where nothing was answered."""
    if isinstance(answer, float):
        return None if np.isnan(answer) else f"{answer:.17g}"
    return str(answer)


def _drawn(seed: int) -> Asked:
    """Return a poll of a drawn size, with strata and weights of a drawn kind."""
    random = np.random.default_rng(seed)
    size, strata = int(random.integers(200, 2000)), int(random.integers(1, 9))
    stratum = random.integers(0, strata, size)
    kinds = (np.ones(size), random.choice([0.0, 1.0, 2.5], size), random.lognormal(0, 0.7, size))
    frame = pd.DataFrame(
        {
            "stratum": stratum,
            "all": 50 * np.bincount(stratum)[stratum],
            "w": 100 * kinds[seed % len(kinds)],
            "sex": random.choice(["m", "f"], size),
            "area": random.choice(["x", "y", "z"], size, p=[0.5, 0.3, 0.2]),
            "trust": random.choice(["yes", "no", None], size),
            "hours": random.gamma(2, 2, size).round(1),
            "rooms": random.gamma(4, 1, size).round(1),
        }
    )
    asked = sp.Questionnaire.infer(frame, exclude=["stratum", "all", "w"])
    corrected = {"fpc": "all", "fpc_as": "count"} if random.integers(2) else {}
    design = sp.SampleDesign(strata="stratum", weight="w", lonely="centered", **corrected)
    indicators: Indicators = [
        "trust",
        sp.Mean("hours"),
        sp.Ratio("hours", "rooms"),
        sp.Total("hours"),
        sp.Quantile("rooms", 0.5),
    ]
    margins: Margins = {
        "sex": {"m": 0.45, "f": 0.55},
        "area": {"x": 0.4, "y": 0.4, "z": 0.2},
    }
    by: Breakdowns = ["sex", ("sex", "area")]
    return Asked(f"design {seed}", frame, asked, design, indicators, by, margins)


def _in_clusters() -> Asked:
    """Return a poll of drawn clusters, and a number that hardly two cases have in common."""
    random = np.random.default_rng(4)
    size = 6_000
    block = random.integers(0, 300, size)
    frame = pd.DataFrame(
        {
            "stratum": block // 50,
            "block": block,
            "w": random.choice([80.0, 100.0, 125.0], size),
            "sex": random.choice(["m", "f"], size),
            "trust": random.choice(["yes", "no", None], size),
            "income": (random.lognormal(8, 0.6, size) + 5.0 * block).round(2),
        }
    )
    asked = sp.Questionnaire.infer(frame, exclude=["stratum", "block", "w"])
    design = sp.SampleDesign(strata="stratum", clusters="block", weight="w", nested=True)
    indicators: Indicators = ["trust", sp.Mean("income"), sp.Total("income")]
    margins: Margins = {"sex": {"m": 0.45, "f": 0.55}}
    return Asked("clusters, incomes", frame, asked, design, indicators, ["sex"], margins)


@contextmanager
def engines(folder: Path) -> Iterator[dict[str, Any]]:
    """Lend what opens a Parquet file by each engine that is to be had."""
    import duckdb
    import polars as pl
    from sqlframe.duckdb import DuckDBSession

    with ExitStack() as stack:
        database = stack.enter_context(duckdb.connect(str(folder / "answers.duckdb")))
        opening: dict[str, Any] = {
            "polars": pl.scan_parquet,
            "duckdb": lambda path: database.read_parquet(str(path)),
            BY_SQL: lambda path: DuckDBSession().read.parquet(str(path)),
        }
        if find_spec("pyspark") and shutil.which("java"):
            from tests.responses.elsewhere import local_spark

            session = stack.enter_context(local_spark())
            opening["spark"] = lambda path: session.read.parquet(str(path))
        yield opening
