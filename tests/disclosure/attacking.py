"""An attack on a release: every small count that it hides is bounded from all that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import socialpoll as sp
from socialpoll.indicators import KEYS
from socialpoll.schema import Condition
from tests.disclosure.accounts import Account
from tests.disclosure.joint import Joint
from tests.disclosure.known import Figures
from tests.disclosure.people import People, questions_of, rows_of_crossing
from tests.disclosure.programme import Programme
from tests.disclosure.promises import Promise, narrowest, promised, truths
from tests.disclosure.sums import Floats

if TYPE_CHECKING:
    import pandas as pd

NEAR = 1e-3
"""How exactly a program is solved, relative to the sum; far less than one respondent."""
MEASURED = ("mean", "median", "quantile")


@dataclass(frozen=True)
class Bound:
    """What an attacker found of one small count.

    Parameters
    ----------
    row : str
        The figure, by its keys.
    of : {"category", "rest", "base"}
        Those who gave the answer, those who gave another, or all in the base.
    by : {"respondents", "weights"}
    truth, low, high : float
        What it is, and between what he knows it to be.
    least, most : float
        What he must not exclude.
    whole : bool
        Whether respondents were taken as whole; otherwise the limits are those of real numbers,
        which are never narrower.
    """

    row: str
    of: str
    by: str
    truth: float
    low: float
    high: float
    least: float
    most: float
    whole: bool = False

    @property
    def protected(self) -> bool:
        """Whether he does not come closer than the policy promises."""
        near = NEAR * max(1.0, self.most)
        return self.low <= self.least + near and self.high >= self.most - near

    @property
    def exact(self) -> bool:
        """Whether he knows it."""
        return self.high - self.low < NEAR * max(1.0, self.truth)


@dataclass(frozen=True)
class Attack:
    """One who knows what is released, and how; and us, who know the truth.

    Parameters
    ----------
    estimates : sequence of Estimates
        What the release was made of: the truth, and the conditions, which titles tell.
    release : Release or DataFrame
        What everybody knows; a frame of figures stands for a release that was tampered with.
    threshold : int
        Of the policy.
    before : sequence of Release
        What was published earlier of the same answers.
    conditions : mapping of str to Condition
        Of whom an indicator tells.
    complete : sequence of str
        Questions that nobody left blank.
    whole : bool
        Solve for whole numbers of respondents, where there are not too many kinds of people.
    account : Account, optional
        Facts of the method, which he takes together with the figures.
    """

    estimates: Sequence[sp.Estimates]
    release: sp.Release
    threshold: int
    before: Sequence[sp.Release] = ()
    conditions: Mapping[str, Condition] | None = None
    complete: Sequence[str] = ()
    whole: bool = True
    account: Account | None = None

    def bounds(self, figures: pd.DataFrame | None = None) -> list[Bound]:
        """Bound every small count, of those who gave an answer, who did not, and of bases."""
        shown = self.release.figures if figures is None else figures
        return [one for wave in sorted(set(shown["wave"])) for one in self._of_wave(shown, wave)]

    def holes(self, figures: pd.DataFrame | None = None) -> list[Bound]:
        """Return the counts that are not protected."""
        return [one for one in self.bounds(figures) if not one.protected]

    def known(self, shown: pd.DataFrame, wave: str) -> Figures:
        """Return all that he knows of a wave."""
        tables = [one.figures for one in self.before]
        every = [_legible(one[one["wave"] == wave]) for one in (shown, *tables)]
        people = People(self.release.questionnaire, self._names(every), self.complete)
        known = Figures(people, self.conditions)
        for one, release in zip(every, (self.release, *self.before), strict=True):
            known.read(one, exact=_fact(release)["rounding"] == "none")
        pairs = self.release.comparisons
        known.compare(pairs[(pairs["wave"] == wave) & (pairs["wave_b"] == wave)], every[0])
        if _weigh_the_same(shown):
            _join(known)
        return known

    def _names(self, tables: Sequence[pd.DataFrame]) -> list[str]:
        """Return all questions that the tables are about, and those of whom they tell."""
        names: dict[str, None] = {}
        for one in tables:
            names |= dict.fromkeys(map(str, one["question"]))
            for breakdown in one["breakdown"].unique():
                names |= dict.fromkeys(name for name, _ in rows_of_crossing(breakdown, breakdown))
            for indicator in set(one["indicator"]) & set(self.conditions or {}):
                names |= dict.fromkeys(sorted(questions_of(self.conditions[indicator])))
        return list(names)

    def _of_wave(self, shown: pd.DataFrame, wave: str) -> Iterator[Bound]:
        known = self.known(shown, wave)
        solve = self._programmes(known)
        for one in narrowest(self._promises(known)):
            low, high = solve(one.by, one.target)
            whole = one.by == "respondents" and self.whole and self.account is None
            yield Bound(one.row, one.of, one.by, one.value, low, high, one.least, one.most, whole)

    def _promises(self, known: Figures) -> Iterator[Promise]:
        truth = truths(self.estimates)
        zeros = _fact(self.release).get("zeros") == "hide"
        for row in known.hidden:
            # What was hidden in an earlier release may be of other estimates.
            true = truth.get(tuple(row[key] for key in KEYS))
            if true is not None:
                whole = dict(row) | {"base": true["base"]}
                yield from promised(known, whole, true, self.threshold, zeros=zeros)

    def _programmes(self, known: Figures) -> Callable[[str, Floats], tuple[float, float]]:
        """Return what bounds a number of respondents, or a sum of weights."""
        if self.account is not None:
            return Joint(known, self.account).interval
        programmes = {
            "respondents": Programme(known.respondents, self.whole),
            "weights": Programme(known.weights),
        }
        return lambda by, target: programmes[by].interval(target)


def solved_whole(found: Sequence[Bound]) -> dict[str, bool]:
    """Say of each table, by wave, indicator and breakdown, whether its respondents were whole."""
    made: dict[str, bool] = {}
    for one in found:
        if one.by == "respondents":
            keys = dict(zip(KEYS, one.row.split("/"), strict=True))
            table = " / ".join(keys[key] for key in ("wave", "indicator", "breakdown"))
            made[table] = made.get(table, True) and one.whole
    return made


def _fact(release: sp.Release) -> Mapping[str, object]:
    fact = release.methodology.fact("disclosure", "policy")
    assert fact is not None
    return fact


def _legible(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that tell of sets of people."""
    of_sets = figures["statistic"].isin(["share", "share_of_responses"])
    of_sets |= (figures["statistic"] == "total") & (figures["unit"] == "persons")
    return figures[of_sets | figures["statistic"].isin(MEASURED)]


def _weigh_the_same(shown: pd.DataFrame) -> bool:
    """Whether everybody weighs one: effective base and population are then the base."""
    told = shown.dropna(subset=["n_effective", "n_base", "population"])
    told = told[told["n_base"].astype(float) > 0].astype(
        {"n_effective": float, "n_base": float, "population": float}
    )
    same = (told["n_effective"] - told["n_base"]).abs() < 0.06
    return bool(len(told)) and bool(
        (same & ((told["population"] - told["n_base"]).abs() < 0.51)).all()
    )


def _join(known: Figures) -> None:
    """Let both systems tell of the same numbers, where weights and respondents are the same."""
    one, other = known.respondents, known.weights
    for name in ("of", "low", "high"):
        both = [*getattr(one, name), *getattr(other, name)]
        getattr(one, name)[:] = both
        getattr(other, name)[:] = both
