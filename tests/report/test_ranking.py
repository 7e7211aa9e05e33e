"""Answers are told in an order only where the error of the sample leaves no other."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.report.measured import Shown
from socialpoll.report.ranking import ranked
from tests.report.handmade import PUBLISHER, composed, row, sentences
from tests.report.recipes import card

SHARES = {"whatsapp": 0.9, "youtube": 0.7, "instagram": 0.5, "imo": 0.2}


def shown(share: float, se: float | None = 0.01, df: float | None = math.inf, **keys) -> Shown:
    return Shown(0, row("apps", share, item="x", se=se, **keys) | {"df": df})


def options(shares: dict[str, float], se: float = 0.01, **statuses: str) -> list[dict]:
    return [
        row("apps", share, item=code, se=se, status=statuses.get(code, "usual")) | {"df": 400.0}
        for code, share in shares.items()
    ]


def found(rows: list[dict], language: str = "en") -> str:
    return sentences(composed(rows), "apps", language)[1]


def test_shares_far_apart_are_told_in_their_order():
    assert found(options(SHARES)) == (
        "The poll found that the answers chosen most among those asked were, in this order, "
        "WhatsApp (90%), YouTube (70%) and Instagram (50%)."
    )
    assert found(options(SHARES), "ar") == (
        "أشارت نتائج الاستطلاع إلى أن أكثر الإجابات اختياراً بين من طُرح عليهم السؤال هي على "
        "الترتيب: واتساب (90 بالمائة) ويوتيوب (70 بالمائة) وإنستغرام (50 بالمائة)."
    )


def test_the_first_alone_is_told_to_be_so_where_the_others_may_change_places():
    assert found(options({**SHARES, "instagram": 0.69})) == (
        "The poll found that the answer chosen most among those asked was WhatsApp (90%); the "
        "answers chosen most also included YouTube (70%) and Instagram (69%)."
    )


def test_an_answer_that_is_not_named_may_not_be_level_with_the_last_one_that_is():
    rows = options({**SHARES, "imo": 0.49})

    assert "in this order" not in found(rows)
    assert "was WhatsApp (90%)" in found(rows)


def test_where_the_first_two_may_change_places_nothing_is_ranked():
    assert found(options({**SHARES, "youtube": 0.89})) == (
        "The poll found that the answers chosen most among those asked included WhatsApp (90%), "
        "YouTube (89%) and Instagram (50%)."
    )


@pytest.mark.parametrize("status", ["suppressed", "low_reliability", "fixed"])
def test_a_figure_that_cannot_be_compared_leaves_the_whole_list_unranked(status):
    said = found(options(SHARES, imo=status))

    assert "order" not in said
    assert "also included" not in said


def test_busiest_times_and_parts_of_all_answers_are_ranked_alike():
    hours = {"00": 0.05, "06": 0.1, "12": 0.35, "18": 0.5}
    times = [
        row("busiest", share, category=code, se=0.01) | {"df": 400.0}
        for code, share in hours.items()
    ]
    parts = [
        row(
            "parts",
            share / 2.3,
            item=code,
            question="apps",
            statistic="share_of_responses",
            se=0.01,
        )
        | {"df": 400.0}
        for code, share in SHARES.items()
    ]

    assert (
        "the busiest times among those asked were, in this order, 18:00–24:00 (50%) and "
        "12:00–18:00 (35%)."
    ) in sentences(composed(times), "busiest")[1]
    assert (
        "largest shares of all answers given were, in this order, WhatsApp (39%)"
        in (sentences(composed(parts), "parts")[1])
    )


def test_the_card_says_when_answers_are_ranked():
    said = card(composed(options(SHARES)))["Intervals and tests"]
    assert "answers are ranked only where 95% confidence intervals" in said


def test_neighbours_are_apart_where_their_joint_intervals_are():
    half = NormalDist().inv_cdf(1 - 0.05 / 4) * (0.01 + 0.0005) + 0.0005

    assert ranked([shown(0.5 + 2 * half + 1e-6), shown(0.5)]) == 1
    assert ranked([shown(0.5 + 2 * half - 1e-6), shown(0.5)]) == 0


def test_more_answers_and_fewer_degrees_of_freedom_ask_for_more():
    two = [shown(0.55), shown(0.5)]

    assert ranked(two) == 1
    assert ranked([*two, *[shown(0.1)] * 30]) == 0
    assert ranked([shown(0.55, df=3.0), shown(0.5, df=3.0)]) == 0


@pytest.mark.parametrize("lacking", [{"se": None}, {"df": None}])
def test_without_a_standard_error_there_is_no_rank(lacking):
    assert ranked([shown(0.9, **lacking), shown(0.1)]) == 0
    assert ranked([]) == 0


@given(st.lists(st.integers(1, 99), min_size=2, max_size=8, unique=True), st.integers(1, 40))
def test_no_rank_is_claimed_that_a_test_of_the_pair_would_not_bear_out(percents, thousandths):
    shares = sorted((one / 100 for one in percents), reverse=True)
    se = thousandths / 1000
    count = ranked([shown(one, se) for one in shares])

    # However the two depend on each other, the error of their difference is at most 2 se.
    z = [(a - b) / (2 * se) for a, b in pairwise(shares)][:count]
    assert all(one > NormalDist().inv_cdf(0.975) for one in z)


def test_the_order_is_right_in_95_of_100_samples_and_more():
    """Where two of three answers are level in truth, a rank between them is a false one."""
    generator = np.random.default_rng(5)
    truth, size, times = np.array([0.5, 0.25, 0.25]), 400, 400
    false = 0
    for shares in generator.multinomial(size, truth, times) / size:
        order = np.argsort(-shares)
        several = [
            shown(float(shares[one]), float(np.sqrt(shares[one] * (1 - shares[one]) / size)))
            for one in order
        ]
        false += ranked(several) == 2
    assert false <= 0.05 * times


def test_the_order_of_the_rows_does_not_matter():
    rows = options(SHARES)
    mixed = [rows[one] for one in (2, 0, 3, 1)]

    assert found(mixed) == found(rows)


def test_ranks_survive_a_real_poll():
    answers = pd.DataFrame({"uses": ["a"] * 500 + ["b"] * 300 + ["c"] * 100 + list("defghi") * 10})
    estimates = sp.estimate(sp.bind(answers, sp.Questionnaire.infer(answers)), "uses")
    report = sp.compose(sp.release(estimates, sp.MinBase(1, 1)), title="t", publisher=PUBLISHER)

    assert "were, in this order, a (52%), b (31%) and c (10%)." in sentences(report, "uses")[1]
