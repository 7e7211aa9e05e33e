from __future__ import annotations

from collections import Counter

import pytest

from socialpoll.disclosure import CONF_STATUS, OBS_STATUS, SHORTHAND, SITUATIONS, situation_of
from socialpoll.report import Figure


def test_the_code_lists_are_complete():
    # CL_OBS_STATUS 2.2 and CL_CONF_STATUS 1.2
    assert "".join(sorted(OBS_STATUS)) == "ABDEFGHIJKLMNOPQSUVW"
    assert "".join(sorted(CONF_STATUS)) == "ACDEFGMNOST"


@pytest.mark.parametrize("codes", [OBS_STATUS, CONF_STATUS, SHORTHAND])
def test_every_code_has_a_name_of_its_own_in_both_languages(codes):
    for language in ("en", "ar"):
        named = Counter(words[language] for words in codes.values())
        assert all(name and times == 1 for name, times in named.items())


def test_every_situation_uses_codes_of_the_lists():
    for one in SITUATIONS.values():
        assert one.obs_status in OBS_STATUS
        assert one.conf_status in CONF_STATUS


def test_every_situation_but_the_usual_has_a_shorthand_with_a_meaning():
    assert [one.name for one in SITUATIONS.values() if not one.shorthand] == ["usual"]
    assert {one.shorthand for one in SITUATIONS.values()} == {"", *SHORTHAND}


def test_only_what_is_suppressed_says_that_a_value_is_suppressed():
    said = {one.name for one in SITUATIONS.values() if one.obs_status == "Q"}

    assert said == {one.name for one in SITUATIONS.values() if one.flag == "suppressed"}


def test_suppressed_figures_are_never_free_for_publication():
    for one in SITUATIONS.values():
        assert (one.conf_status == "F") == (one.flag != "suppressed")


def test_the_shorthand_fits_the_figures_of_reports():
    assert {"c", "u", "x", "z", "w", "r"} <= set(SHORTHAND)
    assert all(letter in Figure.__doc__ for letter in "cuxzwr")


@pytest.mark.parametrize(
    "name", ["usual", "suppressed", "confidential", "withheld", "low_reliability", "fixed"]
)
def test_the_situation_of_a_row_is_read_back_from_its_statuses(name):
    one = SITUATIONS[name]
    caveat = "zero cases; fixed by weighting" if name == "fixed" else ""
    row = {"obs_status": one.obs_status, "conf_status": one.conf_status, "caveat": caveat}

    assert situation_of(row) is one
