"""Breaks between waves are told to readers: under the tables and on the methodology card."""

from __future__ import annotations

import pytest

import socialpoll as sp
from tests.indicators.polls import bound
from tests.report.handmade import PUBLISHER, everything

REASON = {"en": "The answers were reworded.", "ar": "أعيدت صياغة الإجابات."}
WAVES = (("2019", 1), ("2020", 2), ("2021", 3))


def notes(language: str, *, breaks: bool = True) -> dict[str, int]:
    """Count everything that is said of comparability in the report of three waves."""
    declared = [sp.Break(question="trust", wave="2020", reason=REASON)] if breaks else []
    waves = {name: bound(seed, size=300) for name, seed in WAVES}
    stacked = sp.stack(waves, breaks=declared)
    estimates = sp.estimate(stacked, ["trust", "area"])
    report = sp.compose(
        sp.release(estimates), title="t", publisher=PUBLISHER, languages=(language,)
    )
    words = {"en": "waves before 2020", "ar": "التي سبقت 2020"}[language]
    said = [one for one in everything(report, language) if words in one]
    return {one: said.count(one) for one in said}


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Not comparable with the waves before 2020: The answers were reworded."),
        ("ar", "لا تصح المقارنة بالدورات التي سبقت 2020: أعيدت صياغة الإجابات."),
    ],
)
def test_a_break_is_told_under_the_tables_of_its_wave_and_the_later_ones(language, note):
    assert notes(language)[note] == 2


def test_a_break_is_a_limitation_of_the_poll():
    limits = "“trust” is not comparable with the waves before 2020: The answers were reworded."

    assert notes("en")[limits] == 1


def test_nothing_is_said_of_comparability_where_nothing_breaks():
    assert notes("en", breaks=False) == {}
