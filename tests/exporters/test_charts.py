from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.errors import OptionsError, ReportError
from socialpoll.exporters.charts import ChartOptions, render
from socialpoll.report import Chart, Edition, LifeCycle, Picture, Section
from tests.exporters.made_report import bars, edition, made_report, said, without_charts


def test_every_chart_of_the_report_becomes_a_file_in_the_language_of_the_edition():
    documents = list(render(edition("ar")))

    assert [document.name for document in documents] == [
        "platforms-ar.png",
        "youtube-groups-ar.png",
        "trust-ar.png",
    ]
    assert all(document.content.startswith(b"\x89PNG") for document in documents)


def test_a_picture_says_until_when_it_is_under_embargo():
    moment = dt.datetime(2026, 12, 24, 9, 30, tzinfo=dt.UTC)
    held_back = replace(made_report(), life_cycle=LifeCycle(embargo=moment))
    drawn: list[Chart] = []

    def note(chart, given, form):
        drawn.append(chart)
        return Picture(chart.name, b"", "", chart.alt, 0, 0)

    list(render(replace(edition("ar", report=held_back), artist=note)))

    captions = [edition("ar").text(chart.caption) for chart in drawn]
    assert captions
    assert all("محظور النشر حتى" in one for one in captions), captions


def test_charts_of_one_name_are_numbered():
    twice = replace(
        made_report(), sections=(Section("indicator", said("a", "a"), (bars(), bars())),)
    )

    names = [document.name for document in render(edition("en", report=twice))]

    assert names == ["platforms-en.png", "platforms-2-en.png"]


@pytest.mark.parametrize(
    ("formats", "endings"),
    [(("svg",), ["svg"]), (("png", "svg"), ["png", "svg"]), (("png", "png"), ["png"])],
)
def test_formats_can_be_chosen(formats, endings):
    documents = list(render(edition("en"), ChartOptions(formats=formats)))

    assert [one.name.rpartition(".")[2] for one in documents] == endings * 3
    assert {one.media_type for one in documents} == {
        {"png": "image/png", "svg": "image/svg+xml"}[one] for one in endings
    }


@pytest.mark.parametrize(("written", "count"), [("svg", 3), ("png, svg", 6), (["svg"], 3)])
def test_formats_may_be_written_as_words(written, count):
    report = made_report()

    assert len(sp.render(report, "chart", languages="en", formats=written)) == count


@pytest.mark.parametrize("written", ["jpg", [], "png,gif"])
def test_formats_that_there_are_not_are_refused(written):
    with pytest.raises(OptionsError) as caught:
        sp.render(made_report(), "chart", formats=written)

    assert "option 'formats'" in caught.value.problem.where


@pytest.mark.parametrize("formats", [("png",), ("svg",)])
def test_the_sheet_of_all_charts_is_one_more_picture(formats):
    *charts, sheet = render(edition("ar"), ChartOptions(formats=formats, sheet=True))

    assert len(charts) == 3
    assert sheet.name == "charts-ar.png"
    assert sheet.content.startswith(b"\x89PNG")


def test_a_report_without_charts_has_no_sheet():
    here = edition("en", report=without_charts())

    assert list(render(here, ChartOptions(sheet=True))) == []


def test_digits_can_be_chosen():
    latin, arabic = (
        [one.content for one in render(edition("ar"), ChartOptions(digits=digits))]
        for digits in ("latn", "arab")
    )

    assert latin != arabic
    assert latin == [one.content for one in render(edition("ar"))]


def test_where_nobody_can_draw_the_report_says_so():
    with pytest.raises(ReportError):
        list(render(Edition(made_report(), ("en",))))
