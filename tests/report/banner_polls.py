"""A small poll with a question of each kind, nets and scores, for the tests of banners."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

import socialpoll as sp
from socialpoll.report import Figure, Table
from tests.report.handmade import codes, text

SIZE = 600
POINTS = ("low", "mid", "high", "full")
DONT_KNOW = sp.Missing(
    code="dk", label=text("Don't know", "لا أعرف"), reason="dont_know", in_base=True
)
AGREE = codes(
    low=("Disagree", "لا أوافق"),
    mid=("Neither", "محايد"),
    high=("Agree", "أوافق"),
    full=("Fully agree", "أوافق تماماً"),
)
APPS = (
    *codes(a=("App A", "تطبيق أ"), b=("App B", "تطبيق ب"), c=("App C", "تطبيق ج")),
    sp.Code(code="none", label=text("None", "لا شيء"), exclusive=True),
)
INDICATORS = [
    "trust",
    "trust_boxes",
    sp.Mean("trust", name="trust_mean"),
    sp.Mean("trust_boxes", name="trust_net"),
    "apps",
    "apps_nets",
    sp.Mean("apps", name="apps_count"),
    "gov",
    "useful_boxes",
    sp.Mean("gov", name="gov_mean"),
    "age_group",
    sp.Mean("age"),
    sp.Quantile("age", [0.25, 0.5], name="age_quantiles"),
    sp.CircularMean("online", name="online_mean"),
]
BREAKDOWNS = ["sex", "area", "apps", ("sex", "age_group")]


def questionnaire() -> sp.Questionnaire:
    """Return the questions; ``east`` is a group of few respondents."""

    def named(name, en, ar):
        return {"name": name, "text": text(f"{en}?", f"{ar}؟"), "label": text(en, ar)}

    return sp.Questionnaire(
        title=text("Poll", "استطلاع"),
        languages=("en", "ar"),
        questions=(
            sp.Single(
                **named("sex", "Sex", "النوع"),
                options=codes(m=("Men", "الرجال"), f=("Women", "النساء")),
            ),
            sp.Single(
                **named("area", "Area", "المنطقة"),
                options=codes(
                    north=("North", "الشمال"), south=("South", "الجنوب"), east=("East", "الشرق")
                ),
            ),
            sp.Scale(**named("trust", "Trust", "الثقة"), options=AGREE, missing=(DONT_KNOW,)),
            sp.Multiple(**named("apps", "Apps", "التطبيقات"), options=APPS, layout="cell"),
            sp.Grid(
                **named("gov", "Accounts", "الحسابات"),
                items=(
                    sp.Item(code="useful", label=text("Useful", "مفيدة")),
                    sp.Item(code="clear", label=text("Clear", "واضحة")),
                ),
                options=AGREE,
                ordered=True,
                missing=(DONT_KNOW,),
            ),
            sp.Number(**named("age", "Age", "العمر"), unit=text("years", "سنة")),
            sp.TimeOfDay(
                **named("online", "Online", "الاتصال"),
                bands=tuple(
                    sp.ClockBand(code=start[:2], label={"und": start}, start=start, end=end)
                    for start, end in (("00:00", "12:00"), ("12:00", "24:00"))
                ),
            ),
        ),
        derived=(
            sp.Boxes(name="trust_boxes", of="trust", top=2, bottom=1),
            sp.Nets(
                name="apps_nets",
                of="apps",
                label=text("Kinds of apps", "أنواع التطبيقات"),
                nets=(sp.Net(code="ab", label=text("A or B", "أ أو ب"), codes=("a", "b")),),
            ),
            sp.Bands(
                name="age_group",
                of="age",
                label=text("Age group", "الفئة العمرية"),
                bands=(
                    sp.Band(code="young", label=text("Under 40", "أقل من 40"), maximum=39),
                    sp.Band(code="old", label=text("40 and over", "40 فأكثر"), minimum=40),
                ),
            ),
            sp.Boxes(name="useful_boxes", of="gov_useful", top=1, bottom=1),
        ),
    )


def answers(seed: int = 1, shift: float = 0.0) -> pd.DataFrame:
    """Return answers in which women agree more, and are online later."""
    random = np.random.default_rng(seed)
    sex = random.choice(["m", "f"], SIZE)
    lean = (sex == "f") * 0.25 + shift

    def scale() -> np.ndarray:
        place = np.clip((random.random(SIZE) + lean) * 3.6, 0, 3.99).astype(int)
        return np.where(random.random(SIZE) < 0.05, "dk", np.array(POINTS)[place])

    minutes = (1200 + random.normal(0, 90, SIZE) + 60 * (sex == "f")).astype(int) % 1440
    return pd.DataFrame(
        {
            "sex": sex,
            "area": random.choice(["north", "south", "east"], SIZE, p=[0.5, 0.46, 0.04]),
            "trust": scale(),
            "apps": [
                " ".join(one for one in "abc" if random.random() < 0.4 + more / 2) or "none"
                for more in lean
            ],
            "gov_useful": scale(),
            "gov_clear": scale(),
            "age": random.integers(18, 80, SIZE),
            "online": [f"{one // 60:02}:{one % 60:02}" for one in minutes],
            "weight": random.lognormal(0, 0.3, SIZE),
        }
    )


def estimated(frame: pd.DataFrame, asked: sp.Questionnaire | None = None) -> sp.Estimates:
    """Return every indicator by everything, compared within each breakdown."""
    design = sp.SampleDesign(weight="weight")
    responses = sp.bind(frame, asked or questionnaire(), design)
    return sp.compare(sp.estimate(responses, INDICATORS, by=BREAKDOWNS))


@cache
def everything() -> sp.Estimates:
    return estimated(answers())


@cache
def released() -> sp.Release:
    return sp.release(everything(), sp.MinBase(30))


def stub(table: sp.BannerTable, language: str = "en") -> list[str]:
    """Return the first cells of a banner's rows, in words."""
    return [row[0] for row in printed(table.table(), language)]


def printed(table: Table, language: str = "en") -> list[list[str]]:
    """Return the rows of a block in words."""
    from socialpoll.report.language import Language
    from socialpoll.report.writing import figure_written, written

    def cell(one) -> str:
        if one is None:
            return ""
        spoken = Language(language)
        return figure_written(one, spoken) if hasattr(one, "unit") else written(one, spoken)

    return [[cell(one) for one in row.cells] for row in table.rows]


def words(phrases, language: str = "en") -> list[str]:
    from socialpoll.report.language import Language
    from socialpoll.report.writing import written

    return [written(one, Language(language)) for one in phrases]


def figures(table: sp.BannerTable) -> list[Figure]:
    return [
        one
        for row in table.layout.rows
        if row.role == "figure"
        for one in row.figures
        if one is not None
    ]
