from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.golden.expected import readings
from tests.golden.folder import Case, Folder
from tests.golden.scoring import misses

FOLDER = Folder(Path(__file__).parent / "cases")
EXPECTED = {
    "names": ["y"],
    "estimate": [50.0],
    "se": [2.0],
    "vcov": [[4.0]],
    "cv": [0.04],
    "ci_z": {"level": 0.95, "df": "Inf", "lower": [46.08], "upper": [53.92]},
}
RIGHT = {
    "names": ["y"],
    "estimate": [50.0],
    "se": [2.0],
    "vcov": [[4.0]],
    "cv": [0.04],
    "ci_z": {"level": 0.95, "df": math.inf, "lower": [46.08], "upper": [53.92]},
}


def case(expect: dict | None = None, **others) -> Case:
    record = {
        "id": "one",
        "topic": "t01_estimates",
        "design": "dstrat",
        "r_call": "svymean(~y, dstrat)",
        "params": {"stat": "mean", "vars": ["y"]},
        "expect": EXPECTED if expect is None else expect,
    }
    return Case(record | others)


def paths(one: Case, answer: dict) -> list[str]:
    return [miss.path for miss in misses(one, answer, FOLDER)]


def test_the_expected_answer_misses_nothing():
    assert paths(case(), RIGHT) == []


@pytest.mark.parametrize("leaf", ["estimate", "se", "cv"])
def test_a_number_off_by_more_than_the_tolerance_is_a_miss(leaf):
    (value,) = RIGHT[leaf]

    assert paths(case(), RIGHT | {leaf: [value * (1 + 3e-8)]}) == [f"{leaf}/0"]
    assert paths(case(), RIGHT | {leaf: [value * (1 + 3e-9)]}) == []


@pytest.mark.parametrize("leaf", RIGHT)
def test_a_leaf_that_is_not_answered_is_a_miss(leaf):
    answer = {name: value for name, value in RIGHT.items() if name != leaf}

    assert paths(case(), answer)


def test_optional_leaves_need_no_answer():
    expect = EXPECTED | {"ci": {"likelihood": [46.0, 54.0]}, "saddlepoint": {"p": 0.1}}

    assert paths(case(expect), RIGHT) == []


def test_missing_and_infinite_numbers_are_words_in_the_files():
    expect = EXPECTED | {"estimate": ["NA"], "se": ["NaN"]}

    assert paths(case(expect), RIGHT | {"estimate": [math.nan], "se": [math.nan]}) == []
    assert paths(case(expect), RIGHT) == ["estimate/0", "se/0"]


def test_an_interval_without_width_is_met_by_none_or_by_one_that_holds_it():
    empty = {"level": 0.95, "df": "Inf", "lower": [50.0], "upper": [50.0]}
    expect = EXPECTED | {"ci_z": empty}

    def answered(low: float, high: float) -> list[str]:
        limits = {"level": 0.95, "df": math.inf, "lower": [low], "upper": [high]}
        return paths(case(expect), RIGHT | {"ci_z": limits})

    assert answered(math.nan, math.nan) == []
    assert answered(50.0, 50.0) == []
    assert answered(49.0, 51.0) == []
    assert answered(51.0, 52.0) == ["ci_z/lower/0", "ci_z/upper/0"]


def test_at_an_edge_a_better_answer_may_replace_a_degenerate_one_but_no_other():
    expect = EXPECTED | {"se": [0], "vcov": [[0]], "cv": [0]}
    better = RIGHT | {"se": [math.nan], "vcov": [[math.nan]], "cv": [math.nan]}

    assert paths(case(expect, flags=["edge"]), better) == []
    assert paths(case(expect), better) == ["se/0", "vcov/0/0", "cv/0"]
    assert paths(case(flags=["edge"]), better) == ["se/0", "vcov/0/0", "cv/0"]


def test_where_r_is_wrong_the_correct_value_and_what_follows_from_it_count():
    wrong = case(flags=["r_bug"], expect_correct={"se": [3.0], "why": "a bug"})
    margin = 1.959963984540054 * 3.0
    right = RIGHT | {
        "se": [3.0],
        "vcov": [[9.0]],
        "cv": [0.06],
        "ci_z": RIGHT["ci_z"] | {"lower": [50 - margin], "upper": [50 + margin]},
    }

    assert paths(wrong, right) == []
    assert "se/0" in paths(wrong, RIGHT)


def test_where_r_is_wrong_and_was_corrected_the_latest_version_counts():
    wrong = case(flags=["r_bug"], expect_alt={"survey 4.5": {"/se/0": 3.0}})

    assert [one["se"] for one in readings(wrong)] == [[3.0]]


def test_where_versions_differ_each_leaf_may_follow_either():
    several = case(flags=["version_sensitive"], expect_alt={"survey 4.5": {"/se/0": 3.0}})

    assert paths(several, RIGHT) == []
    assert paths(several, RIGHT | {"se": [3.0]}) == []
    assert paths(several, RIGHT | {"se": [2.5]}) == ["se/0"]


def test_covariances_near_zero_are_measured_by_their_variances():
    expect = {"estimate": [50.0, 60.0], "vcov": [[4.0, 1e-12], [1e-12, 9.0]]}

    def answered(covariance: float) -> list[str]:
        matrix = [[4.0, covariance], [covariance, 9.0]]
        return paths(case(expect), {"estimate": [50.0, 60.0], "vcov": matrix})

    assert answered(5e-9) == []
    assert answered(1e-6) == ["vcov/0/1", "vcov/1/0"]


def test_on_a_tie_the_neighbouring_data_point_is_as_good():
    points = sorted({int(one) for one in FOLDER.dataset("apistrat").frame["api00"]})
    place = len(points) // 2
    tie = case(
        {"quantile": [points[place]]},
        topic="t03_quantiles",
        params={"stat": "quantile", "var": "api00"},
        flags=["exact_tie"],
    )

    assert paths(tie, {"quantile": [points[place + 1]]}) == []
    assert paths(tie, {"quantile": [points[place + 2]]}) == ["quantile/0"]


def test_an_interval_as_wide_as_rounding_has_no_width():
    rounded = {"level": 0.95, "df": "Inf", "lower": [50 - 1e-13], "upper": [50 + 1e-13]}
    none = {"level": 0.95, "df": math.inf, "lower": [math.nan], "upper": [math.nan]}
    narrow = rounded | {"lower": [50 - 1e-6], "upper": [50 + 1e-6]}

    assert paths(case(EXPECTED | {"ci_z": rounded}), RIGHT | {"ci_z": none}) == []
    assert paths(case(EXPECTED | {"ci_z": narrow}), RIGHT | {"ci_z": none})
