from __future__ import annotations

import pytest

from socialpoll.report.facts import days, number, plain, small_share, whole
from socialpoll.report.language import Language
from socialpoll.report.writing import figure_written, written

ENGLISH = Language("en")


@pytest.mark.parametrize("value", [None, True, "3", ("3",), float("nan"), float("inf")])
def test_what_is_no_number_is_none(value):
    assert number({"a": value}, "a") is None
    assert whole({"a": value}, "a") == 0


def test_numbers_are_numbers_whole_or_not():
    assert number({"a": 3}, "a") == 3.0
    assert whole({"a": 2.6}, "a") == 3


@pytest.mark.parametrize(
    ("value", "words"),
    [(5.0, "5"), (0.3, "0.3"), (2.25, "2.25"), (1_250_000.0, "1,250,000"), (0.123456, "0.1235")],
)
def test_a_declared_number_keeps_the_decimals_it_was_written_with(value, words):
    assert figure_written(plain(value), ENGLISH) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0.0%"),
        (1.0, "100.0%"),
        (0.0123, "1.2%"),
        (0.001, "0.1%"),
        (0.00034, "0.034%"),
        (0.0000012, "0.00012%"),
    ],
)
def test_a_small_share_keeps_two_digits(share, words):
    assert figure_written(small_share(share), ENGLISH) == words


def test_dates_are_in_the_order_of_time():
    found = days({"dates": ("2021-01-01", "2019-06-30")}, "dates")

    assert [written(one, ENGLISH) for one in found] == ["30 June 2019", "1 January 2021"]
