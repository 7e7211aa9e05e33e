from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from tests.report.handmade import by_sex, released, yes_no


def in_areas(*codes: str, status: str = "usual", breakdown: str = "area") -> list[dict]:
    return [
        row
        for code in codes
        for row in yes_no(0.5, breakdown=breakdown, domain=code, status=status)
    ]


def test_groups_stand_in_the_order_of_the_figures_and_those_without_a_figure_apart():
    rows = [
        *yes_no(0.5),
        *in_areas("muscat"),
        *in_areas("dhofar", status="suppressed"),
        *in_areas("wusta", status="low_reliability"),
    ]

    groups = sp.groups_in(released(rows), "area")

    assert groups.shown == ("muscat", "wusta")
    assert groups.hidden == ("dhofar",)


def test_a_group_is_shown_where_any_figure_of_it_is():
    hidden, shown = (
        yes_no(0.5, breakdown="area", domain="muscat", status="suppressed"),
        yes_no(0.5, breakdown="area", domain="muscat", wave="2020"),
    )

    assert sp.groups_in(released([*hidden, *shown]), "area").shown == ("muscat",)


def test_a_crossing_is_named_by_its_variables():
    rows = in_areas("muscat|male", breakdown="area|sex")

    for named in ("area|sex", ("area", "sex"), ["area", "sex"]):
        assert sp.groups_in(released(rows), named).names == {"muscat|male": "area-sex-muscat-male"}


def test_names_for_files_are_plain_and_no_two_are_one_file_on_any_system():
    codes = ("a/b", "a b", "A-B", "../..", "مسقط", "x" * 200)

    names = sp.groups_in(released(in_areas(*codes)), "area").names

    assert list(names.values()) == [
        "area-a-b",
        "area-a-b-2",
        "area-A-B-3",
        "area-4",
        "area-5",
        f"area-{'x' * 40}",
    ]
    assert len({one.casefold() for one in names.values()}) == len(codes)


def test_a_breakdown_that_nothing_is_measured_by_is_refused_with_those_that_there_are():
    with pytest.raises(ReportError) as caught:
        sp.groups_in(released(by_sex(0.5, 0.5)), "sexx")

    assert caught.value.found == "'sexx'"
    assert "sex" in caught.value.allowed


def test_everybody_is_no_breakdown():
    with pytest.raises(ReportError, match="nothing in the release is measured"):
        sp.groups_in(released(yes_no(0.5)), "_T")
