"""The sets of options that reach most persons: total unduplicated reach and frequency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError, UnknownNameError, nearest
from socialpoll.indicators.contrasts import tested
from socialpoll.indicators.definitions import Indicator, Share
from socialpoll.indicators.estimating import Source, engine_of, estimate
from socialpoll.indicators.levelling import ranking_of, variances_apart
from socialpoll.indicators.mentioning import places_of, several_answers
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.reaching import JOINT, Reach
from socialpoll.responses import Responses, Ticks
from socialpoll.schema import CodeValue, Condition
from socialpoll.totals import Patterns, combinations_of
from socialpoll.weighting import Waves

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators.estimates import Estimates

__all__ = ["best_reach"]

Floats = npt.NDArray[np.float64]
MOST = 1_000_000
"""Combinations that are looked at, all of them; beyond, the question is refused."""
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
)


@dataclass(frozen=True, eq=False)
class _Best:
    """The sets kept of one size, as places of options, and how they rank among all."""

    sets: tuple[tuple[int, ...], ...]
    rank: npt.NDArray[np.int64]
    level_with: npt.NDArray[np.int64]


def best_reach(
    source: Source,
    question: str,
    size: int = 3,
    *,
    among: Sequence[CodeValue] | None = None,
    where: Condition | None = None,
    keep: int = 10,
    precision: Precision | None = None,
) -> pd.DataFrame:
    """Find the sets of options that reach most persons, of each size up to ``size``.

    All combinations are looked at, over the distinct patterns of answers with their weights
    (Miaoulis, Free & Parsons 1990, Marketing Research 2 (1): 28-40, "TURF"); then those kept are
    estimated as :class:`~socialpoll.Reach`. The best set of one size need not hold the best of the
    size before.

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
        average.

    Raises
    ------
    UnknownNameError
        No such question.
    EstimationError
        A question of another kind, an option that it does not have, more than 1,000,000
        combinations, numbers below 1, stacked waves.

    See Also
    --------
    Reach : The reach of sets that are named.

    Notes
    -----
    The sets were chosen because they did best in this sample, so their reach is rather too high,
    and p values rather too small: the more so, the more options there are and the fewer persons.
    """
    column, places = _options(source, question, among)
    _refuse_odd_numbers(size, keep, len(places))
    conventions = precision if precision is not None else Precision()
    patterns = Patterns.of(engine_of(source, conventions), question, places, where)
    best = [_best(patterns, number, keep) for number in range(1, size + 1)]
    codes = [column.options[place].code for place in places]
    several = [tuple(codes[place] for place in one) for some in best for one in some.sets]
    indicators: list[Indicator] = [Reach(question, tuple(several)), Share(question)]
    estimates = estimate(source, indicators, where=where, precision=conventions)
    return _tabulated(estimates, best, several)


def _options(
    source: Source, question: str, among: Sequence[CodeValue] | None
) -> tuple[Ticks, tuple[int, ...]]:
    if isinstance(source, Waves):
        raise EstimationError(
            "the best sets are found of one wave",
            where="source",
            found="stacked waves",
            allowed="Weights, Replicates or Responses",
            advice="find them in one wave, and estimate Reach of these sets in all",
        )
    responses = source if isinstance(source, Responses) else source.responses
    if question not in responses.columns:
        message = f"there is no question or derived variable {question!r}"
        allowed = nearest(question, responses.columns)
        raise UnknownNameError(message, where="question", found=repr(question), allowed=allowed)
    column = several_answers(responses, question)
    if among is None:
        return column, column.mentions
    if isinstance(among, str) or not among or len(set(map(str, among))) < len(among):
        message = "among does not say which options to choose from"
        allowed = "a list of different codes"
        raise EstimationError(message, where="among", found=repr(among), allowed=allowed)
    return column, places_of(column, question, among)


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
    number = sum(comb(options, one) for one in range(1, size + 1))
    if number > MOST:
        raise EstimationError(
            "there are too many combinations to look at all of them",
            where="size",
            found=f"{number:,} of up to {size} of {options} options",
            allowed=f"{MOST:,} at most",
            advice="take a smaller size, or name fewer options in among: those that are seldom "
            "chosen hardly ever belong to the best sets",
        )


def _best(patterns: Patterns, size: int, keep: int) -> _Best:
    """Rank the sets of a size by whom they reach; those that are level, by their options."""
    ranking = ranking_of(patterns.reached(size))
    sets = combinations_of(patterns.ticked.shape[1], size)[ranking.order[:keep]]
    return _Best(
        tuple(tuple(one) for one in sets.tolist()),
        ranking.rank[:keep],
        ranking.level_with[:keep],
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
        "level_with": np.concatenate([one.level_with for one in best]),
        **_gains(estimates, best),
        "frequency": np.divide(chosen, reach, out=np.full(reach.size, np.nan), where=reach > 0),
        "n_base": rows["n_base"].to_numpy(),
        "n_reached": rows["n_category"].to_numpy(),
        "caveat": rows["caveat"].to_numpy(),
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS})


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
