"""Samples of people whose answers are known, and how often intervals hold what is true of all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np
import pandas as pd

import socialpoll as sp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from socialpoll.indicators import AnyIndicator
    from socialpoll.register.sampling.declared import Sample

    Floats: TypeAlias = npt.NDArray[np.float64]

__all__ = ["FIGURE", "Asking", "Held", "drawn", "held", "recipe"]

KEY = sp.LinkageKey(b"of a register of nobody: no secret")
INTERVIEW = "interview"

FIGURE = ["indicator", "breakdown", "domain", "item", "category", "statistic"]
"""What names a figure."""
COMPLEMENT = "no"
"""Of ``yes``: its interval holds the truth where that of ``yes`` does."""
FIXED = "fixed by weighting"
ARRAYS = ("estimate", "se", "low", "high", "base")
MEASURED = ["estimate", "se", "ci_low", "ci_high", "n_answered"]


@dataclass(frozen=True)
class Asking:
    """What is estimated from each sample, and how it is weighted.

    Attributes
    ----------
    questionnaire : Questionnaire
    recipe : Recipe
    tables : sequence of (sequence of indicators, sequence of breakdowns)
        The figure for everybody is in each of them, and is taken once.
    """

    questionnaire: sp.Questionnaire
    recipe: sp.Recipe
    tables: Sequence[tuple[Sequence[AnyIndicator], Sequence[str]]]

    def figures(self, frame: pd.DataFrame, design: sp.SampleDesign) -> pd.DataFrame:
        """Return the figures of one sample."""
        responses = sp.bind(frame, self.questionnaire, design)
        return self._figures(sp.weigh(responses, self.recipe))

    def truth(self, everybody: pd.DataFrame) -> pd.DataFrame:
        """Return the figures of the whole population, in the same order."""
        # Totals of weights of one are refused, as those of a sample: everybody counts twice.
        twice = sp.bind(everybody.assign(w=2.0), self.questionnaire, sp.SampleDesign(weight="w"))
        figures = self._figures(twice)
        figures.loc[figures["statistic"] == "total", "estimate"] /= 2
        return figures

    def _figures(self, source: sp.Responses | sp.Weights) -> pd.DataFrame:
        found = [sp.estimate(source, what, by=list(by)).frame for what, by in self.tables]
        figures = pd.concat(found, ignore_index=True).drop_duplicates(FIGURE, ignore_index=True)
        return figures[figures["category"] != COMPLEMENT].reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Held:
    """What samples said of the figures of a population.

    Attributes
    ----------
    figures : pandas.DataFrame
        A row a figure: :data:`FIGURE`, its ``truth``; ``fixed`` where weighting fixes it in
        every sample.
    estimate, se, low, high, base : float64 array (samples, figures)
        Missing where a sample has no such figure, or no interval of it.
    """

    figures: pd.DataFrame
    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    base: Floats

    @classmethod
    def join(cls, parts: Sequence[Held]) -> Self:
        """Return samples that were taken in parts as one."""
        fixed = np.all([one.figures["fixed"] for one in parts], axis=0)
        each = [np.concatenate([getattr(one, name) for one in parts]) for name in ARRAYS]
        return cls(parts[0].figures.assign(fixed=fixed), *each)

    @property
    def covered(self) -> Floats:
        """Whether each interval holds the truth; missing where there is none (samples, figures)."""
        truth = self.figures["truth"].to_numpy()
        inside = (self.low <= truth) & (truth <= self.high)
        return np.where(np.isfinite(self.low) & np.isfinite(self.high), inside, np.nan)

    def by_figure(self) -> pd.DataFrame:
        """Return a row a figure that is not fixed.

        Coverage and its Monte Carlo error √(p (1 − p) / samples), the bias and its Monte Carlo
        error, the standard deviation of estimates, the mean standard error, the mean base, and the
        samples that had an interval.
        """
        free = ~self.figures["fixed"].to_numpy()
        estimate, se, covered = (one[:, free] for one in (self.estimate, self.se, self.covered))
        samples = np.isfinite(covered).sum(axis=0)
        coverage, deviation = np.nanmean(covered, axis=0), np.nanstd(estimate, axis=0, ddof=1)
        return self.figures[free].assign(
            coverage=coverage,
            coverage_error=np.sqrt(coverage * (1 - coverage) / samples),
            bias=np.nanmean(estimate, axis=0) - self.figures["truth"].to_numpy()[free],
            bias_error=deviation / np.sqrt(samples),
            deviation=deviation,
            mean_se=np.nanmean(se, axis=0),
            base=np.nanmean(self.base[:, free], axis=0),
            samples=samples,
        )

    def off_target(self) -> float:
        """Return how far a fixed figure ever was from the truth, as a part of it."""
        fixed = self.figures["fixed"].to_numpy()
        truth = self.figures["truth"].to_numpy()[fixed]
        return float(np.abs(self.estimate[:, fixed] / truth - 1).max())


def recipe(everybody: pd.DataFrame, margins: Sequence[tuple[str, ...]], within: str) -> sp.Recipe:
    """Return non-response within classes, then raking to margins that are true of everybody."""
    raked = []
    for of in margins:
        counts = everybody.groupby(list(of), observed=True).size()
        frame = counts.rename("target").reset_index()
        raked.append(sp.Margin(of, frame))
    return sp.Recipe((sp.NonResponse(within), sp.Rake(tuple(raked))))


def held(
    asking: Asking, truth: pd.DataFrame, samples: Iterable[tuple[pd.DataFrame, sp.SampleDesign]]
) -> Held:
    """Estimate everything from every sample.

    Parameters
    ----------
    asking : Asking
    truth : pandas.DataFrame
        Of :meth:`Asking.truth`.
    samples : iterable of (DataFrame, SampleDesign)
        Frames of sampled cases, those without an interview among them.
    """
    found = [asking.figures(*one) for one in samples]
    names = truth[FIGURE]
    fixed = np.ones(len(names), dtype=bool)
    for one in found:
        pd.testing.assert_frame_equal(one[FIGURE], names)
        fixed &= one["caveat"].fillna("").str.contains(FIXED).to_numpy()
    measured = np.stack([one[MEASURED].to_numpy(np.float64) for one in found])
    figures = names.assign(truth=truth["estimate"].to_numpy(np.float64), fixed=fixed)
    return Held(figures, *np.moveaxis(measured, -1, 0))


def drawn(
    everybody: pd.DataFrame,
    chance: Floats,
    sample: Sample,
    randoms: Iterable[np.random.Generator],
) -> Iterator[tuple[pd.DataFrame, sp.SampleDesign]]:
    """Draw samples, and say who responds.

    Parameters
    ----------
    everybody : pandas.DataFrame
        With columns ``person``, ``governorate``, ``block``, and those of the questionnaire.
    chance : float64 array (people,)
        How likely each responds.
    sample : StratifiedSample, ClusterSample or ProportionalSample
    randoms : iterable of numpy.random.Generator
        One a sample.

    Yields
    ------
    tuple of (DataFrame, SampleDesign)
        Of all sampled cases.
    """
    places = everybody[["person", "governorate", "block"]].assign(row=range(len(everybody)))
    places["person"] = KEY.pseudonyms("person", places["person"])
    nobody = pd.DataFrame({"reason": [], "people": []})
    source = {"en": "A synthetic register"}
    population = sp.Population(places, nobody, dt.date(2020, 12, 12), source)
    told = everybody.drop(columns=["person", "governorate", "block", "age_group"])
    for number, random in enumerate(randoms):
        found = sp.draw(population, sample, KEY, name=f"{number}", seed=random, keep="row")
        rows = found.frame["row"].to_numpy()
        became = np.where(random.random(rows.size) < chance[rows], INTERVIEW, "none")
        answers = told.iloc[rows].reset_index(drop=True)
        frame = pd.concat([found.frame, answers], axis=1).assign(became=became)
        yield frame, replace(found.design, disposition="became", interviewed=(INTERVIEW,))
