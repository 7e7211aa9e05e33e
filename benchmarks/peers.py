"""The same tasks with svy, samplics and R's survey, where they are installed.

A peer gets its data in its own form beforehand, as the library gets its responses; only the task is
timed, once. It is stopped after :data:`CAP` seconds, and not run on more than :data:`LARGEST` rows.
"""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from benchmarks import tasks

if TYPE_CHECKING:
    from collections.abc import Callable

Foreign: TypeAlias = Any
"""An object of another package."""
CAP = 120
LARGEST = 250_000
ALONE = "alone"
"""The word of a task that is not done by peers."""
R_START = 60
"""Seconds that R may take to read the data and to make ready."""
SCRIPT = Path(__file__).with_name("peers.R")
SEED = 1


@dataclass(frozen=True)
class Run:
    """What a peer did: seconds, and figures or weights; seconds is a word where there are none."""

    seconds: float | str
    found: Any = None

    def __str__(self) -> str:
        return self.seconds if isinstance(self.seconds, str) else f"{self.seconds:.3f}"


NOT_THERE = Run("–")
TOO_LONG = Run(f"> {CAP}")


def r_survey(task: str, rows: int) -> Run:
    """Run a task of ``peers.R``."""
    return _r(task, rows)[0]


def r_survey_whole(task: str, rows: int) -> float | None:
    """Return the seconds from the start of R to its end; the cap where it was stopped."""
    return _r(task, rows)[1]


def _r(task: str, rows: int) -> tuple[Run, float | None]:
    if not has_r() or rows > LARGEST or task.startswith(ALONE):
        return NOT_THERE, None
    with TemporaryDirectory() as name:
        folder = Path(name)
        tasks.answers(rows).to_csv(folder / "data.csv", index=False)
        _margins().to_csv(folder / "margins.csv", index=False)
        command = ["Rscript", "--vanilla", str(SCRIPT), task, name]
        start = perf_counter()
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=CAP + R_START)
        except subprocess.TimeoutExpired:
            return TOO_LONG, float(CAP)
        whole = perf_counter() - start
        kept = {"domain": str, "category": str, "breakdown": str}
        found = pd.read_csv(folder / "figures.csv", dtype=kept, keep_default_na=False)
        return Run(float((folder / "seconds.txt").read_text()), found), whole


@cache
def has_r() -> bool:
    """Say whether R and its survey are there."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "--vanilla", "-e", "library(survey)"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def _margins() -> pd.DataFrame:
    rows = [
        (name, code, count)
        for name, levels in tasks.counts().items()
        for code, count in levels.items()
    ]
    return pd.DataFrame(rows, columns=["margin", "code", "count"])


def svy(task: str, rows: int) -> Run:
    """Run a task with svy."""
    kind, *how = task.split("_")
    if importlib.util.find_spec("svy") is None or rows > LARGEST or kind not in SVY:
        return NOT_THERE
    sample = _svy_sample(rows, elements="elements" in how)
    if "raked" in how:
        sample = _svy_raked(sample, 1e-9)
    run, read = SVY[kind]
    return timed(lambda: run(sample), read)


def timed(run: Callable[[], Any], read: Callable[[Any], Any]) -> Run:
    """Run once, stopped at the cap."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(CAP)
    start = perf_counter()
    try:
        found = run()
        seconds = perf_counter() - start
    except TimeoutError:
        return TOO_LONG
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return Run(seconds, read(found))


def _svy_sample(rows: int, *, elements: bool) -> Foreign:
    import polars as pl
    import svy as package

    frame = tasks.answers(rows)
    whole = pl.DataFrame(
        {
            name: pl.Series(name, frame[name].to_numpy()).fill_nan(None).cast(pl.Int64)
            if name in tasks.ANSWERS
            else frame[name].to_numpy()
            for name in frame
        }
    )
    psu = None if elements else "cluster"
    return package.Sample(whole, package.Design(stratum="gov", psu=psu, wgt="w"))


def _svy_raked(sample: Foreign, tolerance: float) -> Foreign:
    return sample.weighting.rake(controls=tasks.counts(), tol=tolerance, max_iter=1000)


def _svy_calibrated(sample: Foreign) -> Foreign:
    import svy as package

    controls = {package.Cat(name): levels for name, levels in tasks.counts().items()}
    return sample.weighting.calibrate(controls=controls)


