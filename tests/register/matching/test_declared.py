from __future__ import annotations

import pytest

from socialpoll.errors import RegisterError
from socialpoll.register import Matching


@pytest.mark.parametrize(
    "changes",
    [{"accept": 1.0}, {"review": 0.0}, {"accept": 0.4}, {"review": 0.99, "accept": 0.98}],
)
def test_probabilities_that_are_not_in_order_are_refused(changes):
    with pytest.raises(RegisterError, match="the probabilities are not in order"):
        Matching(**changes)


def test_both_mistakes_are_told_at_once():
    with pytest.raises(RegisterError) as caught:
        Matching(accept=2, pairs=0)

    assert [one.where for one in caught.value.problems] == ["review, accept", "pairs"]
