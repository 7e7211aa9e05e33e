from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from socialpoll.demo import FOLDER, supposed
from socialpoll.demo.citizens import Citizens
from socialpoll.demo.fieldwork import DISPOSITIONS, INTERVIEW, Fieldwork

CITIZENS = Citizens.read(FOLDER)
YOUNG_GRADUATE = (0, 0, 0, 2)
CALLS = 4_000


def nothing() -> dict[str, str]:
    return {}


def test_of_all_citizens_the_supposed_share_is_interviewed():
    willing = Fieldwork.among(CITIZENS, 1).willing
    share, _ = supposed.RESPONSE

    assert (willing * CITIZENS.persons).sum() / CITIZENS.persons.sum() == pytest.approx(share)
    assert 0 < willing.min() < willing.max() < 1


def test_calls_become_interviews_as_often_as_somebody_of_the_kind_is_willing():
    fieldwork = Fieldwork.among(CITIZENS, 1)
    became = Counter(fieldwork.call(YOUNG_GRADUATE, nothing)["disposition"] for _ in range(CALLS))
    willing = float(fieldwork.willing[YOUNG_GRADUATE].mean())
    error = (willing * (1 - willing) / CALLS) ** 0.5

    assert set(became) == set(DISPOSITIONS)
    assert became[INTERVIEW] / CALLS == pytest.approx(willing, abs=4 * error)


def test_only_who_is_interviewed_is_asked_who_she_is():
    fieldwork = Fieldwork.among(CITIZENS, 2)
    cases = [fieldwork.call(YOUNG_GRADUATE, lambda: {"sex": "male"}) for _ in range(100)]

    told = [case for case in cases if "sex" in case]
    assert told == [case for case in cases if case["disposition"] == INTERVIEW]
    assert 0 < len(told) < len(cases)
    assert all(list(case) == ["disposition"] for case in cases if case not in told)


def test_the_same_seed_gives_the_same_calls():
    seen = list(product(range(11), range(2), range(3), range(3)))
    calls = [
        [fieldwork.call(one, nothing) for one in seen]
        for fieldwork in (Fieldwork.among(CITIZENS, seed) for seed in (7, 7, 8))
    ]

    assert calls[0] == calls[1] != calls[2]
