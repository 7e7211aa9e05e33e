"""How similar strata are: one place on a scale each, from a column of the answers' frame."""

from __future__ import annotations

import pandas as pd
import pytest

from socialpoll.errors import BindingError, DesignError
from socialpoll.responses import SampleDesign, bind
from tests.responses.asking import asking, single

Q = asking(single("a"))
DESIGN = SampleDesign(strata="h", lonely="collapse", similarity="s")


def staged(design=DESIGN, **columns):
    return bind(pd.DataFrame(columns).assign(q="a"), Q, design)


def test_numbers_are_as_far_apart_as_they_say():
    for values in ([70.0, 70.0, 1.5, 20.0], ["70", "70", "1.5", "20"]):
        (stage,) = staged(h=["b", "b", "a", "c"], s=values).stages
        assert stage.similar.tolist() == [1.5, 70.0, 20.0]


def test_words_are_as_far_apart_as_their_places_in_order():
    (stage,) = staged(h=["b", "a", "c"], s=["coast", "plain", "coast"]).stages
    assert stage.similar.tolist() == [1.0, 0.0, 0.0]


def test_without_a_column_similarity_is_the_order_of_the_strata():
    (stage,) = staged(SampleDesign(strata="h", lonely="collapse"), h=["10", "9", "x"]).stages
    assert stage.similar.tolist() == [0.0, 1.0, 2.0]
    (other,) = staged(SampleDesign(strata="h"), h=["10", "9", "x"]).stages
    assert other.similar is None


def test_a_value_that_is_missing_or_differs_within_a_stratum_is_an_error():
    with pytest.raises(DesignError) as raised:
        staged(h=["a", "a", "b", "b"], s=[1, 2, 3, None])
    told = [(one.what, one.found) for one in raised.value.problems]
    assert told == [
        ("strata have cases without a value", "'b'"),
        ("strata have more than one value", "'a'"),
    ]
    assert {one.where for one in raised.value.problems} == {"similarity = 's'"}


def test_a_column_of_similarity_must_be_there():
    with pytest.raises(BindingError, match="similarity"):
        staged(h=["a"])


def test_similarity_is_part_of_the_fingerprint_and_of_the_methodology():
    near, far = staged(h=["a", "b"], s=[1, 2]), staged(h=["a", "b"], s=[1, 9])
    assert near.digest != far.digest
    fact = near.methodology.fact("responses", "design")
    assert (fact["lonely"], fact["similarity"]) == ("collapse", "s")
