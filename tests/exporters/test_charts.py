from __future__ import annotations

from dataclasses import replace

import pytest

from socialpoll.errors import ReportError
from socialpoll.exporters.charts import ChartOptions, render
from socialpoll.report import Edition, Section
from tests.exporters.made_report import bars, edition, made_report, said


def test_every_chart_of_the_report_becomes_a_file_in_the_language_of_the_edition():
    documents = list(render(edition("ar")))

    assert [document.name for document in documents] == [
        "platforms-ar.png",
        "youtube-groups-ar.png",
        "trust-ar.png",
    ]
    assert all(document.content.startswith(b"\x89PNG") for document in documents)


def test_charts_of_one_name_are_numbered():
    twice = replace(
        made_report(), sections=(Section("indicator", said("a", "a"), (bars(), bars())),)
    )

    names = [document.name for document in render(edition("en", report=twice))]

    assert names == ["platforms-en.png", "platforms-2-en.png"]


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