def _svy_replicated(sample: Foreign, names: tuple[str, ...]) -> Foreign:
    replicated = sample.weighting.create_bs_wgts(200, rstate=SEED)
    raked = _svy_raked(replicated, 1e-6)
    return raked.estimation.prop(list(names), drop_nulls=True, method="replication")


def _svy_weights(sample: Foreign) -> np.ndarray:
    return sample.data[sample.design.wgt].to_numpy()


def _svy_by(sample: Foreign, names: tuple[str, ...], breakdowns: tuple[str | None, ...]) -> Foreign:
    return {by: sample.estimation.prop(list(names), by=by, drop_nulls=True) for by in breakdowns}


def _svy_all(found: dict[str | None, Any]) -> pd.DataFrame:
    return pd.concat([_svy_shares(one, by or "") for by, one in found.items()])


def _svy_shares(several: list[Any], breakdown: str = "") -> pd.DataFrame:
    return pd.concat([_svy_figures(one, breakdown) for one in several])


def _svy_figures(one: Foreign, breakdown: str) -> pd.DataFrame:
    frame = one.to_polars()
    name = next(column for column in frame.columns if column in tasks.ANSWERS)
    domain = frame[breakdown].to_numpy().astype(int).astype(str) if breakdown else ""
    return pd.DataFrame(
        {
            "question": name,
            "category": frame[name].to_numpy().astype(int).astype(str),
            "breakdown": breakdown,
            "domain": domain,
            "estimate": frame["est"].to_numpy(),
            "se": frame["se"].to_numpy(),
        }
    )


def _svy_numbers(sample: Foreign) -> list[pd.DataFrame]:
    estimation = sample.estimation
    found = {
        "mean": estimation.mean(tasks.NUMBER, by="reg"),
        "median": estimation.median(tasks.NUMBER, by="reg"),
    }
    return [_svy_number(one.to_polars(), word) for word, one in found.items()]


def _svy_number(frame: Foreign, word: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "question": tasks.NUMBER,
            "category": word,
            "breakdown": "reg",
            "domain": frame["reg"].to_numpy().astype(str),
            "estimate": frame["est"].to_numpy(),
            "se": frame["se"].to_numpy(),
        }
    )


SVY: dict[str, tuple[Callable[[Foreign], Foreign], Callable[[Foreign], object]]] = {
    "rake": (lambda sample: _svy_raked(sample, 1e-6), _svy_weights),
    "linear": (_svy_calibrated, _svy_weights),
    "shares": (lambda sample: _svy_by(sample, tasks.SHARES, (None,)), _svy_all),
    "domains": (lambda sample: _svy_by(sample, tasks.SHARES, ("reg",)), _svy_all),
    "numbers": (_svy_numbers, pd.concat),
    "book": (lambda sample: _svy_by(sample, tasks.BOOK, (None, *tasks.LEVELS)), _svy_all),
    "replicates": (lambda sample: _svy_replicated(sample, tasks.SHARES), _svy_shares),
}
"""What svy does for each kind of task, and how figures or weights are read from it."""


def samplics(task: str, rows: int) -> Run:
    """Run a task with samplics: raking, and shares of everybody."""
    if importlib.util.find_spec("samplics") is None or rows > LARGEST:
        return NOT_THERE
    frame = tasks.answers(rows)
    match task:
        case "rake":
            from samplics.weighting import SampleWeight

            margins = {name: frame[name].to_numpy() for name in tasks.MARGINS}
            weight, control = frame["w"].to_numpy(), tasks.counts()
            return timed(
                lambda: SampleWeight().rake(
                    weight, margins, control=control, tol=1e-6, ctrl_tol=1e-6, max_iter=1000
                ),
                np.asarray,
            )
        case "shares":
            return timed(lambda: _samplics_shares(frame), pd.concat)
        case _:
            return NOT_THERE


def _samplics_shares(frame: pd.DataFrame) -> list[pd.DataFrame]:
    from samplics.estimation import TaylorEstimator
    from samplics.utils.types import PopParam

    found = []
    for name in tasks.SHARES:
        estimator = TaylorEstimator(PopParam.mean)
        estimator.estimate(
            y=frame[name],
            samp_weight=frame["w"],
            stratum=frame["gov"],
            psu=frame["cluster"],
            remove_nan=True,
        )
        found.append(
            pd.DataFrame(
                {
                    "question": [name],
                    "category": "1",
                    "breakdown": "",
                    "domain": "",
                    "estimate": estimator.point_est,
                    "se": estimator.stderror,
                }
            )
        )
    return found
