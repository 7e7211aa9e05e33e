from __future__ import annotations

from dataclasses import replace

import pytest
from pptx.oxml.ns import qn

from socialpoll.errors import ReportError
from socialpoll.exporters.native import Frame, NativeArtist, NativeChart
from socialpoll.report import Edition, Figure, Picture, Point, Series
from tests.drawing import made_charts
from tests.exporters.made_report import bars, made_report, said, stacked
from tests.exporters.native.drawn import all_of, drawn, read, sheet


def test_a_scale_is_stacked_with_a_colour_a_category_and_dont_know_at_its_end():
    chart = drawn(stacked())
    plot = read(chart).plots[0]
    colours = [one.format.fill.fore_color.rgb for one in plot.series]

    assert [one.name for one in plot.series][0::5] == ["Strongly agree", "Don't know"]
    assert [one.values[0] for one in plot.series] == [0.2, 0.3, 0.2, 0.15, 0.1, 0.05]
    assert [str(one) for one in colours[0::2]] == ["C4501B", "D9D9D9", "12436D"]
    assert str(colours[-1]) == "FFFFFF"
    assert read(chart).has_legend


def test_a_group_with_a_hidden_category_has_no_bar():
    plot = read(drawn(stacked())).plots[0]

    assert list(plot.categories)[2] == "Women [c]"
    assert {one.values[2] for one in plot.series} == {None}


def test_lines_over_waves_are_bold_where_the_change_was_tested_and_significant():
    native = drawn(made_charts.slope())
    plot = read(native).plots[0]
    widths = {
        int(point.find(qn("c:idx")).get("val")): point.find(f"{qn('c:spPr')}/{qn('a:ln')}")
        for point in plot.series[0]._element.findall(qn("c:dPt"))
    }
    shifts = [one.shift for one in made_charts.slope().series[0].points]

    assert shifts == [None, "alike", "higher"]
    assert [widths[place].get("w") for place in (1, 2)] == ["12700", "33020"]
    assert widths[0].find(qn("a:noFill")) is not None


def test_the_end_of_a_line_has_its_figure_and_its_name():
    texts = [one.text for one in all_of(drawn(made_charts.slope()), "a:t")]
    arabic = [one.text for one in all_of(drawn(made_charts.slope(), "ar"), "a:t")]

    assert "55.0% ▲ · Overall" in texts
    assert any(one.startswith("\u202b") and "الإجمالي" in one for one in arabic)


def test_figures_of_waves_are_those_of_the_release():
    native = drawn(made_charts.slope())
    released = [
        [None if one.figure.status == "c" else one.figure.value for one in series.points]
        for series in made_charts.slope().series
    ]

    assert [list(one.values) for one in read(native).plots[0].series] == released
    assert [
        list(column) for column in zip(*(row[1:] for row in sheet(native)[1:]), strict=True)
    ] == released


def clock():
    point = Point(said("One", "واحد"), Figure(1290.0, "clock"))
    return replace(bars(), kind="dots", unit="clock", series=(Series(said("", ""), (point,)),))


def without_points():
    return replace(bars(), series=())


OTHERS = (
    made_charts.heat,
    made_charts.tile_map,
    made_charts.multiples,
    made_charts.timeline,
    clock,
    without_points,
)


@pytest.mark.parametrize("make", OTHERS, ids=lambda one: one.__name__)
def test_what_office_has_no_kind_for_stays_a_picture(make):
    picture = Picture("p", b"png", "image/png", "alt", 16, 9)
    edition = Edition(
        made_report(), ("en",), artist=NativeArtist(Frame(width=9), lambda *_: picture)
    )

    assert edition.draw(make()) is picture


def test_without_who_draws_pictures_that_is_told():
    edition = Edition(made_report(), ("en",), artist=NativeArtist(Frame(width=9)))

    with pytest.raises(ReportError, match="there is nobody to draw charts") as caught:
        edition.draw(made_charts.heat())

    assert "charts" in caught.value.advice


def test_a_native_chart_stands_where_a_picture_does_with_its_sentence():
    native = drawn(bars(), "ar")

    assert isinstance(native, NativeChart)
    assert native.alt == "رسم بياني: يستخدم 94% من المواطنين واتساب."
    assert (native.width, native.height) == (30.0, 11.0)


def test_a_chart_is_as_high_as_its_rows_where_there_is_room():
    edition = Edition(made_report(), ("en",), artist=NativeArtist(Frame(width=16)))
    fewer = replace(bars(), series=(replace(bars().series[0], points=bars().series[0].points[:2]),))

    assert edition.draw(fewer).height < edition.draw(bars()).height < 6
