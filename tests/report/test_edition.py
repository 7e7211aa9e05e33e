from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import (
    Chart,
    Figure,
    Interval,
    Message,
    Picture,
    Said,
)

REPORT = sp.Report(
    name="r",
    title={"en": "T"},
    languages=("en", "ar"),
    publisher=sp.Publisher(name="P"),
    sections=(),
    labels={"domain:sex": {"male": {"en": "Males", "ar": "الذكور"}}},
)
MARK = "\u200e"


def edition(language: str = "en", **changes) -> sp.Edition:
    return sp.Edition(REPORT, (language,), **changes)


def test_an_edition_runs_the_way_of_its_leading_language():
    assert sp.Edition(REPORT, ("ar", "en")).direction == "rtl"
    assert sp.Edition(REPORT, ("en", "ar")).direction == "ltr"


def test_an_edition_of_no_language_is_refused():
    with pytest.raises(ReportError, match="at least one language"):
        sp.Edition(REPORT, ())


@pytest.mark.parametrize(
    ("figure", "en", "ar"),
    [
        (Figure(0.934, "percent", 1), "93.4%", f"93.4{MARK}%{MARK}"),
        (Figure(0.5, "percent"), "50%", f"50{MARK}%{MARK}"),
        (Figure(1234567.0, "count"), "1,234,567", "1,234,567"),
        (Figure(5.96, "decimal", 1), "6.0", "6.0"),
        (Figure(6.0, "hours", 1), "6.0 hours", "6.0 ساعات"),
        (Figure(1.0, "hours"), "1 hour", "1 ساعة"),
        (Figure(5.8, "hours", 1), "5.8 hours", "5.8 ساعة"),
        (Figure(45.0, "minutes"), "45 minutes", "45 دقيقة"),
        (Figure(0.06, "points"), "6 percentage points", "6 نقاط مئوية"),
        (Figure(0.01, "points"), "1 percentage point", "1 نقطة مئوية"),
        (Figure(0.0246, "points", 1), "2.5 percentage points", "2.5 نقطة مئوية"),
        (Figure(0.285, "points"), "29 percentage points", "29 نقطة مئوية"),
    ],
)
def test_figures_are_written_in_their_units(figure, en, ar):
    assert edition("en").number(figure) == en
    assert edition("ar").number(figure) == ar


@pytest.mark.parametrize(
    ("interval", "en", "ar"),
    [
        (Interval(0.919, 0.94, "percent"), "91.9 to 94.0", "من 91.9 إلى 94.0"),
        (Interval(5.8, 6.2, "hours"), "5.8 to 6.2", "من 5.8 إلى 6.2"),
        (Interval(1000.0, 2000.0, "count", 0), "1,000 to 2,000", "من 1,000 إلى 2,000"),
    ],
)
def test_the_limits_of_an_interval_are_numbers_alone_and_no_dash_parts_them(interval, en, ar):
    assert edition("en").number(interval) == en
    assert edition("ar").number(interval) == ar


def test_the_letters_of_a_banner_stand_between_a_figure_and_its_status():
    figure = Figure(0.5, "percent", 1, "u", letters="A C")
    assert edition().number(figure) == "50.0% A C [u]"
    assert edition().number(replace(figure, value=None, status="c")) == "[c]"


@pytest.mark.parametrize("status", ["u", "w", "r"])
def test_a_status_stands_behind_its_figure(status):
    figure = Figure(0.5, "percent", 1, status)

    assert edition().number(figure) == f"50.0% [{status}]"
    assert edition("ar").number(figure) == f"50.0{MARK}%{MARK} [{status}]"


@given(value=st.none() | st.floats(0, 1), language=st.sampled_from(["en", "ar"]))
def test_of_a_suppressed_figure_nothing_is_written_but_its_shorthand(value, language):
    figure = Figure(value, "percent", 1, "c")
    interval = Interval(value, value, "percent", 1, "c")

    assert edition(language).number(figure) == "[c]"
    assert edition(language).number(interval) == "[c]"


@pytest.mark.parametrize(("status", "shown"), [("", "[x]"), ("z", "[z]"), ("x", "[x]")])
def test_what_is_not_there_is_its_shorthand(status, shown):
    assert edition().number(Figure(None, "percent", 1, status)) == shown
    assert edition().number(Interval(None, None, "percent", 1, status)) == shown
    assert edition().number(Interval(0.1, None, "percent", 1, status)) == shown


