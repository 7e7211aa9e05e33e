from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import (
    Figure,
    Interval,
    Message,
    Picture,
    Said,
    Section,
    Text,
    report_from_json,
    report_to_json,
)
from tests.report.handmade import by_sex, comparison, composed, row, yes_no

ROWS = [
    *yes_no(0.9),
    *by_sex(0.9, 0.8),
    *yes_no(None, breakdown="area", domain="wusta", status="suppressed"),
    row("trust", 0.4, category="high"),
]
FULL = composed(ROWS, [comparison("account", "male", "female", 0.1, 0.001, category="yes")])


def holding(*phrases, **changes) -> sp.Report:
    sections = (Section("other", Said({"und": "t"}), (Text(phrases),)),)
    return replace(FULL, **{"sections": sections, "figures": (), "labels": {}, **changes})


def test_a_report_comes_back_equal():
    assert report_from_json(report_to_json(FULL)) == FULL


def test_an_edition_of_what_came_back_says_the_same():
    again = report_from_json(report_to_json(FULL))

    for one, other in zip(FULL.sections, again.sections, strict=True):
        assert sp.Edition(FULL, ("ar",)).text(one.title) == sp.Edition(again, ("ar",)).text(
            other.title
        )


words = st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=3).map(Said)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
figures = st.builds(
    Figure, numbers, st.sampled_from(["percent", "hours"]), st.integers(0, 3), st.just("u")
)
intervals = st.builds(Interval, numbers, numbers, st.just("percent"))
phrases = st.recursive(
    words,
    lambda inner: st.builds(
        Message,
        st.text(max_size=10),
        st.dictionaries(
            st.text(max_size=8),
            inner
            | figures
            | intervals
            | st.dates()
            | st.datetimes().map(lambda one: one.replace(fold=0))
            | st.text(max_size=10)
            | st.integers()
            | st.lists(inner, max_size=3).map(tuple),
            max_size=3,
        ),
        st.none() | st.text(max_size=5),
        st.none() | st.text(max_size=5),
        st.text(max_size=5),
        st.lists(st.integers(0), max_size=3).map(tuple),
    ),
    max_leaves=5,
)


@given(phrases)
def test_whatever_a_phrase_holds_comes_back(phrase):
    report = holding(phrase)

    again = report_from_json(report_to_json(report))
    assert again == report
    assert repr(again) == repr(report)


@given(
    st.dictionaries(st.text(max_size=6), st.dictionaries(st.text(max_size=6), st.just({"en": "x"})))
)
def test_no_name_of_a_code_can_be_taken_for_the_type_of_an_object(labels):
    labels = {**labels, "$type": {"$type": {"$type": "Report"}, "$$type": {}}}
    report = holding(labels=labels)

    assert report_from_json(report_to_json(report)).labels == labels


def test_pictures_and_moments_come_back():
    zone = dt.timezone(dt.timedelta(hours=4))
    picture = Picture("p", b"\x89PNG\x00", "image/png", "alt", 16.0, 9.0)
    life = sp.LifeCycle(
        release_date=dt.date(2019, 4, 28), embargo=dt.datetime(2019, 4, 28, 10, tzinfo=zone)
    )
    section = Section("other", Said({"und": "t"}), (picture,))
    report = replace(FULL, life_cycle=life, sections=(section,))

    assert report_from_json(report_to_json(report)) == report


def test_it_is_plain_json_of_a_version_and_says_what_everything_is():
    plain = json.loads(report_to_json(FULL))

    assert plain["version"] == 1
    assert plain["report"]["$type"] == "Report"
    assert {one["$type"] for one in plain["report"]["sections"]} == {"Section"}
    assert plain["report"]["figures"][0]["estimate"] == 0.9
    assert "socialpoll" not in report_to_json(FULL)


def test_arabic_stays_readable():
    assert "امتلاك حساب" in report_to_json(FULL)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "no JSON"),
        ("[]", "not the JSON of a report"),
        ('{"version": 2, "report": {}}', "not the JSON of a report"),
        ('{"version": 1}', "not a report"),
        ('{"version": 1, "report": {"$type": "Text", "phrases": []}}', "not a report"),
        ('{"version": 1, "report": {"$type": "Rumour"}}', "nobody knows what this is"),
        ('{"version": 1, "report": {"$type": "Report"}}', "this is no Report"),
        ('{"version": 1, "report": {"$type": "Figure", "value": 1, "oops": 2}}', "no Figure"),
        ('{"version": 1, "report": {"$type": "date", "value": "soon"}}', "this is no date"),
        ('{"version": 1, "report": {"$type": "bytes", "base64": "%"}}', "this is no bytes"),
        ('{"version": 1, "report": {"$type": ["Report"]}}', "nobody knows what this is"),
    ],
)
def test_what_is_no_report_is_refused(text, message):
    with pytest.raises(ReportError, match=message):
        report_from_json(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
def test_what_is_no_plain_data_is_refused_with_its_place(value):
    report = replace(FULL, figures=({"estimate": value},))

    with pytest.raises(ReportError) as caught:
        report_to_json(report)
    assert caught.value.where == "report.figures[0].estimate"
