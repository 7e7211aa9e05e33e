from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from tests.report.handmade import (
    PUBLISHER,
    TITLE,
    by_sex,
    comparison,
    released,
    row,
    section,
    yes_no,
)

ROWS = [*yes_no(0.94), *by_sex(0.95, 0.93), row("hours", 3.2, statistic="mean", unit="hours")]
TESTED = [
    comparison("account", "male", "female", 0.02, 0.01, category="yes"),
    comparison("account", "male", "female", -0.02, 0.01, category="no"),
]


def test_the_frame_has_every_figure_once_with_column_and_letters():
    frame = sp.tabulate(released(ROWS, TESTED)).frame

    kept = frame[["indicator", "category", "domain", "estimate", "column", "letters"]]
    assert kept.to_numpy().tolist() == [
        ["account", "yes", "_T", 0.94, "", ""],
        ["account", "yes", "male", 0.95, "A", "B"],
        ["account", "yes", "female", 0.93, "B", ""],
        ["account", "no", "_T", 0.06, "", ""],
        ["account", "no", "male", 0.05, "A", ""],
        ["account", "no", "female", 0.07, "B", "A"],
        ["hours", "_Z", "_T", 3.2, "", ""],
    ]


def test_a_report_has_a_section_for_each_banner_after_its_indicators():
    banner = sp.Banner(name="by-sex", title={"en": "By sex"}, columns=("sex",))
    report = sp.compose(
        released(ROWS, TESTED), title=TITLE, publisher=PUBLISHER, banners=[banner, sp.Banner()]
    )

    roles = [(one.role, one.name) for one in report.sections]
    assert roles[2:6] == [
        ("indicator", "account"),
        ("indicator", "hours"),
        ("banner", "by-sex"),
        ("banner", "banner"),
    ]
    (table,) = section(report, "banner", "by-sex").blocks
    assert table == sp.tabulate(released(ROWS, TESTED), banner).table()


def test_two_banners_of_one_name_are_refused():
    with pytest.raises(ReportError, match="two banners have one name"):
        sp.compose(
            released(ROWS), title=TITLE, publisher=PUBLISHER, banners=[sp.Banner(), sp.Banner()]
        )
