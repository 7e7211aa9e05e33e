from __future__ import annotations

import pytest

import socialpoll as sp
from tests.report.handmade import comparison, composed, row, section, yes_no

MUSCAT = ("area", "muscat")
BY_AREA = [
    *yes_no(0.4),
    *yes_no(0.6, breakdown="area", domain="muscat"),
    *yes_no(0.3, breakdown="area", domain="dhofar"),
    *yes_no(0.35, breakdown="area", domain="wusta"),
    *yes_no(0.7, breakdown="area", domain="musandam"),
]


def told(comparisons, rows=BY_AREA, indicator="account", language="en", group=MUSCAT) -> list[str]:
    """Return the sentences that set a group against others."""
    report = composed(rows, comparisons, group=group)
    edition = sp.Edition(report, (language,))
    blocks = section(report, "indicator", indicator).blocks
    return [
        edition.text(phrase)
        for block in blocks
        for phrase in getattr(block, "phrases", ())
        if getattr(block, "style", "") == "bullet"
    ]


def against(other: str, difference: float, p: float = 0.001, **keys) -> dict:
    kind = {"_R": "rest", "_T": "total"}.get(other, "pairs")
    named = {"breakdown": "area", "category": "yes", "against": kind}
    return comparison("account", "muscat", other, difference, p, **(named | keys))


def test_where_nothing_was_tested_nothing_is_compared():
    assert told([]) == []


def test_a_group_is_told_higher_than_some_and_lower_than_others_without_their_figures():
    tested = [against("dhofar", 0.3), against("wusta", 0.25), against("musandam", -0.1)]

    assert told(tested) == [
        (
            "Governorate: the share who answered “Yes” is higher for Muscat (60.0%) than for "
            "Dhofar and Wusta, to a statistically significant degree."
        ),
        (
            "Governorate: the share who answered “Yes” is lower for Muscat (60.0%) than for "
            "Musandam, to a statistically significant degree."
        ),
    ]


def test_the_order_of_a_pair_makes_no_difference():
    turned = comparison(
        "account", "dhofar", "muscat", -0.3, 0.001, breakdown="area", category="yes"
    )

    assert told([turned]) == told([against("dhofar", 0.3)])


def test_groups_that_do_not_differ_from_it_are_not_named():
    (sentence,) = told([against("dhofar", 0.3), against("wusta", 0.25, p=0.2)])

    assert "Dhofar" in sentence
    assert "Wusta" not in sentence


def test_a_group_that_differs_from_none_is_said_not_to():
    assert told([against("dhofar", 0.3, p=0.2)]) == [
        (
            "Governorate: there is no statistically significant difference in the share who "
            "answered “Yes” between Muscat (60.0%) and any group that it was compared with."
        )
    ]


def test_tests_of_other_groups_say_nothing_of_this_one():
    other = comparison("account", "wusta", "dhofar", 0.05, 0.001, breakdown="area", category="yes")

    assert told([other]) == []


@pytest.mark.parametrize(
    ("other", "difference", "p", "expected"),
    [
        (
            "_R",
            0.25,
            0.001,
            (
                "Governorate: the share who answered “Yes” is higher for Muscat (60.0%) than for "
                "all other respondents, a statistically significant difference."
            ),
        ),
        (
            "_T",
            0.2,
            0.001,
            (
                "Governorate: the share who answered “Yes” is higher for Muscat (60.0%) than "
                "overall (40.0%), a statistically significant difference."
            ),
        ),
        (
            "_R",
            0.25,
            0.3,
            (
                "Governorate: there is no statistically significant difference in the share who "
                "answered “Yes” between Muscat (60.0%) and all other respondents."
            ),
        ),
        (
            "_T",
            0.2,
            0.05,
            (
                "Governorate: there is no statistically significant difference in the share who "
                "answered “Yes” between Muscat (60.0%) and the overall figure (40.0%)."
            ),
        ),
    ],
)
def test_a_group_is_told_against_all_others_or_everybody(other, difference, p, expected):
    assert told([against(other, difference, p)]) == [expected]


def test_a_lower_group_is_told_lower():
    lower = comparison(
        "account", "dhofar", "_T", -0.1, 0.001, breakdown="area", category="yes", against="total"
    )

    (sentence,) = told([lower], group=("area", "dhofar"))

    assert "is lower for Dhofar (30.0%) than overall (40.0%)" in sentence


@pytest.mark.parametrize("status", ["low_reliability", "fixed"])
def test_a_figure_that_is_not_sound_enters_no_comparison(status):
    rows = [
        *yes_no(0.4),
        *yes_no(0.6, breakdown="area", domain="muscat", status=status),
        *yes_no(0.3, breakdown="area", domain="dhofar"),
    ]

    assert told([against("dhofar", 0.3), against("_R", 0.3), against("_T", 0.2)], rows) == []


def test_a_difference_that_the_printed_figures_do_not_show_is_not_told():
    rows = [*yes_no(0.6), *yes_no(0.6, breakdown="area", domain="muscat")]

    assert told([against("_T", 0.0004)], rows) == []


def test_a_rule_that_knows_nothing_of_the_design_makes_no_sentence():
    assert told([against("_R", 0.25, test="effective-base")]) == []


def test_of_options_those_that_differ_are_told_the_widest_first():
    apps = {"whatsapp": 0.05, "youtube": 0.2, "x": 0.1}
    rows = [
        row("apps", 0.5 + more, item=app, **place)
        for place, scale in (({}, 0), ({"breakdown": "area", "domain": "muscat"}, 1))
        for app, more in ((app, scale * value) for app, value in apps.items())
    ]
    keys = {"breakdown": "area", "against": "rest"}
    tested = [
        comparison("apps", "muscat", "_R", difference, p, item=app, **keys)
        for (app, difference), p in zip(apps.items(), (0.3, 0.001, 0.001), strict=True)
    ]

    first, second = told(tested, rows, "apps")

    assert "the share who chose “YouTube” is higher for Muscat (70.0%)" in first
    assert "(60.0%)" in second


def test_the_answer_that_is_told_is_the_one_that_leads_overall():
    rows = [
        row("trust", share, category=code, **place)
        for place, shares in (
            ({}, (0.5, 0.3, 0.2)),
            ({"breakdown": "area", "domain": "muscat"}, (0.2, 0.3, 0.5)),
        )
        for code, share in zip(("1", "2", "3"), shares, strict=True)
    ]
    keys = {"breakdown": "area", "against": "total"}
    tested = [
        comparison("trust", "muscat", "_T", difference, 0.001, category=code, **keys)
        for code, difference in (("1", -0.3), ("3", 0.3))
    ]

    (sentence,) = told(tested, rows, "trust")

    assert "is lower for Muscat (20.0%) than overall (50.0%)" in sentence


def test_totals_of_groups_differ_in_size_and_are_not_compared():
    rows = [
        row("age", total, statistic="total", unit="years", **place)
        for total, place in ((900, {}), (300, {"breakdown": "area", "domain": "muscat"}))
    ]
    keys = {"breakdown": "area", "against": "rest", "statistic": "total", "unit": "years"}
    tested = comparison("age", "muscat", "_R", -300, 0.001, **keys)

    assert told([tested], rows, "age") == []


def test_arabic_says_the_same():
    assert told([against("dhofar", 0.3)], language="ar") == [
        (
            "المحافظة: نسبة من أجابوا بـ«نعم» أعلى في فئة «مسقط» (60.0 بالمائة) مقارنةً بما يأتي، "
            "وبفروق ذات دلالة إحصائية: ظفار."
        )
    ]
