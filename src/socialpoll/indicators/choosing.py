"""The sets of options that serve a goal best, for everybody and in each domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.candidates import candidates_of
from socialpoll.indicators.choice_rows import Row, choices_frame, rows_of
from socialpoll.indicators.estimates import Estimates
from socialpoll.indicators.estimating import Breakdown, estimate
from socialpoll.indicators.goals import BestReach, Goal
from socialpoll.indicators.optimism import DRAWS, seed_of
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.reaching import JOINT, OptionSet, Reach
from socialpoll.indicators.ruling import Rule
from socialpoll.indicators.searching import Search, sizes_looked_at
from socialpoll.indicators.serving import Served
from socialpoll.indicators.set_shares import SetShares
from socialpoll.indicators.sharing import Shared, shared_in
from socialpoll.indicators.sources import Source, engine_of, tallied_for
from socialpoll.schema import CodeValue, Fact
from socialpoll.totals import Exactly, exactly, one_thread

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["choose"]

Truths = npt.NDArray[np.bool_]


def choose(
    source: Source,
    best_reach: BestReach,
    by: Breakdown | Sequence[Breakdown] | None = None,
    *,
    precision: Precision | None = None,
    seed: int | np.random.Generator = 0,
) -> Estimates:
    """Find the sets of options that serve a goal best, for everybody and in each domain.

    In each domain the best set of every size, the one that serves the goal, and what it would lose
    without each of its options are found over the distinct patterns of answers (Miaoulis, Free &
    Parsons 1990, Marketing Research 2 (1): 28-40, "TURF"), all differences tested on the joint
    covariance of the patterns. The reach of platforms is potential: the share that uses one of them
    at least, which is not yet reached by what is said there.

    Parameters
    ----------
    source : Weights, Replicates, Responses or Scan
    best_reach : BestReach
        Question and goal.
    by : str, tuple of str, or a list of those
        As of :func:`estimate`.
    precision : Precision, optional
    seed : int or numpy.random.Generator
        Of the draws behind ``optimism``. The same seed gives the same, whatever the order of rows.

    Returns
    -------
    Estimates
        Figures of :class:`Reach`, all sets that come first anywhere in every domain; ``choices``
        says which comes first where. Rows of role ``best`` compare the best set of a size with that
        of one option less; ``chosen`` is the set that serves the goal, beside the other allowed one
        from which it is told apart least; ``without`` is what is left of it without one option.
        Where a domain has another set than everybody, ``shared`` holds that of everybody against
        its own. Sizes go up to that of the goal, or where it has none to that of the chosen set. A
        domain where nobody is in the base has no choices.

    Raises
    ------
    CombinationsError
        Of a scan: answers to be counted together that differ too much.
    UnknownNameError
        A question or breakdown that is not in the questionnaire.
    EstimationError
        Stacked waves; a question of another kind; options that it does not have, or that have no
        cost; a budget for which there is no option; a seed that is none.

    See Also
    --------
    best_reach : All sets by rank, on your desk.

    Notes
    -----
    The best set of a sample reaches fewer in the population than it does in the sample, because it
    was chosen for its reach. ``optimism`` says how many fewer are to be expected (Efron 1983), by
    the same choice among the sets in samples drawn anew from the covariance of the design: among
    all that are allowed if they are not more than 500, else those with the largest reach of each
    size. It is missing where nothing is known of precision.

    All allowed sets are looked at if they are not more than 1,000,000, else an integer program
    looks for the best (Church & ReVelle 1974), and ``at_most`` says what no allowed set goes
    beyond. A goal of reach that is met has as its rivals the sets that cost no more.

    The set of a domain is the best of its sample, so its lead over that of everybody is rather too
    large, and p too small: that the two are ``alike`` is the safer of the two statements. The test
    of each domain stands by itself.
    """
    counted = tallied_for(source, [best_reach.question])
    column, places = candidates_of(counted, best_reach.question, best_reach.among)
    codes = tuple(column.options[place].code for place in places)
    rule = _rule(best_reach.goal, codes)
    drawn = seed_of(seed)
    singles = tuple((one,) for one in codes)
    asked = Reach(best_reach.question, singles, best_reach.base, name=best_reach.named)
    prior = estimate(source, asked, by, precision=precision)
    search = Search(rule, sizes_looked_at(len(codes), rule.size), _largest(best_reach.goal, rule))
    measure = exactly(engine_of(counted, prior.precision), asked.question, places, asked.base)
    with one_thread():
        found = list(_searched(prior, search, measure, drawn))
        rows = [row for one in found for row in one.rows(codes)]
    reach = replace(asked, of=_named(found, codes), title=best_reach.title)
    estimates = estimate(source, reach, by, precision=precision)
    fact = _fact(best_reach, codes, search, drawn)
    methodology = estimates.methodology.adding(fact)
    return replace(estimates, methodology=methodology, _choices=choices_frame(rows))


@dataclass(frozen=True, eq=False)
class _Chosen:
    """What was found in a domain, under the keys that the figures have there."""

    keys: dict[str, str]
    served: Served
    shared: Shared | None

    def rows(self, codes: Sequence[CodeValue]) -> Iterator[Row]:
        return rows_of(self.served, self.shared, self.keys, lambda held: _item(held, codes))

    @cached_property
    def named(self) -> set[tuple[int, ...]]:
        """The sets that its rows name, as places of options."""
        found, rival = self.served.found, self.served.rival
        places = {found.chosen, *found.best, *found.without}
        places |= set() if rival is None else {rival[0]}
        return {tuple(np.flatnonzero(found.held[one]).tolist()) for one in places}


def _searched(prior: Estimates, search: Search, measure: Exactly, seed: int) -> Iterator[_Chosen]:
    """Search every domain that has a base, everybody first; figures of one option say which have.

    Each has its own set beside that of everybody.
    """
    names = ("wave", "indicator", "question", "breakdown", "domain")
    everybody: Truths | None = None
    for block in prior.joint.blocks:
        shares = SetShares.of(prior.joint, measure, block.basis)
        for domain in range(block.domains):
            if not shares.totals[domain, -1] > 0:
                continue
            row = prior.frame.iloc[block.first + domain * len(block.plan.lines)]
            served = _served(prior, shares, domain, row, search, seed)
            if everybody is None:
                everybody = served.found.held[served.found.chosen]
            shared = shared_in(shares, domain, everybody, served)
            yield _Chosen({name: str(row[name]) for name in names}, served, shared)


def _served(
    prior: Estimates, shares: SetShares, domain: int, row: pd.Series, search: Search, seed: int
) -> Served:
    """Find what serves the goal in a domain; the row is one of its figures."""
    patterns = shares.patterns(domain)
    found = search.within(patterns)
    alone = row["n_base"] <= 1 or not row["df"] >= 1
    unknown = np.full((len(found.held), len(found.held)), np.nan)
    return Served(
        rule=search.rule,
        found=found,
        reach=patterns.weight @ patterns.met_by(found.held),
        covariance=unknown if alone else shares.covariance(domain, found.held),
        df=float(row["df"]),
        level=prior.precision.level,
        seed=seed,
    )


def _rule(goal: Goal, codes: Sequence[CodeValue]) -> Rule:
    """Put a goal in places of options; sets are not larger than what can be paid for."""
    costs = None if goal.costs is None else _costs(goal, codes)
    size = len(codes) if goal.size is None else min(goal.size, len(codes))
    if goal.budget is None or costs is None:
        return Rule(len(codes), size, goal.reach, costs=costs)
    allowed = Rule(len(codes), size, goal.reach, goal.budget, costs)
    eye = np.eye(len(codes), dtype=np.bool_)
    if not allowed.allows(eye).any():
        cheapest = int(np.argmin(costs))
        raise EstimationError(
            "there is no option that the budget pays for",
            where="Goal.budget",
            found=f"{goal.budget:g}",
            allowed=f"{costs[cheapest]:g} or more, the cost of {codes[cheapest]!r}",
            advice="raise the budget, or look at the unit of the costs",
        )
    paid = np.tri(len(codes), dtype=np.bool_)[:, np.argsort(np.argsort(costs))]
    return replace(allowed, size=int(allowed.allows(paid).sum()))


def _costs(goal: Goal, codes: Sequence[CodeValue]) -> npt.NDArray[np.float64]:
    named = {str(one) for one in goal.costs or {}}
    known = {str(one) for one in codes}
    if lacking := [code for code in codes if str(code) not in named]:
        raise EstimationError(
            "the goal does not say what every option costs",
            where="Goal.costs",
            found=f"no cost of {', '.join(map(repr, lacking))}",
            allowed="a cost for each option to choose from",
            advice="give them, 0 where there is none, or leave the options out by among",
        )
    if others := [code for code in goal.costs or {} if str(code) not in known]:
        raise EstimationError(
            "the goal has costs of what is no option to choose from",
            where="Goal.costs",
            found=", ".join(map(repr, others)),
            allowed=", ".join(map(repr, codes)),
        )
    return np.array([goal.cost_of(code) for code in codes])


def _largest(goal: Goal, rule: Rule) -> int | None:
    return None if goal.size is None else rule.size


def _named(found: Sequence[_Chosen], codes: Sequence[CodeValue]) -> tuple[OptionSet, ...]:
    """Return all sets that are named in any domain, the smallest first; or each option alone."""
    several: set[tuple[int, ...]] = set().union(*(one.named for one in found))
    several = several or {(place,) for place in range(len(codes))}
    ordered = sorted(several, key=lambda one: (len(one), one))
    return tuple(tuple(codes[place] for place in one) for one in ordered)


def _item(held: Truths, codes: Sequence[CodeValue]) -> str:
    return JOINT.join(str(codes[place]) for place in np.flatnonzero(held).tolist())


def _fact(asked: BestReach, codes: Sequence[CodeValue], search: Search, seed: int) -> Fact:
    goal, rule = asked.goal, search.rule
    costs = () if rule.costs is None else zip(codes, rule.costs.tolist(), strict=True)
    every = sum(comb(len(codes), size) for size in range(1, rule.size + 1))
    return Fact(
        "indicators",
        f"goal of {asked.named}",
        {
            "size": goal.size,
            "reach": goal.reach,
            "budget": goal.budget,
            "costs": tuple(f"{code}={cost}" for code, cost in costs),
            "among": tuple(str(code) for code in codes),
            "base": asked.base,
            "sets": len(search.held) if search.complete else every,
            "searched": "all" if search.complete else "solver",
            "draws": DRAWS,
            "seed": seed,
        },
    )
