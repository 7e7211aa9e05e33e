"""P values of several tests: the rules of Holm, Bonferroni, Benjamini and Hochberg."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.errors import EstimationError
from socialpoll.indicators.adjusting import adjusted, checked_adjustment

P = [0.01, 0.02, 0.03, 0.04, 0.05]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        # R 4.2: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm"), "bonferroni", "BH", "none"
        ("holm", [0.05, 0.08, 0.09, 0.09, 0.09]),
        ("bonferroni", [0.05, 0.10, 0.15, 0.20, 0.25]),
        ("bh", [0.05, 0.05, 0.05, 0.05, 0.05]),
        ("none", P),
    ],
)
def test_p_values_are_adjusted_as_by_r(how, expected):
    assert adjusted(np.array(P), how).tolist() == pytest.approx(expected)


def plainly(p: list[float], how: str) -> list[float]:
    """Apply the definition of a rule to one family."""
    order = sorted(range(len(p)), key=p.__getitem__)
    out = [0.0] * len(p)
    many = len(p)
    for place, one in enumerate(order):
        before = [p[other] * (many - rank) for rank, other in enumerate(order[: place + 1])]
        after = [p[other] * many / (rank + 1) for rank, other in enumerate(order) if rank >= place]
        out[one] = min(1.0, max(before) if how == "holm" else min(after))
    return out


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3)), max_size=12),
    st.sampled_from(["holm", "bh"]),
)
def test_each_family_is_adjusted_by_itself(several, how):
    p = np.array([one for one, _ in several])
    family = np.array([number for _, number in several], dtype=np.intp)
    found = adjusted(p, how, family)
    for number in set(family.tolist()):
        here = family == number
        assert found[here].tolist() == pytest.approx(plainly(p[here].tolist(), how))


def test_an_unknown_rule_is_refused():
    with pytest.raises(EstimationError, match="holm"):
        checked_adjustment("tukey")
