from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.report import Chart
from tests.report.handmade import composed, row, section, yes_no

MUSCAT = ("area", "muscat")
OF_MUSCAT = {"breakdown": "area", "domain": "muscat"}
ACCOUNT = [
    *yes_no(0.4),
    *yes_no(0.6, **OF_MUSCAT),
    *yes_no(0.3, breakdown="area", domain="dhofar"),
]
CROSSED = [
    *yes_no(0.7, breakdown="area|sex", domain="muscat|male"),
    *yes_no(0.5, breakdown="area|sex", domain="muscat|female"),
]
APPS = [
    row("apps", share, item=app, **place)
    for place in ({}, OF_MUSCAT)
    for app, share in (("whatsapp", 0.9), ("youtube", 0.7), ("x", 0.2))
]


def charts(rows, indicator="account", **changes) -> list[Chart]:
    report = composed(rows, group=MUSCAT, **changes)
    blocks = section(report, "indicator", indicator).blocks
    return [one for one in blocks if isinstance(one, Chart)]


def labels(chart: Chart) -> list[list[tuple[str, float | None]]]:
    edition = sp.Edition(composed(ACCOUNT), ("en",))
    return [
        [(edition.text(point.label), point.figure.value) for point in series.points]
        for series in chart.series
    ]


def alt(chart: Chart) -> str:
    return sp.Edition(composed(ACCOUNT), ("en",)).text(chart.alt)


def test_one_figure_is_a_dot_beside_that_of_everybody():
    (chart,) = charts(ACCOUNT)

    assert chart.kind == "dots"
    assert labels(chart) == [[("Muscat", 0.6)]]
    assert chart.reference.figure.value == 0.4
    assert alt(chart) == (
        "Dot chart, Has an account (Muscat): “Yes”: Overall 40.0%; Governorate: Muscat 60.0%."
    )


def test_many_answers_are_small_bars_of_everybody_and_the_group():
    (chart,) = charts(APPS, "apps")

    assert chart.kind == "multiples"
    assert [len(points) for points in labels(chart)] == [3, 3]
    assert "Overall: WhatsApp 90.0%" in alt(chart)
    assert "Muscat: WhatsApp 90.0%" in alt(chart)


def test_groups_within_the_group_stand_beside_the_group():
    _, within = charts([*ACCOUNT, *CROSSED])

    assert labels(within) == [[("Males", 0.7), ("Females", 0.5)]]
    assert within.reference.figure.value == 0.6
    assert alt(within).startswith(
        "Dot chart, Has an account (Muscat): “Yes”, by group: Muscat 60.0%; Sex: Males 70.0%"
    )


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("none", []),
        ("bars", ["multiples", "dots"]),
        (("bars", "multiples"), ["multiples", "dots"]),
        ("heat", ["heat", "dots"]),
        (("dots", "map"), ["dots", "dots"]),
    ],
)
def test_what_was_asked_for_is_drawn_as_far_as_it_can_show_a_group_beside_everybody(asked, kinds):
    tiles = {"area": [["muscat", "dhofar"]]}
    drawn = sp.Charts(kinds={"account": asked}, maps=tiles)

    assert [one.kind for one in charts([*ACCOUNT, *CROSSED], charts=drawn)] == kinds


def test_totals_are_not_drawn():
    rows = [
        row("age", total, statistic="total", unit="years", **place)
        for total, place in ((900, {}), (300, OF_MUSCAT))
    ]

    assert charts(rows, "age") == []


def test_lines_over_waves_are_of_the_group_and_everybody():
    rows = [
        one
        for wave, shares in (("2019", (0.4, 0.5)), ("2020", (0.45, 0.6)))
        for share, place in zip(shares, ({}, OF_MUSCAT), strict=True)
        for one in yes_no(share, wave=wave, **place)
    ]
    report = composed(rows, group=MUSCAT)
    drawn = [block for part in report.sections for block in part.blocks if isinstance(block, Chart)]

    (slope,) = [one for one in drawn if one.kind == "slope"]
    assert [[value for _, value in points] for points in labels(slope)] == [[0.4, 0.45], [0.5, 0.6]]
