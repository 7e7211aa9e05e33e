from __future__ import annotations

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ReleaseError
from tests.disclosure.test_suppressing import KEPT, THREE, TWO, cells, estimated, table


def three() -> sp.Estimates:
    return estimated(table(THREE, ("area", "q")), ["q"], ["area"])


def of(frame: pd.DataFrame, domain: str, category: str) -> pd.Series:
    (row,) = frame[(frame["domain"] == domain) & (frame["category"] == category)].iloc
    return row


def test_every_figure_has_its_situation_and_a_hidden_one_its_reason():
    found = sp.audit(three(), KEPT, policy=cells())
    figures = sp.release(three(), KEPT, policy=cells()).figures

    gone = (figures["flag"] == "suppressed").to_numpy()
    assert (found["situation"].str.startswith("suppressed").to_numpy() == gone).all()
    assert ((found["why"] != "").to_numpy() == gone).all()
    assert of(found, "a", "y")["why"] == "too few: 3 gave this answer"
    assert of(found, "a", "n")["why"] == "so that others cannot be worked out: q / y / a"


def test_the_interval_of_the_attacker_is_that_of_the_rectangle_with_its_sums():
    found = sp.audit(three(), KEPT, policy=cells())

    # a: y + n = 43; c: y + n = 53; y: a + c = 34; so of a, y is between 0 and 34.
    y, n = of(found, "a", "y"), of(found, "c", "n")
    assert (y["low"], y["high"]) == (0, 34)
    assert (n["low"], n["high"]) == (53 - 34, 53)
    shown = found[found["situation"] == "usual"]
    assert (shown["low"] == shown["respondents"]).all()
    assert (shown["high"] == shown["respondents"]).all()
    assert found["protected"].all()


def test_the_limits_of_all_tables_are_said_to_be_those_of_real_numbers():
    assert sp.audit(three(), KEPT, policy=cells()).attrs["numbers"] == "real"


def test_the_loss_is_told_by_table():
    tables = pd.DataFrame(sp.audit(three(), KEPT, policy=cells()).attrs["tables"])

    assert tables["breakdown"].tolist() == ["_T", "area"]
    assert tables["rows"].tolist() == [3, 9]
    assert tables["shown"].tolist() == [3, 5]


def test_a_count_that_was_published_before_is_told_as_unprotected():
    estimates = estimated(table(TWO, ("area", "q")), ["q"], ["area"])
    before = sp.release(estimates, KEPT, policy=sp.Policy(minimum_base=0))
    found = sp.audit(estimates, KEPT, policy=cells(already_published=(before,)))

    row = of(found, "a", "y")
    assert (row["low"], row["high"], row["protected"]) == (3, 3, False)
    assert row["why"].endswith("known closer than the threshold, whatever is hidden here")


def test_what_rules_hide_is_told_apart():
    found = sp.audit(three(), sp.MinBase(100, 100), policy=cells())

    assert of(found, "a", "x")["why"] == "by the rules of reliability or the minimum base"
    assert of(found, "a", "y")["why"].startswith("too few")


def test_there_is_nothing_to_audit_without_complementary_suppression():
    with pytest.raises(ReleaseError, match="nothing to audit") as caught:
        sp.audit(three(), policy=sp.Policy())
    assert caught.value.allowed == "'cells'"
