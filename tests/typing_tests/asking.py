"""A questionnaire as it is declared in Python."""

from __future__ import annotations

from typing import Literal, assert_type

import socialpoll as sp

SEX = sp.Single(
    name="sex",
    text={"en": "Sex", "ar": "الجنس"},
    options=(
        sp.Code(code="male", label={"en": "Male", "ar": "ذكر"}),
        sp.Code(code="female", label={"en": "Female", "ar": "أنثى"}),
    ),
)
HOURS = sp.Number(
    name="hours",
    text={"en": "Hours a day"},
    unit={"en": "hours"},
    missing=(sp.Missing(code=-1, label={"en": "Refused"}, reason="refused", in_base=False),),
    asked_if=sp.All(sp.Is("sex", "female"), sp.Not(sp.Within("age", maximum=17))),
)
ASKED = sp.Questionnaire(
    title={"en": "Use of the media"},
    questions=(SEX, HOURS),
    derived=(
        sp.Bands(
            name="long",
            of="hours",
            label={"en": "Hours"},
            bands=(sp.Band(code="2+", label={"en": "Two or more"}, minimum=2),),
        ),
    ),
)

assert_type(SEX.kind, Literal["single"])
assert_type(HOURS.minimum, float | None)
assert_type(ASKED.names, tuple[str, ...])
