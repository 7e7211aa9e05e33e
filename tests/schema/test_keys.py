from __future__ import annotations

import decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from socialpoll.schema.keys import key_of, number_of


@given(st.integers(-(2**53), 2**53))
def test_an_integer_code_is_the_same_however_it_was_read(number):
    spellings = [number, float(number), str(number), f"{number}.0", f" {number} ", np.int64(number)]

    assert {key_of(one, "integer") for one in spellings} == {number}


@given(st.integers(-999, 999))
def test_a_number_read_for_a_string_code_is_its_digits(number):
    assert key_of(number, "string") == key_of(float(number), "string") == str(number)


def test_leading_zeros_tell_string_codes_apart():
    assert key_of("01", "string") != key_of("1", "string")


@pytest.mark.parametrize("code_type", ["integer", "string"])
@pytest.mark.parametrize("blank", [None, float("nan"), "", "  ", pd.NA, pd.NaT, np.float64("nan")])
def test_nothing_is_blank_whatever_it_is_called(blank, code_type):
    assert key_of(blank, code_type) is None
    assert number_of(blank) is None


def test_a_fraction_is_no_integer_code():
    assert key_of(1.5, "integer") == "1.5"
    assert key_of("1.5", "integer") == "1.5"


def test_truth_values_are_the_codes_1_and_0_and_the_words_true_and_false():
    assert [key_of(one, "integer") for one in (True, False, np.True_)] == [1, 0, 1]
    assert [key_of(one, "string") for one in (True, False, np.True_)] == ["True", "False", "True"]


@pytest.mark.parametrize("value", [3, 3.0, "3", "3.0", " 3e0 ", np.float32(3), decimal.Decimal(3)])
def test_a_number_is_the_same_however_it_was_read(value):
    assert number_of(value) == 3.0


@pytest.mark.parametrize("value", ["three", "1_000", "nan"])
def test_words_are_no_number(value):
    assert number_of(value) == value
