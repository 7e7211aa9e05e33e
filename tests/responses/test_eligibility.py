"""What share of the cases of unknown eligibility is taken for eligible."""

from __future__ import annotations

import numpy as np
import pytest

from socialpoll.responses.eligibility import eligibility_of, share_in_cases

FRAMES = ("landline", "mobile")
# Landline: 30 + 10 + 20 + 10 + 5 = 75 eligible and 25 not: 75 / 100. Mobile: 45 / (45 + 5) = 0.9.
COUNTS = np.array([[30.0, 10, 20, 10, 5, 60, 40, 25], [40, 0, 5, 0, 0, 10, 0, 5]])


def told(e, frames=FRAMES, counts=COUNTS):
    problems = []
    return eligibility_of(e, frames, counts, problems), problems


def test_proportional_allocation_is_the_share_of_eligible_among_known_cases():
    assert share_in_cases(COUNTS).tolist() == [0.75, 0.9]


def test_where_nothing_is_known_of_any_case_there_is_no_share():
    assert np.isnan(share_in_cases(np.array([0.0, 0, 0, 0, 0, 7, 3, 0])))


@pytest.mark.parametrize(
    ("e", "share", "source"),
    [
        (None, [[0.75, 0.75], [0.9, 0.9]], ("cases", "cases")),
        ("cases", [[0.75, 0.75], [0.9, 0.9]], ("cases", "cases")),
        (0.5, [[0.5, 0.5], [0.5, 0.5]], ("given", "given")),
        (0, [[0, 0], [0, 0]], ("given", "given")),
        (np.float64(1), [[1, 1], [1, 1]], ("given", "given")),
        ((0.2, 0.8), [[0.2, 0.8], [0.2, 0.8]], ("given", "given")),
        ({"mobile": 0.5, "landline": (0.1, 1)}, [[0.1, 1], [0.5, 0.5]], ("given", "given")),
        ({"landline": 0.5, "mobile": "cases"}, [[0.5, 0.5], [0.9, 0.9]], ("given", "cases")),
    ],
)
def test_e_is_of_all_frames_or_of_each(e, share, source):
    made, problems = told(e)

    assert problems == []
    assert made.share.tolist() == share
    assert made.source == source


@pytest.mark.parametrize(
    "e", [1.01, -0.1, np.nan, True, "0.5", "case", (0.5,), (0.5, 2), [0.1, 0.2, 0.3], [], {0.5}]
)
def test_what_is_no_share_is_told_once(e):
    _, (problem,) = told(e)

    assert problem.what == "this is no share of eligible cases"
    assert problem.where == "e"
    assert problem.found == repr(e)


def test_frames_that_have_no_e_or_are_not_there_are_all_told():
    _, problems = told({"landlin": 0.5, "mobile": 2})

    assert [one.what for one in problems] == [
        "there is no frame 'landlin'",
        "frame 'landline' has no e",
        "this is no share of eligible cases",
    ]
    assert problems[0].allowed.startswith("did you mean 'landline'?")
    assert problems[2].where == "e, frame 'mobile'"


def test_frames_are_named_by_numbers_as_by_words():
    made, problems = told({1: 0.5, "2": 0.25}, frames=("1", "2"))

    assert problems == []
    assert made.share[:, 0].tolist() == [0.5, 0.25]
