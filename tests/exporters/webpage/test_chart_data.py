from __future__ import annotations

from dataclasses import replace

import pytest

from socialpoll.exporters.webpage.chart_data import data_of
from socialpoll.report import Figure, Interval
from tests.drawing.made_charts import heat, multiples, slope, tile_map, timeline
from tests.exporters.made_report import bars, dots, edition, stacked

EVERY = [bars, dots, stacked, heat, multiples, slope, tile_map]


def written(table) -> list[list[str]]:
    english = edition("en")
    head = [english.text(one.heading) for one in table.columns]
    rows = [
        [
            ""
            if one is None
            else english.number(one)
            if isinstance(one, Figure | Interval)
            else english.text(one)
            for one in row.cells
        ]
        for row in table.rows
    ]
    return [head, *rows]


@pytest.mark.parametrize("make", EVERY)
def test_every_figure_of_a_chart_is_in_its_data_once(make):
    chart = make()
    points = [point.figure for one in chart.series for point in one.points]
    points += [chart.reference.figure] if chart.reference is not None else []

    cells = [one for row in data_of(chart).rows for one in row.cells if isinstance(one, Figure)]

    key = repr
    assert sorted(cells, key=key) == sorted(points, key=key)
    assert data_of(chart).title == chart.title


@pytest.mark.parametrize("make", EVERY)
def test_every_row_has_as_many_cells_as_columns_or_is_a_heading(make):
    table = data_of(make())

    for row in table.rows:
        assert len(row.cells) == (1 if row.role == "group" else len(table.columns))


def test_groups_stand_beneath_each_other_and_the_categories_of_a_scale_beside():
    chart = stacked()
    head, *rows = written(data_of(chart))

    assert head == ["Group", *(edition("en").text(one.label) for one in chart.series)]
    assert [row[0] for row in rows] == [
        edition("en").text(one.label) for one in chart.series[0].points
    ]


def test_a_line_is_a_row_and_a_wave_a_column_without_a_word_in_the_corner():
    chart = slope(3)
    head, *rows = written(data_of(chart))

    assert head == ["", *(edition("en").text(one.label) for one in chart.series[0].points)]
    assert len(rows) == len(chart.series)


def test_series_of_other_points_are_listed_under_their_headings():
    chart = stacked()
    first, *others = chart.series
    uneven = replace(chart, series=(replace(first, points=first.points[:1]), *others))

    assert [row.role for row in data_of(uneven).rows].count("group") == len(chart.series)


def test_answers_and_groups_are_called_so():
    assert written(data_of(bars()))[0][:2] == ["Answer", "Estimate"]
    assert written(data_of(dots()))[0][0] == "Group"
    assert written(data_of(tile_map()))[0][0] == "Group"


def test_a_figure_that_is_not_shown_has_no_interval():
    chart = bars()
    hidden = [
        replace(point, figure=replace(point.figure, value=None, status="c"), low=0.1, high=0.2)
        for point in chart.series[0].points
    ]
    told = replace(chart, series=(replace(chart.series[0], points=tuple(hidden)),))

    rows = written(data_of(told))[1:]
    assert {tuple(row[1:]) for row in rows} == {("[c]", "")}


def test_the_days_of_a_timeline_are_its_data():
    head, *rows = written(data_of(timeline()))

    assert head == ["Phase", "Start", "End", "Status"]
    assert len(rows) == len(timeline().spans)
    assert all(all(row) for row in rows)
