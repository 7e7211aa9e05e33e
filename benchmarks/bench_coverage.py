"""How often an interval of 95 % holds what is true, over samples drawn from a register.

The seed, the cases and the figures were settled before any result was seen. The adults of a
register of 60,000 people have answers of their own, so that the truth is known. By each design they
are sampled 1,000 times; some do not respond; each sample is weighted for non-response within
governorates, raked to margins counted from the population, and gives every figure its interval.
The median with its interval about p came later, once that about the share had been seen to miss.

In one case response depends on more than is weighted by, which no interval can know. Groups of
fewer than 30 respondents on average, which the bundled poll would not publish, are told apart.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

import socialpoll as sp
from benchmarks.covering import Asking, Held, drawn, held, recipe
from benchmarks.polled import chance_of_response, polled, questionnaire
from socialpoll.demo.register.synthesise import synthesise_register

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.register.sampling.declared import Sample

NAME = "coverage"
SEED = 1812
PEOPLE = 60_000
SAMPLES = 1000
PART = 250
"""Samples that a process takes at a time."""
FEWEST = 30
MARGINS = (("sex",), ("age_group",), ("governorate",), ("sex", "age_group"))
FIXED = (sp.Share("sex"), sp.Share("age_group"), sp.Share("governorate"))
BY_PLACE = (
    sp.Share("account"),
    sp.Share("shopping", base="all"),
    sp.Share("trust"),
    sp.Mean("hours"),
)
OTHERS = (
    sp.Share("platforms"),
    sp.Share("platforms", base="all", name="platforms_of_everybody"),
    sp.Share("platforms", of="responses"),
    sp.Share("selling", base="all"),
    sp.Mean("trust_net"),
    sp.Quantile("hours"),
    sp.Quantile("hours", about="p", name="hours_median_about_p"),
    sp.Ratio("hours", "accounts", name="hours_an_account"),
    sp.Total("account", name="account_holders"),
)
GROUPS = ("sex", "age_band")
TABLES = ((FIXED, ()), (BY_PLACE, (*GROUPS, "governorate")), (OTHERS, GROUPS))


@dataclass(frozen=True)
class Case:
    """A design, and who responds.

    Attributes
    ----------
    name : str
    sample : StratifiedSample, ClusterSample or ProportionalSample
    without_account, by_hour : float
        As of :func:`benchmarks.polled.chance_of_response`.
    """

    name: str
    sample: Sample
    without_account: float = 1.0
    by_hour: float = 1.0


PERSONS = sp.StratifiedSample("governorate", 1_500, allocation="power")
CASES = (
    Case("people", PERSONS),
    Case("people, response follows use", PERSONS, without_account=0.5, by_hour=0.96),
    Case("blocks", sp.ClusterSample("block", 60, within=25, strata="governorate")),
    Case("blocks by size", sp.ProportionalSample("block", 60, within=25, strata="governorate")),
)


def run() -> list[dict[str, object]]:
    """Return coverage, standard errors and bias by case, indicator and breakdown."""
    parts = [range(start, start + PART) for start in range(0, SAMPLES, PART)]
    with ProcessPoolExecutor(2) as pool:
        pending = [(case, [pool.submit(simulated, case, part) for part in parts]) for case in CASES]
        found = [(case.name, Held.join([one.result() for one in each])) for case, each in pending]
    return [row for name, one in found for row in told(name, one)]


def simulated(case: Case, numbers: range, seed: int = SEED) -> Held:
    """Return what samples of these numbers say in a case."""
    with TemporaryDirectory() as folder:
        synthesise_register(PEOPLE, to=folder)
        people = polled(Path(folder) / "reference.parquet", np.random.default_rng([seed, 0]))
    chance = chance_of_response(people, without_account=case.without_account, by_hour=case.by_hour)
    asking = Asking(questionnaire(), recipe(people.frame, MARGINS, "governorate"), TABLES)
    place = 1 + CASES.index(case)
    randoms = (np.random.default_rng([seed, place, number]) for number in numbers)
    samples = drawn(people.frame, chance, case.sample, randoms)
    return held(asking, asking.truth(people.frame), samples)


def told(case: str, found: Held) -> list[dict[str, object]]:
    """Return the rows of a case: an indicator and breakdown each, all of them, and the rest."""
    figures = found.by_figure()
    small = figures["base"] < FEWEST
    enough = figures[~small]
    rows = [
        _row(case, indicator, breakdown, one, found)
        for (indicator, breakdown), one in enough.groupby(["indicator", "breakdown"], sort=False)
    ]
    rows.append(_row(case, "all of these", "", enough, found))
    if small.any():
        rows.append(_row(case, f"bases under {FEWEST}", "", figures[small], found))
    fixed = {"figure": "fixed by weighting", "figures": int(found.figures["fixed"].sum())}
    off = f"{found.off_target():.0e} of the target at most"
    rows.append(dict.fromkeys(rows[0], "–") | {"case": case} | fixed | {"largest bias": off})
    return rows


def _row(
    case: str, indicator: str, breakdown: str, figures: pd.DataFrame, found: Held
) -> dict[str, object]:
    """Return the row of some figures: the mean, and those farthest off."""
    of_samples = np.nanmean(found.covered[:, figures.index], axis=1)
    error = of_samples.std(ddof=1) / np.sqrt(of_samples.size)
    biased = figures.loc[(figures["bias"] / figures["deviation"]).abs().idxmax()]
    return {
        "case": case,
        "figure": indicator,
        "by": "" if breakdown == "_T" else breakdown,
        "figures": len(figures),
        "fewest": f"{figures['base'].min():.0f}",
        "cover of 95 %": f"{100 * figures['coverage'].mean():.1f} %",
        "±": f"{100 * error:.1f}",
        "lowest": f"{100 * figures['coverage'].min():.1f} %",
        "highest": f"{100 * figures['coverage'].max():.1f} %",
        "mean SE / SD": f"{(figures['mean_se'] / figures['deviation']).mean():.3f}",
        "largest bias": f"{biased['bias']:+.4g}",
        "in SD": f"{biased['bias'] / biased['deviation']:+.2f}",
    }
