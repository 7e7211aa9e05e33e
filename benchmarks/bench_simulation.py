"""Whether standard errors are right: how estimates vary over samples, beside what each claims.

A population with known answers is sampled again and again: 40 of 400 clusters in two strata, 15
persons in each, some of whom do not respond. Every sample is weighted by the same chain of steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import socialpoll as sp

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "simulation"
SAMPLES = 1000
CLUSTERS, SIZE = 400, 50
DRAWN, PERSONS = {"s": 24, "t": 16}, 15
SEED = 20191
WOMEN = 0.5
INDICATORS = [sp.Share("uses"), sp.Mean("hours")]
EXACT = sp.Precision(residuals="derivative")


def population() -> pd.DataFrame:
    """Persons in clusters: answers follow sex, age and the cluster."""
    random = np.random.default_rng(SEED)
    persons = CLUSTERS * SIZE
    cluster = np.repeat(np.arange(CLUSTERS), SIZE)
    near = random.normal(0, 0.5, CLUSTERS)[cluster]
    woman = random.random(persons) < WOMEN
    age = random.choice(3, persons, p=[0.45, 0.35, 0.2])
    online = 1 / (1 + np.exp(-(0.8 - 0.9 * age + 0.4 * woman + near)))
    answers = 1 / (1 + np.exp(-(0.2 + 0.5 * age + 0.5 * woman)))
    return pd.DataFrame(
        {
            "stratum": np.where(cluster < CLUSTERS // 2, "s", "t"),
            "cluster": cluster,
            "sex": np.where(woman, "f", "m"),
            "age": np.array(["young", "middle", "old"])[age],
            "uses": np.where(random.random(persons) < online, "yes", "no"),
            "hours": random.gamma(2, 1.5 + online),
            "propensity": answers,
        }
    )


def samples(everybody: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Draw two-stage samples, and say who responded."""
    random = np.random.default_rng(SEED + 1)
    first = {name: group["cluster"].unique() for name, group in everybody.groupby("stratum")}
    for _ in range(SAMPLES):
        rows = []
        for stratum, clusters in first.items():
            chosen = random.choice(clusters, DRAWN[stratum], replace=False)
            rows += [one * SIZE + random.choice(SIZE, PERSONS, replace=False) for one in chosen]
        drawn = everybody.iloc[np.concatenate(rows)].copy()
        inside = drawn["stratum"].map({one: len(first[one]) / DRAWN[one] for one in DRAWN})
        drawn["base"] = inside * SIZE / PERSONS
        drawn["became"] = np.where(random.random(len(drawn)) < drawn["propensity"], "in", "no")
        yield drawn


def chains(everybody: pd.DataFrame) -> dict[str, sp.Recipe]:
    """Return the chains, with targets that are true of the population."""

    def counts(name: str) -> dict[str, float]:
        return {str(code): float(n) for code, n in everybody[name].value_counts().items()}

    rake = sp.Rake((sp.Margin("sex", counts("sex")), sp.Margin("age", counts("age"))))
    return {
        "base weights of those who respond": sp.Recipe(),
        "non-response in classes, rake": sp.Recipe((sp.NonResponse("age"), rake)),
        "propensity, rake": sp.Recipe((sp.Propensity(("sex", "age")), rake)),
        "non-response, rake, trim": sp.Recipe(
            (sp.NonResponse("age"), rake, sp.Trim(upper=1.5, rule="ratio_to_mean"))
        ),
        "post-stratify twice": sp.Recipe(
            (sp.PostStratify("sex", counts("sex")), sp.PostStratify("age", counts("age")))
        ),
    }


def questionnaire() -> sp.Questionnaire:
    """Ask for what is weighted by, and what is estimated."""

    def single(name: str, *codes: str) -> sp.Single:
        options = tuple(sp.Code(code=code, label=code) for code in codes)
        return sp.Single(name=name, text=name, options=options)

    return sp.Questionnaire(
        title="simulation",
        questions=(
            single("sex", "f", "m"),
            single("age", "young", "middle", "old"),
            single("uses", "no", "yes"),
            sp.Number(name="hours", text="hours", unit="hours"),
        ),
    )


def run() -> list[dict[str, object]]:
    """Return bias, deviation of estimates, mean standard error and cover by chain and figure."""
    everybody = population()
    asked = questionnaire()
    truth = {"uses": (everybody["uses"] == "yes").mean(), "hours": everybody["hours"].mean()}
    design = sp.SampleDesign(
        strata="stratum",
        clusters="cluster",
        weight="base",
        disposition="became",
        interviewed=("in",),
    )
    recipes = chains(everybody)
    found: dict[tuple[str, str], list[tuple[float, float, bool]]] = {}
    for frame in samples(everybody):
        responses = sp.bind(frame, asked, design)
        for name, recipe in recipes.items():
            figures = sp.estimate(sp.weigh(responses, recipe), INDICATORS, precision=EXACT).frame
            for indicator, true in truth.items():
                chosen = figures[figures["indicator"] == indicator].iloc[-1]
                covered = bool(chosen["ci_low"] <= true <= chosen["ci_high"])
                row = (float(chosen["estimate"]), float(chosen["se"]), covered)
                found.setdefault((name, indicator), []).append(row)
    return [_told(*key, rows, float(truth[key[1]])) for key, rows in found.items()]


def _told(
    chain: str, indicator: str, rows: list[tuple[float, float, bool]], true: float
) -> dict[str, object]:
    estimates, errors, covered = (np.array(one) for one in zip(*rows, strict=True))
    deviation = float(estimates.std(ddof=1))
    return {
        "chain": chain,
        "figure": indicator,
        "bias": f"{estimates.mean() - true:+.4f}",
        "SD of estimates": f"{deviation:.4f}",
        "mean SE": f"{errors.mean():.4f}",
        "mean SE / SD": f"{errors.mean() / deviation:.3f}",
        "cover of 95 %": f"{100 * covered.mean():.1f} %",
    }
