"""A small poll that went down the whole road, for plugins to be tried on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.disclosure import MinBase, release
from socialpoll.indicators import Estimates, Mean, compare, estimate
from socialpoll.report import (
    Banner,
    Charts,
    LifeCycle,
    Publisher,
    Report,
    compose,
    report_from_json,
    report_to_json,
)
from socialpoll.responses import bind
from socialpoll.schema import Questionnaire
from socialpoll.testing.passages import UNKNOWN_ROLE, own_sections, section_in_role
from socialpoll.weighting import stack

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["sample_answers", "sample_estimates", "sample_questionnaire", "sample_report"]

FILE = Path(__file__).with_name("sample.toml")
WAVES = {
    "2018": {"en": "spring 2018", "ar": "ربيع 2018"},
    "2019": {"en": "spring 2019", "ar": "ربيع 2019"},
}
CASES = 120
AREAS = ["musandam"] * 8 + ["wusta"] * 20 + ["muscat"] * CASES
RULE = MinBase(10, flag_below=30)
"""Of the governorates, one is suppressed and one of low reliability in each wave."""
INDICATORS = ("account", "apps", "trust", "busiest", Mean("hours"))
CHARTS = Charts(
    kinds={
        "account": ("slope", "map"),
        "apps": ("bars", "multiples"),
        "trust": "stacked",
        "busiest": "heat",
        "hours": "dots",
    },
    maps={"area": [["", "musandam"], ["muscat", ""], ["wusta", ""]]},
)
PUBLISHER = Publisher(
    name={"en": "A centre", "ar": "مركز"},
    about={"en": "We ask and count.", "ar": "نسأل ونحصي."},
    contact="polls@example.org",
    website="https://example.org",
)
LIFE_CYCLE = LifeCycle(
    release_date=dt.date(2019, 4, 1),
    next_release=dt.date(2020, 4, 1),
    embargo=dt.datetime(2019, 4, 2, 9, tzinfo=dt.UTC),
    licence={"en": "CC BY 4.0", "ar": "المشاع الإبداعي"},
)


def sample_questionnaire() -> Questionnaire:
    """Return what was asked in the sample poll."""
    return Questionnaire.load(FILE)


def sample_answers(wave: int) -> pd.DataFrame:
    """Return the answers of a wave, from its number: a rule makes them, no chance."""
    import pandas as pd

    cases = range(CASES)
    return pd.DataFrame(
        {
            "area": AREAS[:CASES],
            "account": ["no" if case % (3 + wave) == 0 else "yes" for case in cases],
            "apps": [("whatsapp", "whatsapp youtube", "none")[case % 3] for case in cases],
            "trust": [("low", "middle", "high", "dk", "high")[case % 5] for case in cases],
            "hours": [0.5 * (case % 7) for case in cases],
            "busiest": [f"{9 + 5 * (case % 3):02}:00" for case in cases],
        }
    )


@cache
def sample_estimates() -> Estimates:
    """Return what was measured in both waves, for everybody and in groups, and compared."""
    asked = sample_questionnaire()
    waves = {name: bind(sample_answers(wave), asked) for wave, name in enumerate(WAVES)}
    measured = estimate(stack(waves, labels=WAVES), list(INDICATORS), by="area")
    return compare(compare(measured, ["area"]), against="previous")


def sample_report() -> Report:
    """Return a report with everything in it that an exporter may meet.

    It is made from the answers of a small poll of two waves, as every report is; the answers come
    from a rule, so the report is the same each time. In it are a section of every role and one of
    a role that no exporter knows (``"weather"``), blocks of every kind, charts of every kind,
    figures that are suppressed and figures of low reliability, words in Arabic and English, an
    embargo and the notice that the data are made up.

    Returns
    -------
    Report
        A new object at each call: nothing that happens to one is seen in the next.

    Examples
    --------
    >>> report = sample_report()
    >>> report.languages
    ('ar', 'en')
    >>> list(dict.fromkeys(section.role for section in report.sections))[-3:]
    ['methodology', 'instrument', 'weather']
    """
    return report_from_json(_as_json())


@cache
def _as_json() -> str:
    report = compose(
        release(sample_estimates(), RULE),
        name="sample",
        title={"en": "Media use in spring", "ar": "استخدام وسائل الإعلام في الربيع"},
        subtitle={"en": "Opinion poll", "ar": "استطلاع رأي"},
        publisher=PUBLISHER,
        life_cycle=LIFE_CYCLE,
        banners=[Banner(name="everything", columns=("area",))],
        charts=CHARTS,
        sections=own_sections(),
    )
    unknown = section_in_role(UNKNOWN_ROLE)
    return report_to_json(replace(report, sections=(*report.sections, unknown)))