def test_digits_can_be_switched():
    arabic = edition("ar", digits="arab")

    assert arabic.number(Figure(0.934, "percent", 1)) == "٩٣٫٤٪"
    assert arabic.number(Interval(0.919, 0.94, "percent")) == "من ٩١٫٩ إلى ٩٤٫٠"
    assert arabic.text(Message("Table {number}", {"number": 12})) == "جدول ١٢"
    assert arabic.number(Figure(0.934, "percent", 1), language="en") == "93.4%"


def test_words_that_a_person_wrote_are_said_in_the_language_or_in_the_nearest():
    phrase = Said({"en": "Sex", "ar": "النوع"})

    assert edition("en").text(phrase) == "Sex"
    assert edition("en").text(phrase, language="ar") == "النوع"
    assert edition("ar-OM").text(phrase) == "النوع"
    assert edition("ar").text(Said({"und": "Q7"})) == "Q7"


def test_messages_hold_values_of_every_kind():
    values = {
        "first": Message(
            "{share} “{category}”",
            {
                "share": Figure(0.38, "percent"),
                "category": Said({"en": "Yes", "ar": "نعم"}),
            },
        ),
        "second": Message(
            "From {start} to {end}",
            {
                "start": dt.date(2019, 3, 3),
                "end": dt.date(2019, 3, 21),
            },
        ),
    }
    message = Message("{first}; {second}", values)

    assert edition("en").text(message) == "38% “Yes”; From 3 March 2019 to 21 March 2019"
    assert edition("ar").text(message) == "38 بالمائة بـ«نعم»؛ من 3 مارس 2019 إلى 21 مارس 2019"


def test_lists_are_joined_as_the_language_joins_them():
    names = tuple(Said({"en": en, "ar": ar}) for en, ar in (("a", "أ"), ("b", "ب"), ("c", "ج")))

    assert edition("en").text(Message("{parts}", {"parts": names})) == "a, b and c"
    assert edition("ar").text(Message("{parts}", {"parts": names})) == "أ وب وج"
    assert edition("en").text(Message("{conditions:or}", {"conditions": names})) == "a, b or c"
    assert edition("ar").text(Message("{conditions:or}", {"conditions": names})) == "أ أو ب أو ج"


@pytest.mark.parametrize(
    ("number", "en", "ar"),
    [
        (1, "1 respondent", "مستجيب واحد"),
        (2, "2 respondents", "مستجيبان"),
        (5, "5 respondents", "5 مستجيبين"),
        (2341, "2,341 respondents", "2,341 مستجيباً"),
    ],
)
def test_plurals_follow_their_number(number, en, ar):
    message = Message("{number} respondent", {"number": number}, "{number} respondents", "number")

    assert edition("en").text(message) == en
    assert edition("ar").text(message) == ar


def test_a_message_that_lacks_a_value_names_it():
    with pytest.raises(ReportError, match="value that it was not given") as caught:
        edition().text(Message("Table {number}", {"numbr": 1}))

    assert caught.value.found == "{number}"
    assert "numbr" in caught.value.allowed


@pytest.mark.parametrize("count", [None, "missing", "word"])
def test_a_plural_that_counts_nothing_is_refused(count):
    message = Message("{number} hour", {"number": "6", "word": "six"}, "{number} hours", count)

    with pytest.raises(ReportError, match="counts nothing"):
        edition().text(message)


def test_a_value_cannot_be_asked_for_in_a_way_that_nobody_knows():
    with pytest.raises(ReportError, match="in a way that nobody knows"):
        edition().text(Message("{number:roman}", {"number": 4}))


def test_a_message_that_no_catalogue_has_is_written_as_it_stands():
    assert edition("ar").text(Message("{number} of a plugin", {"number": 3})) == "3 of a plugin"


def test_braces_within_words_are_words():
    assert edition().text(Message("{parts}", {"parts": (Said({"und": "{x}"}),)})) == "{x}"


def test_labels_are_looked_up_by_dimension_and_code():
    assert edition("ar").label("domain:sex", "male") == "الذكور"
    assert edition("ar").label("domain:sex", "male", language="en") == "Males"
    assert edition().label("domain:sex", "other") == "other"
    assert edition().label("nothing", "male") == "male"


def test_charts_are_drawn_by_the_artist():
    chart = Chart("bars", "c", Said({"und": "t"}), (), Said({"und": ""}), Said({"und": "alt"}))

    def artist(drawn, here, form):
        return Picture(drawn.name, b"", "image/png", here.text(drawn.alt), 1.0, 1.0)

    assert edition(artist=artist).draw(chart).alt == "alt"
    with pytest.raises(ReportError, match="nobody to draw") as caught:
        replace(edition(), artist=None).draw(chart)
    assert caught.value.where == "chart 'c'"
