"""A small release written by hand: every figure in it is known, and so is every test."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pandas as pd

import socialpoll as sp
from socialpoll.disclosure import SITUATIONS, Release
from socialpoll.indicators import COLUMNS, COMPARISON_COLUMNS, no_choices
from socialpoll.schema import Fact, Methodology

COMPOSED = ("titles", "focus", "name", "sections", "style", "charts", "group")
"""What `compose` is asked for, beside a release."""
COUNTS = ("n_asked", "n_answered", "n_base", "n_category")
HIDDEN = {"suppressed", "suppressed_secondary", "withheld"}
PUBLISHER = sp.Publisher(
    name={"en": "Centre", "ar": "المركز"},
    about={"en": "We ask.", "ar": "نحن نسأل."},
    contact="a@example.org",
)
TITLE = {"en": "Media use", "ar": "استخدام وسائل الإعلام"}
AREAS = {
    "muscat": "مسقط",
    "dhofar": "ظفار",
    "musandam": "مسندم",
    "buraimi": "البريمي",
    "dakhiliyah": "الداخلية",
    "wusta": "الوسطى",
}


def text(en: str, ar: str) -> dict[str, str]:
    return {"en": en, "ar": ar}


def codes(**labels: tuple[str, str]) -> tuple[sp.Code, ...]:
    return tuple(sp.Code(code=code, label=text(*words)) for code, words in labels.items())


UNSURE = sp.Missing(
    code="dk", label=text("Don't know", "لا أعرف"), reason="dont_know", in_base=True
)
YES_NO = codes(yes=("Yes", "نعم"), no=("No", "لا"))


def questionnaire(**changes) -> sp.Questionnaire:
    """Return one question of each kind, and two to break down by."""
    asked = {"asked_if": sp.Is("account", "yes")}

    def named(name, en, ar, heading):
        return {"name": name, "text": text(en, ar), "label": text(*heading)}

    questions = (
        sp.Single(
            **named("sex", "Sex?", "النوع؟", ("Sex", "النوع")),
            options=codes(male=("Males", "الذكور"), female=("Females", "الإناث")),
        ),
        sp.Single(
            **named("area", "Where?", "أين؟", ("Governorate", "المحافظة")),
            options=codes(**{one: (one.title(), ar) for one, ar in AREAS.items()}),
        ),
        sp.Number(
            **named("age", "How old?", "كم عمرك؟", ("Age", "العمر")), unit=text("years", "سنة")
        ),
        sp.Single(
            **named(
                "account", "Do you have one?", "هل لديك حساب؟", ("Has an account", "امتلاك حساب")
            ),
            options=YES_NO,
        ),
        sp.Multiple(
            **named("apps", "Which?", "أيها؟", ("Platforms used", "المنصات المستخدمة")),
            options=(
                *codes(
                    whatsapp=("WhatsApp", "واتساب"),
                    youtube=("YouTube", "يوتيوب"),
                    instagram=("Instagram", "إنستغرام"),
                    imo=("imo", "إيمو"),
                ),
                sp.Code(code="none", label=text("None", "لا شيء"), exclusive=True),
            ),
            if_not_asked="none",
            **asked,
        ),
        sp.Duration(
            **named("hours", "How long?", "كم ساعة؟", ("Hours a day", "ساعات في اليوم")), **asked
        ),
        sp.TimeOfDay(
            **named("busiest", "When?", "متى؟", ("Busiest time", "أكثر الأوقات استخداماً")),
            bands=tuple(
                sp.ClockBand(
                    code=start[:2],
                    label=text(f"{start}–{end}", f"من {start} إلى {end}"),
                    start=start,
                    end=end,
                )
                for start, end in pairwise(["00:00", "06:00", "12:00", "18:00", "24:00"])
            ),
            **asked,
        ),
        sp.Scale(
            **named("trust", "Do you trust it?", "هل تثق بها؟", ("Trust", "الثقة")),
            options=codes(
                low=("Does not trust", "لا يثق"),
                middle=("Neither", "محايد"),
                high=("Trusts", "يثق"),
            ),
            missing=(UNSURE,),
        ),
    )
    bands = sp.Bands(
        name="age_group",
        of="age",
        label=text("Age group", "الفئة العمرية"),
        bands=(
            sp.Band(code="18-29", label=text("18–29", "من 18 إلى 29 سنة"), minimum=18, maximum=29),
            sp.Band(code="30+", label=text("30 and over", "30 سنة فأكثر"), minimum=30),
        ),
    )
    made = sp.Questionnaire(
        title=TITLE, languages=("en", "ar"), questions=questions, derived=(bands,)
    )
    return replace(made, **changes)


def row(
    indicator: str, estimate: float | None, *, n: int = 400, status: str = "usual", **keys
) -> dict:
    """Return a released figure; a hidden one keeps its keys and its status alone."""
    situation = SITUATIONS[status]
    question = keys.pop("question", indicator)
    caveat = keys.pop("caveat", "fixed by weighting" if status == "fixed" else "")
    half = keys.pop("half", 0.02 if keys.get("unit", "share") == "share" else 0.2)
    figure = {
        "wave": "_Z",
        "indicator": indicator,
        "question": question,
        "item": "_Z",
        "category": "_Z",
        "statistic": "share",
        "unit": "share",
        "breakdown": "_T",
        "domain": "_T",
        **keys,
        "flag": situation.flag,
        "obs_status": situation.obs_status,
        "conf_status": situation.conf_status,
    }
    if status in HIDDEN:
        return dict.fromkeys(COLUMNS) | {"base": "", "caveat": "", "weights_id": ""} | figure
    fixed = status == "fixed"
    value = None if status == "not_available" else estimate
    counts = dict.fromkeys(("n_asked", "n_answered", "n_base"), n)
    return {
        **dict.fromkeys(COLUMNS),
        "base": "answered",
        "weights_id": "w",
        **counts,
        **figure,
        "estimate": value,
        "ci_low": None if fixed or value is None else round(value - half, 3),
        "ci_high": None if fixed or value is None else round(value + half, 3),
        "ci_level": 0.95,
        "caveat": caveat,
    }


def comparison(indicator: str, a: str, b: str, difference: float, p: float, **keys) -> dict:
    """Return a tested difference."""
    return {
        **dict.fromkeys(COMPARISON_COLUMNS),
        "wave": "_Z",
        "indicator": indicator,
        "question": keys.pop("question", indicator),
        "item": "_Z",
        "category": "_Z",
        "statistic": "share",
        "unit": "share",
        "breakdown": "sex",
        "test": "linearised",
        "against": "pairs",
        **keys,
        "domain_a": a,
        "domain_b": b,
        "difference": difference,
        "p": p,
        "p_adjusted": p,
        "method": "holm",
        "wave_b": keys.get("wave", "_Z"),
    }


def yes_no(yes: float | None, **keys) -> list[dict]:
    """Return both rows of ``account`` in one group."""
    no = None if yes is None else round(1 - yes, 3)
    return [
        row("account", yes, category="yes", **keys),
        row("account", no, category="no", **keys),
    ]


def by_sex(male: float, female: float, **keys) -> list[dict]:
    """Return ``account`` for both sexes."""
    return [
        *yes_no(male, breakdown="sex", domain="male", **keys),
        *yes_no(female, breakdown="sex", domain="female", **keys),
    ]


FACTS = (
    Fact(
        "responses",
        "cases",
        {
            "cases": 800,
            "interviews": 403,
            "wave": None,
            "dispositions": ("interview", "refusal"),
            "disposition_counts": ("403", "397"),
        },
    ),
    Fact(
        "responses",
        "design",
        {
            "sampling": "probability",
            "stages": 1,
            "stratified": True,
            "strata_columns": ("area",),
            "clustered": False,
            "cluster_columns": (),
            "weight": "w",
        },
    ),
    Fact(
        "weighting",
        "rake",
        {
            "variables": ("sex", "age_group"),
            "sources": ("Census 2020",),
            "sources.en": ("Census 2020",),
            "sources.ar": ("تعداد 2020",),
            "total": 1_250_000.0,
        },
    ),
    Fact("weighting", "diagnostics", {"deff": 1.234}),
    Fact(
        "indicators",
        "precision",
        {
            "level": 0.95,
            "probability": True,
            "deff_median": 1.31,
            "headline_margin": 0.0246,
        },
    ),
    Fact("indicators", "comparisons", {"within": ("sex",), "adjust": "holm"}),
    Fact(
        "disclosure",
        "policy",
        {
            "policy": "base",
            "rules": ("min_base",),
            "minimum_base": 30,
            "flag_below": 100,
            "complementary": False,
            "rounding": "half away from zero",
        },
    ),
)
DECLARED = sp.Declaration(
    sponsor=text("A ministry", "وزارة"),
    conducted_by=text("A centre", "مركز"),
    mandate=text("A law", "قانون"),
    area=text("All governorates", "جميع المحافظات"),
    confidentiality=text("Answers are confidential.", "الإجابات سرية."),
    frequency=text("Once a year", "مرة في السنة"),
    revision_policy=text("Mistakes alone are revised.", "لا يُنقّح إلا الخطأ."),
    tables=text("On our website", "في موقعنا"),
    population=text("Citizens aged 18 and over", "المواطنون (18 سنة فأكثر)"),
    sampling_frame=text("A register", "سجل"),
    sampling=text("At random", "عشوائياً"),
    mode=text("Telephone interviews", "المقابلات الهاتفية"),
    languages=("ar", "en"),
    fieldwork_start=dt.date(2019, 3, 3),
    fieldwork_end=dt.date(2019, 3, 21),
    quality=text("Calls were heard.", "سُمعت المكالمات."),
    limitations=(text("Some did not answer.", "لم يُجب بعضهم."),),
)


def released(
    rows: list[dict],
    comparisons: list[dict] = (),
    *,
    facts: tuple[Fact, ...] = FACTS,
    declared: sp.Declaration = DECLARED,
    titles: dict | None = None,
    choices: pd.DataFrame | None = None,
    **changes,
) -> Release:
    """Return a release of such rows."""
    return Release(
        questionnaire=questionnaire(**changes),
        methodology=Methodology(declared, facts),
        figures=pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(COUNTS, "Int64")),
        comparisons=pd.DataFrame(list(comparisons), columns=list(COMPARISON_COLUMNS)),
        choices=no_choices() if choices is None else choices,
        hashes={"answers": "a", "weights": "w"},
        titles=titles or {},
    )


def composed(rows: list[dict], comparisons: list[dict] = (), **changes) -> sp.Report:
    """Return a report of such rows."""
    asked = {name: changes.pop(name) for name in COMPOSED if name in changes}
    release = released(rows, comparisons, **changes)
    return sp.compose(release, title=TITLE, publisher=PUBLISHER, **asked)


def section(report: sp.Report, role: str, name: str | None = None):
    """Return a section of a report."""
    return next(one for one in report.sections if one.role == role and name in (None, one.name))


def sentences(report: sp.Report, indicator: str, language: str = "en") -> list[str]:
    """Return the sentences about an indicator."""
    edition = sp.Edition(report, (language,))
    return [
        edition.text(phrase)
        for block in section(report, "indicator", indicator).blocks
        for phrase in getattr(block, "phrases", ())
    ]


def everything(report: sp.Report, language: str) -> list[str]:
    """Return everything that a report says in a language, cell by cell."""
    from socialpoll.report import Chart, Figure, Interval, Table, Text

    edition = sp.Edition(report, (language,))
    said = []
    for one in report.sections:
        said.append(edition.text(one.title))
        for block in one.blocks:
            if isinstance(block, Text):
                said += [edition.text(phrase) for phrase in block.phrases]
            elif isinstance(block, Table):
                said += [edition.text(phrase) for phrase in (block.title, *block.notes)]
                said += [edition.text(column.heading) for column in block.columns]
                for cells in (line.cells for line in block.rows):
                    said += [
                        edition.number(cell)
                        if isinstance(cell, Figure | Interval)
                        else edition.text(cell)
                        for cell in cells
                        if cell is not None
                    ]
            elif isinstance(block, Chart):
                said += [edition.text(phrase) for phrase in (block.title, block.caption, block.alt)]
                said += [
                    edition.text(point.label) for series in block.series for point in series.points
                ]
    return said
