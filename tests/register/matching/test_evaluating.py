from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import RegisterError
from socialpoll.register import LinkageKey, Links, evaluate_links

KEY = LinkageKey(bytes(range(32)))
LINKED = [
    ("1", "a", "match", "identifier", np.nan),
    ("2", "b", "match", "likeness", 0.97),
    ("3", "b", "duplicate", "likeness", 0.96),
    ("4", "a", "review", "likeness", 0.7),
    ("5", "", "none", "", 0.1),
    ("6", "c", "match", "likeness", 0.999),
]
TRUTH = [("1", "a"), ("2", "b"), ("3", "a"), ("4", "a"), ("5", None), ("6", None)]


@pytest.fixture
def links() -> Links:
    rows = [
        (
            "health",
            KEY.pseudonym("record:health", record),
            KEY.pseudonym("person", person) if person else "",
            role,
            by,
            0.0,
            probability,
        )
        for record, person, role, by, probability in LINKED
    ]
    columns = ["source", "record", "person", "role", "by", "weight", "probability"]
    return Links(pd.DataFrame(rows, columns=columns), pd.DataFrame())


def truth_of(rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["record", "person"])
    return frame.assign(source="health")


def test_precision_is_right_of_linked_and_recall_right_of_those_who_are_somebody(links):
    quality = evaluate_links(links, truth_of(TRUTH), KEY)

    # 1 and 2 are right; 3 is of another, 4 waits, 6 is nobody; 5 is rightly left.
    assert quality.frame.loc[0].tolist() == ["all", 6, 4, 4, 2, 2 / 4, 2 / 4]
    assert quality.frame.loc[1].tolist() == ["health", 6, 4, 4, 2, 2 / 4, 2 / 4]


def test_the_curve_links_from_each_probability_on(links):
    curve = evaluate_links(links, truth_of(TRUTH), KEY).curve.set_index("accept")

    assert curve.loc[0.5, ["linked", "right"]].tolist() == [5, 3]
    assert curve.loc[0.95, ["linked", "right"]].tolist() == [4, 2]
    assert curve.loc[0.98, ["linked", "right"]].tolist() == [2, 1]


def test_a_part_of_the_truth_is_enough(links):
    assert evaluate_links(links, truth_of(TRUTH[:2]), KEY).frame["precision"].tolist() == [1, 1]


def test_of_nothing_nothing_is_told(links):
    found = evaluate_links(links, truth_of([("5", None)]), KEY).frame.loc[0]

    assert math.isnan(found["precision"])
    assert math.isnan(found["recall"])


@pytest.mark.parametrize(
    ("truth", "key", "what"),
    [
        (truth_of(TRUTH).drop(columns="person"), KEY, "there is no column 'person'"),
        (truth_of([*TRUTH, TRUTH[0]]), KEY, "records are there twice"),
        (truth_of(TRUTH), LinkageKey(b"\x01" * 32), "records are not among the links"),
    ],
)
def test_a_truth_of_something_else_is_refused(links, truth, key, what):
    with pytest.raises(RegisterError) as caught:
        evaluate_links(links, truth, key)

    assert caught.value.what == what
