"""What released figures tell of the kinds of people: sums of respondents and of weights.

Every shown figure is an equation or a pair of inequalities over non-negative numbers: how many
respondents of each kind there are, and how much they weigh. Rounding is half a unit of the last
decimal, either way.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from socialpoll.schema import Condition
from tests.disclosure.measures import measured
from tests.disclosure.people import Mask, People, rows_of_crossing
from tests.disclosure.sums import EXACT, Row, Sums


class Figures:
    """What one or several releases of the same answers tell.

    Parameters
    ----------
    people : People
    conditions : mapping of str to Condition, optional
        Of whom an indicator tells, where its title says that it is not of all.
    """

    def __init__(self, people: People, conditions: Mapping[str, Condition] | None = None) -> None:
        self.people = people
        self.conditions = dict(conditions or {})
        self.respondents, self.weights = Sums(), Sums()
        self.hidden: list[Row] = []
        self.shown: list[Row] = []

    # -- sets of people

    def domain(self, row: Row) -> Mask:
        """Return who is in the domain of a row."""
        mask = self.people.everybody()
        for name, code in rows_of_crossing(str(row["breakdown"]), str(row["domain"])):
            mask = mask & self.people.gave(name, code)
        condition = self.conditions.get(str(row["indicator"]))
        return mask if condition is None else mask & self.people.holds(condition)

    def base(self, row: Row) -> Mask:
        """Return who is in the base of a row."""
        return self.domain(row) & self.people.in_base(str(row["question"]), base_of(row))

    def gave(self, row: Row) -> Mask:
        """Return who gave the answer of a row."""
        return self.domain(row) & self.people.counted(
            str(row["question"]), answer_of(row), base_of(row)
        )

    # -- what is told

    def read(self, release: pd.DataFrame, *, exact: bool = False) -> Figures:
        """Take in the figures of a release; ``exact`` where it says that it does not round."""
        bases = release.dropna(subset=["n_base"]).groupby("indicator")["base"].first()
        for row in release.to_dict("records"):
            whole = row | {"base": bases.get(row["indicator"], "answered")}
            if row["flag"] == "suppressed":
                self.hidden.append(whole)
            else:
                self.shown.append(whole)
                self._of_respondents(whole)
                self._of_weights(whole, exact)
        return self

    def _of_respondents(self, row: Row) -> None:
        here, question = self.domain(row), str(row["question"])
        for count, mask in (
            (row["n_base"], lambda: self.base(row)),
            (row["n_answered"], lambda: here & self.people.answered(question)),
            (row["n_asked"], lambda: here & self.people.was_asked(question)),
            (row["n_category"], lambda: self.gave(row)),
        ):
            if not pd.isna(count):
                self.respondents.know(mask(), float(count), float(count))

    def _of_weights(self, row: Row, exact: bool) -> None:
        if pd.isna(row["population"]):
            return
        base = self.base(row).astype(float)
        within = EXACT * max(1.0, float(row["population"])) if exact else 0.5
        self.weights.know(base, row["population"] - within, row["population"] + within)
        if pd.isna(row["estimate"]):
            return
        statistic, value = row["statistic"], float(row["estimate"])
        small = EXACT if exact else 0.0005
        if statistic == "share":
            self.weights.know_ratio(self.gave(row).astype(float), base, value, small)
        elif statistic == "total" and answer_of(row) != "_Z":
            self.weights.know(self.gave(row), value - within, value + within)
        elif statistic == "share_of_responses":
            chosen = base * np.nan_to_num(self.people.scored(str(row["question"])))
            self.weights.know_ratio(self.gave(row).astype(float), chosen, value, small)
        elif statistic in ("mean", "median", "quantile"):
            measured(self.weights, self.people, self.base(row), row, EXACT if exact else 0.05)

    def compare(self, comparisons: pd.DataFrame, shown: pd.DataFrame) -> Figures:
        """Take in differences of shares, of which one side is known: the other follows."""
        keys = ["indicator", "question", "item", "category", "breakdown", "domain"]
        of = shown[shown["flag"] != "suppressed"].set_index(keys)["estimate"].to_dict()
        bases = shown.dropna(subset=["n_base"]).groupby("indicator")["base"].first()
        for pair in comparisons[comparisons["statistic"] == "share"].to_dict("records"):
            known = pair | {"base": bases.get(pair["indicator"], "answered")}
            self._of_pair(known, of)
        return self

    def _of_pair(self, pair: Row, of: Mapping[tuple[object, ...], float]) -> None:
        keys = [pair[one] for one in ("indicator", "question", "item", "category", "breakdown")]
        for own, other, sign in (("domain_a", "domain_b", -1), ("domain_b", "domain_a", 1)):
            first = of.get((*keys, pair[own]))
            if first is None or pd.isna(first):
                continue
            share = first + sign * float(pair["difference"])
            row = self._side(pair, str(pair[other]), str(pair[own]))
            self.weights.know_ratio(row[0].astype(float), row[1].astype(float), share, 0.001)

    def _side(self, pair: Row, side: str, first: str) -> tuple[Mask, Mask]:
        if side == "_R":
            not_here = ~self.domain(dict(pair) | {"domain": first})
            row = dict(pair) | {"domain": "_T", "breakdown": "_T"}
            return self.gave(row) & not_here, self.base(row) & not_here
        row = dict(pair) | {"domain": side}
        row |= {"breakdown": "_T"} if side == "_T" else {}
        return self.gave(row), self.base(row)


def answer_of(row: Row) -> str:
    """Return the answer, option or net that a row tells of."""
    return str(row["category"] if row["item"] == "_Z" else row["item"])


def base_of(row: Row) -> str:
    """Return the base of a row; those who answered where a row does not say."""
    return str(row["base"]) if row["base"] else "answered"
