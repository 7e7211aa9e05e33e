"""Differences between domains, or waves, tested one beside another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError, nearest
from socialpoll.indicators.adjusting import Adjustment, adjusted, checked_adjustment
from socialpoll.indicators.differences import Differences
from socialpoll.indicators.effective import by_effective_base
from socialpoll.indicators.estimates import COMPARISON_COLUMNS, KEYS, Estimates
from socialpoll.indicators.linearising import linearised
from socialpoll.indicators.pairing import Against, pairings_of
from socialpoll.indicators.resting import with_rests
from socialpoll.schema import Fact

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Compared", "Family", "Method", "adjusted_within", "compare"]

Method: TypeAlias = Literal["linearised", "effective-base"]
Family: TypeAlias = Literal["row", "question", "breakdown", "table"]
LINE = ("indicator", "question", "item", "category", "statistic", "unit", "breakdown")
FAMILIES: dict[str, tuple[str, ...]] = {
    "row": LINE,
    "question": ("indicator", "breakdown"),
    "breakdown": ("breakdown",),
    "table": (),
}
"""What the comparisons of a family have in common; within a wave, unless waves are compared."""
MINIMUM = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How figures are compared.

    Parameters
    ----------
    against : {"pairs", "rest", "total", "waves", "previous"}
    adjust : {"holm", "bonferroni", "bh", "none"} or None
        None is ``holm``, and ``none`` for the rule of the effective base.
    family : {"row", "question", "breakdown", "table"}
    method : {"linearised", "effective-base"}
    minimum_base : int
        Respondents that a figure needs to be compared.

    Raises
    ------
    EstimationError
        A value that is not allowed.
    """

    against: Against = "pairs"
    adjust: Adjustment | None = None
    family: Family = "row"
    method: Method = "linearised"
    minimum_base: int = MINIMUM

    def __post_init__(self) -> None:
        for name, allowed in (("against", Against), ("family", Family), ("method", Method)):
            found = getattr(self, name)
            if found not in get_args(allowed):
                message = f"{name} does not say how to compare"
                raise EstimationError(
                    message, where=name, found=repr(found), allowed=", ".join(get_args(allowed))
                )
        checked_adjustment(self.adjustment)
        if self.minimum_base < 1:
            message = "a figure that is compared has respondents"
            raise EstimationError(
                message, where="minimum_base", found=str(self.minimum_base), allowed="1 or more"
            )
        if self.method == "effective-base" and self.against == "total":
            message = "the rule of the effective base is for columns that do not overlap"
            raise EstimationError(
                message,
                where="against",
                found="'total'",
                allowed="'pairs', 'rest'",
                advice="compare with the rest, or by method='linearised'",
            )

    @property
    def between(self) -> bool:
        """Whether waves are compared, not groups."""
        return self.against in ("waves", "previous")

    @property
    def adjustment(self) -> Adjustment:
        """How p values are adjusted in the end."""
        if self.adjust is not None:
            return self.adjust
        return "holm" if self.method == "linearised" else "none"


def compare(  # the five ways to compare are asked for by name
    estimates: Estimates,
    within: str | Sequence[str] | None = None,
    *,
    against: Against = "pairs",
    adjust: Adjustment | None = None,
    family: Family = "row",
    method: Method = "linearised",
    minimum_base: int = MINIMUM,
) -> Estimates:
    """Compare the domains of a breakdown, row by row: in pairs, with the rest, the total, waves.

    The variance of a difference is k'Vk on the joint covariance of its figures, never v_a + v_b; p
    comes from t on the degrees of freedom of the union of both domains (Binder 1983; as R's
    ``svycontrast``). Times of day differ by the shorter way round the clock, at most 720 minutes,
    and the difference is positive where the first is the later.

    Parameters
    ----------
    estimates : Estimates
        With the breakdown among them.
    within : str or list of str, optional
        Breakdowns, as in the frame's ``breakdown`` (a crossing joined by ``|``); every one where
        absent. Between waves everybody, ``_T``, is one of them.
    against : {"pairs", "rest", "total", "waves", "previous"}
        What each domain is compared with: every other one; all who answered the breakdown and are
        not in it (``_R``); everybody (``_T``, of which it is a part; profiles have no such figure);
        itself in every earlier wave, or in the one before.
    adjust : {"holm", "bonferroni", "bh", "none"}, optional
        How p values are adjusted within a family (Holm 1979; Benjamini & Hochberg 1995). Holm where
        absent; none for the effective base, whose rule has none.
    family : {"row", "question", "breakdown", "table"}
        Which comparisons are adjusted together: those of one row of a breakdown, of one indicator
        within it, of all indicators within it, or all. Between waves a family has all waves.
    method : {"linearised", "effective-base"}
        ``effective-base`` is the rule of thumb of commercial tables: z of two independent columns,
        variances p(1 - p), or S², over the effective base (Σw)² / Σw² of each column, unpooled
        (Kish 1965, §11.7). It knows nothing of strata, clusters and calibration, and is for shares
        and means of columns that do not overlap.
    minimum_base : int
        A figure of fewer respondents is not compared.

    Returns
    -------
    Estimates
        The same, with ``comparisons``; those that were there before stay, unless they are made
        again. Figures fixed by weighting, and figures without a standard error, enter none; nor do
        waves between which a figure starts anew.

    Raises
    ------
    EstimationError
        No such breakdown; a way to compare that is none; a sample that is not random; for the
        effective base, statistics that are no shares and means, or columns that overlap; waves,
        where there is one only.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> uses = ["y", "n", "y", "y"] * 24 + ["n"] * 4
    >>> answers = pd.DataFrame({"sex": ["f", "m"] * 50, "uses": uses})
    >>> figures = sp.estimate(sp.bind(answers, sp.Questionnaire.infer(answers)), "uses", by="sex")
    >>> found = sp.compare(figures).comparisons
    >>> found[["category", "domain_a", "domain_b", "difference"]].round(2).values.tolist()
    [['n', 'f', 'm', -0.48], ['y', 'f', 'm', 0.48]]
    """
    how = Compared(
        against=against, adjust=adjust, family=family, method=method, minimum_base=minimum_base
    )
    _refuse_opt_in(estimates)
    wanted = _breakdowns(estimates, within, how)
    compared = estimates
    if how.against == "rest":
        compared = with_rests(estimates, wanted)
    find = linearised if how.method == "linearised" else by_effective_base
    pairings = pairings_of(compared.joint.blocks, wanted, how.against, estimates.broken)
    made = _frame(estimates, find(compared, pairings, how.minimum_base), how)
    return _with(estimates, made, how, wanted)


