"""How often tests of association reject what is true: five in a hundred, or more under clustering.

Two multiple-response questions and a single one have nothing to do with each other, but answers
within a cluster are alike, the more the larger the spread between clusters. Clusters are in two
strata, cases have unequal weights.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

import socialpoll as sp

NAME = "association"
SAMPLES = 2000
CASES, SEED = 600, 5150
LEVEL = 0.05
GRID = ((24, 0.0), (24, 0.4), (24, 0.8), (60, 0.8))
"""Clusters, and the spread between them in standard deviations of a person's inclination."""
TESTS = ("second order", "as if a simple sample", "Bonferroni of items")
OPTIONS = {"apps": "abc", "topics": "ab"}
LIMITS = {"apps": (0.0, 0.5, 1.0), "topics": (0.0, 0.6)}


def drawn(random: np.random.Generator, clusters: int, spread: float) -> pd.DataFrame:
    """Draw one sample: options go together within a question, and alike within a cluster."""
    cluster = np.arange(CASES) % clusters
    columns = {}
    for name, codes in OPTIONS.items():
        near = random.normal(0, spread, clusters)[cluster]
        inclined = random.normal(0, 0.7, CASES) + near
        likes = random.normal(0, 1, (CASES, len(codes))) + inclined[:, None]
        chosen = (likes > np.array(LIMITS[name])).astype(int)
        columns |= {f"{name}_{one}": chosen[:, place] for place, one in enumerate(codes)}
    group = random.normal(0, 1, CASES) + random.normal(0, spread, clusters)[cluster]
    return pd.DataFrame(columns).assign(
        group=np.array(["low", "mid", "high"])[np.digitize(group, (-0.5, 0.6))],
        cluster=cluster,
        stratum=cluster % 2,
        weight=random.lognormal(0, 0.4, CASES),
    )


def questionnaire() -> sp.Questionnaire:
    """Ask three questions; nothing ticked is an answer."""

    def codes(of: str | tuple[str, ...]) -> tuple[sp.Code, ...]:
        return tuple(sp.Code(code=one, label=one) for one in of)

    several = (
        sp.Multiple(name=name, text=name, options=codes(of), blank="none")
        for name, of in OPTIONS.items()
    )
    single = sp.Single(name="group", text="group", options=codes(("low", "mid", "high")))
    return sp.Questionnaire(title="simulation", questions=(single, *several))


def rejected(found: sp.Association) -> list[bool]:
    """Say which tests reject: the design's, that of a simple sample, and Bonferroni's."""
    tests = found.frame.set_index("test")["p"]
    simple = tests.get("decady-thomas")
    if simple is None:  # of pairs: each table referred to χ² as if all were independent
        pairs = found.items["chi_square"].to_numpy()
        simple = float(special.chdtrc(pairs.size, pairs.sum()))
    return [found.p < LEVEL, simple < LEVEL, tests["bonferroni"] < LEVEL]


def run() -> list[dict[str, object]]:
    """Return how often each test rejects, by clusters and spread."""
    design = sp.SampleDesign(strata="stratum", clusters="cluster", nested=True, weight="weight")
    asked = questionnaire()
    rows: list[dict[str, object]] = []
    for clusters, spread in GRID:
        random = np.random.default_rng(SEED)
        counts = {other: np.zeros(len(TESTS)) for other in ("group", "topics")}
        for _ in range(SAMPLES):
            responses = sp.bind(drawn(random, clusters, spread), asked, design)
            for other in counts:
                counts[other] += rejected(sp.association(responses, "apps", other))
        for other, count in counts.items():
            shares = [f"{100 * one / SAMPLES:.1f} %" for one in count]
            told = dict(zip(TESTS, shares, strict=True))
            rows.append({"clusters": clusters, "spread": spread, "apps by": other, **told})
    return rows
