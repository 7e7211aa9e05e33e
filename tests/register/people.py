"""A register of a few people, made by hand, and a questionnaire that asks what it knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

import socialpoll as sp

KEY = sp.LinkageKey(b"\x0b" * 32)
ON = dt.date(2023, 6, 30)
LAYOUT = sp.RegisterLayout(
    {"sex": ("male", "female"), "governorate": ("muscat", "dhofar", "wusta")}, keys=("household",)
)
KNOWN = {"birth_date": "1990-05-17", "sex": "male", "governorate": "muscat", "household": "h1"}
"""Of whoever is not said to be otherwise."""


def register_of(
    people: Sequence[Mapping[str, str | None]], layout: sp.RegisterLayout = LAYOUT
) -> sp.Register:
    """Return a register of people, numbered from 1, who differ from ``KNOWN`` as is said."""
    told = [KNOWN | one for one in people]
    frame = pd.DataFrame(
        {
            "person": [KEY.pseudonym("person", str(at)) for at in range(1, len(told) + 1)],
            "birth_date": pd.to_datetime([one["birth_date"] for one in told]),
            **{
                name: pd.Series([one.get(name) for one in told], dtype=object)
                for name in layout.codes
            },
            "household": [KEY.pseudonym("household", str(one["household"])) for one in told],
        }
    )
    sources = pd.DataFrame(
        {
            "source": ["reference", "reference", "health"],
            "owner": ["Statistics office", "Statistics office", "Health authority"],
            "date": pd.to_datetime(["2020-12-12", "2020-12-12", "2023-06-30"]),
            "attribute": ["sex", "governorate", "governorate"],
            "authority": pd.array([1, None, 1], dtype="Int64"),
        }
    )
    ordered = frame.sort_values("person", ignore_index=True)
    return sp.Register(ordered, sources, layout, ON, "0" * 64)


def single(name: str, *codes: str | int, **more: object) -> sp.Single:
    options = tuple(sp.Code(code=one, label=str(one)) for one in codes)
    kind = "integer" if isinstance(codes[0], int) else "string"
    return sp.Single(name=name, text=name, options=options, code_type=kind, **more)


AGE = sp.Number(name="age", text="Age", unit="years", minimum=18, maximum=110)
GROUPS = sp.Bands(
    name="age_group",
    of="age",
    label="Age group",
    bands=(
        sp.Band(code="18-29", label="18-29", minimum=18, maximum=29),
        sp.Band(code="30+", label="30 and more", minimum=30),
    ),
)
SEX = single("sex", "male", "female")
GOVERNORATE = single("governorate", "muscat", "dhofar", "wusta")
TRUST = single("trust", "yes", "no", asked_if=sp.Answered("governorate"))
ASKED = sp.Questionnaire(title="Trust", questions=(SEX, AGE, GOVERNORATE, TRUST), derived=(GROUPS,))
