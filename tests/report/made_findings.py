"""Findings made by hand, about a questionnaire with sensitive questions."""

from __future__ import annotations

import socialpoll as sp
from socialpoll.report import Findings, Publisher, Remark
from socialpoll.schema import Band, Bands, Code, FreeText, Grid, Item, Number, Order, Single

CODES = tuple(Code(code=one, label={"en": one.title(), "ar": "نعم"}) for one in ("yes", "no"))
ASKED = sp.Questionnaire(
    title={"en": "Poll", "ar": "استطلاع"},
    languages=("ar", "en"),
    questions=(
        Single(name="use", text={"en": "Use?", "ar": "الاستخدام؟"}, options=CODES),
        Number(name="age", text={"en": "Age?", "ar": "العمر؟"}, unit={"en": "years", "ar": "سنة"}),
        Number(
            name="income",
            text={"en": "Income?", "ar": "الدخل؟"},
            unit={"en": "rials", "ar": "ريال"},
            sensitive=True,
        ),
        FreeText(name="why", text={"en": "Why?", "ar": "لماذا؟"}),
        Grid(
            name="habits",
            text={"en": "Habits?", "ar": "العادات؟"},
            items=(Item(code="smokes", label={"en": "Smokes", "ar": "يدخن"}),),
            options=CODES,
            sensitive=True,
        ),
    ),
    derived=tuple(
        Bands(
            name=f"{of}_band",
            of=of,
            label={"en": "Band", "ar": "فئة"},
            bands=(Band(code="low", label={"en": "Low", "ar": "منخفض"}, maximum=9),),
        )
        for of in ("age", "income")
    ),
    constraints=(
        Order(of=("age", "income"), message={"en": "Age beyond income", "ar": "العمر فوق الدخل"}),
    ),
)


def remark(rule="undeclared", severity="error", **more):
    more = {"where": "row 3", "what": "what", "row": 3, "found": "x"} | more
    return Remark(severity=severity, rule=rule, **more)


def findings(*remarks, **more):
    return Findings(
        remarks=remarks,
        questionnaire=ASKED,
        title={"en": "Poll", "ar": "استطلاع"},
        languages=("ar", "en"),
        publisher=Publisher(name={"en": "A centre", "ar": "مركز"}),
        **more,
    )
