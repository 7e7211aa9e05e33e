from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.demo.chances import EDUCATION, SEX, Leaning, chances

PERSONS = np.random.Generator(np.random.PCG64(5)).random((4, 2, 3, 3, 3)) * 1000


@given(share=st.floats(0.02, 0.98), female=st.floats(-2, 2), intensity=st.floats(-2, 2))
def test_the_population_gives_the_share_whatever_the_leaning(share, female, intensity):
    leaning = Leaning(female=female, age=(1.0, 0.0, -1.0), intensity=intensity)

    given_by = (PERSONS * chances(leaning, PERSONS, {None: (share,)})).sum() / PERSONS.sum()

    assert given_by == pytest.approx(share, abs=1e-9)


def test_two_margins_are_met_together():
    women = PERSONS[:, 1].sum() / PERSONS.sum()
    everybody = 0.3 * (1 - women) + 0.4 * women
    low, middle = PERSONS[..., 0, :].sum(), PERSONS[..., 1, :].sum()
    rest = everybody * PERSONS.sum() - 0.2 * low - 0.4 * middle
    by_education = (0.2, 0.4, float(rest / PERSONS[..., 2, :].sum()))

    answer = PERSONS * chances(Leaning(), PERSONS, {SEX: (0.3, 0.4), EDUCATION: by_education})

    assert answer[:, 1].sum() / PERSONS[:, 1].sum() == pytest.approx(0.4)
    assert answer[..., 0, :].sum() / low == pytest.approx(0.2)


def test_the_difference_of_log_odds_is_the_leaning():
    leaning = Leaning(female=0.7)

    chance = chances(leaning, PERSONS, {None: (0.4,)})
    log_odds = np.log(chance / (1 - chance))

    assert log_odds[:, 1] - log_odds[:, 0] == pytest.approx(0.7)


def test_margins_that_contradict_each_other_are_refused():
    shares = {SEX: (0.3, 0.3), EDUCATION: (0.6, 0.6, 0.6)}

    with pytest.raises(ValueError, match="no chances meet"):
        chances(Leaning(), PERSONS, shares)
