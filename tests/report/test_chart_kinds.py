"""Which charts an indicator has by itself, which it can have, and what is refused."""

from __future__ import annotations

import re

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import Chart, report_from_json, report_to_json
from tests.report.handmade import (
    AREAS,
    PUBLISHER,
    TITLE,
    released,
    row,
    section,
    yes_no,
)

APPS = {"whatsapp": 0.93, "youtube": 0.71, "imo": 0.22}
BANDS = {"00": 0.1, "06": 0.2, "12": 0.4, "18": 0.3}
TILES = [["", "musandam"], ["buraimi", "muscat"], ["dakhiliyah", "wusta"], ["dhofar"]]
HIDDEN_AREA = "wusta"


def report(rows, comparisons=(), *, charts: sp.Charts | None = None, **changes) -> sp.Report:
    release = released(rows, comparisons, **changes)
    return sp.compose(release, title=TITLE, publisher=PUBLISHER, charts=charts)


def charts_in(made: sp.Report, indicator: str) -> list[Chart]:
    blocks = section(made, "indicator", indicator).blocks
    return [one for one in blocks if isinstance(one, Chart)]


def asked(rows, kind, **more) -> list[Chart]:
    indicator = rows[0]["indicator"]
    return charts_in(report(rows, charts=sp.Charts(kinds={indicator: kind}, **more)), indicator)


def apps(**keys) -> list[dict]:
    return [row("apps", share, item=code, **keys) for code, share in APPS.items()]


def bands(**keys) -> list[dict]:
    return [row("busiest", share, category=code, **keys) for code, share in BANDS.items()]


def by_area() -> list[dict]:
    rows = yes_no(0.94)
    for place, area in enumerate(AREAS):
        status = "suppressed" if area == HIDDEN_AREA else "usual"
        share = round(0.9 - place / 50, 3)
        rows += yes_no(share, breakdown="area", domain=area, status=status)
    return rows


def test_bands_of_the_clock_by_group_are_a_heat_map():
    rows = [*bands(), *bands(breakdown="sex", domain="male")]
    everybody, groups = charts_in(report(rows), "busiest")

    assert (everybody.kind, groups.kind, groups.name) == ("dots", "heat", "busiest-sex")
    assert len(groups.series) == len(BANDS)
    assert [len(series.points) for series in groups.series] == [2] * len(BANDS)


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [("bars", ["bars"]), ("none", []), (("heat", "bars"), ["heat", "bars"]), ("dots", ["dots"])],
)
def test_a_chart_that_is_asked_for_takes_the_place_of_the_usual_ones(kind, kinds):
    rows = [*apps(), *apps(breakdown="sex", domain="male")]

    assert [chart.kind for chart in asked(rows, kind)] == kinds


def test_small_charts_have_a_panel_for_everybody_and_each_group():
    rows = apps() + [one for area in AREAS for one in apps(breakdown="area", domain=area)]
    (chart,) = asked(rows, "multiples")

    assert [len(series.points) for series in chart.series] == [3] * (1 + len(AREAS))
    assert {point.role for point in chart.series[0].points} == {"total"}
    assert chart.name == "apps-area-multiples"


def test_a_map_has_a_tile_for_each_group_and_a_hidden_one_has_no_figure():
    (chart,) = asked(by_area(), "map", maps={"area": TILES})
    points = chart.series[0].points
    places = {point.tile for point in points}

    assert len(places) == len(AREAS)
    assert (1, 2) in places
    assert [point.figure.status for point in points if point.figure.value is None] == ["c"]
    assert chart.reference.figure.value == 0.94


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", ["dots", "heat", "multiples", "map"])
def test_the_sentence_that_replaces_a_chart_holds_every_figure_shown_and_no_other(kind, language):
    made = report(by_area(), charts=sp.Charts(kinds={"account": kind}, maps={"area": TILES}))
    (chart,) = charts_in(made, "account")
    edition = sp.Edition(made, (language,))
    text = edition.text(chart.alt)
    points = [point for series in chart.series for point in series.points]
    told = {edition.number(one.figure).strip("\u200e%") for one in points}
    shown = told - {"[c]"}
    references = [] if chart.reference is None else [chart.reference]
    others = {edition.number(one.figure).strip("\u200e%") for one in references}
    percentages = set(re.findall(r"([0-9.]+)\u200e?(?:%| بالمائة)", text))

    assert shown <= percentages <= shown | others
    assert ("[c]" in text) == ("[c]" in told)
    assert ". " not in text


def test_charts_that_an_indicator_cannot_have_are_refused_with_those_it_can():
    with pytest.raises(ReportError, match="'account' cannot be drawn") as caught:
        asked(by_area(), "map")

    assert caught.value.where == "Charts.kinds['account']"
    assert caught.value.allowed == "'bars', 'dots', 'heat', 'multiples', 'none'"
    assert "'area'" in caught.value.advice
    with pytest.raises(ReportError, match="cannot be drawn"):
        asked(yes_no(0.9), "slope")


def test_a_total_can_have_no_chart_at_all():
    rows = [row("account", 9.0, category="yes", statistic="total", unit="persons", half=1)]

    assert asked(rows, "none") == []
    with pytest.raises(ReportError) as caught:
        asked(rows, "bars")
    assert caught.value.allowed == "'none'"


def test_a_profile_can_be_a_heat_map():
    keys = {"question": "age_group", "breakdown": "apps", "category": "18-29"}
    rows = [row("ages", share, domain=app, **keys) for app, share in APPS.items()]
    (chart,) = asked(rows, "heat")

    assert [point.figure.value for point in chart.series[0].points] == list(APPS.values())


@pytest.mark.parametrize(
    ("charts", "where"),
    [
        ({"kinds": {"account": "pie"}}, "Charts.kinds['account']"),
        ({"kinds": {"account": ("none", "bars")}}, "Charts.kinds['account']"),
        ({"kinds": {"account": ()}}, "Charts.kinds['account']"),
        ({"maps": {"area": [["a", "b"], ["a"]]}}, "Charts.maps['area']"),
        ({"maps": {"area": [[""]]}}, "Charts.maps['area']"),
    ],
)
def test_what_is_declared_of_charts_is_checked_at_once(charts, where):
    with pytest.raises(ReportError) as caught:
        sp.Charts(**charts)

    assert caught.value.where == where


def test_charts_are_for_indicators_of_the_release_only():
    with pytest.raises(ReportError, match="no such indicator"):
        report(yes_no(0.9), charts=sp.Charts(kinds={"acount": "bars"}))


def test_a_group_without_a_tile_is_named():
    with pytest.raises(ReportError, match="no tile") as caught:
        asked(by_area(), "map", maps={"area": TILES[:-1]})

    assert caught.value.found == "'dhofar'"


def test_codes_of_tiles_may_be_numbers():
    assert sp.Charts(maps={"area": [[1, ""], [2, 3]]}).place("area", "3") == (1, 1)


def test_a_report_with_a_map_is_the_same_after_json():
    made = report(by_area(), charts=sp.Charts(kinds={"account": "map"}, maps={"area": TILES}))

    assert report_from_json(report_to_json(made)) == made
