"""Comparisons that may be shown: none that touches a hidden figure, or tells what it is."""

from __future__ import annotations

import numpy as np
import pandas as pd

import socialpoll as sp


def estimated(**sizes: int) -> sp.Estimates:
    """Return figures of a number by region, of regions of so many respondents."""
    random = np.random.default_rng(1)
    region = np.repeat(list(sizes), list(sizes.values()))
    answers = pd.DataFrame({"region": region, "use": random.choice(["yes", "no"], region.size)})
    responses = sp.bind(answers, sp.Questionnaire.infer(answers))
    return sp.estimate(responses, "use", by="region")


def sides(release: sp.Release) -> set[tuple[str, str]]:
    found = release.comparisons
    return set(zip(found["domain_a"], found["domain_b"], strict=True))


def test_the_rest_of_one_of_two_regions_is_the_other_and_goes_with_it():
    estimates = estimated(north=100, south=20)
    rests = sp.compare(estimates, against="rest", minimum_base=1)
    assert len(rests.comparisons) == 4
    assert sp.release(rests).comparisons.empty
    both = sp.compare(estimated(north=100, south=40), against="rest")
    assert sides(sp.release(both)) == {("north", "_R"), ("south", "_R")}


def test_a_shown_figure_may_be_compared_with_the_total_beside_hidden_ones():
    compared = sp.compare(estimated(north=100, south=60, east=20), against="total", minimum_base=1)
    assert sides(sp.release(compared)) == {("north", "_T"), ("south", "_T")}


def test_a_wave_of_too_few_respondents_takes_its_changes_along():
    def wave(size: int) -> sp.Responses:
        answers = pd.DataFrame({"use": np.resize(["yes", "no", "yes"], size)})
        return sp.bind(answers, asked)

    asked = sp.Questionnaire.infer(pd.DataFrame({"use": ["yes", "no"]}))
    stacked = sp.stack({"a": wave(50), "b": wave(20), "c": wave(70)})
    compared = sp.compare(sp.estimate(stacked, "use"), against="waves", minimum_base=1)
    shown = sp.release(compared).comparisons
    assert len(compared.comparisons) == 6
    assert set(zip(shown["wave"], shown["wave_b"], strict=True)) == {("c", "a")}


def test_several_ways_to_compare_are_released_beside_each_other():
    estimates = estimated(north=100, south=60)
    several = sp.compare(sp.compare(sp.compare(estimates), against="rest"), against="total")
    shown = sp.release(several).comparisons
    assert shown["against"].value_counts().to_dict() == {"rest": 4, "total": 4, "pairs": 2}
