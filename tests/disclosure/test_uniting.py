"""Reached sets bound each other: what a narrower one and a wider one tell of what lies between."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from tests.disclosure.handmade import codes
from tests.disclosure.programme import Programme
from tests.disclosure.sums import Sums

OPTIONS = "wxyz"
PATTERNS = tuple(product((0, 1), repeat=len(OPTIONS)))
THRESHOLD = 10
CELLS = sp.Policy(name="cells", threshold=THRESHOLD)
KEPT = sp.MinBase(0)
NARROWER_AND_WIDER = (("w", "x"), ("w", "x", "y"), ("y",), ("w", "z"))
FEW_CHOSE_Y = {
    "w": 50, "x": 40, "wx": 30, "y": 5, "wy": 3, "z": 40, "xz": 25, "": 60,
}  # fmt: skip


def estimated(counts: Mapping[str, int], sets: tuple[tuple[str, ...], ...]) -> sp.Estimates:
    """Return the reach of sets, of so many who chose the options of each pattern."""
    multiple = sp.Multiple(name="m", text="m", options=codes(OPTIONS), blank="none")
    rows = [
        [int(option in chosen) for option in OPTIONS]
        for chosen, times in counts.items()
        for _ in range(times)
    ]
    frame = pd.DataFrame(rows, columns=[f"m_{option}" for option in OPTIONS])
    asked = sp.Questionnaire(title="t", questions=(multiple,))
    return sp.estimate(sp.bind(frame, asked), sp.Reach("m", sets))


def of(item: str) -> np.ndarray:
    """Say of each pattern whether a set reaches it."""
    return np.array([any(row[OPTIONS.index(one)] for one in item.split("|")) for row in PATTERNS])


def known(figures: pd.DataFrame, respondents: int) -> Programme:
    """Return what follows for patterns of answers from the figures that are shown."""
    sums = Sums()
    sums.know(np.ones(len(PATTERNS)), respondents, respondents)
    for row in figures[figures["flag"] != "suppressed"].itertuples():
        sums.know(of(row.item), row.n_category, row.n_category)
    return Programme(sums)


def attacked(estimates: sp.Estimates) -> pd.DataFrame:
    """Return between which limits each small count that is hidden is known, and must not be."""
    figures = sp.release(estimates, KEPT, policy=CELLS).figures
    truth = estimates.frame
    respondents = int(truth["n_base"].iloc[0])
    programme = known(figures, respondents)
    found = []
    for row in truth[(figures["flag"] == "suppressed").to_numpy()].itertuples():
        for count, mask in (
            (row.n_category, of(row.item)),
            (respondents - row.n_category, ~of(row.item)),
        ):
            if 0 < count < THRESHOLD:
                found.append((row.item, count, *programme.interval(mask)))
    return pd.DataFrame(found, columns=["item", "count", "low", "high"])


def test_two_shown_sets_do_not_tell_that_somebody_chose_what_one_of_them_lacks():
    estimates = estimated(FEW_CHOSE_Y, NARROWER_AND_WIDER)
    figures = sp.release(estimates, KEPT, policy=CELLS).figures
    counts = dict(zip(estimates.frame["item"], estimates.frame["n_category"], strict=True))
    # All of them shown, five at least would be known to have chosen y.
    assert counts["w|x|y"] - counts["w|x"] == 5
    gone = set(figures.loc[figures["flag"] == "suppressed", "item"])
    assert gone > {"y"}
    assert gone & {"w|x", "w|x|y"}
    (row,) = attacked(estimates).itertuples()
    assert (row.item, row.low, row.high >= row.count + THRESHOLD) == ("y", 0.0, True)


def test_the_audit_knows_what_sets_tell_of_each_other():
    estimates = estimated(FEW_CHOSE_Y, NARROWER_AND_WIDER)
    audit = sp.audit(estimates, KEPT, policy=CELLS).set_index("item")
    figures = sp.release(estimates, KEPT, policy=CELLS).figures
    programme = known(figures, int(estimates.frame["n_base"].iloc[0]))
    for item, row in audit.iterrows():
        low, high = programme.interval(of(str(item)))
        assert row["low"] <= low + 0.1
        assert row["high"] >= high - 0.1
    assert audit["protected"].all()


@pytest.mark.parametrize("seed", [6, 8, 12, 29])
def test_no_small_count_is_known_from_sets_of_which_each_holds_the_one_before(seed):
    draw = np.random.default_rng(seed)
    times = draw.multinomial(240, draw.dirichlet(np.full(len(PATTERNS), 0.4)))
    counts = {
        "".join(one for one, chosen in zip(OPTIONS, row, strict=True) if chosen): int(count)
        for row, count in zip(PATTERNS, times, strict=True)
    }
    sets = (*((one,) for one in OPTIONS), ("w", "x"), ("w", "x", "y"), ("w", "x", "y", "z"))
    found = attacked(estimated(counts, sets))
    assert len(found) > 0
    for row in found.itertuples():
        assert row.low <= max(0, row.count - THRESHOLD) + 1e-6, row
        assert row.high >= row.count + THRESHOLD - 1e-6, row
