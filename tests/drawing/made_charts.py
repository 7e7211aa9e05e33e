"""Charts made by hand, of the kinds that a report of one question does not have."""

from __future__ import annotations

import datetime as dt

from socialpoll.report import Chart, Message, Point, Series, Shift, Span
from tests.exporters.made_report import GOVERNORATES, HIDDEN, said, share, share_of, status_of

CAPTION = said("Base: 1,204 respondents.", "القاعدة: 1,204 من المستجيبين.")
ALT = said("A chart.", "شكل بياني.")
BANDS = [
    ("00:00–06:00", "من 00:00 إلى 06:00"),
    ("06:00–12:00", "من 06:00 إلى 12:00"),
    ("12:00–16:00", "من 12:00 إلى 16:00"),
    ("16:00–20:00", "من 16:00 إلى 20:00"),
    ("20:00–24:00", "من 20:00 إلى 24:00"),
]
GROUPS = [("Overall", "الإجمالي"), ("Males", "الذكور"), ("Females", "الإناث")]
TILES = {
    "musandam": (1, 0),
    "buraymi": (0, 1),
    "batinah_n": (1, 1),
    "dhahirah": (0, 2),
    "batinah_s": (1, 2),
    "muscat": (2, 2),
    "dakhiliyah": (1, 3),
    "sharqiyah_n": (2, 3),
    "sharqiyah_s": (3, 3),
    "wusta": (1, 4),
    "dhofar": (0, 5),
}
WAVES = [("spring 2019", "ربيع 2019"), ("spring 2021", "ربيع 2021"), ("spring 2023", "ربيع 2023")]
LINES: list[tuple[str, str, list[float | None], list[Shift | None]]] = [
    ("Overall", "الإجمالي", [0.42, 0.47, 0.55], [None, "alike", "higher"]),
    ("18–29", "من 18 إلى 29 سنة", [0.60, 0.61, 0.50], [None, "alike", "lower"]),
    ("30–49", "من 30 إلى 49 سنة", [0.41, 0.47, 0.54], [None, "untested", "broken"]),
    ("50 and over", "50 سنة فأكثر", [0.20, None, 0.31], [None, None, None]),
]
APPS = [("WhatsApp", "واتساب"), ("YouTube", "يوتيوب"), ("Instagram", "إنستغرام"), ("imo", "إيمو")]


def chart(kind, series, **more) -> Chart:
    return Chart(
        kind=kind,
        name=kind,
        title=said("Daily use of social media", "الاستخدام اليومي لوسائل التواصل الاجتماعي"),
        series=tuple(series),
        caption=CAPTION,
        alt=ALT,
        **more,
    )


def heat(bands: list[tuple[str, str]] | None = None) -> Chart:
    """Return a heat map; one figure is weak and one hidden."""
    series = []
    for place, band in enumerate(BANDS if bands is None else bands):
        points = []
        for row, group in enumerate(GROUPS):
            status = {(1, 0): "u", (2, 1): "c"}.get((row, place), "")
            value = None if status == "c" else round(0.03 + 0.02 * place**2 + 0.01 * row, 3)
            role = "total" if row == 0 else "body"
            points.append(Point(said(*group), share(value, status), role=role))
        series.append(Series(said(*band), tuple(points)))
    return chart("heat", series)


def tile_map() -> Chart:
    points = [
        Point(said(en, ar), share(share_of(place, code), status_of(code)), tile=TILES[code])
        for place, (code, en, ar) in enumerate(GOVERNORATES)
    ]
    overall = Point(Message("Overall"), share(0.7), role="total")
    series = [Series(said("Governorate", "المحافظة"), tuple(points))]
    return chart("map", series, reference=overall)


def slope(waves: int = 3) -> Chart:
    """Return lines with a change of every kind, the last with a gap."""
    series = []
    for place, (en, ar, values, changes) in enumerate(LINES):
        points = []
        for wave, (value, change) in enumerate(zip(values[:waves], changes, strict=False)):
            role = "total" if place == 0 else "body"
            figure = share(value, "c" if value is None else "")
            points.append(Point(said(*WAVES[wave]), figure, role=role, shift=change))
        series.append(Series(said(en, ar), tuple(points)))
    return chart("slope", series)


def multiples() -> Chart:
    """Return a panel for everybody and each governorate; one of them is hidden."""
    groups = [("_T", "Overall", "الإجمالي"), *GOVERNORATES]
    series = []
    for place, (code, en, ar) in enumerate(groups):
        points = []
        for row, app in enumerate(APPS):
            value = None if code == HIDDEN else round(0.9 - 0.2 * row - 0.01 * place * (row % 2), 3)
            figure = share(value, status_of(code))
            points.append(Point(said(*app), figure, role="total" if code == "_T" else "body"))
        series.append(Series(said(en, ar), tuple(points)))
    return chart("multiples", series)


def timeline() -> Chart:
    spans = (
        Span(
            said("Questionnaire", "إعداد الاستمارة"),
            dt.date(2019, 1, 6),
            dt.date(2019, 2, 14),
            "done",
        ),
        Span(Message("Fieldwork"), dt.date(2019, 3, 3), dt.date(2019, 3, 21), "done"),
        Span(Message("Release date"), dt.date(2019, 4, 28), None, "done"),
        Span(
            said("Round tables with ministries", "جلسات نقاش مع الوزارات"),
            dt.date(2019, 5, 5),
            dt.date(2019, 9, 30),
            "under way",
        ),
        Span(Message("Next release"), dt.date(2020, 4, 26)),
    )
    return chart("timeline", [], spans=spans)


ALL = (heat, tile_map, slope, multiples, timeline)
