from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.register.matching.assigning import assigned, first_of_each
from socialpoll.register.matching.scoring import NO_PAIRS, Pairs

scores = st.dictionaries(
    st.tuples(st.integers(1, 5), st.integers(1, 5)), st.floats(-10, 60), max_size=20
)


def pairs_of(scored: dict[tuple[int, int], float]) -> Pairs:
    record, person = np.array(list(scored), dtype=np.int64).reshape(-1, 2).T
    return Pairs(record, person, np.array(list(scored.values()), dtype=np.float64))


@given(scored=scores)
def test_the_likeliest_person_has_her_share_of_all_odds_and_those_of_nobody(scored):
    found = assigned(pairs_of(scored))

    assert found.record.tolist() == sorted({record for record, _ in scored})
    for record, person, weight, probability in zip(*found, strict=True):
        own = {who: one for (of, who), one in scored.items() if of == record}
        assert weight == own[person] == max(own.values())
        odds = sum(2.0**one for one in own.values())
        assert probability == pytest.approx(2.0**weight / (1 + odds))


@given(scored=scores, order=st.randoms(use_true_random=False))
def test_the_order_of_pairs_makes_no_difference(scored, order):
    mixed = list(scored.items())
    order.shuffle(mixed)

    one, other = assigned(pairs_of(scored)), assigned(pairs_of(dict(mixed)))

    for told, again in zip(one, other, strict=True):
        np.testing.assert_allclose(told, again, rtol=1e-12)


def test_two_who_are_as_likely_have_one_half_each_at_most():
    found = assigned(pairs_of({(1, 8): 40.0, (1, 7): 40.0}))

    assert (found.person.item(), found.probability.item()) == (7, pytest.approx(0.5))


def test_very_large_and_very_small_weights_do_no_harm():
    found = assigned(pairs_of({(1, 1): 5000.0, (2, 1): -5000.0}))

    assert found.probability.tolist() == [1.0, 0.0]


def test_where_nobody_was_compared_nobody_is_likely():
    assert [len(one) for one in assigned(NO_PAIRS)] == [0, 0, 0, 0]


def test_the_first_record_of_a_person_is_the_preferred_one_then_the_one_of_the_lower_number():
    person = np.array([4, 4, 4, 9, 9])
    preferred = np.array([3.0, np.inf, 5.0, 2.0, 2.0])
    record = np.array([1, 2, 3, 5, 4])

    assert first_of_each(person, preferred, record).tolist() == [False, True, False, False, True]
