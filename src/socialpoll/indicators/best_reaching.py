"""The sets of options that reach most persons: total unduplicated reach and frequency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.best_table import Ranked, table_of
from socialpoll.indicators.candidates import candidates_of
from socialpoll.indicators.definitions import Indicator, Share
from socialpoll.indicators.estimating import estimate
from socialpoll.indicators.levelling import ranking_of
from socialpoll.indicators.optimism import seed_of
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.reaching import Reach
from socialpoll.indicators.ruling import Rule
from socialpoll.indicators.searching import MOST, Found, Search, sizes_looked_at
from socialpoll.indicators.serving import Served
from socialpoll.indicators.set_shares import SetShares
from socialpoll.indicators.sources import Source, engine_of, tallied_for
from socialpoll.schema import CodeValue, Condition
from socialpoll.totals import Basis, Exactly, Patterns, combinations_of, exactly, one_thread

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators.estimates import Estimates

__all__ = ["best_reach"]

Floats = npt.NDArray[np.float64]


def best_reach(
    source: Source,
    question: str,
    size: int = 3,
    *,
    among: Sequence[CodeValue] | None = None,
    where: Condition | None = None,
    keep: int = 10,
    precision: Precision | None = None,
    seed: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Find the sets of options that reach most persons, of each size up to ``size``.

    All combinations are looked at, over the distinct patterns of answers with their weights
    (Miaoulis, Free & Parsons 1990, Marketing Research 2 (1): 28-40, "TURF"); then those kept are
    estimated as :class:`~socialpoll.Reach`. The best set of one size need not hold the best of the
    size before. Sizes with which there would be more than 1,000,000 combinations have one row, of
    the best set that an integer program finds (Church & ReVelle 1974).

    Parameters
    ----------
    source : Weights, Replicates, Responses or Scan
    question : str
        A ``multiple`` question, or nets of one question.
    size : int
        Of the largest sets.
    among : list of codes, optional
        Options to choose from; all but the exclusive ones where absent.
    where : Condition, optional
        Only for those of whom this is true.
    keep : int
        How many sets are kept of each size.
    precision : Precision, optional
    seed : int or numpy.random.Generator
        Of the draws behind ``optimism``, as of :func:`~socialpoll.choose`.

    Returns
    -------
    pandas.DataFrame
        A row a set, the smallest first, those of one size by ``rank``; sets that are level have the
        same rank and stand in the order of the questionnaire, and ``level_with`` counts the others,
        kept or not. ``options`` are codes joined by ``|``; ``reach`` is a share of those who
        answered, with the precision of a share, ``n_base`` of them and ``n_reached`` in the set.
        ``gain`` is the reach less that of the first set of the size before, with standard error and
        two-sided p from their joint covariance (missing for the smallest size, and where the two
        cannot differ); ``frequency`` is how many options of the set those whom it reaches chose on
        average, with ``frequency_se`` by the delta method. ``optimism`` is how much of the reach of
        the first set of a size is to be expected from its being the first, and ``corrected`` the
        reach without it; missing for the others. ``at_most`` is what no set of the size reaches
        more than, missing where all were looked at; where they were not, ``level_with`` is missing.

    Raises
    ------
    CombinationsError
        Of a scan: answers to be counted together that differ too much.
    UnknownNameError
        No such question.
    EstimationError
        A question of another kind, an option that it does not have, numbers below 1, stacked waves.

    See Also
    --------
    choose : The sets that serve a goal, in every domain, to be published.
    Reach : The reach of sets that are named.

    Notes
    -----
    The sets were chosen because they did best in this sample, so their reach is rather too high
    (``optimism`` says by how much), and p values rather too small: the more so, the more options
    there are and the fewer persons.
    """
    counted = tallied_for(source, [question], where)
    column, places = candidates_of(counted, question, among)
    _refuse_odd_numbers(size, keep, len(places))
    drawn = seed_of(seed)
    conventions = precision if precision is not None else Precision()
    engine = engine_of(counted, conventions)
    measure = exactly(engine, question, places, where=where)
    patterns = _patterns(engine.cells(Basis(measure, (), where))[0], measure)
    search = Search(Rule(len(places), size), sizes_looked_at(len(places), size), size)
    with one_thread():
        found = search.within(patterns)
    best = _kept(patterns, search, found, keep)
    codes = [column.options[place].code for place in places]
    several = [tuple(codes[place] for place in one) for some in best for one in some.sets]
    indicators: list[Indicator] = [Reach(question, tuple(several)), Share(question)]
    estimates = estimate(counted, indicators, where=where, precision=conventions)
    table = table_of(estimates, best, several)
    first = np.cumsum([0, *(len(one.sets) for one in best[:-1])])
    table.loc[first, "optimism"] = _optimism(estimates, search.rule, found, measure, drawn)
    table["corrected"] = table["reach"] - table["optimism"]
    table.loc[first, "at_most"] = found.best_at_most
    return table


def _patterns(totals: Floats, measure: Exactly) -> Patterns:
    """Return the patterns, weighed by their shares of the base: the last total, or 0."""
    own, base = totals[:-1], totals[-1]
    return Patterns.within(measure, own / base if base > 0 else own)


def _optimism(
    estimates: Estimates, rule: Rule, found: Found, measure: Exactly, seed: int
) -> list[float]:
    """Return the optimism of the best set of each size; NaN where there is no precision."""
    shares = SetShares.of(estimates.joint, measure, estimates.joint.blocks[0].basis)
    row = estimates.frame.iloc[0]
    if row["n_base"] <= 1 or not row["df"] >= 1:
        return [float("nan")] * len(found.best)
    patterns = shares.patterns(0)
    with one_thread():
        return Served(
            rule=rule,
            found=found,
            reach=patterns.weight @ patterns.met_by(found.held),
            covariance=shares.covariance(0, found.held),
            df=float(row["df"]),
            level=estimates.precision.level,
            seed=seed,
        ).best_optimism


def _refuse_odd_numbers(size: int, keep: int, options: int) -> None:
    if size not in range(1, options + 1):
        raise EstimationError(
            "there are no sets of this size",
            where="size",
            found=repr(size),
            allowed=f"1 to {options}, the number of options",
        )
    if keep not in range(1, MOST + 1):
        message, allowed = "keep does not say how many sets", f"1 to {MOST:,}"
        raise EstimationError(message, where="keep", found=repr(keep), allowed=allowed)


def _kept(patterns: Patterns, search: Search, found: Found, keep: int) -> list[Ranked]:
    """Rank the sets of each size that is looked at wholly; of others take the best alone."""
    whole = [_best(patterns, size, keep) for size in range(1, search.whole + 1)]
    beyond = [found.held[place] for place in found.best[search.whole :]]
    alone = [
        Ranked((tuple(np.flatnonzero(one).tolist()),), np.ones(1, dtype=np.int64), (None,))
        for one in beyond
    ]
    return whole + alone


def _best(patterns: Patterns, size: int, keep: int) -> Ranked:
    """Rank the sets of a size by whom they reach; those that are level, by their options."""
    ranking = ranking_of(patterns.reached(size))
    sets = combinations_of(patterns.ticked.shape[1], size)[ranking.order[:keep]]
    return Ranked(
        tuple(tuple(one) for one in sets.tolist()),
        ranking.rank[:keep],
        tuple(ranking.level_with[:keep].tolist()),
    )
