"""A studio draws each plot once, and nobody can tell from the picture."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from socialpoll.drawing import Studio, draw
from socialpoll.drawing.pictures import NOTHING, PLOTS, sheet_of
from socialpoll.report import HouseStyle
from tests.drawing.made_charts import ALL
from tests.exporters.made_report import bars, dots, edition, share, stacked

KINDS = [bars, dots, stacked, *ALL]


def bare(chart):
    return replace(chart, title=NOTHING, caption=NOTHING)


@pytest.fixture
def laid(monkeypatch) -> list[str]:
    """Return the names of the charts whose plots were laid out."""
    found = []
    usual = PLOTS["bars"]

    def counting(chart, ruler):
        found.append(chart.name)
        return usual(chart, ruler)

    monkeypatch.setitem(PLOTS, "bars", counting)
    return found


@pytest.mark.parametrize("first", [bare, lambda chart: chart], ids=["bare first", "whole first"])
def test_a_picture_is_the_same_whatever_was_drawn_before(first):
    studio = Studio()
    studio(first(bars()), edition("ar"))

    for chart in (bars(), bare(bars())):
        assert studio(chart, edition("ar")) == draw(chart, edition("ar"))


def test_the_plot_of_a_chart_with_and_without_its_title_is_laid_out_once(laid):
    studio = Studio()
    for chart in (bare(bars()), bars(), replace(bars(), name="other")):
        studio(chart, edition("en"))

    assert laid == ["platforms"]


def test_other_figures_languages_digits_and_colours_are_other_plots(laid):
    studio = Studio()
    points = bars().series[0].points
    other = replace(points[0], figure=share(0.123))
    changed = replace(bars(), series=(replace(bars().series[0], points=(other, *points[1:])),))
    here = edition("ar")
    purple = replace(here.report, style=HouseStyle(primary="#5B2A86"))
    for chart, place in (
        (bars(), here),
        (changed, here),
        (bars(), edition("en")),
        (bars(), replace(here, digits="arab")),
        (bars(), replace(here, report=purple)),
    ):
        studio(chart, place)

    assert len(laid) == 5


@pytest.mark.parametrize("made", KINDS)
def test_parts_put_together_are_the_sheet_that_is_drawn_at_once(made):
    together = np.asarray(Image.open(BytesIO(draw(made(), edition("ar")).content)))
    at_once = sheet_of(made(), edition("ar")).raster().dots

    assert together.shape == at_once.shape
    # Lines may fall on the next row of dots; of 255, for words in other places it would be 10.
    assert np.abs(together.astype(int) - at_once).mean() < 1
