from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from socialpoll.drawing import draw
from socialpoll.drawing.arcs import laid_out
from socialpoll.drawing.dots import Dots
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.scale import Scale, round_limits
from socialpoll.report import Chart, Figure, Point, Said, Series
from tests.exporters.made_report import edition

DAY = 1440
NOTHING = Said({"und": ""})
minutes = st.integers(0, DAY - 1)


def at(value: float | None, half: float = 20.0, status: str = "") -> Point:
    low, high = (None, None) if value is None else ((value - half) % DAY, (value + half) % DAY)
    return Point(Said({"und": "group"}), Figure(value, "clock", 0, status), low, high)


def drawn(*points: Point, reference: Point | None = None) -> Chart:
    return Chart(
        kind="dots",
        name="times",
        title=NOTHING,
        series=(Series(NOTHING, points),),
        caption=NOTHING,
        alt=NOTHING,
        unit="clock",
        reference=reference,
    )


def points_of(chart: Chart) -> list[Point]:
    return [point for series in chart.series for point in series.points]


def test_times_on_both_sides_of_midnight_lie_side_by_side():
    points = points_of(laid_out(drawn(at(1430), at(20), reference=at(5))))

    assert [(one.low, one.figure.value, one.high) for one in points] == [
        (-30, -10, 10),
        (0, 20, 40),
    ]


def test_the_first_shown_group_stands_for_everybody_where_there_is_no_other():
    chart = laid_out(drawn(at(None, status="x"), at(1400), at(30), reference=at(700, status="c")))

    assert [one.figure.value for one in points_of(chart)] == [None, -40, 30]


@given(st.lists(minutes, min_size=1, max_size=5), minutes, st.integers(1, 359))
def test_times_stay_the_times_that_they_are_and_stand_within_their_intervals(values, middle, half):
    chart = laid_out(drawn(*(at(one, half) for one in values), reference=at(middle, half)))
    everybody = chart.reference.figure.value
    for value, point in zip(values, points_of(chart), strict=True):
        moved = point.figure.value
        assert moved % DAY == value
        assert moved < DAY
        assert abs(moved - everybody) <= DAY / 2
        assert (moved - point.low, point.high - moved) == (half, half)
        assert edition("en").number(point.figure) == f"{value // 60:02}:{value % 60:02}"


@given(minutes, minutes)
def test_an_axis_of_times_names_few_times_that_a_clock_is_read_by(one, other):
    low, high = sorted((one, other))
    bottom, top, step = round_limits(low, high, "clock")

    assert bottom <= low <= high <= top
    assert DAY % step == 0
    assert bottom % step == 0
    assert len(Scale(bottom, top, step, 0.0, 1.0).ticks()) <= 7


def test_an_axis_of_times_does_not_begin_at_midnight_for_its_own_sake():
    pytest.importorskip("matplotlib")
    scale = Dots(drawn(at(600), at(1320), reference=at(900)), Ruler(edition("en"))).scale

    assert (scale.low % DAY, scale.high - scale.low, scale.step) == (540, 900, 180)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_picture_about_midnight_is_that_about_noon_with_other_words(language):
    pytest.importorskip("matplotlib")
    night, noon = (
        Dots(
            drawn(at((about - 20) % DAY), at(about + 30), reference=at(about)),
            Ruler(edition(language)),
        )
        for about in (0, 720)
    )

    assert night.height == noon.height
    assert night.scale.low % DAY == (noon.scale.low - DAY / 2) % DAY
    assert night.scale.high - night.scale.low == noon.scale.high - noon.scale.low == 120
    assert draw(night.chart, edition(language)).content.startswith(b"\x89PNG")
