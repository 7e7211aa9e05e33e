from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from lxml import etree

from socialpoll.drawing import draw
from socialpoll.drawing.pictures import PLOTS
from socialpoll.errors import UnknownNameError
from socialpoll.report import Chart, Point, Said, Series
from tests.exporters.made_report import ALT_AR, bars, dots, edition, share, stacked

mpl = pytest.importorskip("matplotlib")

ROOT = Path(__file__).parents[2]
KINDS = [bars, dots, stacked]
LANGUAGES = ["ar", "en"]
PAPER_WIDTH = 16.0
NOTHING = Said({"und": ""})


def pixels(picture) -> np.ndarray:
    """Return how dark each pixel is, from 0 (paper) to 1."""
    from matplotlib.image import imread

    return 1 - imread(BytesIO(picture.content), format="png")[:, :, :3].mean(axis=2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", KINDS)
def test_the_same_chart_is_the_same_bytes(made, language):
    first, second = (draw(made(), edition(language)) for _ in range(2))

    assert first.content == second.content
    assert first.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", KINDS)
def test_a_picture_is_as_wide_as_the_text_of_a_page_and_nothing_touches_its_edge(made, language):
    picture = draw(made(), edition(language))
    dark = pixels(picture)

    assert picture.width == PAPER_WIDTH
    assert dark.shape == pytest.approx(
        (picture.height / 2.54 * 200, PAPER_WIDTH / 2.54 * 200), abs=1
    )
    edges = (dark[:2], dark[-2:], dark[:, :2], dark[:, -2:])
    assert max(edge.max() for edge in edges) == 0


@pytest.mark.parametrize("made", KINDS)
def test_outlines_are_the_same_bytes_too_and_say_what_they_show(made):
    first, second = (draw(made(), edition("ar"), "svg") for _ in range(2))
    tree = etree.fromstring(first.content)
    said = [one.text for one in tree.iter() if one.text]

    assert first.content == second.content
    assert first.media_type == "image/svg+xml"
    assert first.alt in said
    assert tree.findall(".//{*}date") == []


def test_a_form_that_nobody_knows_is_refused():
    with pytest.raises(UnknownNameError, match="no such form") as caught:
        draw(bars(), edition("en"), "jpg")

    assert "png" in caught.value.allowed


def test_the_alternative_text_is_in_the_language_of_the_edition():
    assert draw(bars(), edition("ar")).alt == ALT_AR
    assert draw(bars(), edition("en")).alt.startswith("Bars:")


def test_a_script_that_runs_to_the_left_mirrors_the_bars():
    plain = replace(
        bars(), series=(Series(NOTHING, (Point(Said({"und": "1"}), share(0.5)),)),), title=NOTHING
    )

    columns = {
        language: np.argwhere((pixels(draw(plain, edition(language))) > 0.6).sum(axis=0) > 20)
        for language in LANGUAGES
    }

    middle = PAPER_WIDTH / 2.54 * 100
    assert columns["en"].min() < middle * 0.2
    assert columns["ar"].max() > middle * 1.8


def test_longer_words_make_a_taller_picture_and_are_not_cut():
    short = bars()
    wordy = replace(short, title=Said({"und": "many words " * 40}))

    assert draw(wordy, edition("en")).height > draw(short, edition("en")).height + 2


def test_an_empty_title_and_caption_take_no_room():
    bare = replace(bars(), title=NOTHING, caption=NOTHING)

    assert draw(bare, edition("en")).height < draw(bars(), edition("en")).height - 0.8


def test_dollar_signs_are_no_formulas():
    named = replace(bars(), title=Said({"und": "between $5 and $10_000"}))

    assert draw(named, edition("en")).content


def test_a_suppressed_point_has_neither_bar_nor_dot():
    hidden = Point(Said({"und": "a"}), share(0.5, "c"), 0.4, 0.6)
    gap = Point(Said({"und": "a"}), share(None, "c"))

    for kind in ("bars", "dots"):
        drawn = [
            draw(replace(bars(), kind=kind, series=(Series(NOTHING, (point,)),)), edition("en"))
            for point in (hidden, gap)
        ]
        assert drawn[0].content == drawn[1].content


def test_a_point_of_low_reliability_is_hollow():
    dark = {
        status: pixels(
            draw(
                replace(bars(), series=(Series(NOTHING, (Point(NOTHING, share(0.9, status)),)),)),
                edition("en"),
            )
        )
        for status in ("", "u")
    }

    assert dark["u"].sum() < 0.7 * dark[""].sum()


def test_bars_are_sorted_and_what_is_not_shown_comes_last():
    from socialpoll.drawing.bars import Bars
    from socialpoll.drawing.ruler import Ruler

    rows = Bars(bars(), Ruler(edition("en"))).rows
    shown = [row.point.figure.value for row in rows if row.point.figure.value is not None]

    assert shown == sorted(shown, reverse=True)
    assert rows[-1].point.figure.status == "c"


def test_a_stacked_bar_hangs_on_the_middle_of_the_scale():
    from socialpoll.drawing.ruler import Ruler
    from socialpoll.drawing.stacked import Stacked

    everybody, men, women = Stacked(stacked(), Ruler(edition("en"))).bars

    neutral = everybody.inside[2]
    assert neutral.start == pytest.approx(-neutral.end)
    assert everybody.inside[0].start == pytest.approx(-0.6)
    assert everybody.beside[0].start > max(bar.inside[-1].end for bar in (everybody, men))
    assert (women.inside, women.statuses) == ((), "[c]")


@pytest.mark.parametrize("kind", list(PLOTS))
def test_a_chart_without_points_is_a_picture_all_the_same(kind):
    empty = Chart(kind, "empty", NOTHING, (), Said({"und": "Base"}), NOTHING)

    assert draw(empty, edition("en")).content


def test_an_unknown_kind_of_chart_is_named_with_the_nearest_known():
    with pytest.raises(UnknownNameError, match="did you mean 'bars'"):
        draw(replace(bars(), kind="bar"), edition("en"))


def test_drawing_neither_reads_nor_changes_the_settings_of_others():
    expected = draw(bars(), edition("en")).content

    with mpl.rc_context({"font.size": 40, "lines.linewidth": 9, "text.color": "red"}):
        before = dict(mpl.rcParams)
        found = draw(bars(), edition("en")).content
        after = dict(mpl.rcParams)

    assert found == expected
    assert after == before


def test_drawing_leaves_pyplot_alone_and_is_not_loaded_before_it_is_used():
    code = (
        "import sys, socialpoll.drawing; early = 'matplotlib' in sys.modules;"
        "from tests.exporters.made_report import bars, edition;"
        "socialpoll.drawing.draw(bars(), edition('en'));"
        "print(early, 'matplotlib.pyplot' in sys.modules)"
    )

    process = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT
    )

    assert process.stdout.split() == [b"False", b"False"]
