"""Small polls that are drawn, and the tables that can be made of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

import socialpoll as sp
from tests.disclosure.handmade import codes

INDICATORS = ("q", "some", "g", "box", "hb", "asked", "profile", "persons", "m")
BREAKDOWNS = ("area", "sex", ("area", "sex"), "hb", ("sex", "hb"))


def family(seed: int, *, gaps: bool) -> sp.Responses:
    """Draw answers of a small poll, of which some have no sex where there are gaps."""
    draw = np.random.default_rng(seed)
    size = int(draw.integers(60, 300))

    def picked(names: list[str], evenness: float) -> np.ndarray:
        return draw.choice(names, size, p=draw.dirichlet(np.full(len(names), evenness)))

    frame = pd.DataFrame(
        {
            "area": picked(list("abcd"), 1.5),
            "sex": picked(list("mf"), 3),
            "q": picked(["y", "n", "x", "dk", ""], 1),
            "s": picked(list("123"), 1),
            "h": draw.integers(0, 8, size),
            "m_u": draw.random(size) < draw.beta(0.6, 1.5),
            "m_v": draw.random(size) < draw.beta(0.6, 1.5),
            "w": draw.choice([50.0, 100.0, 250.0], size),
        }
    ).astype({"m_u": int, "m_v": int})
    if gaps:
        frame.loc[draw.random(size) < 0.05, "sex"] = ""
    return sp.bind(frame, asked_of_a_family(), sp.SampleDesign(weight="w"))


def asked_of_a_family() -> sp.Questionnaire:
    missing = sp.Missing(code="dk", label="dk", reason="dont_know", in_base=True)
    groups = (
        sp.Group(code="yn", label="yn", codes=("y", "n")),
        sp.Group(code="other", label="x", codes=("x",)),
    )
    bands = (
        sp.Band(code="low", label="low", maximum=2),
        sp.Band(code="high", label="high", minimum=3),
    )
    either = sp.Net(code="uv", label="uv", codes=("u", "v"))
    return sp.Questionnaire(
        title="t",
        questions=(
            sp.Single(name="area", text="area", options=codes("abcd")),
            sp.Single(name="sex", text="sex", options=codes("mf")),
            sp.Single(name="q", text="q", options=codes("ynx"), missing=(missing,)),
            sp.Scale(name="s", text="s", options=codes("123")),
            sp.Multiple(name="m", text="m", options=codes("uv"), blank="none"),
            sp.Number(name="h", text="h", unit="hours"),
        ),
        derived=(
            sp.Nets(name="some", of="m", label="m", nets=(either,)),
            sp.Grouping(name="g", of="q", label="q", groups=groups),
            sp.Boxes(name="box", of="s", top=1, bottom=1),
            sp.Bands(name="hb", of="h", label="h", bands=bands),
        ),
    )


def indicator(name: str) -> object:
    """Return the indicator of a name."""
    several = {
        "asked": sp.Share("q", base="asked", name="asked"),
        "profile": sp.Profile("area", among="q"),
        "persons": sp.Total("q", name="persons"),
    }
    return several.get(name, name)
