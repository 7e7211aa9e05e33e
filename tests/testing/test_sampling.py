from __future__ import annotations

from typing import get_args

import pytest

import socialpoll as sp
from socialpoll.report import Chart, ChartKind, Interval, Picture, Table, Text
from socialpoll.testing import sample_report
from socialpoll.testing.passages import UNKNOWN_ROLE

ROLES = {
    "publisher",
    "headlines",
    "indicator",
    "banner",
    "methodology",
    "instrument",
    "text",
    "recommendations",
    "timeline",
    "pictures",
}


@pytest.fixture(scope="module")
def report():
    return sample_report()


@pytest.fixture(scope="module")
def blocks(report):
    return [block for section in report.sections for block in section.blocks]


def test_there_is_a_section_of_every_role_and_one_of_a_role_that_nobody_knows(report):
    assert {one.role for one in report.sections} == {*ROLES, UNKNOWN_ROLE}


def test_there_are_blocks_of_every_kind(blocks):
    assert {type(one) for one in blocks} == {Text, Table, Chart, Picture}


def test_there_are_charts_of_every_kind(blocks):
    assert {one.kind for one in blocks if isinstance(one, Chart)} == set(get_args(ChartKind))


def test_there_are_figures_that_are_suppressed_and_figures_of_low_reliability(report, blocks):
    cells = [
        cell for one in blocks if isinstance(one, Table) for row in one.rows for cell in row.cells
    ]

    assert {row["flag"] for row in report.figures} == {"", "suppressed", "low reliability"}
    assert {"c", "u"} <= {getattr(one, "status", "") for one in cells}
    assert any(isinstance(one, Interval) for one in cells)


def test_it_is_in_several_languages_under_embargo_and_made_up(report):
    assert report.languages == ("ar", "en")
    assert report.life_cycle.embargo is not None
    assert report.synthetic


def test_it_is_the_same_each_time_and_another_object(report):
    again = sample_report()

    assert again == report
    assert again is not report
    assert again.labels is not report.labels


def test_what_is_suppressed_is_suppressed_by_the_release_itself(report):
    suppressed = [row for row in report.figures if row["flag"] == "suppressed"]

    assert {row["domain"] for row in suppressed} == {"musandam"}
    assert {row["estimate"] for row in suppressed} == {None}
    assert sp.missing_disclosures(report, "aapor")
