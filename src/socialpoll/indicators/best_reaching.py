"""The sets of options that reach most persons: total unduplicated reach and frequency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.candidates import candidates_of
from socialpoll.indicators.contrasts import tested
from socialpoll.indicators.definitions import Indicator, Share
from socialpoll.indicators.estimating import Source, engine_of, estimate
from socialpoll.indicators.levelling import ranking_of, variances_apart
from socialpoll.indicators.optimism import seed_of
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.reaching import JOINT, Reach
from socialpoll.indicators.ruling import Rule
from socialpoll.indicators.searching import MOST, Found, Search, sizes_looked_at
from socialpoll.indicators.serving import Served
from socialpoll.indicators.set_shares import NEGLIGIBLE, SetShares
from socialpoll.schema import CodeValue, Condition
from socialpoll.totals import Basis, Exactly, Patterns, combinations_of, exactly, one_thread

if TYPE_CHECKING:
    import pandas as pd
    from pandas.api.extensions import ExtensionArray

    from socialpoll.indicators.estimates import Estimates

__all__ = ["best_reach"]

Floats = npt.NDArray[np.float64]
COLUMNS = (
    "size",
    "rank",
    "options",
    "reach",
    "se",
    "ci_low",
    "ci_high",
    "ci_method",
    "df",
    "level_with",
    "gain",
    "gain_se",
    "gain_df",
    "gain_p",
    "frequency",
    "n_base",
    "n_reached",
    "caveat",
    "optimism",
    "corrected",
    "frequency_se",
    "at_most",
)


@dataclass(frozen=True, eq=False)
class _Best:
    """The sets kept of one size, as places of options, and how they rank among all.

    How many others are level with a set is not known where not all were looked at.
    """

    sets: tuple[tuple[int, ...], ...]
    rank: npt.NDArray[np.int64]
    level_with: tuple[int | None, ...]


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
    source : Weights, Replicates or Responses
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
    column, places = candidates_of(source, question, among)
    _refuse_odd_numbers(size, keep, len(places))
    drawn = seed_of(seed)
    conventions = precision if precision is not None else Precision()
    engine = engine_of(source, conventions)
    measure = exactly(engine, question, places, where=where)
    patterns = _patterns(engine.cells(Basis(measure, (), where))[0], measure)
    search = Search(Rule(len(places), size), sizes_looked_at(len(places), size), size)
    with one_thread():
        found = search.within(patterns)
    best = _kept(patterns, search, found, keep)
    codes = [column.options[place].code for place in places]
    several = [tuple(codes[place] for place in one) for some in best for one in some.sets]
    indicators: list[Indicator] = [Reach(question, tuple(several)), Share(question)]
    estimates = estimate(source, indicators, where=where, precision=conventions)
    table = _tabulated(estimates, best, several)
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


def _kept(patterns: Patterns, search: Search, found: Found, keep: int) -> list[_Best]:
    """Rank the sets of each size that is looked at wholly; of others take the best alone."""
    whole = [_best(patterns, size, keep) for size in range(1, search.whole + 1)]
    beyond = [found.held[place] for place in found.best[search.whole :]]
    alone = [
        _Best((tuple(np.flatnonzero(one).tolist()),), np.ones(1, dtype=np.int64), (None,))
        for one in beyond
    ]
    return whole + alone


def _best(patterns: Patterns, size: int, keep: int) -> _Best:
    """Rank the sets of a size by whom they reach; those that are level, by their options."""
    ranking = ranking_of(patterns.reached(size))
    sets = combinations_of(patterns.ticked.shape[1], size)[ranking.order[:keep]]
    return _Best(
        tuple(tuple(one) for one in sets.tolist()),
        ranking.rank[:keep],
        tuple(ranking.level_with[:keep].tolist()),
    )


def _tabulated(
    estimates: Estimates, best: Sequence[_Best], sets: Sequence[tuple[CodeValue, ...]]
) -> pd.DataFrame:
    import pandas as pd

    frame = estimates.frame
    rows = frame.iloc[: len(sets)]
    shares = frame.iloc[len(sets) :].set_index("item")["estimate"]
    chosen = [sum(shares[str(code)] for code in one) for one in sets]
    reach = rows["estimate"].to_numpy()
    columns = {
        "size": [len(one) for one in sets],
        "rank": np.concatenate([one.rank for one in best]),
        "options": [JOINT.join(map(str, one)) for one in sets],
        "reach": reach,
        **{name: rows[name].to_numpy() for name in ("se", "ci_low", "ci_high", "ci_method", "df")},
        "level_with": _counts([count for one in best for count in one.level_with]),
        **_gains(estimates, best),
        "frequency": np.divide(chosen, reach, out=np.full(reach.size, np.nan), where=reach > 0),
        "n_base": rows["n_base"].to_numpy(),
        "n_reached": rows["n_category"].to_numpy(),
        "caveat": rows["caveat"].to_numpy(),
        **dict.fromkeys(("optimism", "corrected", "at_most"), np.nan),
        "frequency_se": _frequency_errors(estimates, sets),
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS})


def _counts(counts: Sequence[int | None]) -> npt.NDArray[np.int64] | ExtensionArray:
    """Return whole numbers, of a type that knows missing ones where there are any."""
    import pandas as pd

    if None in counts:
        return pd.array(counts, dtype="Int64")
    return np.array(counts, dtype=np.int64)


def _frequency_errors(estimates: Estimates, sets: Sequence[tuple[CodeValue, ...]]) -> Floats:
    """Return standard errors of Σ share / reach: ∂/∂share = 1 / reach, ∂/∂reach = -Σ / reach²."""
    frame, number = estimates.frame, len(sets)
    figures = frame["estimate"].to_numpy(dtype=np.float64)
    reach, found = figures[:number], np.full(number, np.nan)
    if frame["se"].iloc[:number].isna().any() or not (reach > 0).any():
        return found
    item = frame["item"].to_numpy()[number:]
    member = np.array([[one in set(map(str, several)) for one in item] for several in sets])
    some = np.flatnonzero(reach > 0)
    chosen = member[some] @ np.nan_to_num(figures[number:])
    slopes = np.vstack(
        [
            np.eye(number)[:, some] * (-chosen / reach[some] ** 2),
            member[some].T / reach[some],
        ]
    )
    variance = estimates.joint.variances_of(range(len(frame)), slopes)
    found[some] = np.sqrt(np.where(variance > NEGLIGIBLE**2, variance, 0.0))
    return found


def _gains(estimates: Estimates, best: Sequence[_Best]) -> dict[str, list[float]]:
    """Compare each set with the first of the size before, on their joint covariance."""
    sizes = [len(one.sets) for one in best]
    rows = estimates.frame.iloc[: sum(sizes)]
    reach, df = rows["estimate"].to_numpy(), rows["df"].to_numpy()
    covariance = np.full((len(rows), len(rows)), np.nan)
    if not rows["se"].isna().any():
        covariance = estimates.covariance(list(range(len(rows))))
    first = np.cumsum([0, *sizes])
    contrasts = [tested(np.nan, np.nan, np.nan, estimates.precision.level)] * sizes[0]
    for before, start, end in zip(first, first[1:], first[2:], strict=False):
        apart = variances_apart(covariance, before)
        contrasts += [
            tested(reach[row] - reach[before], apart[row], df[row], estimates.precision.level)
            for row in range(start, end)
        ]
    names = {"gain": "estimate", "gain_se": "se", "gain_df": "df", "gain_p": "p"}
    return {ours: [getattr(one, name) for one in contrasts] for ours, name in names.items()}
