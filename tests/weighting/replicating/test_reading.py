"""How replicates are made, read from a poll file."""

from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from socialpoll.weighting import replication_from


@pytest.mark.parametrize(
    ("table", "method"),
    [
        ({"method": "jackknife"}, sp.Jackknife()),
        ({"method": "jackknife", "groups": 20, "seed": 3}, sp.Jackknife(groups=20, seed=3)),
        ({"method": "bootstrap", "seed": 3}, sp.Bootstrap(500, seed=3)),
        ({"method": "balanced_repeated", "fay": 0.5}, sp.BalancedRepeated(fay=0.5)),
        ({"method": "successive_difference"}, sp.SuccessiveDifference(80)),
    ],
)
def test_a_table_says_what_python_says(table, method):
    assert replication_from(table) == method


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "the key 'method' is missing"),
        ({"method": "bootstap", "seed": 1}, "did you mean 'bootstrap'?"),
        ({"method": "bootstrap"}, "seed"),
        ({"method": "jackknife", "fay": 0.5}, "weighting.replicates.fay"),
        ({"method": "balanced_repeated", "fay": 1.5}, "fay"),
        ({"method": "bootstrap", "seed": "now"}, "a whole number"),
    ],
)
def test_a_mistake_is_told_with_its_place(table, said):
    with pytest.raises(PollFileError) as raised:
        replication_from(table)
    assert said in str(raised.value)
