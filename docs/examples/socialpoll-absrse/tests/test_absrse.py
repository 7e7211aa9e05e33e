"""What the plugin promises, tested as users meet it: by its name."""

# ruff: noqa: D103, S101 - a test asserts, and its name is the sentence that it holds true

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.testing import Check, check_rule

NAMES = ("abs_rse", "abs_rse_hiding")
ROW = {"statistic": "share", "unit": "share"}


@pytest.mark.parametrize(
    "check", [one for name in NAMES for one in check_rule(sp.PluginHost().rule(name))]
)
def test_it_keeps_what_rules_promise(check: Check) -> None:
    check()


@pytest.mark.parametrize(
    ("error", "ruling"),
    [
        (0.0, sp.Ruling("publish")),
        (0.249, sp.Ruling("publish")),
        (0.25, sp.Ruling("flag", ("caution",))),
        (0.5, sp.Ruling("flag", ("caution",))),
        (0.501, sp.Ruling("flag", ("unreliable",))),
        (None, sp.Ruling("flag", ("unknown",))),
    ],
)
def test_figures_are_graded_by_their_relative_standard_error(
    error: float | None, ruling: sp.Ruling
) -> None:
    assert sp.PluginHost().rule("abs_rse")({**ROW, "cv": error}) == ruling


def test_the_other_rule_suppresses_what_is_too_unreliable() -> None:
    rule = sp.PluginHost().rule("abs_rse_hiding")

    assert rule({**ROW, "cv": 0.501}) == sp.Ruling("suppress")
    assert rule({**ROW, "cv": 0.5}) == sp.Ruling("flag", ("caution",))


@pytest.mark.parametrize(
    "row", [{"statistic": "circular_mean", "unit": "clock"}, {"unit": "score"}]
)
def test_figures_without_a_natural_zero_are_not_judged(row: dict[str, object]) -> None:
    given = {**ROW, **row, "cv": 0.9}

    assert sp.PluginHost().rule("abs_rse")(given) == sp.Ruling("publish")


def test_a_small_share_is_shown_with_its_footnote() -> None:
    answers = pd.DataFrame({"uses": np.repeat(["yes", "no"], [2, 198])})
    responses = sp.bind(answers, sp.Questionnaire.infer(answers))

    released = sp.release(sp.estimate(responses, ["uses"]), sp.PluginHost().rule("abs_rse"))

    rows = released.figures.set_index("category")
    assert rows.loc["yes", "flag"] == "low reliability"
    assert "unreliable" in str(rows.loc["yes", "footnote"])
    assert rows.loc["no", "flag"] == ""
