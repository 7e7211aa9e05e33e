"""Whether the best reach is right: how much too large it is, and what is left once corrected.

A population of patterns of answers, in two strata, is sampled again and again, one stratum at twice
the rate of the other. In every sample the best sets of one, two and three of six options are found;
their reach in the sample is held against the reach of the same sets in the population.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import socialpoll as sp

if TYPE_CHECKING:
    import numpy.typing as npt

NAME = "optimism"
SAMPLES = 1000
SEED = 316
SIZES = (100, 300, 1000)
PERSONS = 60_000
CODES = "abcdef"
POPULATIONS = {
    "options alike": (0.35, 0.35, 0.35, 0.35, 0.35, 0.35),
    "options near": (0.45, 0.42, 0.39, 0.36, 0.33, 0.30),
    "options apart": (0.70, 0.50, 0.35, 0.25, 0.15, 0.10),
}
SCARCE = 3
"""One person in so many is of the stratum that is sampled at twice the rate."""


def population(chances: tuple[float, ...]) -> pd.DataFrame:
    """Persons whose options go together, and a little more so in one stratum."""
    random = np.random.default_rng(SEED)
    scarce = np.arange(PERSONS) % SCARCE == 0
    likes = random.normal(0, 1, PERSONS) + 0.3 * scarce
    own = random.normal(0, 1, (PERSONS, len(chances)))
    inclined = own + 0.6 * likes[:, None]
    limits = [np.quantile(one, 1 - part) for one, part in zip(inclined.T, chances, strict=True)]
    columns = (inclined > np.array(limits)).astype(int)
    frame = pd.DataFrame(columns, columns=[f"apps_{one}" for one in CODES])
    return frame.assign(stratum=np.where(scarce, "s", "t"))


def drawn(everybody: pd.DataFrame, cases: int, random: np.random.Generator) -> pd.DataFrame:
    """Draw a sample of two strata, the scarce one at twice the rate of the other."""
    parts = []
    for name, part in (("s", 2 / (SCARCE + 1)), ("t", (SCARCE - 1) / (SCARCE + 1))):
        rows = np.flatnonzero(everybody["stratum"] == name)
        size = round(cases * part)
        some = everybody.iloc[random.choice(rows, size, replace=False)]
        parts.append(some.assign(weight=rows.size / size))
    return pd.concat(parts, ignore_index=True)


def run() -> list[dict[str, object]]:
    """Return bias before and after, and cover of the interval, by population, cases and size."""
    options = tuple(sp.Code(code=one, label=one) for one in CODES)
    asked = sp.Questionnaire(
        title="simulation",
        questions=(sp.Multiple(name="apps", text="apps", options=options, blank="none"),),
    )
    design = sp.SampleDesign(strata="stratum", weight="weight")
    rows: list[dict[str, object]] = []
    for (name, chances), cases in product(POPULATIONS.items(), SIZES):
        everybody = population(chances)
        true = everybody[[f"apps_{one}" for one in CODES]].to_numpy(dtype=bool)
        random = np.random.default_rng(SEED + cases)
        found = []
        for sample in range(SAMPLES):
            responses = sp.bind(drawn(everybody, cases, random), asked, design)
            best = sp.best_reach(responses, "apps", 3, keep=1, seed=sample)
            reach = [_reach(true, one) for one in best["options"]]
            found.append(best.assign(true=reach, cases=cases))
        for size, group in pd.concat(found).groupby("size"):
            rows.append({"population": name, "cases": cases, "size": size, **_told(group)})
    return rows


def _reach(true: npt.NDArray[np.bool_], item: str) -> float:
    return float(true[:, [CODES.index(one) for one in item.split("|")]].any(axis=1).mean())


def _told(best: pd.DataFrame) -> dict[str, object]:
    bias, optimism, true = best["reach"] - best["true"], best["optimism"], best["true"]
    as_it_is = (best["ci_low"] <= true) & (true <= best["ci_high"])
    shifted = (best["ci_low"] - optimism <= true) & (true <= best["ci_high"] - optimism)
    return {
        "bias": f"{bias.mean():+.4f}",
        "optimism told": f"{optimism.mean():.4f}",
        "bias of the corrected": f"{(bias - optimism).mean():+.4f}",
        "cover of 95 %": f"{100 * as_it_is.mean():.1f} %",
        "cover, shifted": f"{100 * shifted.mean():.1f} %",
    }
