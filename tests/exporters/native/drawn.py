"""Native charts as python-pptx and openpyxl read them back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
from pptx.chart.chart import Chart as ReadChart
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from socialpoll.exporters.native import Frame, NativeArtist, NativeChart
from socialpoll.report import Chart, Edition
from tests.exporters.made_report import made_report

FRAME = Frame(width=30.0, height=11.0, size=14.0)


def drawn(chart: Chart, language: str = "en", digits: str = "latn") -> NativeChart:
    edition = Edition(made_report(), (language,), digits, NativeArtist(FRAME))
    return edition.draw(chart)


def read(native: NativeChart) -> ReadChart:
    return ReadChart(parse_xml(native.content), None)


def sheet(native: NativeChart) -> list[list[object]]:
    book = openpyxl.load_workbook(BytesIO(native.workbook))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def rows(native: NativeChart) -> dict[str, float | None]:
    """Return label to value of the first series."""
    plot = read(native).plots[0]
    return dict(zip(plot.categories, plot.series[0].values, strict=True))


def all_of(native: NativeChart, name: str) -> list:
    return list(parse_xml(native.content).iter(qn(name)))


def with_value(chart: Chart, place: int, value: float, **more) -> Chart:
    """Return a chart of one series with the figure of one point changed."""
    (series,) = chart.series
    points = list(series.points)
    figure = replace(points[place].figure, value=value, **more)
    points[place] = replace(points[place], figure=figure)
    return replace(chart, series=(replace(series, points=tuple(points)),))
