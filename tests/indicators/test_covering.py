"""Integer programs, held against trying all sets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.indicators.covering import cheapest_cover, widest_cover
from socialpoll.indicators.ruling import Rule
from socialpoll.indicators.searching import Search, sizes_looked_at
from socialpoll.totals import Patterns

COSTS = np.array([4.0, 3.0, 2.5, 2.0, 2.0, 1.0, 1.5])
RULES = [
    Rule(7, 3),
    Rule(7, 7, reach=0.6),
    Rule(7, 2, reach=0.95),
    Rule(7, 5, budget=6.0, costs=COSTS),
    Rule(7, 7, reach=0.5, costs=COSTS),
    Rule(7, 4, reach=0.7, budget=9.0, costs=COSTS),
]


def patterns_of(seed: int, number: int = 40, options: int = 7) -> Patterns:
    """Return different patterns that together are nine tenths of a population."""
    random = np.random.default_rng(seed)
    chance = np.linspace(0.15, 0.5, options)
    ticked = np.unique(random.random((number, options)) < chance, axis=0)
    ticked = ticked[ticked.any(axis=1)]
    weight = random.lognormal(0, 1, len(ticked))
    return Patterns(ticked, 0.9 * weight / weight.sum())


def test_all_sets_are_looked_at_up_to_the_size_with_which_they_are_too_many():
    assert sizes_looked_at(12, 3) == 3
    assert sizes_looked_at(60, 5) == 4
    assert sizes_looked_at(5, 5, most=15) == 2
    assert sizes_looked_at(5, 5, most=4) == 0


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), rule=st.sampled_from(RULES), whole=st.sampled_from([0, 1]))
def test_a_program_finds_what_trying_all_sets_finds(seed, rule, whole):
    patterns = patterns_of(seed)
    tried = Search(rule, rule.size, largest=2).within(patterns)
    solved = Search(rule, whole, largest=2).within(patterns)

    ours, theirs = (one.held[one.chosen] for one in (solved, tried))
    reach, expected = (patterns.weight @ patterns.met_by(one[None])[:, 0] for one in (ours, theirs))
    assert reach == pytest.approx(expected, abs=1e-9)
    assert ours @ rule.burdens == pytest.approx(theirs @ rule.burdens) or rule.reach is None
    assert rule.allows(ours[None])[0]
    assert np.isnan(tried.at_most)
    assert solved.at_most >= reach - 1e-12
    assert rule.reach is not None or solved.at_most == pytest.approx(reach, abs=1e-6)
    for one, other in zip(solved.best, tried.best, strict=True):
        found = patterns.weight @ patterns.met_by(np.array([solved.held[one], tried.held[other]]))
        assert found[0] == pytest.approx(found[1], abs=1e-9)


def test_what_was_found_by_a_program_has_the_allowed_sets_around_it_as_rivals():
    rule = Rule(7, 3)
    found = Search(rule, 0, largest=3).within(patterns_of(1))
    chosen = found.held[found.chosen]
    apart = (found.held != chosen).sum(axis=1)

    assert rule.allows(found.held).all()
    sizes = found.held.sum(axis=1)
    assert ((sizes == 3) & (apart == 2)).sum() >= 3 * 4  # each of three for each of four
    assert ((sizes == 2) & (apart == 1)).sum() == 3
    assert len(np.unique(found.held, axis=0)) == len(found.held)
    assert len(found.without) == 3


def test_a_reach_that_no_set_attains_has_no_cheapest_set():
    patterns = patterns_of(2)
    assert cheapest_cover(patterns, Rule(7, 7, reach=0.95)) is None
    assert cheapest_cover(patterns, Rule(7, 1, reach=0.85)) is None
    assert cheapest_cover(patterns, replace(RULES[4], reach=0.9)) is not None


def test_many_options_are_covered_within_what_is_proved():
    patterns = patterns_of(3, number=150, options=24)
    found = widest_cover(patterns, Rule(24, 4))
    reach = float(patterns.weight @ patterns.ticked[:, found.held].any(axis=1))

    tried = max(patterns.reached(4))
    assert found.held.sum() <= 4
    assert reach <= found.at_most <= 0.9 + 1e-12
    assert reach == pytest.approx(tried, abs=1e-9)


def test_where_nobody_is_reached_a_set_is_found_all_the_same():
    nobody = Patterns(np.zeros((0, 5), dtype=bool), np.zeros(0))
    found = Search(Rule(5, 3), 0, largest=3).within(nobody)

    assert found.held[found.chosen].tolist() == [True, False, False, False, False]
    assert found.held.any(axis=1).all()
    assert found.at_most == 0
