"""Polls with every outcome of sampled cases, and recipes of several steps to weight them by."""

from __future__ import annotations

import numpy as np
import pandas as pd

import socialpoll as sp

SEX = {"m": 1000.0, "f": 1200.0}
AREA = {"x": 900.0, "y": 700.0, "z": 600.0}
WORK = {"u": 1100.0, "v": 660.0, "w": 440.0}
DRIVES = {"yes": 1500.0, "no": 700.0}
CROSSED = {(sex, work): SEX[sex] * WORK[work] / 2200 for sex in SEX for work in WORK}
OUTCOMES = {
    "in": "interview",
    "no": "refusal",
    "away": "noncontact",
    "who": "unknown_household",
    "none": "ineligible",
}


def questionnaire() -> sp.Questionnaire:
    """Two questions to weight by, known of all cases, and answers."""

    def single(name, *codes):
        options = tuple(sp.Code(code=code, label={"und": code}) for code in codes)
        return sp.Single(name=name, text={"und": name}, options=options)

    def number(name):
        return sp.Number(name=name, text={"und": name}, unit={"und": name})

    return sp.Questionnaire(
        title={"und": "chains"},
        questions=(
            single("sex", "m", "f"),
            single("area", "x", "y", "z"),
            single("uses", "yes", "no"),
            single("work", "u", "v", "w"),
            single("drives", "yes", "no"),
            number("hours"),
            number("age"),
            number("adults"),
            number("sims"),
            number("chance"),
        ),
    )


def answers(seed: int, size: int = 80, clusters: int = 4) -> pd.DataFrame:
    """Two strata of clusters; the first cases fill every cell of sex and area with interviews."""
    random = np.random.default_rng(seed)
    half = size // 2
    data = pd.DataFrame(
        {
            "stratum": np.repeat(["s", "t"], [half, size - half]),
            "cluster": np.tile(np.arange(clusters), size)[:size],
            "base": random.lognormal(3, 0.3, size),
            "became": random.choice(list(OUTCOMES), size, p=[0.6, 0.15, 0.1, 0.1, 0.05]),
            "sex": random.choice(["m", "f"], size),
            "area": random.choice(["x", "y", "z"], size),
            "uses": random.choice(["yes", "no"], size),
            "hours": random.gamma(2, 2, size).round(1),
            "age": random.integers(18, 80, size).astype(float),
            "adults": random.integers(1, 6, size).astype(float),
            "sims": random.integers(1, 4, size).astype(float),
            "chance": random.uniform(0.1, 1, size).round(3),
        }
    )
    data["work"] = random.choice(["u", "v", "w", None], size, p=[0.35, 0.3, 0.2, 0.15])
    data["drives"] = random.choice(["yes", "no", None], size, p=[0.4, 0.35, 0.25])
    for first in (0, half):
        data.loc[first : first + 11, "work"] = list("uvwuvwvwuwuv")
        data.loc[first : first + 11, "sex"] = list("mf" * 6)
        data.loc[first : first + 11, "area"] = list("xxyyzz" * 2)
        data.loc[first : first + 11, "became"] = "in"
    return data


DESIGN = sp.SampleDesign(
    strata="stratum",
    clusters="cluster",
    nested=True,
    weight="base",
    disposition="became",
    outcomes=OUTCOMES,
)


def bound(seed: int = 1, size: int = 80, **changes) -> sp.Responses:
    """Bind answers with outcomes of every kind."""
    return sp.bind(answers(seed, size).assign(**changes), questionnaire(), DESIGN)


def lacking(work: str, drives: str | None = None, *others: sp.Margin) -> sp.Rake:
    """Rake to margins that some interviews have no value in, by their policies, and others."""
    several = [sp.Margin("work", WORK, missing=work)]
    if drives is not None:
        several.append(sp.Margin("drives", DRIVES, missing=drives))
    return sp.Rake((*several, *others), tolerance=1e-13)


def margins() -> tuple[sp.Margin, sp.Margin]:
    """Sex and area."""
    return sp.Margin("sex", SEX), sp.Margin("area", AREA)


