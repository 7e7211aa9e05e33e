"""A poll of three waves with every kind of indicator, estimated, compared and released."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

import socialpoll as sp
from socialpoll.disclosure import Release
from tests.report.handmade import PUBLISHER, TITLE, questionnaire

WAVES = {
    "2019": {"en": "spring 2019", "ar": "ربيع 2019"},
    "2021": {"en": "spring 2021", "ar": "ربيع 2021"},
    "2023": {"en": "spring 2023", "ar": "ربيع 2023"},
}
SHIFTS = (0.0, 0.12, 0.13)
INDICATORS = (
    "account",
    "apps",
    sp.Share("apps", of="responses", name="parts"),
    sp.Share("apps", base="all", name="apps_of_all"),
    sp.Mean("hours"),
    sp.Mean("age", name="age"),
    sp.Mean("apps", name="chosen"),
    sp.Mean("trust", name="score"),
    sp.Mean("trusting", name="net"),
    sp.Quantile("hours", name="middle"),
    sp.Quantile("hours", [0.25, 0.5, 0.75], name="quantiles"),
    sp.Variance("hours", name="spread"),
    sp.Ratio("hours", "age", name="ratio"),
    sp.CircularMean("busiest", name="time"),
    sp.Concentration("busiest", name="gathered"),
    sp.Windows("busiest", [("21:00", "02:00"), ("06:00", "24:00")], name="windows"),
    "busiest",
    "trust",
    "trusting",
    sp.Total("account", name="holders"),
    sp.Total("hours", name="all_hours"),
    sp.Reach("apps", [["whatsapp", "imo"], ["youtube", "instagram"]], name="reach"),
    sp.Reach("apps", [["whatsapp", "imo"], ["youtube"]], time="hours", name="spent"),
    sp.Profile("age_group", among="apps", name="profile"),
)


def asked() -> sp.Questionnaire:
    """Return the questionnaire, with scores on its scale and boxes of it."""
    plain = questionnaire()
    scale = plain["trust"]
    points = tuple(replace(one, score=place) for place, one in enumerate(scale.options, 1))
    boxes = sp.Boxes(name="trusting", of="trust", top=1, bottom=1)
    return replace(
        plain,
        questions=(*plain.questions[:-1], replace(scale, options=points)),
        derived=(*plain.derived, boxes),
    )


def answers(seed: int, shift: float, size: int = 600) -> pd.DataFrame:
    """Draw the answers of a wave; more of them have an account, the later they were asked."""
    random = np.random.default_rng(seed)
    has = random.random(size) < 0.7 + shift
    hours = (20 + 10 * shift + random.normal(0, 3, size)) % 24
    chances = {"whatsapp": 0.9, "youtube": 0.6 + shift, "instagram": 0.5 - shift, "imo": 0.2}
    apps = {
        f"apps_{name}": np.where(has, (random.random(size) < chance).astype(float), np.nan)
        for name, chance in chances.items()
    }
    return pd.DataFrame(
        {
            "sex": random.choice(["male", "female"], size),
            "area": random.choice(["muscat", "dhofar", "wusta"], size, p=[0.6, 0.32, 0.08]),
            "age": random.integers(18, 70, size),
            "account": np.where(has, "yes", "no"),
            **apps,
            "apps_none": np.where(has, 0.0, np.nan),
            "hours": np.where(has, random.gamma(4, 1.2 + shift, size).round(1), np.nan),
            "busiest": np.where(has, [f"{int(one):02}:00" for one in hours], None),
            "trust": random.choice(["low", "middle", "high", "dk"], size, p=[0.3, 0.2, 0.4, 0.1]),
            "weight": 1000.0,
        }
    )


@cache
def estimated(*by: str | tuple[str, ...]) -> sp.Estimates:
    """Return the estimates of all waves, for everybody and by some breakdowns."""
    design = sp.SampleDesign(weight="weight")
    waves = {
        name: sp.bind(answers(seed, shift), asked(), design)
        for seed, (name, shift) in enumerate(zip(WAVES, SHIFTS, strict=True), 1)
    }
    return sp.estimate(sp.stack(waves, labels=WAVES), INDICATORS, by=list(by))


@cache
def report() -> sp.Report:
    """Return the report: groups compared in pairs, and each wave with the one before."""
    compared = sp.compare(estimated("sex", "area"), ["sex", "area"])
    compared = sp.compare(compared, against="previous")
    return sp.compose(sp.release(compared), title=TITLE, publisher=PUBLISHER)


@cache
def released_against_all() -> Release:
    """Return the areas compared in pairs, with all others, everybody and the wave before."""
    compared = sp.compare(estimated("area", ("area", "sex")), ["area", "area|sex"])
    for against in ("rest", "total", "previous"):
        compared = sp.compare(compared, ["area"], against=against)
    return sp.release(compared)


@cache
def report_of(area: str | None) -> sp.Report:
    """Return the report of one area, with both sexes in it and against all others; or of all."""
    group = None if area is None else ("area", area)
    return sp.compose(released_against_all(), title=TITLE, publisher=PUBLISHER, group=group)
