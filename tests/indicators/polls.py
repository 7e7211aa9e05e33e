"""Small polls for the tests of this folder: every kind of design, with answers that go missing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

import socialpoll as sp


def questionnaire() -> sp.Questionnaire:
    """One question of each kind that is summed differently, and two to weight by."""

    def options(*codes):
        return tuple(sp.Code(code=code, label={"und": code}) for code in codes)

    def named(name):
        return {"name": name, "text": {"und": name}}

    unsure = sp.Missing(code="dk", label={"und": "?"}, reason="dont_know", in_base=True)
    refused = sp.Missing(code="ref", label={"und": "-"}, reason="refused", in_base=False)
    return sp.Questionnaire(
        title={"und": "test"},
        questions=(
            sp.Single(**named("sex"), options=options("m", "f")),
            sp.Single(**named("area"), options=options("x", "y", "z")),
            sp.Single(**named("trust"), options=options("yes", "no"), missing=(unsure, refused)),
            sp.Multiple(**named("apps"), options=options("a", "b", "c"), layout="cell"),
            sp.Number(**named("hours"), unit={"en": "hours"}),
            sp.Number(**named("rooms"), unit={"en": "rooms"}),
            sp.TimeOfDay(**named("online"), bands=bands(), missing=(unsure, refused)),
        ),
    )


def bands() -> tuple[sp.ClockBand, ...]:
    """Return bands that share out the day; one crosses midnight."""
    times = ("02:00", "09:00", "17:00", "22:00", "02:00")
    return tuple(
        sp.ClockBand(code=f"{start}-{end}", label={"und": start}, start=start, end=end)
        for start, end in pairwise(times)
    )


def clocks(random: np.random.Generator, size: int) -> np.ndarray:
    """Return times about half past ten at night, as words; some do not know, some do not say."""
    minutes = (1350 + random.normal(0, 150, size).round()).astype(int) % 1440
    times = [f"{one // 60:02}:{one % 60:02}" for one in minutes]
    return np.where(random.random(size) < 0.2, random.choice(["dk", "ref"], size), times)


def answers(seed: int, size: int = 60, clusters: int = 3) -> pd.DataFrame:
    """Cases in two strata of ``clusters`` clusters each, with unequal weights.

    The first six are interviews that fill every cell of sex and area, so that all can be weighted.
    """
    random = np.random.default_rng(seed)
    half = size // 2
    stratum = np.repeat(["s", "t"], [half, size - half])
    picked = [" ".join(app for app in "abc" if random.random() < 0.5) or None for _ in range(size)]
    data = pd.DataFrame(
        {
            "stratum": stratum,
            "cluster": np.concatenate(
                [random.permutation(np.arange(part) % clusters) for part in (half, size - half)]
            ),
            "weight": random.lognormal(3, 0.5, size),
            "units": np.where(stratum == "s", clusters * 4, clusters * 3),
            "households": np.full(size, 40),
            "disposition": random.choice(["in", "in", "in", "out"], size),
            "sex": random.choice(["m", "f"], size),
            "area": random.choice(["x", "y", "z"], size, p=[0.5, 0.3, 0.2]),
            "trust": random.choice(["yes", "no", "dk", "ref", None], size),
            "apps": picked,
            "hours": random.gamma(2, 2, size).round(1),
            "rooms": random.integers(1, 6, size).astype(float),
            "online": clocks(random, size),
        }
    )
    data.loc[:5, "sex"] = list("mfmfmf")
    data.loc[:5, "area"] = list("xxyyzz")
    data.loc[:5, "disposition"] = "in"
    return data


CLUSTERED = sp.SampleDesign(
    strata="stratum",
    clusters="cluster",
    nested=True,
    fpc="units",
    fpc_as="count",
    weight="weight",
    disposition="disposition",
    interviewed=("in",),
)
TWO_STAGES = replace(CLUSTERED, strata=("stratum", None), fpc=("units", "households"))
ELEMENTS = sp.SampleDesign(strata="stratum", weight="weight")


def bound(seed: int, design: sp.SampleDesign = CLUSTERED, size: int = 60) -> sp.Responses:
    """Return such a poll, coded."""
    return sp.bind(answers(seed, size), questionnaire(), design)