SIX = sp.Rake(margins(), tolerance=1e-13)
RESPONSE = (sp.UnknownEligibility("area"), sp.NonResponse(("sex",)))
RECIPES = {
    "nothing": (),
    "selection": (sp.Selection(one_of="adults", at_most=3), sp.Selection(chances="sims")),
    "eligibility": RESPONSE[:1],
    "response": RESPONSE,
    "response, rake": (*RESPONSE, SIX),
    "propensity": (RESPONSE[0], sp.Propensity(("sex", "age"))),
    "propensity, rake": (RESPONSE[0], sp.Propensity(("area", "age")), SIX),
    "post-stratify twice": (
        sp.PostStratify("sex", SEX),
        sp.PostStratify("area", AREA),
    ),
    "reference, rake": (
        *RESPONSE,
        sp.ReferencePropensity("sex", {"m": 90_000, "f": 110_000}),
        SIX,
    ),
    "rescale": (sp.Rescale(5000), SIX, sp.Rescale(7000)),
    "trim in proportion": (*RESPONSE, sp.Trim(upper=45, lower=15)),
    "trim by adding": (*RESPONSE, sp.Trim(upper=45, sharing="additive")),
    "trim without sharing": (*RESPONSE, sp.Trim(upper=45, sharing="none")),
    "non-response, rake, trim": (*RESPONSE, SIX, sp.Trim(upper=55, within="sex")),
    "rake, trim, rake": (SIX, sp.Trim(upper=50, sharing="additive_strict"), SIX),
    "linear, with numbers": (
        *RESPONSE,
        sp.Calibrate(margins(), means={"age": 49.0}, tolerance=1e-12),
    ),
    "raking distance": (
        *RESPONSE,
        sp.Calibrate(margins(), distance="raking", tolerance=1e-12),
    ),
    "truncated factors": (
        *RESPONSE,
        sp.Calibrate(margins(), distance="truncated", bounds=(0.7, 1.4), tolerance=1e-12),
    ),
    "weights within bounds": (
        *RESPONSE,
        sp.Calibrate(
            margins(),
            distance="truncated",
            bounds=(20, 60),
            bounds_on="weight",
            tolerance=1e-12,
        ),
    ),
    "propensity, logit, trim": (
        RESPONSE[0],
        sp.Propensity(("area", "age")),
        sp.Calibrate(margins(), distance="logit", bounds=(0.2, 4), tolerance=1e-12),
        sp.Trim(upper=50),
    ),
    "own class": (*RESPONSE, sp.PostStratify("work", WORK, missing="own_class")),
    "own class, rake": (*RESPONSE, lacking("own_class", "own_class", *margins())),
    "keep base": (*RESPONSE, sp.PostStratify("work", WORK, missing="keep_base")),
    "keep base, rake": (*RESPONSE, lacking("keep_base", None, *margins())),
    "keep base twice": (*RESPONSE, lacking("keep_base", "keep_base")),
    "keep base twice, rake": (*RESPONSE, lacking("keep_base", "keep_base", *margins())),
    "distribute": (*RESPONSE, sp.PostStratify("work", WORK, missing="distribute")),
    "distribute, rake": (*RESPONSE, lacking("distribute", None, *margins())),
    "distribute twice, rake": (*RESPONSE, lacking("distribute", "distribute", *margins())),
    "distribute a crossing": (
        sp.Rake(
            (
                sp.Margin(("sex", "work"), CROSSED, missing="distribute"),
                sp.Margin("drives", DRIVES, missing="keep_base"),
            ),
            tolerance=1e-13,
        ),
    ),
    "own class, calibrate": (
        *RESPONSE,
        sp.Calibrate(
            (*margins(), sp.Margin("work", WORK, missing="own_class")),
            means={"age": 49.0},
            distance="raking",
            tolerance=1e-12,
        ),
    ),
    "every policy": (*RESPONSE, lacking("distribute", "own_class", *margins()), sp.Trim(upper=60)),
}
