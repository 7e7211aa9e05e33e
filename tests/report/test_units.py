from __future__ import annotations

import pytest

from socialpoll.report.blocks import Figure, Message, Said
from socialpoll.report.language import Language
from socialpoll.report.writing import figure_written, written

ARABIC, ENGLISH = Language("ar"), Language("en")
WAVES = {"earlier": Said({"und": "2019"}), "later": Said({"und": "2021"})}
TIMES = {"before": Figure(1165, "clock"), "after": Figure(1167, "clock")}


def later_by(minutes: float) -> Message:
    values = {**WAVES, **TIMES, "what": Message("the mean time")}
    return Message(
        "From {earlier} to {later}, {what} became later by {change}, from {before} to {after}, "
        "a statistically significant change.",
        {**values, "change": Figure(minutes, "minutes")},
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "مقداره دقيقة واحدة، من"),
        (2, "مقداره دقيقتان، من"),
        (3, "مقداره 3 دقائق، من"),
        (11, "مقداره 11 دقيقة، من"),
        (86, "مقداره 86 دقيقة، من"),
        (102, "مقداره 102 دقيقة، من"),
    ],
)
def test_what_something_amounts_to_is_in_the_nominative(minutes, words):
    assert words in written(later_by(minutes), ARABIC)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "أو أقل من دقيقة واحدة."),
        (2, "أو أقل من دقيقتين."),
        (2.5, "أو أقل من 2.5 دقيقة."),
        (3, "أو أقل من 3 دقائق."),
        (15, "أو أقل من 15 دقيقة."),
    ],
)
def test_what_stands_after_a_preposition_is_in_the_genitive(minutes, words):
    figure = Figure(minutes, "minutes", 1 if minutes % 1 else 0)
    key = "They took less than {share} of the median, or less than {minutes}."
    said = Message(key, {"share": Figure(0.3, "percent"), "minutes": figure})

    assert written(said, ARABIC).endswith(words)


@pytest.mark.parametrize(
    ("unit", "value", "stands_alone", "governed"),
    [
        ("hours", 2, "ساعتان", "ساعتين"),
        ("minutes", 2, "دقيقتان", "دقيقتين"),
        ("points", 0.02, "نقطتان مئويتان", "نقطتين مئويتين"),
    ],
)
def test_two_of_every_unit_is_written_by_its_place_in_the_sentence(
    unit, value, stands_alone, governed
):
    figure = Figure(value, unit)
    moved = Message(
        "{group} (from {before} to {after})",
        {"group": Said({"und": "أ"}), "before": figure, "after": figure},
    )
    placed = Message("{group} ({value})", {"group": Said({"und": "أ"}), "value": figure})
    told = Message("the median was {value}", {"value": figure})

    assert written(moved, ARABIC) == f"أ (من {governed} إلى {governed})"
    assert written(placed, ARABIC) == f"أ ({stands_alone})"
    assert written(told, ARABIC) == f"الوسيط بلغ {governed}"


@pytest.mark.parametrize("spec", ["", "words", "oblique"])
def test_digits_stay_where_there_are_decimals_or_a_sign_and_in_tables(spec):
    assert figure_written(Figure(2.0, "hours", 1), ARABIC, spec=spec) == "2.0 ساعة"
    assert figure_written(Figure(-2, "minutes"), ARABIC, spec=spec) == "\u200e-2 دقيقة"
    assert figure_written(Figure(2, "minutes"), ARABIC) == "2 دقيقة"


def test_a_figure_is_counted_as_it_is_printed():
    assert figure_written(Figure(1.6, "minutes"), ARABIC, spec="words") == "دقيقتان"
    assert figure_written(Figure(2, "minutes", 0, "u"), ARABIC, spec="words") == "دقيقتان [u]"


@pytest.mark.parametrize("minutes", [1, 2, 3])
def test_english_has_digits_in_every_place(minutes):
    words = "1 minute" if minutes == 1 else f"{minutes} minutes"

    specs = ("", "words", "oblique")
    figure = Figure(minutes, "minutes")
    assert [figure_written(figure, ENGLISH, spec=spec) for spec in specs] == [words] * 3
    assert f"became later by {words}, from" in written(later_by(minutes), ENGLISH)
