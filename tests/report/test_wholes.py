"""Sentences that set groups against all others together, or against everybody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.schema.clock import AFTER_MIDNIGHT
from tests.report.handmade import (
    by_sex,
    comparison,
    composed,
    row,
    section,
    yes_no,
)

AREAS = {"muscat": 0.6, "dhofar": 0.5, "wusta": 0.3, "musandam": 0.41}
BY_AREA = [
    *yes_no(0.4),
    *(one for area, yes in AREAS.items() for one in yes_no(yes, breakdown="area", domain=area)),
]
OTHER = {"rest": "_R", "total": "_T"}


def apart(against: str, tested: dict[str, tuple[float, float]], **keys) -> list[dict]:
    """Return the tests of groups against a whole, by their difference and p value."""
    named = {"breakdown": "area", "category": "yes", "against": against, **keys}
    indicator = named.pop("indicator", "account")
    return [
        comparison(indicator, area, OTHER[against], difference, p, **named)
        for area, (difference, p) in tested.items()
    ]


def told(comparisons, rows=BY_AREA, indicator="account", language="en") -> list[str]:
    """Return the sentences about groups."""
    report = composed(rows, comparisons)
    edition = sp.Edition(report, (language,))
    return [
        edition.text(phrase)
        for block in section(report, "indicator", indicator).blocks
        for phrase in getattr(block, "phrases", ())
        if getattr(block, "style", "") == "bullet"
    ]


SOME = {"muscat": (0.2, 0.001), "dhofar": (0.1, 0.01), "wusta": (-0.1, 0.02)}
ALL = {**SOME, "musandam": (0.01, 0.7)}
NONE = dict.fromkeys(AREAS, (0.01, 0.4))


def test_groups_that_differ_from_all_others_are_told_by_the_direction():
    assert told(apart("rest", ALL)) == [
        (
            "Governorate: compared in each case with all other respondents, the share who answered "
            "“Yes” is higher for Muscat (60.0%) and Dhofar (50.0%), with statistically significant "
            "differences."
        ),
        (
            "Governorate: the share who answered “Yes” is lower for Wusta (30.0%) than for all "
            "other respondents, a statistically significant difference."
        ),
    ]


def test_groups_that_differ_from_everybody_stand_beside_the_overall_figure():
    assert told(apart("total", ALL)) == [
        (
            "Governorate: compared with the overall figure (40.0%), the share who answered “Yes” "
            "is higher for Muscat (60.0%) and Dhofar (50.0%), with statistically significant "
            "differences."
        ),
        (
            "Governorate: the share who answered “Yes” is lower for Wusta (30.0%) than overall "
            "(40.0%), a statistically significant difference."
        ),
    ]


@pytest.mark.parametrize(
    ("against", "whole"),
    [("rest", "all other respondents"), ("total", "the overall figure (40.0%)")],
)
def test_where_all_were_tested_and_none_differs_it_is_told_once(against, whole):
    assert told(apart(against, NONE)) == [
        (
            "Governorate: there is no statistically significant difference in the share who "
            f"answered “Yes” between any of the groups and {whole}."
        )
    ]


def test_a_group_too_small_to_be_compared_is_left_out_of_what_is_said_of_all():
    rows = [
        *yes_no(0.4),
        *yes_no(0.5, breakdown="area", domain="muscat"),
        *yes_no(0.45, breakdown="area", domain="dhofar"),
        *yes_no(0.9, breakdown="area", domain="wusta", status="low_reliability"),
    ]
    tested = {"muscat": (0.1, 0.3), "dhofar": (0.05, 0.4), "wusta": (0.5, 0.001)}

    [sentence] = told(apart("rest", tested), rows)

    assert "between any of the sufficiently large groups and all other respondents" in sentence
    assert "Wusta" not in sentence


def test_of_one_sound_group_its_figure_is_told():
    rows = [
        *yes_no(0.4),
        *yes_no(0.5, breakdown="area", domain="muscat"),
        *yes_no(None, breakdown="area", domain="dhofar", status="suppressed"),
    ]

    assert told(apart("rest", {"muscat": (0.1, 0.3)}), rows) == [
        (
            "Governorate: there is no statistically significant difference in the share who "
            "answered “Yes” between Muscat (50.0%) and all other respondents."
        )
    ]


def test_where_one_was_not_tested_nothing_is_said_of_all_and_the_figures_stand_alone():
    [sentence] = told(apart("rest", {"muscat": (0.2, 0.3)}))

    assert sentence.startswith("Governorate, the share who answered “Yes”: Muscat (60%)")


def test_a_suppressed_figure_and_one_that_looks_like_the_whole_are_told_in_no_sentence():
    rows = [
        *yes_no(0.4),
        *yes_no(0.4, breakdown="area", domain="muscat"),
        *yes_no(None, breakdown="area", domain="dhofar", status="suppressed"),
    ]
    tested = {"muscat": (0.0004, 0.001), "dhofar": (0.3, 0.001)}

    [sentence] = told(apart("total", tested), rows)

    assert sentence == "Governorate, the share who answered “Yes”: Muscat (40%)."


def test_where_the_overall_figure_may_not_be_compared_nothing_is():
    rows = [*yes_no(0.4, status="low_reliability"), *BY_AREA[2:]]

    assert [one for one in told(apart("total", ALL), rows) if "than overall" in one] == []


def test_of_two_groups_the_one_is_the_rest_of_the_other_and_is_told_once():
    rows = [*yes_no(0.4), *by_sex(0.5, 0.3)]
    tested = apart("rest", {"male": (0.2, 0.001), "female": (-0.2, 0.001)}, breakdown="sex")
    pair = comparison("account", "male", "female", 0.2, 0.001, category="yes")

    [alone] = told(tested, rows)
    [with_pair] = told([pair, *tested], rows)

    assert "is higher for Males (50.0%) than for all other respondents" in alone
    assert "is higher for Males (50%) than for Females (30%)" in with_pair


def test_pairs_and_the_whole_are_both_told_where_both_were_compared():
    pair = comparison("account", "muscat", "wusta", 0.3, 0.001, breakdown="area", category="yes")

    in_pairs, higher, lower = told([pair, *apart("total", ALL)])

    assert "for Muscat (60%) than for Wusta (30%)" in in_pairs
    assert "Dhofar (50.0%)" in higher
    assert "than overall" in lower


APPS = {"whatsapp": 0.05, "youtube": 0.2, "instagram": -0.15, "imo": 0.3}


def of_apps(p: float) -> list[str]:
    rows = [
        row("apps", 0.5 + more * (area == "muscat"), item=app, **place)
        for area in ("", "muscat", "dhofar")
        for place in [{"breakdown": "area", "domain": area} if area else {}]
        for app, more in APPS.items()
    ]
    tested = [
        one
        for app, more in APPS.items()
        for one in apart(
            "rest",
            {"muscat": (more, p), "dhofar": (0.0, 0.9)},
            indicator="apps",
            item=app,
            category="_Z",
        )
    ]
    return told(tested, rows, "apps")


def test_of_options_the_three_that_differ_most_are_told_in_their_order():
    found = of_apps(0.001)

    named = [one.partition("“")[2].partition("”")[0] for one in found]
    assert named == ["YouTube", "Instagram", "imo"]
    assert "is lower for Muscat (35.0%)" in found[1]


def test_options_none_of_which_differs_are_told_so_together():
    assert of_apps(0.2) == [
        (
            "Governorate: in none of the answers is there a statistically significant difference "
            "between any of the groups and all other respondents."
        )
    ]


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        ("rest", "compared in each case with all other respondents, the mean time is later for"),
        ("total", "compared with the overall figure (20:00), the mean time is later for"),
    ],
)
def test_times_of_day_are_later_or_earlier(against, expected):
    times = {"muscat": 1290.0, "dhofar": 1260.0, "wusta": 1100.0}
    kind = {"statistic": "circular_mean", "unit": AFTER_MIDNIGHT, "question": "busiest"}
    rows = [
        row("time", 1200.0, **kind),
        *(row("time", at, breakdown="area", domain=area, **kind) for area, at in times.items()),
    ]
    moved = {area: (at - 1200.0, 0.001) for area, at in times.items()}

    later, earlier = told(
        apart(against, moved, indicator="time", category="_Z", **kind), rows, "time"
    )

    assert f"Governorate: {expected} Muscat (21:30) and Dhofar (21:00)" in later
    assert "the mean time is earlier for Wusta (18:20) than" in earlier


def test_totals_are_not_compared_for_their_groups_differ_in_size():
    kind = {"statistic": "total", "unit": "years"}
    rows = [row("age", 900, **kind), row("age", 300, breakdown="area", domain="muscat", **kind)]
    tested = apart("rest", {"muscat": (-300, 0.001)}, indicator="age", category="_Z", **kind)

    assert [one for one in told(tested, rows, "age") if "other respondents" in one] == []


def test_who_is_in_a_group_is_set_against_who_is_in_none_of_it():
    kind = {"question": "trust", "breakdown": "apps"}
    shares = {"low": (0.5, 0.2), "high": (0.3, 0.5)}
    rows = [
        row("who", share, category=code, domain=app, **kind)
        for code, several in shares.items()
        for app, share in zip(("whatsapp", "imo"), several, strict=True)
    ]
    tested = [
        one
        for code, p in (("low", 0.001), ("high", 0.4))
        for one in apart("rest", {"whatsapp": (0.2, p)}, indicator="who", category=code, **kind)
    ]

    *made_up, compared = told(tested, rows, "who")

    assert len(made_up) == 2
    assert compared == (
        "Platforms used: the share who answered “Does not trust” is higher for WhatsApp (50.0%) "
        "than for all other respondents, a statistically significant difference."
    )


def test_arabic_says_the_same():
    assert told(apart("total", ALL), language="ar") == [
        (
            "المحافظة: نسبة من أجابوا بـ«نعم» أعلى في الفئات الآتية مقارنةً بالإجمالي "
            "(40.0 بالمائة)، وبفروق ذات دلالة إحصائية: مسقط (60.0 بالمائة) وظفار (50.0 بالمائة)."
        ),
        (
            "المحافظة: نسبة من أجابوا بـ«نعم» أدنى في فئة «الوسطى» (30.0 بالمائة) مقارنةً بالإجمالي "
            "(40.0 بالمائة)، والفرق ذو دلالة إحصائية."
        ),
    ]


@settings(max_examples=25)
@given(
    tests=st.dictionaries(
        st.sampled_from(sorted(AREAS)),
        st.tuples(st.sampled_from([-0.2, 0.2]), st.sampled_from([0.001, 0.049, 0.05, 0.6])),
        min_size=1,
    ),
    against=st.sampled_from(sorted(OTHER)),
)
def test_no_word_of_comparison_without_a_significant_test_of_that_group(tests, against):
    found = told(apart(against, tests))

    for sentence in found:
        direction = 1 if "higher" in sentence else -1 if "lower" in sentence else 0
        named = {area for area in AREAS if f"{area.title()} (" in sentence}
        if direction:
            allowed = {
                area
                for area, (difference, p) in tests.items()
                if p < 0.05 and difference * direction > 0
            }
            assert named == allowed
        elif "no statistically significant difference" in sentence:
            assert tests.keys() == AREAS.keys()
            assert all(p >= 0.05 for _, p in tests.values())
