"""One who knows that no other set reaches more: what that tells of counts that are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
import pandas as pd

import socialpoll as sp
from tests.disclosure.handmade import codes
from tests.disclosure.made_choices import chosen, of_sets
from tests.disclosure.programme import Programme
from tests.disclosure.sums import Sums

OPTIONS = "wxy"
AREAS, SEXES = ("n", "s"), ("f", "m")
PATTERNS = tuple(product((0, 1), repeat=len(OPTIONS)))
KINDS = tuple(product(AREAS, SEXES, PATTERNS))
"""People of one area and sex who chose the same options."""
THRESHOLD = 10
CELLS = sp.Policy(name="cells", threshold=THRESHOLD)
KEPT = sp.MinBase(0)
LARGE = {"": 60, "w": 60, "x": 40, "y": 30, "wx": 20, "wy": 20}


def bound(counts: Mapping[tuple[str, str], Mapping[str, int]]) -> sp.Responses:
    """Return answers of so many of each area and sex who chose the options of each pattern."""
    rows = [
        (area, sex, *(int(option in options) for option in OPTIONS))
        for (area, sex), several in counts.items()
        for options, times in several.items()
        for _ in range(times)
    ]
    frame = pd.DataFrame(rows, columns=["area", "sex", *(f"m_{one}" for one in OPTIONS)])
    questions = (
        sp.Single(name="area", text="area", options=codes(AREAS)),
        sp.Single(name="sex", text="sex", options=codes(SEXES)),
        sp.Multiple(name="m", text="m", options=codes(OPTIONS), blank="none"),
    )
    return sp.bind(frame, sp.Questionnaire(title="t", questions=questions))


def reached(responses: sp.Responses, *options: str) -> sp.Estimates:
    """Return the reach of some options by area, and which of all options reaches most."""
    estimates = sp.estimate(responses, sp.Reach("m", tuple((one,) for one in options)), by="area")
    best = estimates.frame.sort_values("estimate").groupby(["breakdown", "domain"]).tail(1)
    rows = [
        of_sets("chosen", str(row["item"]), breakdown=row["breakdown"], domain=row["domain"])
        for _, row in best.iterrows()
    ]
    return chosen(estimates, *rows)


def within(breakdown: str, domain: str) -> np.ndarray:
    """Say which kinds of people are in a group."""
    codes_of = dict(zip(breakdown.split("|"), domain.split("|"), strict=True))
    return np.array(
        [
            codes_of.get("area", area) == area and codes_of.get("sex", sex) == sex
            for area, sex, _ in KINDS
        ]
    )


def chose(item: str) -> np.ndarray:
    return np.array([any(kind[2][OPTIONS.index(one)] for one in item.split("|")) for kind in KINDS])


def known(figures: pd.DataFrame, choices: pd.DataFrame) -> Programme:
    """Return what follows from shown figures, and from what is told to come first."""
    sums = Sums()
    shown = figures[figures["flag"] != "suppressed"]
    counts = {}
    for row in shown.itertuples():
        here = within(row.breakdown, row.domain)
        sums.know(here, row.n_base, row.n_base)
        sums.know(here & chose(row.item), row.n_category, row.n_category)
        counts[row.breakdown, row.domain, row.item] = row.n_category
    for row in choices.itertuples():
        first = counts[row.breakdown, row.domain, row.item]
        here = within(row.breakdown, row.domain)
        for other in OPTIONS:
            sums.know(here & chose(other), 0, first)
    return Programme(sums)


def too_close(
    estimates: Iterable[sp.Estimates], figures: pd.DataFrame, choices: pd.DataFrame
) -> list[tuple[str, str]]:
    """Return the small counts that are known closer than the threshold."""
    programme = known(figures, choices)
    keys = ["indicator", "breakdown", "domain", "item"]
    truth = pd.concat([one.frame for one in estimates]).set_index(keys)["n_category"]
    gone = figures[figures["flag"] == "suppressed"].set_index(keys).index
    found = []
    for key in gone:
        count, (_, breakdown, domain, item) = truth[key], key
        if 0 < count < THRESHOLD:
            low, high = programme.interval(within(breakdown, domain) & chose(item))
            if low > 1e-6 or high < count + THRESHOLD - 1e-6:
                found.append((domain, item))
    return found


def test_what_comes_first_beside_a_hidden_count_would_bound_it_and_is_not_told():
    small = {"": 40, "w": 14, "x": 12, "y": 8}
    responses = bound(
        {("n", "f"): LARGE, ("n", "m"): LARGE, ("s", "f"): small, ("s", "m"): {"": 30}}
    )
    estimates = reached(responses, *OPTIONS)
    release = sp.release(estimates, KEPT, policy=CELLS)
    assert too_close([estimates], release.figures, estimates.choices[:0]) == []
    # That 14 chose the first of all tells that no more chose y, and 18 must be possible.
    figures = release.figures.query("domain != 's' or item != 'w'")
    shown = sp.release(estimates, sp.MinBase(0), policy=sp.Policy(minimum_base=0)).figures
    of_south = pd.concat([figures, shown.query("domain == 's' and item == 'w'")])
    assert too_close([estimates], of_south, estimates.choices) == [("s", "y")]
    assert set(release.choices["domain"]).isdisjoint({"s"})
    assert too_close([estimates], release.figures, release.choices) == []


def test_what_few_chose_first_would_bound_counts_of_smaller_groups_and_is_not_told():
    few = {"": 60, "w": 13, "x": 11, "y": 4}
    responses = bound(
        {("n", "f"): LARGE, ("n", "m"): LARGE, ("s", "f"): few, ("s", "m"): {"": 40, "y": 5}}
    )
    by_area = reached(responses, "w", "x")
    crossed = sp.estimate(responses, sp.Reach("m", ("y",), name="of_y"), by=[("area", "sex")])
    several = [by_area, crossed]
    release = sp.release(several, KEPT, policy=CELLS)
    figures = release.figures
    assert (figures.query("domain == 's'")["flag"] != "suppressed").all()
    assert too_close(several, figures, by_area.choices[:0]) == []
    assert ("s|f", "y") in too_close(several, figures, by_area.choices)
    assert set(release.choices["domain"]) == {"_T", "n"}
    assert too_close(several, figures, release.choices) == []
