from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, strategies as st

from socialpoll.exporters.excel.patterns import number_of, pattern_of
from socialpoll.report.language import Language


@given(st.floats(0, 1), st.integers(0, 3))
def test_a_percentage_holds_no_more_than_is_seen_everywhere_else(share, decimals):
    held = Decimal(repr(number_of(share, "percent", decimals))).scaleb(2)

    shown = held.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert shown == held
    assert f"{shown}%" == Language("en").percent(share, decimals)


@pytest.mark.parametrize(
    ("minutes", "day"), [(0, 0), (1290, 21.5 / 24), (1440, 1), (1439.7, 0), (719.5, 0.5)]
)
def test_a_time_is_a_part_of_a_day_and_its_end_is_not_its_beginning(minutes, day):
    assert number_of(minutes, "clock", 0) == pytest.approx(day, abs=1e-15)


@pytest.mark.parametrize(
    ("unit", "decimals", "pattern"),
    [
        ("percent", 0, "0%"),
        ("percent", 1, "0.0%"),
        ("points", 1, "#,##0.0"),
        ("count", 0, "#,##0"),
        ("decimal", 3, "#,##0.000"),
        ("hours", 1, "#,##0.0"),
        ("clock", 0, "[hh]:mm"),
    ],
)
def test_a_number_is_shown_with_its_decimals(unit, decimals, pattern):
    assert pattern_of(unit, decimals) == pattern
    assert pattern_of(unit, decimals, "arab") == f"[$-2000401]{pattern}"
