"""An outreach names indicators, and from how many respondents an audience gets advice."""

from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import AudienceError


def test_an_outreach_names_its_indicators_by_what_they_say():
    outreach = sp.Outreach(reach="apps_best_reach", times_by_day="day_times", times="busiest")

    assert dict(outreach.indicators) == {
        "reach": "apps_best_reach",
        "times": "busiest",
        "times_by_day": "day_times",
    }


def test_an_audience_of_a_hundred_gets_advice_where_nothing_else_is_said():
    assert sp.Outreach(reach="apps_best_reach").minimum_base == 100


@pytest.mark.parametrize("base", [0, -5])
def test_a_base_that_every_audience_has_is_refused(base):
    with pytest.raises(AudienceError) as caught:
        sp.Outreach(reach="apps_best_reach", minimum_base=base)

    assert caught.value.where == "outreach.minimum_base"
    assert caught.value.found == str(base)
