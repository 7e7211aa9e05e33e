"""What all kinds of charts have in common, read from the drawn figures."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st
from matplotlib.colors import to_hex

from socialpoll.drawing.pictures import sheet_of
from socialpoll.drawing.sheet import WIDTH
from socialpoll.report import Edition, HouseStyle
from tests.drawing.figures import Drawn, outside, overlaps, plain
from tests.drawing.made_charts import ALL, heat, multiples, slope, tile_map, timeline
from tests.exporters.made_report import LONG, bars, dots, edition, said, share, stacked

KINDS = [bars, dots, stacked, *ALL]
LANGUAGES = ["ar", "en"]
PERCENTAGE = re.compile(r"\d[\d.]*%(?: \[[a-z]\])?|\[[a-z]\]")


def numbers(chart, here: Edition) -> set[str]:
    points = [point for series in chart.series for point in series.points]
    return {plain(here.number(one.figure)) for one in points}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", KINDS)
def test_no_words_are_cut_or_lie_on_others(made, language):
    drawn = Drawn(made(), language)
    words = drawn.words

    assert [one.text for one in words if outside(one, drawn.sheet.height)] == []
    assert [(a.text, b.text) for a, b in combinations(words, 2) if overlaps(a, b)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", KINDS)
def test_long_words_are_broken_into_lines_in_their_own_place(made, language):
    drawn = Drawn(wordy(made()), language)
    words = drawn.words

    assert [one.text for one in words if outside(one, drawn.sheet.height)] == []
    assert [(a.text, b.text) for a, b in combinations(words, 2) if overlaps(a, b)] == []


def wordy(chart):
    """Return a chart whose labels are all long, and still differ."""

    def long(label, place):
        return said(*(f"{edition(tag).text(label)} {place} {LONG}" for tag in ("en", "ar")))

    series = [
        replace(
            one,
            label=long(one.label, "") if one.label.words["en"] else one.label,
            points=tuple(replace(point, label=long(point.label, "")) for point in one.points),
        )
        for one in chart.series
    ]
    spans = [replace(one, label=long(one.label, "")) for one in chart.spans]
    return replace(chart, series=tuple(series), spans=tuple(spans))


def test_a_map_of_many_columns_has_smaller_figures():
    points = [
        replace(one, tile=(place, 0)) for place, one in enumerate(tile_map().series[0].points)
    ]
    wide = replace(tile_map(), series=(replace(tile_map().series[0], points=tuple(points)),))
    words = Drawn(wide, "ar").words

    assert [(a.text, b.text) for a, b in combinations(words, 2) if overlaps(a, b)] == []


@pytest.mark.parametrize("made", KINDS)
def test_the_mirrored_chart_has_the_same_figures(made):
    found = [sorted(PERCENTAGE.findall(" ".join(Drawn(made(), one).said))) for one in LANGUAGES]

    assert found[0] == found[1]


@settings(max_examples=8, deadline=None)
@given(
    st.sampled_from([bars, dots, heat, multiples, tile_map]),
    st.lists(st.tuples(st.integers(0, 1000), st.sampled_from(["", "", "u", "c"])), min_size=60),
)
def test_whatever_is_drawn_the_mirrored_chart_shows_it_and_nothing_hidden(made, values):
    chart = with_values(made(), values)
    hidden = {f"{value / 10:.1f}%" for value, status in values if status == "c"}
    shown = {f"{value / 10:.1f}%" for value, status in values if status != "c"}
    if chart.reference is not None:
        shown.add(plain(edition("en").number(chart.reference.figure)))
    english, arabic = (
        sorted(PERCENTAGE.findall(" ".join(Drawn(chart, one).said))) for one in LANGUAGES
    )

    assert english == arabic
    assert not (hidden - shown) & {one.split()[0] for one in english}


def with_values(chart, values):
    """Return a chart with other figures; a hidden one keeps its value, which nobody may see."""
    given = iter(values * 3)
    series = []
    for one in chart.series:
        points = []
        for point in one.points:
            value, status = next(given)
            points.append(replace(point, figure=share(value / 1000, status), low=None, high=None))
        series.append(replace(one, points=tuple(points)))
    return replace(chart, series=tuple(series))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [bars, dots, heat, multiples, tile_map])
def test_every_figure_stands_in_the_picture_and_no_other(made, language):
    chart, here = made(), edition(language)
    said = {one for text in Drawn(chart, language).said for one in PERCENTAGE.findall(text)}
    overall = set() if chart.reference is None else {plain(here.number(chart.reference.figure))}
    # Axes name whole percentages, the caption explains the shorthand.
    figures = {one for one in said if "." in one}

    assert numbers(chart, here) <= said
    assert figures == {one for one in numbers(chart, here) | overall if "." in one}


@pytest.mark.parametrize("made", KINDS)
def test_arabic_digits_are_in_all_numbers_where_they_are_asked_for(made):

    sheet = sheet_of(made(), replace(edition("ar"), digits="arab"))
    texts = " ".join(text.get_text() for text in sheet.figure.texts)
    written = re.findall(r"[0-9]", texts.replace("1,204", ""))
    labels = re.findall(r"[0-9]", " ".join(_labels(made())))

    assert len(written) <= len(labels)
    assert re.search("[٠-٩]", texts)


def _labels(chart) -> list[str]:
    words = [series.label for series in chart.series for _ in series.points]
    words += [point.label for series in chart.series for point in series.points]
    return [edition("ar").text(one) for one in words]


def test_a_heat_map_shows_shades_for_figures_and_none_for_what_is_hidden():
    boxes = Drawn(heat(), "en").boxes
    white = [one for one in boxes if one.get_facecolor()[:3] == (1, 1, 1)]
    dashed = [one for one in boxes if one.get_linestyle() not in ("solid", "-")]

    assert (len(white), len(dashed)) == (1, 1)


def test_bands_run_the_way_of_the_script():
    english, arabic = (Drawn(heat(), one) for one in ("en", "ar"))

    assert english.place("00:00–06:00").left < english.place("20:00–24:00").left
    assert arabic.place("الإجمالي").right > max(one.right for one in arabic.words) - 0.1
    assert arabic.place("3.0%").left > arabic.place("35.0%").left


def test_the_bar_of_shades_stands_at_the_far_edge():
    english, arabic = (Drawn(heat(), one) for one in ("en", "ar"))

    assert english.place("40%").left > WIDTH * 0.9
    assert arabic.place("40%").right < WIDTH * 0.1


def test_many_bands_and_few_groups_change_places():
    hours = heat([(f"{hour}:00", f"{hour}:00") for hour in range(24)])
    drawn = Drawn(hours, "en")

    assert drawn.place("0:00").low > drawn.place("23:00").low
    assert drawn.place("Males").low == pytest.approx(drawn.place("Females").low, abs=0.02)


def test_columns_that_do_not_fit_stand_below_the_others():

    hours = heat([(f"{hour}:00", f"{hour}:00") for hour in range(24)])
    group = hours.series[0].points[0]
    many = tuple(replace(group, label=said(f"Group {n}", f"مجموعة {n}")) for n in range(30))
    drawn = Drawn(
        replace(hours, series=tuple(replace(one, points=many) for one in hours.series)), "en"
    )

    assert drawn.place("0:00").low > drawn.place("23:00").low + 2
    assert all(not outside(one, drawn.sheet.height) for one in drawn.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_west_is_left_on_a_map_whatever_the_script(language):
    drawn = Drawn(tile_map(), language)
    names = {"en": ("Adh Dhahirah", "Muscat"), "ar": ("الظاهرة", "مسقط")}[language]
    west, east = (drawn.place(one) for one in names)

    assert west.right < east.left
    assert west.low == pytest.approx(east.low, abs=0.02)


def test_the_north_of_a_map_is_above_its_south():
    drawn = Drawn(tile_map(), "en")

    assert drawn.place("Musandam").low > drawn.place("Muscat").low > drawn.place("Dhofar").low


def test_lines_of_a_slope_tell_what_is_known_of_a_change():
    drawn = Drawn(slope(), "en")
    bold = [one for one in drawn.lines if one.get_linewidth() == 2.6]
    dotted = [one for one in drawn.lines if one.get_linestyle() == "--"]
    shapes = [one.get_marker() for one in drawn.marks]

    assert len(bold) == 2
    assert len(dotted) == 1
    assert (shapes.count("^"), shapes.count("v")) == (1, 1)
    assert shapes.count("D") == 3


def test_a_slope_has_no_mark_where_a_figure_is_hidden():
    drawn = Drawn(slope(), "en")
    points = [point for series in slope().series for point in series.points]
    shown = [point for point in points if point.figure.value is not None]

    assert len([one for one in drawn.marks if one.get_marker() in "oD"]) == len(shown)
    assert "[c]" in drawn.said


def test_time_runs_the_way_of_the_script():
    english, arabic = (Drawn(slope(), one) for one in ("en", "ar"))

    assert english.place("spring 2019").left < english.place("spring 2023").left
    assert arabic.place("ربيع 2019").left > arabic.place("ربيع 2023").left


def test_small_charts_have_one_scale_and_one_order():
    drawn = Drawn(multiples(), "en")
    height = drawn.boxes[0].get_height()
    bars_there = [one for one in drawn.boxes if one.get_height() == pytest.approx(height)]
    longest = sorted({round(one.get_width(), 4) for one in bars_there}, reverse=True)

    assert len(bars_there) == 4 * 11
    assert longest[0] / longest[-1] == pytest.approx(0.9 / 0.2, rel=0.01)
    assert drawn.said.index("WhatsApp") < drawn.said.index("imo")


def test_a_timeline_fills_what_is_done_and_half_of_what_is_under_way():
    drawn = Drawn(timeline(), "en")
    filled = [one for one in drawn.boxes if one.get_facecolor()[:3] != (1, 1, 1)]
    diamonds = [one.get_markerfacecolor() for one in drawn.marks]

    assert len(drawn.boxes) == 4
    assert len(filled) == 3
    assert diamonds == ["#12436D", "#FFFFFF"]
    assert {"Done", "Under way", "Planned"} <= set(drawn.said)


def test_a_timeline_is_mirrored_with_its_language():
    english, arabic = (
        [one.get_xdata()[0] for one in Drawn(timeline(), language).marks]
        for language in ("en", "ar")
    )

    assert english[0] < english[1]
    assert arabic[0] > arabic[1]


@pytest.mark.parametrize("made", [bars, dots, slope, multiples, timeline])
def test_marks_have_the_colour_of_the_house(made):
    purple = replace(edition("en").report, style=HouseStyle(primary="#5B2A86"))
    figure = sheet_of(made(), edition("en", report=purple)).figure
    colours = {to_hex(one.get_edgecolor()) for one in figure.artists if hasattr(one, "get_xy")}
    colours |= {one.get_markeredgecolor() for one in figure.artists if hasattr(one, "get_marker")}

    assert "#5b2a86" in {one.lower() for one in colours}
    assert "#12436d" not in {one.lower() for one in colours}


def test_a_name_that_begins_with_a_number_stays_behind_its_figure():
    texts = [one.get_text() for one in Drawn(slope(), "ar").figure.texts]
    (found,) = (one for one in texts if "فأكثر" in one)
    figure, name = found.split("·")

    assert "31.0" in figure
    assert name.lstrip().startswith("\u200f50")
    assert figure.endswith("\u200f")