def _refuse_opt_in(estimates: Estimates) -> None:
    if not estimates.joint.known:
        raise EstimationError(
            "a test needs a probability sample",
            where="SampleDesign.sampling",
            found="'opt_in'",
            allowed="'probability'",
            advice="publish the figures without comparing them; or, where you stand by the model "
            "that the weights suppose, estimate with precision = Precision(opt_in='model')",
        )


def _breakdowns(
    estimates: Estimates, within: str | Sequence[str] | None, how: Compared
) -> list[str]:
    """Return the breakdowns to compare within."""
    if how.between and len({block.wave for block in estimates.joint.blocks}) == 1:
        message = "there is only one wave"
        raise EstimationError(
            message, where="estimates", advice="estimate sp.stack({...}) of several waves"
        )
    several = dict.fromkeys(estimates.frame["breakdown"])
    present = [str(one) for one in several if how.between or one != "_T"]
    wanted = present if within is None else [within] if isinstance(within, str) else list(within)
    for one in wanted:
        if one not in present:
            message = f"there is no breakdown {one!r} to compare within"
            raise EstimationError(
                message, where="within", found=repr(one), allowed=nearest(one, present)
            )
    return wanted


def _frame(estimates: Estimates, found: Differences, how: Compared) -> pd.DataFrame:
    """Return the comparisons, one a row, with p values adjusted within their families."""
    keys = estimates.frame[list(KEYS)].take(found.rows_a).reset_index(drop=True)
    made = keys.rename(columns={"domain": "domain_a"}).assign(
        domain_b=found.domains_b,
        wave_b=found.waves_b,
        difference=found.difference,
        se=found.se,
        df=found.df,
        p=found.p,
    )
    made["ci_low"], made["ci_high"] = found.limits(estimates.precision.level)
    made = made.assign(
        p_adjusted=adjusted_within(made, how),
        method=how.adjustment,
        test=how.method,
        against="waves" if how.between else how.against,
    )
    return made[list(COMPARISON_COLUMNS)]


def adjusted_within(comparisons: pd.DataFrame, how: Compared) -> npt.NDArray[np.float64]:
    """Return the p values of comparisons (m,) adjusted within their families.

    Parameters
    ----------
    comparisons : pandas.DataFrame
        Rows with keys and ``p``, all made in the same way.
    how : Compared
    """
    p = comparisons["p"].to_numpy(dtype=np.float64)
    common = [*FAMILIES[how.family]] if how.between else ["wave", *FAMILIES[how.family]]
    if not common:
        return adjusted(p, how.adjustment)
    family = comparisons.groupby(common, sort=False).ngroup()
    return adjusted(p, how.adjustment, np.asarray(family, dtype=np.intp))


def _with(
    estimates: Estimates, made: pd.DataFrame, how: Compared, within: Sequence[str]
) -> Estimates:
    import pandas as pd

    before = estimates.comparisons
    together = made
    if len(before):
        stacked = pd.concat([before, made], ignore_index=True)
        sides = [*KEYS[:-1], "domain_a", "domain_b", "wave_b", "against", "test"]
        together = stacked.drop_duplicates(sides, keep="last").reset_index(drop=True)
    fact = Fact(
        "indicators",
        "comparisons",
        {
            "within": tuple(within),
            "against": how.against,
            "adjust": how.adjustment,
            "family": how.family,
            "test": how.method,
            "minimum_base": how.minimum_base,
        },
    )
    added = replace(estimates, methodology=estimates.methodology.adding(fact))
    return added.with_comparisons(together)
