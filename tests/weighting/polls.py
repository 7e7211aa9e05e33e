# ruff: noqa: PD011 - weights and targets have values that are not those of pandas
"""A small poll for the tests of this folder, and what is known of its population."""

from __future__ import annotations

import numpy as np
import pandas as pd

import socialpoll as sp

SEX = {"male": 0.5, "female": 0.5}
REGION = {1: 0.5, 2: 0.3, 3: 0.2}
CROSSED = {(sex, region): SEX[sex] * REGION[region] for sex in SEX for region in REGION}


def options(*codes):
    return tuple(sp.Code(code=code, label=str(code)) for code in codes)


QUESTIONNAIRE = sp.Questionnaire(
    title="A poll",
    languages=("en", "ar"),
    questions=(
        sp.Single(name="sex", text="Sex", options=options("male", "female")),
        sp.Single(name="region", text="Region", code_type="integer", options=options(1, 2, 3)),
        sp.Single(
            name="school",
            text="School",
            options=options("low", "middle", "high"),
            missing=(sp.Missing(code="dk", label="?", reason="dont_know", in_base=False),),
        ),
        sp.Multiple(name="apps", text="Apps", options=options("a", "b"), layout="cell"),
        sp.Number(name="age", text="Age", unit="years"),
    ),
    derived=(
        sp.Bands(
            name="age_group",
            of="age",
            label="Age group",
            bands=(
                sp.Band(code="18-39", label="18-39", maximum=39),
                sp.Band(code="40+", label="40+", minimum=40),
            ),
        ),
    ),
)


def answers(size: int = 240, seed: int = 5) -> pd.DataFrame:
    """Answers with every combination of sex, region and age group, and unequal base weights."""
    random = np.random.default_rng(seed)
    everyone = np.arange(size)
    return pd.DataFrame(
        {
            "sex": np.where(everyone % 3 == 0, "male", "female"),
            "region": everyone % 4 % 3 + 1,
            "school": random.choice(["low", "middle", "high"], size),
            "apps": "a",
            "age": random.choice([20, 30, 45, 70], size),
            "base": random.lognormal(0, 0.4, size),
        }
    )


def bound(frame: pd.DataFrame | None = None, **design) -> sp.Responses:
    """Bind answers with their base weights."""
    frame = answers() if frame is None else frame
    return sp.bind(frame, QUESTIONNAIRE, sp.SampleDesign(weight="base", **design))


def share(weights: sp.Weights, rows: np.ndarray) -> float:
    """Return the weighted share of some rows."""
    return float(weights.values[rows].sum() / weights.values.sum())
