"""A report made by hand, with everything in it that documents stumble over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from socialpoll.drawing import draw
from socialpoll.report import (
    Chart,
    Column,
    Edition,
    Figure,
    Interval,
    LifeCycle,
    Point,
    Publisher,
    Report,
    Row,
    Said,
    Section,
    Series,
    Table,
    Text,
)

AWKWARD = 'TikTok & <others> "so-called"'
AWKWARD_AR = 'تيك توك & <أخرى> "وغيرها"'
FORMULA = "=1+1"
LONG = (
    "A professional network such as LinkedIn, or any other site that was named by the respondent"
    " and could not be coded"
)
LONG_AR = "شبكة مهنية مثل لينكدإن أو أي موقع آخر ذكره المستجيب ولم يمكن ترميزه ضمن الخيارات السابقة"
ALT_AR = "رسم بياني: يستخدم 94% من المواطنين واتساب."
GOVERNORATES = [
    ("muscat", "Muscat", "مسقط"),
    ("dhofar", "Dhofar", "ظفار"),
    ("musandam", "Musandam", "مسندم"),
    ("buraymi", "Al Buraymi", "البريمي"),
    ("dakhiliyah", "Ad Dakhiliyah", "الداخلية"),
    ("batinah_n", "North Al Batinah", "شمال الباطنة"),
    ("batinah_s", "South Al Batinah", "جنوب الباطنة"),
    ("sharqiyah_s", "South Ash Sharqiyah", "جنوب الشرقية"),
    ("sharqiyah_n", "North Ash Sharqiyah", "شمال الشرقية"),
    ("dhahirah", "Adh Dhahirah", "الظاهرة"),
    ("wusta", "Al Wusta", "الوسطى"),
]
LOW, HIDDEN = "musandam", "wusta"
OPTIONS = [
    ("whatsapp", "WhatsApp", "واتساب", 0.94),
    ("youtube", "YouTube", "يوتيوب", 0.701),
    ("tiktok", AWKWARD, AWKWARD_AR, 0.345),
    ("other", LONG, LONG_AR, 0.12),
    ("formula", FORMULA, FORMULA, 0.05),
    ("nothing", "None of them", "لا شيء منها", 0.0),
    ("snapchat", "Snapchat", "سناب شات", None),
]
SCALE = [
    ("Strongly agree", "أوافق بشدة", 0.20),
    ("Agree", "أوافق", 0.30),
    ("Neither agree nor disagree", "محايد", 0.20),
    ("Disagree", "لا أوافق", 0.15),
    ("Strongly disagree", "لا أوافق بشدة", 0.10),
    ("Don't know", "لا أعرف", 0.05),
]


def said(en: str, ar: str) -> Said:
    return Said({"en": en, "ar": ar})


def share(value: float | None, status: str = "") -> Figure:
    return Figure(value, "percent", 1, status)


def status_of(code: str) -> str:
    return {LOW: "u", HIDDEN: "c"}.get(code, "")


def share_of(place: int, code: str) -> float | None:
    return None if code == HIDDEN else round(0.6 + 0.03 * place, 3)


def bars() -> Chart:
    points = tuple(
        Point(
            said(en, ar),
            share(value, "c" if value is None else "u" if code == "formula" else ""),
            None if not value else value - 0.02,
            None if not value else value + 0.02,
        )
        for code, en, ar, value in OPTIONS
    )
    return Chart(
        kind="bars",
        name="platforms",
        title=said("Platforms used by citizens aged 18 and over", "المنصات المستخدمة"),
        series=(Series(said("", ""), points),),
        caption=said("Base: 1,204 respondents.", "القاعدة: 1,204 من المستجيبين."),
        alt=said("Bars: 94% of citizens use WhatsApp.", ALT_AR),
    )


def dots() -> Chart:
    points = []
    for place, (code, en, ar) in enumerate(GOVERNORATES):
        value = share_of(place, code)
        limits = (None, None) if value is None else (value - 0.04, min(value + 0.04, 1.0))
        points.append(Point(said(en, ar), share(value, status_of(code)), *limits))
    sexes = (
        Point(said("Men", "الذكور"), share(0.72), 0.69, 0.75),
        Point(said("Women", "الإناث"), share(0.68), 0.64, 0.72),
    )
    return Chart(
        kind="dots",
        name="youtube-groups",
        title=said("Use of YouTube", "استخدام يوتيوب"),
        series=(
            Series(said("Sex", "الجنس"), sexes),
            Series(said("Governorate", "المحافظة"), tuple(points)),
        ),
        caption=said("Base: 1,204 respondents.", "القاعدة: 1,204 من المستجيبين."),
        alt=said("Dots: use of YouTube by group.", "نقاط: استخدام يوتيوب حسب الفئة."),
        reference=Point(said("Everybody", "الجميع"), share(0.7)),
    )


def stacked() -> Chart:
    groups = [("Everybody", "الجميع"), ("Men", "الذكور"), ("Women", "الإناث")]
    series = []
    for place, (en, ar, value) in enumerate(SCALE):
        points = tuple(
            Point(
                said(*group),
                share(None if at == 2 and place == 1 else value, "c" if at == 2 else ""),
                role="total" if at == 0 else "body",
            )
            for at, group in enumerate(groups)
        )
        series.append(Series(said(en, ar), points, outside=place == len(SCALE) - 1))
    return Chart(
        kind="stacked",
        name="trust",
        title=said("Trust in what is posted", "الثقة فيما يُنشر"),
        series=tuple(series),
        caption=said("Base: 1,204 respondents.", "القاعدة: 1,204 من المستجيبين."),
        alt=said("Stacked bars: half agree.", "أعمدة: نصف المستجيبين يوافقون."),
    )


def by_governorate() -> Table:
    rows = [
        Row(
            (
                said("All respondents", "جميع المستجيبين"),
                share(0.701),
                Interval(0.68, 0.72, "percent"),
                Figure(1204, "count"),
            ),
            "total",
        ),
        Row((said("Governorate", "المحافظة"),), "group"),
    ]
    for place, (code, en, ar) in enumerate(GOVERNORATES):
        value, status = share_of(place, code), status_of(code)
        low, high = (None, None) if value is None else (value - 0.04, min(value + 0.04, 1.0))
        base = Figure(None, "count", 0, "c") if value is None else Figure(60 + 40 * place, "count")
        interval = Interval(low, high, "percent", 1, status)
        rows.append(Row((said(en, ar), share(value, status), interval, base)))
    return Table(
        title=said("Use of YouTube by governorate", "استخدام يوتيوب حسب المحافظة"),
        columns=(
            Column("group", said("Group", "الفئة"), "label"),
            Column("share", said("Per cent", "النسبة")),
            Column("interval", said("Confidence interval", "فترة الثقة"), "interval"),
            Column("base", said("Base", "القاعدة")),
        ),
        rows=tuple(rows),
        notes=(said("[c] suppressed; [u] low reliability.", "[c] محجوب؛ [u] منخفض الموثوقية."),),
    )


def by_option() -> Table:
    return Table(
        title=said(f"Platforms: {AWKWARD}", f"المنصات: {AWKWARD_AR}"),
        columns=(
            Column("option", said("Platform", "المنصة"), "label"),
            Column("share", said("Per cent", "النسبة")),
        ),
        rows=tuple(
            Row((said(en, ar), share(value, "c" if value is None else "")))
            for _, en, ar, value in OPTIONS
        ),
    )


BANNER = [
    ("Sex", "الجنس", [("Men", "الذكور"), ("Women", "الإناث")]),
    ("Age group", "الفئة العمرية", [("18-29", "18-29"), ("30-44", "30-44"), ("45+", "45+")]),
    (
        "Education level",
        "المستوى التعليمي",
        [
            ("Below secondary", "أقل من الثانوي"),
            ("Secondary", "ثانوي"),
            ("Above secondary", "أعلى من الثانوي"),
        ],
    ),
    ("Governorate", "المحافظة", [(en, ar) for _, en, ar in GOVERNORATES]),
]


def banner_columns(groups: int) -> Iterator[Column]:
    yield Column("answer", said("Answer", "الإجابة"), "label")
    yield Column("total", said("Total", "الإجمالي"))
    for en, ar, members in BANNER[:groups]:
        for place, (own, own_ar) in enumerate(members):
            letter = chr(ord("A") + place)
            heading = said(f"{own} ({letter})", f"{own_ar} \u200e({letter})\u200e")
            yield Column(f"{en}.{own}", heading, "figure", said(en, ar))


def banner_table(groups: int = len(BANNER)) -> Table:
    columns = tuple(banner_columns(groups))
    rows = []
    for number, (_, en, ar, value) in enumerate(OPTIONS):
        cells = [
            Figure(None, "percent", 1, "c")
            if value is None
            else Figure(value, "percent", 1, "u" if place == 4 else "", "A B" if place == 3 else "")
            for place in range(1, len(columns))
        ]
        rows.append(Row((said(en, ar), *cells), "total" if number == 0 else "body"))
    means = [
        Figure(3.4, "decimal", 1, "", "B" if place == 2 else "") for place in range(1, len(columns))
    ]
    hours = [Row((said("Hours a day", "ساعات في اليوم"),), "group")]
    hours.append(Row((said("Mean", "المتوسط"), *means)))
    return Table(
        title=said("Platforms by everything", "المنصات حسب الجميع"),
        columns=columns,
        rows=(*rows, *hours),
        notes=(said("Letters: significantly higher.", "الأحرف: أعلى بدلالة إحصائية."),),
    )


def banner_section(*tables: Table) -> Section:
    return Section("banner", said("Tables", "الجداول"), tables or (banner_table(),))


def sections() -> tuple[Section, ...]:
    finding = said(
        f"WhatsApp leads with 94.0%; {AWKWARD} follows.",
        f"يتصدر واتساب (WhatsApp) بنسبة \u200e94.0%\u200e، يليه {AWKWARD_AR}.",
    )
    return (
        Section("publisher", said("Who we are", "من نحن"), (Text((said("We.", "نحن."),), "lead"),)),
        Section(
            "headlines", said("Key findings", "أبرز النتائج"), (Text((finding,), "bullet"),) * 3
        ),
        Section(
            "indicator",
            said("Platforms", "المنصات"),
            (Text((finding, said("YouTube follows.", "يليه يوتيوب."))), bars(), by_option()),
        ),
        Section("indicator", said("YouTube", "يوتيوب"), (dots(), by_governorate(), stacked())),
        Section(
            "methodology",
            said("Methodology", "المنهجية"),
            (
                Text((said("Telephone interviews.", "مقابلات هاتفية."),)),
                Text((said("Source: the poll.", "المصدر: الاستطلاع."),), "source"),
            ),
        ),
        Section("weather", said("A new role", "دور جديد"), (Text((said("Sunny.", "مشمس."),)),)),
    )


KEYS = ("wave", "indicator", "question", "item", "category", "statistic", "unit", "breakdown")


def row(domain: str, estimate: float | None, **more: str | float | None) -> dict[str, object]:
    codes = ("2019-03", "platforms", "platforms", "youtube", "_Z", "share", "share", "governorate")
    known = {} if estimate is None else {"se": 0.0123, "ci_low": estimate - 0.04, "base": "asked"}
    return {
        **dict(zip(KEYS, codes, strict=True)),
        "domain": domain,
        "estimate": estimate,
        **known,
        "n_answered": None if estimate is None else 123,
        "caveat": "" if estimate is not None else None,
        "flag": {LOW: "low reliability", HIDDEN: "suppressed"}.get(domain, ""),
        "obs_status": {LOW: "U", HIDDEN: "Q"}.get(domain, "A"),
        "conf_status": "C" if domain == HIDDEN else "F",
        **more,
    }


def figures() -> tuple[dict[str, object], ...]:
    groups = [row(code, share_of(place, code)) for place, (code, _, _) in enumerate(GOVERNORATES)]
    hours = row("_T", -1.5, breakdown="_T", item="_Z", statistic="mean", unit="hours")
    return (*groups, hours, row("male|18-29", 0.5, breakdown="sex|age", item=FORMULA))


LABELS = {
    "item:platforms": {
        "youtube": {"en": "YouTube", "ar": "يوتيوب"},
        FORMULA: {"en": FORMULA, "ar": "+صيغة"},
    },
    "domain:governorate": {code: {"en": en, "ar": ar} for code, en, ar in GOVERNORATES},
    "domain:sex|age": {"male|18-29": {"en": "Men, 18-29", "ar": "الذكور، 18-29"}},
}


def made_report() -> Report:
    return Report(
        name="social-media-2019",
        title={"en": 'Social media & "us"', "ar": 'وسائل التواصل الاجتماعي & "نحن"'},
        subtitle={"en": "Opinion poll, March 2019", "ar": "استطلاع رأي، مارس 2019"},
        languages=("ar", "en"),
        publisher=Publisher(
            name={"en": "Centre for Polls", "ar": "مركز الاستطلاعات"},
            contact="polls@example.org",
            website="https://example.org",
        ),
        life_cycle=LifeCycle(
            release_date=dt.date(2019, 4, 1),
            next_release=dt.date(2020, 4, 1),
            licence={"en": "CC BY 4.0", "ar": "المشاع الإبداعي"},
        ),
        sections=sections(),
        figures=figures(),
        labels=LABELS,
        synthetic=True,
    )


def edition(*languages: str, report: Report | None = None) -> Edition:
    return Edition(report or made_report(), languages or ("en",), artist=draw)


def without_charts() -> Report:
    kept = [
        replace(one, blocks=tuple(block for block in one.blocks if not isinstance(block, Chart)))
        for one in sections()
    ]
    return replace(made_report(), sections=tuple(kept))
